"""Short ways to write down what agencies have counted."""

from datetime import date

from beneficiaries.totals import Facts, Figure, Report, count
from beneficiaries.totals.values import AreaFacts, CategoryFacts, PeriodFacts
from programmes.quantities import BLANK, NA, ND, PENDING, Quantity

CATEGORIES = (
    CategoryFacts("institutions", "Instituciones", "Institutions", "institutions"),
    CategoryFacts("women", "Mujeres", "Women", "persons"),
    CategoryFacts("men", "Hombres", "Men", "persons"),
    CategoryFacts("ethnic_groups", "Grupos étnicos", "Ethnic groups", "groups"),
)
AREAS = {
    "cocle": AreaFacts("cocle", "Coclé"),
    "penonome": AreaFacts("penonome", "Penonomé", "cocle"),
    "anton": AreaFacts("anton", "Antón", "cocle"),
    "herrera": AreaFacts("herrera", "Herrera"),
    "veraguas": AreaFacts("veraguas", "Veraguas"),
    "ngabe-bugle": AreaFacts("ngabe-bugle", "Ngäbe-Buglé", "", True),
}
PERIODS = tuple(
    PeriodFacts(f"{year}-S{half}", date(year, 6 * half - 5, 1), date(year, *((6, 30), (12, 31))[half - 1]))
    for year in (2010, 2011, 2012)
    for half in (1, 2)
)
ENDS = {period.code: period.ends_on for period in PERIODS}
STATES = {"nd": ND, "na": NA, "pending": PENDING, "": BLANK}


def figure(area, value, category="women", reach="direct"):
    return Figure(area, category, reach, STATES[value] if isinstance(value, str) else Quantity(value))


def _read(one):
    if isinstance(one, Figure):
        return one
    return figure(*one) if isinstance(one, tuple) else figure("", one)


def report(agency, period, *figures, basis="new", to=None, revision=1, reason=""):
    """``figures`` are values without area, (area, value) or complete figures."""
    read = tuple(_read(one) for one in figures)
    return Report(agency, period, basis, to or ENDS[period], read, revision, reason=reason)


def facts(*reports, agencies=("FAO",), areas=AREAS, starts_on=None, ends_on=None, categories=CATEGORIES, periods=()):
    """``periods`` are those for which agencies owe figures: none unless a test is about that."""
    return Facts(
        categories=categories,
        periods=tuple(period for period in PERIODS if period.code in periods),
        agencies=agencies,
        reports=reports,
        areas=areas,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def women(*reports, as_of=date(2012, 12, 31), **others):
    """Women reached directly, to date."""
    return count(facts(*reports, **others), as_of).row("women").direct
