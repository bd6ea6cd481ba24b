"""A draft that nobody has confirmed yet, held against what its own source said before and against itself. Pure."""

from dataclasses import dataclass

from beneficiaries.findings.contradictions import (
    part_above_whole,
    row_without_area_repeats,
    sexes_against_whole,
    stated_area_totals,
)
from beneficiaries.findings.doubts import Doubt, doubts
from beneficiaries.totals.submissions import latest


@dataclass(frozen=True, slots=True)
class Compared:
    """``against`` is the report that the figures were compared with; ``None`` when there is none."""

    against: object | None
    found: tuple[tuple[Doubt, str], ...] = ()  # each with its cell

    def by_code(self):
        """Code → its doubts with their cells."""
        grouped = {}
        for doubt, cell in self.found:
            grouped.setdefault(doubt.code, []).append((doubt, cell))
        return grouped


def compared(draft, reports):
    """``reports`` are what counts without the draft. It is compared with the last of its own source on the same basis.

    That is the revision it replaces, or else the last one that reaches less far.
    """
    own = [one for one in latest(reports) if one.agency == draft.agency and one.basis == draft.basis]
    replaced = [one for one in own if one.period == draft.period]
    earlier = [one for one in own if one.period != draft.period and one.counted_to_on < draft.counted_to_on]
    against = max(replaced or earlier, key=lambda one: one.counted_to_on, default=None)
    if against is None:
        return Compared(None)
    cells = {_key(figure): figure.cell for figure in draft.figures}
    found = doubts(_reported(against), _reported(draft))
    return Compared(against, tuple((doubt, cells[doubt.key]) for doubt in found))


def _key(figure):
    return figure.area, figure.category, figure.reach


def _reported(report):
    return {_key(figure): figure.quantity.value for figure in report.figures if figure.quantity.is_reported}


def contradictions(before, after, draft, names):
    """What contradicts itself in the draft's own figures, and did not before it. Totals without and with it."""
    checks = (part_above_whole, sexes_against_whole, stated_area_totals, row_without_area_repeats)
    known = {finding.key for check in checks for finding in check(before, names)}
    found = [finding for check in checks for finding in check(after, names)]
    return [one for one in found if one.key not in known and one.anchor == draft.agency]
