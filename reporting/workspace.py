"""What the workspace shows around the sheet: notes by section, chips, key figures, next tranche, what is left to send.

Everything here is decided from a ``StatusSheet`` and its findings; templates only lay it out.
"""

from dataclasses import dataclass

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from programmes.access import may
from programmes.blocks import RIGHT_TO_EDIT, Block
from programmes.findings.finding import said
from programmes.models.narrative import LANGUAGE_CODES, Translation
from programmes.texts import GAPS
from reporting import completeness
from reporting.numbering import BY_SECTION, LISTED_BELOW, TRANSLATION_CODES, accepted_of, counted, number_of
from reporting.tranches import WIDTH

#: The one verb at the right of each block's title; blocks that are not named are edited.
VERBS = {
    Block.DISBURSEMENTS: gettext_lazy("Record"),
    Block.MISSIONS: gettext_lazy("Record"),
    Block.BENEFICIARIES: gettext_lazy("Upload spreadsheet"),
    Block.STATUS: gettext_lazy("Assess"),
}
WRITTEN = frozenset({Block.SUMMARY, Block.GENDER})


@dataclass(frozen=True, slots=True)
class Chip:
    """The state of one language of a block: the worst of its texts."""

    language: str
    state: str
    shape: str  # the symbol's name; "" where a word is enough
    kind: str  # "", "old", "gap"
    word: str


@dataclass(frozen=True, slots=True)
class Part:
    """One block of the sheet as the workspace shows it: short note, chips, the verb the person may use."""

    block: Block
    template: str
    note: str
    is_warning: bool
    chips: tuple[Chip, ...]
    verb: str
    may_edit_sections: bool
    marks: dict  # anchor of a row → the finding that points at it
    findings: tuple  # shown beside the block, the accepted ones last


def parts(sheet, findings, user, programme):
    """The blocks in printing order."""
    found = {block: [] for block in Block}
    for entry in [*number_of(findings, sheet), *accepted_of(findings, sheet)]:
        found[entry.block].append(entry)
    return [_part(block, sheet, found[block], user, programme) for block in Block]


def _part(block, sheet, found, user, programme):
    note, is_warning = _note(block, sheet, found)
    may_edit = may(user, RIGHT_TO_EDIT[block], programme, any_agency=True)
    is_blank = block in WRITTEN and completeness.blanks(sheet, block) > 0
    verb = _("Write") if is_blank else VERBS.get(block, _("Edit"))
    return Part(
        block=block,
        template=f"reporting/blocks/_{block.value}.html",
        note=note,
        is_warning=is_warning,
        chips=chips(completeness.texts(sheet, block)),
        verb=verb if may_edit and block not in BY_SECTION else "",
        may_edit_sections=may_edit and block in BY_SECTION,
        marks={entry.finding.anchor: entry for entry in found if entry.number and entry.finding.level != "note"},
        findings=tuple(entry for entry in found if entry.finding.code not in LISTED_BELOW),
    )


def _note(block, sheet, found):
    """At most one short note: what is wrong before what is missing."""
    wrong = [entry.finding for entry in found if entry.number and entry.finding.level != "note"]
    wrong = [finding for finding in wrong if finding.code not in TRANSLATION_CODES]
    if wrong:
        return counted(wrong), True
    for language in LANGUAGE_CODES:
        states = {text.state(language) for text in completeness.texts(sheet, block)}
        if Translation.MISSING in states:
            return (_("Spanish missing") if language == "es" else _("English missing")), False
        if Translation.STALE in states:
            return (_("Spanish out of date") if language == "es" else _("English out of date")), False
        if Translation.UNCONFIRMED in states:
            return (_("Spanish not confirmed yet") if language == "es" else _("English not confirmed yet")), False
    for count, wording in (
        (completeness.blanks(sheet, block), lambda n: ngettext("%(count)s blank", "%(count)s blanks", n)),
        (completeness.without_data(sheet, block), lambda _n: "%(count)s nd"),
        (completeness.pending(sheet, block), lambda _n: _("%(count)s pend.")),
    ):
        if count:
            return wording(count) % {"count": count}, False
    return "", False


_WORST = [*GAPS, Translation.CURRENT, Translation.ORIGINAL, Translation.SAME]
_SHAPES = {
    Translation.MISSING: ("t-gap", "gap"),
    Translation.STALE: ("t-old", "old"),
    Translation.UNCONFIRMED: ("t-old", "old"),
    Translation.CURRENT: ("t-now", ""),
    Translation.ORIGINAL: ("t-now", ""),
}


def chips(texts):
    """One chip a language; nothing for a block without texts or whose texts are names."""
    found = []
    for language in LANGUAGE_CODES:
        states = {text.state(language) for text in texts} - {Translation.EMPTY, Translation.SAME}
        if states:
            state = next(state for state in _WORST if state in states)
            found.append(_chip(language, state))
    return tuple(found)


def _chip(language, state):
    shape, kind = _SHAPES[state]
    return Chip(language, state.value, shape, kind, str(state.label))


@dataclass(frozen=True, slots=True)
class Row:
    """One language's segments: which of the blocks are complete in it."""

    language: str
    complete: int
    top: int
    segments: tuple[tuple[int, bool], ...]  # x, whether it is filled


def progress(sheet):
    """A row of segments for each language."""
    rows = []
    for top, language in zip((2, 21), LANGUAGE_CODES, strict=True):
        filled = [completeness.is_complete(sheet, block, language) for block in Block]
        step = (WIDTH - 28) / len(filled)
        segments = tuple((round(28 + step * place), done) for place, done in enumerate(filled))
        rows.append(Row(language, sum(filled), top, segments))
    return rows


@dataclass(frozen=True, slots=True)
class Gap:
    """A kind of gap and the blocks or sections that have it."""

    chip: Chip | None
    places: tuple[tuple[str, str], ...]  # anchor, name


def to_send(sheet):
    """What is missing before the sheet can go out: by language, then what is blank."""
    found = []
    for language in LANGUAGE_CODES:
        for state in GAPS:
            found.append(Gap(_chip(language, state), _named(completeness.places(sheet, language, state))))
    found.append(Gap(None, _named(completeness.blank_places(sheet))))
    return [gap for gap in found if gap.places]


def _named(places):
    """The places with their names in the language of the page."""
    language = get_language()[:2]
    return tuple((anchor, said(name, language)) for anchor, name in places)


def current_period(sheet, periods):
    """The last period that has begun by the sheet's date: none begins after the end of the programme."""
    ends = [day for day in (sheet.dates.ends_on, sheet.dates.extended_to_on) if day]
    last_day = min(sheet.as_of_on, max(ends, default=sheet.as_of_on))
    return next((period for period in reversed(periods) if period.starts_on <= last_day), None)


def period_name(period):
    """“Second semester 2011” for 2011-S2; another fund's periods by their code."""
    year, _dash, part = period.code.partition("-")
    names = {"S1": _("First semester %(year)s"), "S2": _("Second semester %(year)s")}
    return names[part] % {"year": year} if part in names else period.code
