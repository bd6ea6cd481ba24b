"""Two people on one page: what I changed, what they changed, and what only a person can decide.

Field by field, with what the page started from (base), what is stored now (theirs) and what was posted (mine): what
one side left alone takes the other side's value; what both wrote differently is a conflict, and nothing is saved until
somebody has chosen. A choice names what it was made against: if theirs moves once more, it is asked again.
"""

import hashlib
from dataclasses import dataclass, field

from django import forms

from programmes import rich_text
from programmes.forms.fields import RichField
from programmes.forms.readable import carried, is_prose, reads, settled
from programmes.forms.started_from import row_key
from programmes.word_changes import joined

#: What a page does not say: equal to nothing, so that it is asked and never guessed.
UNKNOWN = object()
#: Asked for with every change and stored with it, not in a row: nobody else can have changed it.
_NOT_STORED = ("reason",)
MINE, THEIRS, BOTH = "mine", "theirs", "both"


@dataclass
class Conflict:
    """One thing that two people changed: ``kind`` is field, tick, gone, removed, order or part."""

    kind: str
    form: forms.BaseForm | None
    name: str
    key: str = ""  # what the choice is called in the form
    base: str | None = None  # as people read them; no base: the page did not say
    theirs: str = ""
    mine: str = ""
    is_prose: bool = False
    joined: str = ""
    against: str = ""
    row: str = ""  # the key of a row that is gone
    row_title: str = ""
    hidden: dict = field(default_factory=dict)

    def choice(self, which):
        return f"{which}:{self.against}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What they changed and I did not: a field, or with no name a row that they added; ``gone`` is one they removed."""

    form: forms.BaseForm
    name: str = ""
    gone: str = ""


@dataclass
class Merged:
    """``values`` are what the page posts from here on, ``base`` what it starts from; ``kept`` names what came in."""

    values: dict = field(default_factory=dict)
    base: dict = field(default_factory=dict)
    conflicts: list = field(default_factory=list)
    kept: list = field(default_factory=list)


class Posted:
    """What was posted under one prefix."""

    def __init__(self, data, prefix=""):
        self.data, self.prefix = data, prefix

    def key(self, name):
        return f"{self.prefix}-{name}" if self.prefix else name

    def value(self, name, asked, known):
        """A field's value, ``None`` when nothing arrived. ``known`` are texts whose formatting plain lines keep."""
        key = self.key(name)
        if asked.widget.value_omitted_from_data(self.data, {}, key):
            return None
        if not isinstance(asked, RichField) or self.data.get(f"{key}-format") == "html":
            return asked.widget.value_from_datadict(self.data, {}, key)
        typed = self.data.get(key)
        for html in known:
            if _lines(rich_text.to_plain(html)) == _lines(typed):
                return html
        return rich_text.from_plain(typed, "".join(known))

    def chosen(self, conflict):
        """Which way was chosen against what theirs is now; blank when it was not."""
        given = self.data.get(self.key(f"{conflict.name}-choice"), "")
        return next((which for which in (MINE, THEIRS, BOTH) if given == conflict.choice(which)), "")


def against(*values):
    """Names a state of theirs in a choice."""
    return hashlib.sha256(repr(values).encode()).hexdigest()[:12]


def merge_fields(form, base, posted, *, is_another=False):
    """Merge the fields of one form that shows what is stored now.

    ``base`` maps names to the values the page started from; ``is_another``: theirs is not the row that I have seen.
    """
    merged = Merged()
    for name, asked in form.fields.items():
        theirs, before = carried(form[name]), base.get(name, UNKNOWN)
        known = [html for html in (before, theirs) if html is not UNKNOWN and isinstance(asked, RichField)]
        mine = posted.value(name, asked, known)
        if name in _NOT_STORED:
            _hold(merged, name, asked, mine or "")
            continue
        they_changed = before is UNKNOWN or _differ(asked, before, theirs) or _moved_under_tick(form, name, base)
        i_changed = mine is not None and (before is UNKNOWN or _differ(asked, before, mine))
        merged.base[name] = theirs
        if not i_changed or not _differ(asked, theirs, mine):
            _hold(merged, name, asked, theirs)
            if they_changed and before is not UNKNOWN and not name.endswith("_same"):
                merged.kept.append(Kept(form, name))
        elif they_changed or is_another:
            _settle(merged, form, name, (before, theirs, mine), posted, is_another)
        else:
            _hold(merged, name, asked, mine)
    return merged


def as_stored(form):
    """What the form would post untouched."""
    merged = Merged()
    for name, asked in form.fields.items():
        _hold(merged, name, asked, carried(form[name]))
    return merged.values


def _settle(merged, form, name, sides, posted, is_another):
    """A conflict that has been decided is one no longer."""
    before, theirs, mine = sides
    asked = form.fields[name]
    conflict = _conflict(form, name, sides)
    which = posted.chosen(conflict)
    if which == BOTH and conflict.joined:
        mine = _as_carried(asked, conflict.joined, theirs, mine)
    _hold(merged, name, asked, theirs if which == THEIRS else mine)
    if not which:
        merged.conflicts.append(conflict)
        if before is UNKNOWN or is_another or conflict.kind == "tick":
            del merged.base[name]  # stays unknown until somebody has chosen
        else:
            merged.base[name] = before


def _conflict(form, name, sides):
    asked = form.fields[name]
    before, theirs, mine = (None if side is UNKNOWN else reads(asked, side) for side in sides)
    both = joined(before, theirs, mine) if is_prose(asked) and before is not None else None
    is_offered = both and both not in (theirs, mine) and _keeps_formatting(asked, both, sides)
    kind = "tick" if name.endswith("_same") else "field"
    seen = against(settled(asked, sides[1])) if kind == "field" else against(_texts(form, name))
    return Conflict(kind, form, name, "", before, theirs, mine, is_prose(asked), both if is_offered else "", seen)


def _keeps_formatting(asked, both, sides):
    """Joining is offered where no bold, italics or link would be lost by it."""
    if not isinstance(asked, RichField):
        return True
    _before, theirs, mine = sides
    kept = {html for _kind, _plain, html in rich_text.lines(_as_carried(asked, both, theirs, mine))}
    return all(html in kept for side in (theirs, mine) for _kind, _plain, html in rich_text.lines(side) if "<" in html)


def _as_carried(asked, plain, *known):
    return rich_text.from_plain(plain, "".join(known)) if isinstance(asked, RichField) else plain


def _moved_under_tick(form, name, base):
    """Who ticked that both languages say the same has read other words than are stored now."""
    text, _joint, part = name.rpartition("_")
    return part == "same" and any(
        _differ(form.fields[column], base.get(column, ""), carried(form[column]))
        for column in (f"{text}_es", f"{text}_en")
        if column in form.fields
    )


def _texts(form, name):
    text = name.rpartition("_")[0]
    return [carried(form[f"{text}_{language}"]) for language in ("es", "en")]


def _hold(merged, name, asked, value):
    """As a browser would post it; an unticked box posts nothing."""
    if isinstance(asked, forms.BooleanField):
        merged.values[name] = ["on"] if asked.to_python(value) else None
    else:
        merged.values[name] = [value]
        if isinstance(asked, RichField):
            merged.values[f"{name}-format"] = ["html"]


def _differ(asked, one, other):
    return settled(asked, one) != settled(asked, other)


def _lines(text):
    return [" ".join(line.split()) for line in (text or "").splitlines() if line.strip()]


def is_another_row(form, base):
    """A new assessment or report stands where the one was that the page showed."""
    return bool(base and base["row"] and base["row"] != row_key(form))
