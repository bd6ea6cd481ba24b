"""The people and institutions reached, as values of the sheet."""

from dataclasses import dataclass
from datetime import date

from programmes.quantities import Quantity, Sum
from reporting.status_sheet.labels import Label


@dataclass(frozen=True, slots=True)
class CategoryRow:
    category: str  # institutions, women, men, ethnic_groups
    label: Label
    unit: str
    direct: Sum
    indirect: Sum


@dataclass(frozen=True, slots=True)
class Source:
    """Whose submissions count, and to which day: an agency's acronym, or "" for the programme's own."""

    agency: str
    counted_to_on: date


@dataclass(frozen=True, slots=True)
class AgreedLine:
    """A figure that is printed in place of the sum over the agencies: agreed for a date, with the reason."""

    category: str
    label: Label
    reach: str
    value: int
    as_of_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class RangeLine:
    """How many different persons, institutions or groups there are at least (net) and at most (gross)."""

    category: str
    label: Label
    reach: str
    net: Quantity
    gross: Sum


@dataclass(frozen=True, slots=True)
class AreaPersons:
    """Women and men reached directly in one area, the sum over the agencies; named "": what is not known by area."""

    name: str
    women: Sum
    men: Sum


@dataclass(frozen=True, slots=True)
class Beneficiaries:
    """To date. Persons are the sum of the categories of persons that are no part of another.

    A figure is the sum over the agencies, gross, unless it is among the agreed ones.
    """

    rows: tuple[CategoryRow, ...]
    persons: CategoryRow
    women_share_direct: Quantity  # per cent of direct persons, only from complete figures
    women_share_indirect: Quantity
    counted_to_on: date | None
    sources: tuple[Source, ...]
    silent: tuple[str, ...]  # agencies that take part and have not reported
    has_base: bool
    agreed: tuple[AgreedLine, ...] = ()
    ranges: tuple[RangeLine, ...] = ()  # only where net and gross differ
    areas: tuple[AreaPersons, ...] = ()  # in the order of the sheet's areas; none while nothing is known by area
