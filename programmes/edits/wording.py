"""One row before and after, as a person reads it: which thing, which field, in which language, from what to what."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import BooleanField, ForeignKey
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes import figures
from programmes.edits.tracked import PLACES, TABLES
from programmes.models import Disbursement, Mission, Programme, Result, Revision, Section, SectionText
from programmes.models.narrative import LANGUAGE_CODES, RichTextField, digest
from programmes.rich_text import to_plain
from programmes.word_changes import Piece, shortened, word_changes

ADDED, CHANGED, REMOVED = "added", "changed", "removed"
_PARENTS = {"programme", "country", "revision", "disbursement", "result", "mission", "section"}
_ORDER = {"position"}
_IN_ITS_NAME = {"number", "ordinal"}
_NUMBERED = {Result: "R{}", Disbursement: "{}", Revision: "{}"}


@dataclass(frozen=True, slots=True)
class Change:
    """One value that moved, or one row that came or went."""

    kind: str
    place: str  # a block's value or a section's short name
    thing: str  # what it is a value of: “result R2”
    field: str = ""
    language: str = ""  # es or en, for a text
    before: str = ""
    after: str = ""

    @property
    def pieces(self):
        """Word by word for a text that changed."""
        if self.language and self.before and self.after:
            return shortened(word_changes(self.before, self.after))
        return None

    @property
    def excerpt(self):
        """A text that came or went as a whole."""
        return shortened((Piece("same", ""), Piece("same", self.after or self.before)))[-1].text


class Names:
    """What rows refer to, by the names people use: read once for a whole page."""

    def __init__(self, rows):
        wanted = {}
        for row in rows:
            for field in row._meta.concrete_fields:
                if isinstance(field, ForeignKey) and getattr(row, field.attname) is not None:
                    wanted.setdefault(field.related_model, set()).add(getattr(row, field.attname))
        self.found = {model: model._default_manager.in_bulk(keys) for model, keys in wanted.items()}
        self.past = {}

    def remember(self, rows):
        """Parents that are gone by now are named from the history."""
        for row in rows:
            self.past.setdefault((type(row), row.pk), row)

    def get(self, model, key):
        return self.found.get(model, {}).get(key) or self.past.get((model, key))


def changes(before, after, names):
    """The changes between two states of one row; ``None`` where there was none yet, or is none any more."""
    row = after or before
    thing = thing_of(row, names)
    if before is None or after is None:
        kind = ADDED if before is None else REMOVED
        told = _told(row, names)
        values = {"after": told} if kind == ADDED else {"before": told}
        return [Change(kind, place_of(row, "", names), thing, **values)]
    moved = [field for field in row._meta.concrete_fields if _value(before, field) != _value(after, field)]
    return [change for field in moved for change in _moved(before, after, field, thing, names)]


def place_of(row, column, names):
    """Where a column is printed."""
    if isinstance(row, SectionText):
        section = names.get(Section, row.section_id)
        if section is None:
            return ""
        return section.slug if section.block == Section.Block.OBSERVATIONS else section.block
    table = next(table for table in TABLES if table.model is type(row))
    return str(PLACES.get((type(row), column), table.block).value)


def thing_of(row, names):
    """“Result R2”, “Agency's budget · FAO”: the kind of row and what tells it from others."""
    if isinstance(row, Programme):
        return ""
    if isinstance(row, SectionText):
        section = names.get(Section, row.section_id)
        return str(section.label) if section else str(row._meta.verbose_name)
    words = [capfirst(str(row._meta.verbose_name))]
    if type(row) in _NUMBERED:
        number = row.number if hasattr(row, "number") else row.ordinal
        words.append(_NUMBERED[type(row)].format(number))
    elif isinstance(row, Mission):
        words.append(figures.month(row.held_on, _reads()))
    else:
        words += [said for said in (_parent(row, names), _referred(row, names)) if said]
    return " · ".join(words)


def _parent(row, names):
    result = names.get(Result, getattr(row, "result_id", None))
    return result.label if result else ""


def _referred(row, names):
    """The agency, area or target that the row is about."""
    for column in ("agency", "area", "target"):
        if hasattr(row, f"{column}_id"):
            return said(row, row._meta.get_field(column), names)
    return ""


def _told(row, names):
    """What a row that came or went says: its texts, or its values."""
    in_both = _texts(row)
    fields = [field for field in row._meta.concrete_fields if not _is_silent(field) and _value(row, field) is not False]
    values = [said(row, field, names) for field in fields if field.name not in in_both]
    texts = [said(row, row._meta.get_field(name), names) for name in in_both]
    return " · ".join(filter(None, (", ".join(filter(None, values)), " / ".join(list(filter(None, texts))[:2]))))


def _texts(row):
    """The columns that hold texts of both languages."""
    columns = {field.attname for field in row._meta.concrete_fields}
    stems = [name.removesuffix("_source") for name in columns if name.endswith("_source")]
    return [f"{stem}_{language}" for stem in sorted(stems) for language in LANGUAGE_CODES]


def _is_silent(field):
    name = field.name
    return field.primary_key or name in _PARENTS | _ORDER | _IN_ITS_NAME or name.endswith(("_confirmed", "_source"))


def _moved(before, after, field, thing, names):
    """The change of one column, said in the words of its field."""
    name, place = field.name, place_of(after, field.attname, names)
    if name in ("version", "changed_at"):
        return
    if name.endswith("_confirmed"):
        stem = name.removesuffix("_confirmed")
        source = getattr(after, f"{stem}_{getattr(after, stem).source_language}")
        if getattr(after, name) == digest(source):
            label = capfirst(str(after._meta.get_field(f"{stem}_es").verbose_name))
            yield Change(CHANGED, place, thing, label, after=_("translation confirmed"))
        return
    if name in _ORDER:
        yield Change(CHANGED, place, thing, _("Place in the list"), before=_place(before), after=_place(after))
        return
    stem, _joint, language = name.rpartition("_")
    language = language if name in _texts(after) else ""
    yield Change(
        kind=CHANGED,
        place=place,
        thing=thing,
        field=capfirst(str(field.verbose_name)),
        language=language,
        before=said(before, field, names),
        after=said(after, field, names),
    )


def _place(row):
    return str(row.position + 1)


def _value(row, field):
    return getattr(row, field.attname)


def said(row, field, names):
    """One value as the portal prints it; nothing for a blank one."""
    value = getattr(row, field.attname)
    if value is None or value == "":
        return ""
    if isinstance(field, ForeignKey):
        found = names.get(field.related_model, value)
        return str(found) if found else ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, BooleanField):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return figures.usd(value) if field.name.endswith("_usd") else figures.number(value)
    if isinstance(value, date):
        return figures.day(value, _reads())
    return to_plain(value) if isinstance(field, RichTextField) else str(value)


def _reads():
    return (get_language() or "es")[:2]
