"""One thing that does not fit, where it stands and what to do about it; a value that can be said in es and in en."""

import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from programmes import figures
from programmes.quantities import Quantity, Sum


class Level(TextChoices):
    """An error keeps a sheet from being sent; a warning asks for a look; a note tells."""

    ERROR = "error", _("error")
    WARNING = "warning", _("warning")
    NOTE = "note", _("note")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of reference data in both languages."""

    es: str
    en: str

    def __getitem__(self, language):
        return self.es if language == "es" else self.en


@dataclass(frozen=True, slots=True)
class Month:
    """A date of which only the month is known."""

    first: date


def said(value, language):
    """A value inside a sentence: dates, money, figures and names as that language writes them."""
    match value:
        case Decimal():
            return figures.usd(value)
        case int():
            return figures.number(value)
        case date():
            return figures.day(value, language)
        case Month():
            return figures.month(value.first, language)
        case Quantity():
            return figures.quantity(value, language)
        case Sum():
            return figures.in_words(value, language)
        case Message():
            return value.in_language(language)
        case tuple() | list():
            return figures.listed([said(item, language) for item in value], language)
        case TextChoices():  # before str, which it is too
            return str(value.label)
        case str() | Promise():
            return str(value)
    return value[language]  # a name in both languages


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence to translate, with its values. ``count`` decides between one and many."""

    template: object = ""
    params: tuple[tuple[str, object], ...] = ()

    def __bool__(self):
        return bool(self.template) if isinstance(self.template, str) else True

    def in_language(self, language):
        if not self:
            return ""
        with override(language):
            values = {name: value if name == "count" else said(value, language) for name, value in self.params}
            return str(self.template % values if values else self.template)

    def __str__(self):
        return self.in_language(_active())


def say(template, **params):
    return Message(template, tuple(params.items()))


def _active():
    return "en" if (get_language() or "").startswith("en") else "es"


NOTHING = Message()


@dataclass(frozen=True, slots=True)
class Suggested:
    """A figure as stated and as it may have been meant; nothing replaces one by the other but a person."""

    stated: Decimal
    meant: Decimal

    @property
    def parts(self):
        """The meant figure in pieces: ``(text, whether it differs from what is stated)``."""
        stated, meant = figures.number(self.stated), figures.number(self.meant)
        pieces = []
        for index, letter in enumerate(meant):
            changed = len(stated) != len(meant) or stated[index] != letter
            if pieces and pieces[-1][1] == changed:
                pieces[-1] = (pieces[-1][0] + letter, changed)
            else:
                pieces.append((letter, changed))
        return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Words:
    """A finding as one language says it."""

    title: str
    message: str
    suggestion: str
    place: str
    sum_lines: tuple[tuple[str, Decimal], ...]


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Why somebody leaves a finding as it is: it holds for this code, this place and the values seen."""

    code: str
    where: str
    anchor: str
    seen: str
    reason: str
    accepted_by: str
    accepted_on: date

    @property
    def key(self):
        return key_of(self.code, self.where, self.anchor, self.seen)


def key_of(code, where, anchor, seen):
    """What an address names a finding by: other values seen make another finding."""
    return hashlib.sha256("\n".join((code, str(where), anchor, seen)).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Finding:
    """``where`` is a block's value or a section's slug, ``anchor`` a row in it, ``seen`` the values found.

    ``field`` is what mends it on the edit page ``page``, which is that of ``where`` unless another one is named:
    the id of a field or a list. Rows that are known by their key only begin with it: “R3-0-text_en”, “FAO-spent_usd”.
    """

    level: Level
    code: str
    where: str
    seen: str
    says: Message
    explains: Message = NOTHING
    suggests: Message = NOTHING
    stands_in: object = ""  # the block's or section's name
    anchor: str = ""
    lines: tuple[tuple[object, Decimal], ...] = ()  # the sum that does not close
    suggested: Suggested | None = None
    page: str = ""
    field: str = ""
    acceptance: Acceptance | None = None

    @property
    def key(self):
        return key_of(self.code, self.where, self.anchor, self.seen)

    @property
    def is_open(self):
        return self.acceptance is None

    def in_language(self, language):
        with override(language):
            place = said(self.stands_in, language)
        return Words(
            title=self.says.in_language(language),
            message=self.explains.in_language(language),
            suggestion=self.suggests.in_language(language),
            place=place,
            sum_lines=tuple((said(label, language), amount) for label, amount in self.lines),
        )

    @property
    def title(self):
        return str(self.says)

    @property
    def message(self):
        return str(self.explains)

    @property
    def suggestion(self):
        return str(self.suggests)

    @property
    def place(self):
        return said(self.stands_in, _active())

    @property
    def sum_lines(self):
        return self.in_language(_active()).sum_lines
