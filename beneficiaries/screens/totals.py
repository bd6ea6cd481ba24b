"""A programme's beneficiaries to date: gross, net and agreed, then by area, agency or period."""

from dataclasses import dataclass
from functools import cached_property

from django import forms
from django.db.models import TextChoices
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from beneficiaries.models import Reach
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.totals import count
from beneficiaries.totals.counting import UNKNOWN, WOMEN
from beneficiaries.totals.loading import load, taking_part
from beneficiaries.totals.periods import by_period
from beneficiaries.totals.values import PROGRAMME
from programmes import figures
from programmes.access import Right, may
from programmes.forms.fields import DayField
from programmes.models import Agency, ProgrammeArea
from programmes.quantities import Sum

MEN = "men"
SHOWN = 200  # lines on one page; the rest is counted


class By(TextChoices):
    AREA = "area", gettext_lazy("by area")
    AGENCY = "agency", gettext_lazy("by agency")
    PERIOD = "period", gettext_lazy("by period")


class DateForm(forms.Form):
    """The date of the totals."""

    as_of = DayField(label=gettext_lazy("Totals to"), required=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One area, agency or period. ``cells``: (category, reach) → sum; a category nobody counted there is absent.

    ``slug`` and ``agency`` are what the figures' own page calls it: ``None`` for all together.
    """

    name: str
    cells: dict
    slug: str | None = None
    agency: str | None = None
    day: object = None  # to which day it is counted
    until: object = None  # the date of the totals, where it is not the page's
    owes: tuple = ()  # of a silent agency: its periods
    note: str = ""

    @property
    def women(self):
        return self.cells.get((WOMEN, Reach.DIRECT), UNKNOWN)

    @property
    def men(self):
        return self.cells.get((MEN, Reach.DIRECT), UNKNOWN)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of a line and the query of its own page; without a ``sum`` nobody counts it there."""

    label: str
    sum: Sum | None
    query: str


@dataclass(frozen=True, slots=True)
class Figures:
    """A category, direct or indirect: the bounds and what the sheet prints."""

    code: str
    reach: str
    gross: Sum
    net: object
    printed: object


class TotalsScreen:
    """What the page of totals shows. ``asked`` is the query of its address."""

    def __init__(self, programme, user, asked, default_as_of):
        self.programme, self.user, self.default_as_of = programme, user, default_as_of
        self.by = By(asked.get("by")) if asked.get("by") in By else By.AREA
        self.dates = DateForm(asked if asked.get("as_of") else None)
        self.language = (get_language() or "es")[:2]

    @cached_property
    def as_of(self):
        chosen = self.dates.cleaned_data.get("as_of") if self.dates.is_bound and self.dates.is_valid() else None
        return chosen or self.default_as_of

    @cached_property
    def facts(self):
        return load(self.programme, self.as_of)

    @cached_property
    def totals(self):
        return count(self.facts, self.as_of)

    @cached_property
    def periods(self):
        return by_period(self.facts, self.as_of, taking_part(self.programme))

    @property
    def tabs(self):
        return list(By)

    @property
    def may_agree(self):
        return may(self.user, Right.SET_AGREED_FIGURE, self.programme)

    # All together

    @property
    def rows(self):
        """``(label, direct, indirect)`` of each category, persons last."""
        return [
            (row.label(self.language), *(self._figures(row, reach) for reach in Reach))
            for row in (*self.totals.rows, self.totals.persons)
        ]

    def _figures(self, row, reach):
        bounds = self.totals.ranges[row.code, reach]
        return Figures(row.code, reach.value, bounds.gross, bounds.net, self.totals.printed[row.code, reach])

    @property
    def shares(self):
        """Women's share of persons as printed, by reach."""
        return [(reach, self.totals.printed_women_share[reach]) for reach in Reach]

    @property
    def agreed(self):
        """``(category, reach, what is printed)`` where a figure is agreed or has lapsed."""
        names = {row.code: row.label(self.language) for row in self.totals.rows}
        return [
            (names[code], Reach(reach), printed)
            for (code, reach), printed in self.totals.printed.items()
            if code in names and (printed.agreed or printed.lapsed)
        ]

    @property
    def base_on(self):
        """The day to which the programme's own figures speak for all agencies; ``None`` where they do not."""
        if not self.totals.has_base:
            return None
        return max(report.counted_to_on for report in self.totals.reports if not report.agency and report.is_cumulative)

    @property
    def silent(self):
        """Each silent agency with the periods it owes, in one sentence."""
        return self._listed(
            f"{self._acronym(agency)} ({', '.join(periods)})" for agency, periods in self.totals.owed.items()
        )

    @property
    def beside(self):
        return self._listed(self._acronym(agency) for agency in self.totals.beside)

    @property
    def covered(self):
        return self._listed(f"{self._acronym(agency)} {period}" for agency, period in self.totals.covered)

    def _listed(self, names):
        return figures.listed(list(names), self.language)

    @cached_property
    def _agencies(self):
        return {agency.acronym_en: agency for agency in Agency.objects.all()}

    def _acronym(self, agency):
        return self._agencies[agency].acronym(self.language) if agency in self._agencies else agency

    # One line for each area, agency or period

    @property
    def columns(self):
        """``(category, reach)`` in the columns' order."""
        return [(row, reach) for reach in Reach for row in self.totals.rows]

    @cached_property
    def all_lines(self):
        return {By.AREA: self.by_area, By.AGENCY: self.by_agency, By.PERIOD: self.by_period}[self.by]

    @property
    def lines(self):
        """``(line, its figures in the columns' order)``."""
        return [(line, self._cells_of(line)) for line in self.all_lines[:SHOWN]]

    def _cells_of(self, line):
        place = {"area": line.slug, "agency": line.agency, "as_of": (line.until or self.as_of).isoformat()}
        place = {name: value for name, value in place.items() if value is not None}
        return [
            Cell(
                f"{row.label(self.language)}, {reach.label}",
                line.cells.get((row.code, reach)),
                urlencode({"category": row.code, "reach": reach.value} | place),
            )
            for row, reach in self.columns
        ]

    @property
    def further(self):
        return max(0, len(self.all_lines) - SHOWN)

    @cached_property
    def area_order(self):
        """The short names of the programme's areas as its sheet prints them."""
        areas = ProgrammeArea.objects.filter(programme=self.programme).order_by("position", "pk")
        return list(areas.values_list("area__slug", flat=True))

    @cached_property
    def by_area(self):
        """The programme's areas in the sheet's order, other areas by name, last what is not known by area."""
        found, areas = self.totals.by_area(), self.facts.areas
        place = {slug: number for number, slug in enumerate(self.area_order)}
        names = {slug: area.name for slug, area in areas.items()}
        slugs = sorted(found, key=lambda slug: (not slug, place.get(slug, len(place)), names.get(slug, slug)))
        return [Line(names.get(slug, slug) if slug else _("No area"), found[slug], slug) for slug in slugs]

    @cached_property
    def by_agency(self):
        """The programme's own figures, then each agency in the order of the budget; silent ones with what they owe."""
        sums = {}
        for cell in self.totals.agency_cells:
            cells = sums.setdefault(cell.agency, {})
            key = cell.category, cell.reach
            cells[key] = cells[key] + cell.sum if key in cells else cell.sum
        order = [agency for agency in (PROGRAMME, *self.totals.agencies) if agency in sums]
        order += [agency for agency in sums if agency not in order]
        order += [agency for agency in self.totals.agencies if agency not in sums]
        return [self._of_agency(agency, sums.get(agency, {})) for agency in order]

    def _of_agency(self, agency, cells):
        name = _("The programme as a whole") if agency == PROGRAMME else self._acronym(agency)
        note = ""
        if agency in self.totals.beside:
            note = _("stands beside the programme's own figures")
        elif agency and not cells and not self.totals.owed.get(agency) and self.base_on:
            note = _("in the programme's own figures")
        owes = self.totals.owed.get(agency, ())
        day = self.totals.counted_to.get(agency)
        return Line(name, cells, agency=agency or PROGRAMME_WORD, owes=owes, note=note, day=day)

    @cached_property
    def by_period(self):
        """To date at the end of each period; before the first figure there is nothing to show."""
        found = []
        for at in self.periods:
            rows = (*at.totals.rows, at.totals.persons)
            cells = {(row.code, reach): row[reach] for row in rows for reach in Reach}
            if found or any(value.known is not None for value in cells.values()):
                found.append(Line(at.period.code, cells, day=at.day, until=at.day))
        return found

    @property
    def total_lines(self):
        """The sums of the whole programme beneath its areas or agencies, with what is missing in them."""
        if self.by == By.PERIOD:
            return []
        cells = {(row.code, reach): row[reach] for row in self.totals.rows for reach in Reach}
        line = Line(_("All together"), cells)
        return [(line, self._cells_of(line))]
