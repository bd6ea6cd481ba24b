"""What a file would change: cell by cell against the revision that counts, and in the programme's totals."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max
from django.utils.translation import get_language

from beneficiaries.findings.submissions import overlaps_base
from beneficiaries.models import Basis, Count, Reach, Submission
from beneficiaries.spreadsheets.contribution import Contribution, contributions
from beneficiaries.totals import Figure, Report, before_and_after
from beneficiaries.totals.counting import held_by
from beneficiaries.totals.loading import load
from programmes.models import Revision
from programmes.quantities import Quantity, Sum, difference, total


@dataclass(frozen=True, slots=True)
class Change:
    """One figure before and after: ``kind`` is new, changed, same or gone."""

    kind: str
    area: str
    category: object
    reach: str
    before: Quantity | None
    after: Quantity | None
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Fall:
    """A cumulative figure that would be smaller than it was: somebody has to say why."""

    area: str  # blank: in all areas together
    category: object
    reach: str
    before: int
    after: int
    cells: tuple[str, ...] = ()  # of the file, where the smaller figure stands

    @property
    def places(self):
        """Without their sheet."""
        return ", ".join(cell.rpartition("!")[2] for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Total:
    """A category's total before and after, for one reach."""

    before: Sum
    after: Sum
    own: Contribution | None = None  # of the file by itself, known even where the total is not

    @property
    def is_same(self):
        return self.before == self.after

    @property
    def difference(self):
        return difference(self.after.quantity, self.before.quantity)

    @property
    def is_now_known(self):
        return self.before.known is None and self.after.is_complete

    @property
    def falls(self):
        return self.difference.is_reported and self.difference.value < 0


@dataclass(frozen=True, slots=True)
class TotalRow:
    label_es: str
    label_en: str
    by_reach: dict[str, Total]

    @property
    def label(self):
        """As the person reads it."""
        return self.label_es if (get_language() or "es")[:2] == "es" else self.label_en


@dataclass(frozen=True)
class Preview:
    """Everything that the person sees before they confirm."""

    current: object | None  # the revision that counts now
    last_revision: int  # 0 when there has been none; withdrawn ones keep their number
    changes: tuple[Change, ...]
    totals_before: object
    totals_after: object
    rows: tuple[TotalRow, ...]
    persons: TotalRow
    falls: tuple[Fall, ...]
    covered: bool  # the programme's base reaches further: these figures do not count
    beside: bool  # an agency's cumulative that stands beside the base until every agency has one
    overlaps: date | None  # the day to which the base counts, inside the period of new figures

    @property
    def next_revision(self):
        return self.last_revision + 1

    def of_kind(self, *kinds):
        return [change for change in self.changes if change.kind in kinds]


def report_of(purpose, found):
    """The draft as totals take it."""
    figures = tuple(
        Figure(row.area.slug if row.area else "", row.category.code, row.reach, row.quantity, row.cell)
        for row in found.rows
    )
    agency = purpose.agency.acronym_en if purpose.agency else ""
    return Report(agency, purpose.period.code, purpose.basis, purpose.counted_to_on, figures)


def shown_to(purpose, today):
    """Up to which day the totals are shown: today while the programme runs, afterwards as far as anybody counted."""
    accepted = Submission.objects.accepted().filter(programme=purpose.programme)
    ends_on = Revision.objects.filter(programme=purpose.programme).aggregate(last=Max("ends_on"))["last"]
    if ends_on is None or ends_on >= today:
        return max(today, purpose.counted_to_on)
    counted_to_on = accepted.aggregate(last=Max("counted_to_on"))["last"]
    return max(filter(None, (counted_to_on, purpose.counted_to_on)))


def build(purpose, found, today):
    """The preview of a reading: as many queries for ten thousand rows as for ten."""
    current = purpose.current()
    draft = report_of(purpose, found)
    before, after = before_and_after(purpose.programme, draft, shown_to(purpose, today))
    own = contributions(draft, before)
    rows = tuple(_total_row(row, after.row(row.code), own) for row in before.rows)
    return Preview(
        current=current,
        last_revision=purpose.last_revision(),
        changes=tuple(_changes(current, found)),
        totals_before=before,
        totals_after=after,
        rows=rows,
        persons=_total_row(before.persons, after.persons, own),
        falls=tuple(_falls(purpose, found, before.facts)),
        covered=draft.key in after.covered,
        beside=purpose.agency is not None and draft.agency in after.beside,
        overlaps=overlaps_base(draft, after),
    )


def _total_row(before, after, own):
    by_reach = {reach.value: Total(before[reach], after[reach], own[before.code, reach.value]) for reach in Reach}
    return TotalRow(before.label_es, before.label_en, by_reach)


def _changes(current, found):
    """Each figure of the file, then those that only the revision that counts now has."""
    old = {}
    if current is not None:
        for stored in Count.objects.filter(submission=current).select_related("area", "category"):
            old[stored.area_id, stored.category.code, stored.reach] = stored
    for row in found.rows:
        stored = old.pop(row.key, None)
        before = stored.quantity if stored else None
        kind = "new" if before is None else "same" if before == row.quantity else "changed"
        yield Change(kind, row.area.name if row.area else "", row.category, row.reach, before, row.quantity, row.cell)
    for stored in old.values():
        area = stored.area.name if stored.area else ""
        yield Change("gone", area, stored.category, stored.reach, stored.quantity, None, stored.cell)


def falls_of(purpose, found):
    """Which cumulative figures would fall, by themselves."""
    if purpose.basis != Basis.CUMULATIVE:
        return []
    return list(_falls(purpose, found, load(purpose.programme, purpose.counted_to_on)))


def _falls(purpose, found, facts):
    """Compared with what the same source had counted to the same day: in all its areas together, or in one of them."""
    if purpose.basis != Basis.CUMULATIVE:
        return
    agency = purpose.agency.acronym_en if purpose.agency else ""
    held = held_by(facts, agency, purpose.counted_to_on)
    by_column = {}
    for row in found.rows:
        by_column.setdefault((row.category.code, row.reach), []).append(row)
    for (category, reach), rows in by_column.items():
        known = {
            area: value.known for area, value in held.get((category, reach), {}).items() if value.known is not None
        }
        before, after = sum(known.values()), total(row.quantity for row in rows)
        if known and not after.missing and (after.known or 0) < before:
            cells = tuple(row.cell for row in rows if row.quantity.is_reported)
            yield Fall("", rows[0].category, reach, before, after.known or 0, cells)
            continue
        for row in rows:
            was = known.get(row.area.slug if row.area else "")
            if was is not None and row.quantity.is_reported and row.quantity.value < was:
                area = row.area.name if row.area else ""
                yield Fall(area, row.category, reach, was, row.quantity.value, (row.cell,))
