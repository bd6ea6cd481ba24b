"""What a sheet says, as facts with a name: a figure, a day, a word of a list, or a text in both languages."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from programmes import figures
from programmes.models.narrative import BilingualText, TextSource
from programmes.quantities import BLANK, Number, Quantity, Sum
from programmes.word_changes import plain
from reporting.status_sheet.values import Label


def _in_both(said):
    return Label(said("es"), said("en"))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its state, as the sheet prints it; ``number`` only where it is complete."""

    shown: Label
    number: Number | None
    unit: str  # usd, count, rate
    is_said: bool
    coverage: Label | None = None  # of an incomplete sum: stands beneath it

    def difference(self, later):
        """Later minus earlier, signed; from complete figures only, otherwise ``None``."""
        if self.number is None or later.number is None:
            return None
        gap = later.number - self.number
        if self.unit == "rate":
            return f"{gap:+.1f}".replace("-", "−")
        return figures.signed(gap)


@dataclass(frozen=True, slots=True)
class Word:
    """A day, or one of a list of words, as the sheet prints it."""

    value: str
    shown: object  # a label in both languages or a translatable word
    is_said: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What a person wrote. Equal when both languages read the same; how its translation stands is not compared."""

    es: str
    en: str
    is_one: bool  # a name or an address: the same in both languages, shown once

    @property
    def is_said(self):
        return bool(self.es or self.en)

    @property
    def said(self):
        """Its words, to know it again."""
        return plain(f"{self.es}\n{self.en}").strip()


@dataclass(frozen=True, slots=True)
class Fact:
    name: object  # a translatable word or a label in both languages
    value: Figure | Word | Text


@dataclass(frozen=True, slots=True)
class Item:
    """One of a list: an agency's line, a result, a mission. Known again by its key, or by what it says."""

    key: object
    said: object  # what it says, to know it again under another key: words, also when reworded; ``None`` for nothing
    name: object  # a label, a translatable word, or plain characters; ``None`` for a text that has no name
    facts: tuple[Fact, ...]
    lists: tuple["Listing", ...] = ()


@dataclass(frozen=True, slots=True)
class Listing:
    """Items of one kind that stand in one block."""

    block: str
    kind: object  # what one of them is called
    items: tuple[Item, ...]


def _number(value, unit):
    """A figure of the sheet in the words of both languages."""
    match value:
        case Sum():
            if value.is_complete or value.known is None:
                return _number(value.quantity, unit)
            at_least, covered = figures.partial(value), _in_both(lambda language: figures.coverage(value, language))
            return Figure(Label(at_least, at_least), None, unit, is_said=True, coverage=covered)
        case Quantity():
            shown = _in_both(lambda language: figures.quantity(value, language))
            if unit == "rate" and value.is_reported:
                shown = Label(figures.percentage(value.value), figures.percentage(value.value))
            return Figure(shown, value.value, unit, value.is_reported)
        case _:
            return _number(BLANK if value is None else Quantity(value), unit)


def usd(name, value):
    return Fact(name, _number(value, "usd"))


def count(name, value):
    return Fact(name, _number(value, "count"))


def rate(name, value):
    return Fact(name, _number(value, "rate"))


def day(name, value: date | None):
    if value is None:
        return Fact(name, _blank())
    return Fact(name, Word(value.isoformat(), _in_both(lambda language: figures.day(value, language)), is_said=True))


def month(name, value: date | None):
    if value is None:
        return Fact(name, _blank())
    shown = _in_both(lambda language: figures.month(value, language))
    return Fact(name, Word(f"{value:%Y-%m}", shown, is_said=True))


def word(name, value, words):
    """One of a list of words: ``words`` is the enumeration; what it does not know any more stands as it was stored."""
    if not value:
        return Fact(name, _blank())
    return Fact(name, Word(value, called(value, words), is_said=True))


def called(value, words):
    known = {str(choice): label for choice, label in words.choices}
    return known.get(value, Label(value, value))


def yes_or_no(name, value):
    return Fact(name, Word(str(value), _("yes") if value else _("no"), is_said=bool(value)))


def _blank():
    return Word("", _in_both(lambda language: figures.WORDS[language]["blank"]), is_said=False)


def text(name, value):
    """A bilingual text, a label, or plain characters that are the same in both languages."""
    if value is None:
        value = ""
    if isinstance(value, BilingualText):
        return Fact(name, Text(value.es, value.en, value.source == TextSource.SAME and value.es == value.en))
    if isinstance(value, Label):
        return Fact(name, Text(value.es, value.en, value.es == value.en))
    return Fact(name, Text(value, value, True))


def written(value):
    """A text that stands in a list without a name of its own: known again by its words, also when some changed."""
    fact = text(None, value)
    return Item(key=None, said=fact.value.said or None, name=None, facts=(fact,))


def names(name, people):
    return text(name, ", ".join(people))
