"""What one file adds by itself, known even where the programme's total is not. Pure."""

from collections import defaultdict
from dataclasses import dataclass, replace

from beneficiaries.models import Category, Reach
from beneficiaries.totals.counting import NOTHING, PERSONS, held_by, rows_that_speak
from beneficiaries.totals.submissions import latest
from programmes import figures
from programmes.quantities import State, Sum, together, total

CELLS_NAMED = 3


@dataclass(frozen=True, slots=True)
class Contribution:
    """A file's own figure for a category and reach: what it counts, or how much more than the same source before."""

    sum: Sum | None  # ``None``: it cannot be compared with what the source had sent
    cells: tuple[str, ...]

    @property
    def text(self):
        """``+120``, or ``≥ 120`` where the file itself leaves something open; blank when nothing is known."""
        if self.sum is None or self.sum.known is None:
            return ""
        return figures.signed(self.sum.known) if self.sum.is_complete else figures.partial(self.sum)

    @property
    def places(self):
        """The first cells, without their sheet."""
        return ", ".join(cell.rpartition("!")[2] for cell in self.cells[:CELLS_NAMED])

    @property
    def further(self):
        return max(0, len(self.cells) - CELLS_NAMED)

    @property
    def all_places(self):
        return ", ".join(self.cells)


def contributions(draft, totals):
    """(category or "persons", reach) → what the draft adds to what its own source had sent. ``totals`` are without it.

    New figures are compared with the revision of the same period that they replace; cumulative ones with what the
    source had counted to the same day. A difference is drawn from complete figures only.
    """
    was, now = _before_and_now(draft, totals)
    cells = defaultdict(list)
    for figure in draft.figures:
        if figure.quantity.state != State.BLANK:
            cells[figure.category, figure.reach].append(figure.cell)
    top = [row.code for row in totals.rows if row.unit == Category.Unit.PERSONS and not row.part_of]
    groups = {row.code: [row.code] for row in totals.rows} | {PERSONS: top}
    return {
        (name, reach.value): Contribution(
            _own(
                sum((was.get((code, reach), NOTHING) for code in codes), NOTHING),
                sum((now.get((code, reach), NOTHING) for code in codes), NOTHING),
            ),
            tuple(cell for code in codes for cell in cells[code, reach]),
        )
        for name, codes in groups.items()
        for reach in Reach
    }


def _own(was, now):
    if was.is_not_applicable:
        return now
    if was.is_complete and now.is_complete:
        return Sum(now.known - was.known, now.reported, 0)
    return None


def _before_and_now(draft, totals):
    facts = totals.facts
    replaced = next((report for report in latest(facts.reports) if report.key == draft.key), None)
    if not draft.is_cumulative and (replaced is None or not replaced.is_cumulative):
        return _stated(replaced, facts.areas) if replaced else {}, _stated(draft, facts.areas)
    own = tuple(report for report in facts.reports if report.agency == draft.agency)
    others = tuple(report for report in own if report.key != draft.key)
    return tuple(
        {
            key: together(areas.values())
            for key, areas in held_by(replace(facts, reports=reports), draft.agency, draft.counted_to_on).items()
        }
        for reports in (own, (*others, draft))
    )


def _stated(report, areas):
    return {key: total(cells.values()) for key, cells in rows_that_speak(report, areas).items()}
