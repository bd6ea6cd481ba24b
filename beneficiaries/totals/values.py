"""What totals are made from and what they are: plain values, no database.

An agency is named by its English acronym, the programme as a whole by ``""``; an area by its short
name (slug), a figure that is not known by area by ``""``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from beneficiaries.models import Basis, Reach
from programmes.quantities import Quantity, Sum

PROGRAMME = ""
NO_AREA = ""


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    code: str
    label_es: str
    label_en: str
    unit: str
    part_of: str = ""  # code of the category whose count includes it
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class AreaFacts:
    slug: str
    name: str
    parent: str = ""
    is_indigenous: bool = False


@dataclass(frozen=True, slots=True)
class PeriodFacts:
    code: str
    starts_on: date
    ends_on: date
    due_on: date | None = None  # figures are due by then


@dataclass(frozen=True, slots=True)
class Figure:
    """One count of a submission."""

    area: str
    category: str
    reach: str
    quantity: Quantity
    cell: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """One accepted submission, or one that is about to be: what it counted, and up to which day."""

    agency: str
    period: str
    basis: str
    counted_to_on: date
    figures: tuple[Figure, ...]
    revision: int = 1
    submission: int | None = None
    reason: str = ""

    @property
    def key(self):
        return self.agency, self.period

    @property
    def is_cumulative(self):
        return self.basis == Basis.CUMULATIVE


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that totals of one programme are counted from.

    ``agencies`` take part at the date; ``starts_on`` and ``ends_on`` limit the periods they owe figures for.
    """

    categories: tuple[CategoryFacts, ...]
    periods: tuple[PeriodFacts, ...]
    agencies: tuple[str, ...]
    reports: tuple[Report, ...]
    areas: Mapping[str, AreaFacts] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    agreed: tuple = ()  # the agreed figures in force, of whatever date


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """A category's figures to date. Direct is never added to indirect."""

    code: str
    label_es: str
    label_en: str
    unit: str
    part_of: str
    direct: Sum
    indirect: Sum

    def label(self, language):
        return self.label_es if language == "es" else self.label_en

    def __getitem__(self, reach):
        return self.direct if reach == Reach.DIRECT else self.indirect


@dataclass(frozen=True, slots=True)
class CellTotal:
    """One cell to date: of one agency, or of the whole programme (``agency`` is then ``None``)."""

    agency: str | None
    area: str
    category: str
    reach: str
    sum: Sum


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """What an agency states for an area that holds others, beside the sum of those: checked, never added."""

    agency: str
    period: str
    area: str
    category: str
    reach: str
    stated: Quantity
    parts: Sum


@dataclass(frozen=True, slots=True)
class Range:
    """Between which bounds the number of different people lies: gross counts each agency's, net nobody twice."""

    gross: Sum
    net: Quantity


@dataclass(frozen=True, slots=True)
class Totals:
    """Beneficiaries to date.

    ``persons`` adds the categories of persons that are no part of another; ``silent`` agencies owe figures;
    the later cumulatives of agencies that are ``beside`` the base are not in it; ``covered`` submissions (agency,
    period) lie before the base and do not count.
    """

    as_of_on: date
    rows: tuple[CategoryTotal, ...]
    persons: CategoryTotal
    women_share_direct: Quantity
    women_share_indirect: Quantity
    counted_to_on: date | None
    sources: tuple[str, ...]
    counted_to: Mapping[str, date]  # source → the last day of its figures that count
    silent: tuple[str, ...]
    owed: Mapping[str, tuple[str, ...]]  # silent agency → its periods
    beside: tuple[str, ...]
    covered: tuple[tuple[str, str], ...]
    has_base: bool
    agencies: tuple[str, ...]
    cells: tuple[CellTotal, ...]  # of the whole programme, by area
    agency_cells: tuple[CellTotal, ...]
    stated_totals: tuple[StatedTotal, ...]
    ranges: Mapping[tuple[str, str], Range]  # by category (or "persons") and reach
    facts: Facts
    reports: tuple[Report, ...]  # the latest of each agency and period, counted by the date
    printed: Mapping  # by category (or "persons") and reach: the agreed figure while it holds, otherwise the gross
    printed_women_share: Mapping[str, Quantity]  # by reach

    @property
    def missing_agencies(self):
        return tuple(sorted({*self.silent, *self.beside}, key=self.agencies.index))

    def row(self, code):
        return next(row for row in self.rows if row.code == code)

    def by_area(self):
        """Area → {(category, reach): sum}; ``""`` holds what is not known by area."""
        areas = {}
        for cell in self.cells:
            areas.setdefault(cell.area, {})[cell.category, cell.reach] = cell.sum
        return areas
