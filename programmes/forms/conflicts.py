"""What two people changed, in words: whose hand, before, theirs and mine, and what there is to choose."""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes import figures
from programmes.forms.fields import language
from programmes.forms.hands import Hands
from programmes.forms.merging import BOTH, MINE, THEIRS, Conflict
from programmes.forms.readable import label_of
from programmes.forms.started_from import row_key
from programmes.models import SectionText
from programmes.word_changes import shortened, word_changes

_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: str
    pieces: tuple = ()


@dataclass(frozen=True, slots=True)
class Clash:
    """One conflict as the page lays it out; ``sides`` are ``(title, pieces)`` against what it said before."""

    conflict: Conflict
    label: str
    said: str
    before: str | None
    sides: tuple
    choices: tuple
    field_id: str
    language: str


def described(merged):
    hands = _hands(merged)
    return [_clash(conflict, _record(hands, conflict)) for conflict in merged.conflicts]


def what_came_in(merged):
    """One sentence about what others changed meanwhile and this person did not."""
    if not merged.kept:
        return ""
    hands = _hands(merged)
    names = sorted({_who(_record(hands, kept)) for kept in merged.kept} - {""})
    places = list(dict.fromkeys(_place(kept.form, kept.name) for kept in merged.kept))
    more = len(places) - _MOST_NAMED
    told = "; ".join(places[:_MOST_NAMED])
    if more > 0:
        told = ngettext("%(places)s; %(count)s more", "%(places)s; %(count)s more", more) % {
            "places": told, "count": more
        }  # fmt: skip
    if names:
        given = {"names": figures.listed(names, language()), "places": told}
        return _("What %(names)s changed meanwhile stays: %(places)s.") % given
    return _("What others changed meanwhile stays: %(places)s.") % {"places": told}


# Whose hand


def _row(thing):
    """``(model, key)`` of the stored row behind a conflict or a kept change."""
    form = thing.form
    if form is None:
        return None, ""
    model = SectionText if hasattr(form, "shared") else getattr(getattr(form, "_meta", None), "model", None)
    return model, getattr(thing, "row", "") or getattr(thing, "gone", "") or row_key(form)


def _hands(merged):
    return Hands(_row(thing) for thing in (*merged.conflicts, *merged.kept))


def _record(hands, thing):
    is_field = thing.form is not None and thing.name in thing.form.fields
    return hands.last(*_row(thing), column=thing.name if is_field else "")


def _who(record):
    return str(record.history_user) if record is not None and record.history_user is not None else ""


def _when(record):
    at = timezone.localtime(record.history_date)
    return f"{figures.day(at.date(), language())}, {at:%H:%M}"


# In words


def _place(form, name):
    """Which field of which row: “Result 2 – Statement, Español”."""
    of = str(getattr(form, "name_in_errors", "") or "")
    field = label_of(form, name) if name in form.fields else ""
    return " – ".join(words for words in (of, field) if words) or _("a row of a list")


def _clash(conflict, record):
    who = _who(record)
    given = {"who": who or _("Somebody else"), "when": _when(record) if record is not None else ""}
    text, _joint, last = conflict.name.rpartition("_")
    return Clash(
        conflict=conflict,
        label=_label(conflict),
        said=_said(conflict, given, bool(who)),
        before=None if conflict.kind == "tick" else conflict.base,
        sides=_sides(conflict, given),
        choices=_choices(conflict, given, bool(who)),
        field_id=f"id_{conflict.key.removesuffix('-choice')}" if conflict.kind in ("field", "tick") else "",
        language=last if text and last in ("es", "en") else "",
    )


def _label(conflict):
    if conflict.kind in ("field", "tick"):
        of = conflict.row_title or str(getattr(conflict.form, "group", "") or "")
        return " – ".join(words for words in (of, label_of(conflict.form, conflict.name)) if words)
    if conflict.kind == "order":
        return _("The order of the list")
    return conflict.row_title or str(getattr(conflict.form, "name_in_errors", "") or _("A row of the list"))


def _said(conflict, given, is_known):
    if conflict.base is None and conflict.kind in ("field", "removed"):
        return _("What is stored differs from what you sent.")
    if conflict.kind == "order":
        return _("You and somebody else have both changed the order.")
    if conflict.kind == "part":
        return _(
            "Somebody else has removed what this belongs to since you opened the page. It cannot be saved there any "
            "more: copy your text if you want to use it elsewhere."
        )
    return _by(conflict.kind) % given if is_known else _by_somebody(conflict.kind)


def _by(kind):
    return {
        "field": _("%(who)s changed this on %(when)s, after you opened the page. You changed it too."),
        "tick": _("%(who)s changed this text on %(when)s, after you opened the page. Read it again before you tick."),
        "gone": _("%(who)s removed this on %(when)s, after you opened the page. You have changed it."),
        "removed": _(
            "You removed this. %(who)s changed it or what belongs to it on %(when)s, after you opened the page."
        ),
    }[kind]


def _by_somebody(kind):
    return {
        "field": _("Somebody else has changed this since you opened the page. You changed it too."),
        "tick": _("Somebody else has changed this text since you opened the page. Read it again before you tick."),
        "gone": _("Somebody else has removed this since you opened the page. You have changed it."),
        "removed": _("You removed this. Somebody else has changed it or what belongs to it since you opened the page."),
    }[kind]


def _sides(conflict, given):
    base, theirs, mine = conflict.base, conflict.theirs, conflict.mine
    told = {
        "theirs": (given["who"], _compared(conflict, base, theirs)),
        "mine": (_("You"), _compared(conflict, theirs if base is None else base, mine)),
    }
    shown = {"tick": (), "gone": ("mine",), "removed": ("theirs",), "part": ("mine",)}
    return tuple(told[name] for name in shown.get(conflict.kind, ("theirs", "mine")))


def _whole(text):
    return word_changes(text, text) if text else ()


def _compared(conflict, base, changed):
    """Texts word by word; anything else as a whole."""
    if base is None or conflict.kind == "part" or (conflict.kind == "field" and not conflict.is_prose):
        return _whole(changed)
    return shortened(word_changes(base, changed))


def _choices(conflict, given, is_known):
    wrote = _("Keep what %(who)s wrote") if is_known else _("Keep what somebody else wrote")
    left = _("Keep it, as %(who)s left it") if is_known else _("Keep it, as somebody else left it")
    labels = {
        "field": {THEIRS: wrote, MINE: _("Save mine, as it stands in the field")},
        "tick": {THEIRS: _("Leave it unticked"), MINE: _("I have read it: tick it")},
        "gone": {THEIRS: _("Leave it removed"), MINE: _("Keep mine, as a new row")},
        "removed": {THEIRS: left, MINE: _("Remove it all the same")},
        "order": {THEIRS: _("Keep the order that is stored"), MINE: _("Save my order")},
        "part": {THEIRS: _("I have read this: leave it out")},
    }
    choices = [
        Choice(conflict.choice(which), label % given if "%" in label else label)
        for which, label in labels[conflict.kind].items()
    ]
    if conflict.joined:
        pieces = shortened(word_changes(conflict.base, conflict.joined))
        choices.append(Choice(conflict.choice(BOTH), _("Save both changes in one text"), pieces))
    return tuple(choices)
