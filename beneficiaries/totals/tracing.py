"""From a printed figure back to what it is made of: each submission's cells, and why a cell does not count. Pure.

It follows the same submissions by the same rules as ``counting``; what it keeps is the parts in place of their sum.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from functools import partial

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Category
from beneficiaries.totals.counting import PERSONS, UNKNOWN, count, forget_restated, outer_areas, rows_that_speak
from beneficiaries.totals.submissions import choose, latest
from beneficiaries.totals.values import Figure, Report, Totals
from programmes.quantities import State, Sum, together, total


class Verdict(TextChoices):
    """Whether a cell is in a figure; if not, why."""

    COUNTS = "counts", _("is added up")
    MISSING = "missing", _("has no number: the figure reads “at least”")
    NOT_APPLICABLE = "na", _("does not apply: left out of the sum")
    RESTATED = "restated", _("a later cumulative figure of the same agency counts the same people again")
    IN_AREAS = "in_areas", _("is a total of rows that stand beside it: those are added up")
    COVERED = "covered", _("lies before the programme’s own figures, which speak for all agencies until their date")
    BESIDE = "beside", _("stands beside the programme’s own figures until every agency has sent later cumulative ones")
    REPLACED = "replaced", _("every agency has sent later cumulative figures, which replace the programme’s own")
    LATER = "later", _("was counted after this date")

    @property
    def is_in(self):
        return self in (Verdict.COUNTS, Verdict.MISSING)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which figure is meant. ``area`` and ``agency`` are ``None`` for all of them together."""

    category: str  # a code, or "persons"
    reach: str
    area: str | None = None
    agency: str | None = None

    def holds(self, report, figure):
        return self.agency in (None, report.agency) and self.area in (None, figure.area)


@dataclass(frozen=True, slots=True)
class Part:
    """One cell of a submission."""

    report: Report
    figure: Figure
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure as it is printed, and everything that was sent for it. The parts that count add up to what is known."""

    sum: Sum
    parts: tuple[Part, ...]
    totals: Totals

    def by_report(self):
        """``[(report, its parts)]``, the latest first."""
        grouped = {}
        for part in self.parts:
            grouped.setdefault(part.report.key, (part.report, []))[1].append(part)
        return sorted(grouped.values(), key=lambda pair: (pair[0].counted_to_on, pair[0].period), reverse=True)


def trace(facts, as_of, wanted):
    """The figure at a date with its parts."""
    facts = _narrowed(facts, codes_of(facts, wanted.category), wanted.reach)
    choice, totals = choose(facts, as_of), count(facts, as_of)
    speaking = {report.key: rows_that_speak(report, facts.areas) for report in choice.counting}
    verdict = partial(
        _verdict,
        counted={report.key for report in choice.reports},
        covered={report.key for report in choice.covered},
        beside=choice.beside,
        speaking=speaking,
        kept=_kept(choice.counting, speaking, facts.areas),
    )
    parts = (
        Part(report, figure, verdict(report, figure))
        for report in latest(facts.reports)
        for figure in report.figures
        if wanted.holds(report, figure)
    )
    said = tuple(part for part in parts if part.verdict.is_in or part.figure.quantity.state != State.BLANK)
    return Trace(printed(totals, wanted), said, totals)


def codes_of(facts, category):
    """The categories that a figure adds up: one, or those of persons that are no part of another."""
    if category != PERSONS:
        return (category,)
    return tuple(row.code for row in facts.categories if row.unit == Category.Unit.PERSONS and not row.part_of)


def _narrowed(facts, codes, reach):
    """The same submissions with the figures of these categories only: no category's sum depends on another's."""
    reports = tuple(
        replace(report, figures=tuple(one for one in report.figures if one.reach == reach and one.category in codes))
        for report in facts.reports
    )
    return replace(facts, reports=reports)


def printed(totals, wanted):
    """The figure as pages and the sheet print it; nd where nobody has sent anything for it."""
    if wanted.area is None and wanted.agency is None:
        row = totals.persons if wanted.category == PERSONS else totals.row(wanted.category)
        return row[wanted.reach]
    codes = codes_of(totals.facts, wanted.category)
    sums = [
        cell.sum
        for cell in (totals.cells if wanted.agency is None else totals.agency_cells)
        if cell.category in codes
        and cell.reach == wanted.reach
        and wanted.agency in (None, cell.agency)
        and wanted.area in (None, cell.area)
    ]
    return together(sums) if sums else UNKNOWN


def _kept(reports, speaking, areas):
    """``{(agency, period), category, area}`` of the cells that are left in the sums to date."""
    held, outer = defaultdict(dict), outer_areas(areas)
    for report in reports:
        for (category, reach), cells in speaking[report.key].items():
            current = held[report.agency, category, reach]
            if report.is_cumulative:
                forget_restated(current, cells, outer)
            for area, quantity in cells.items():
                part = ((report.key, category, area), quantity)
                current[area] = carried(current.get(area, ()), part, report.is_cumulative)
    return {at for cells in held.values() for parts in cells.values() for at, _quantity in parts}


def carried(before, part, is_cumulative):
    """The parts of a cell after one more report, as ``counting.carry`` sums them. A part is ``(where, quantity)``."""
    quantity = part[1]
    if quantity.state == State.NA:
        return before
    if is_cumulative:
        return (part,) if quantity.is_reported else (*(one for one in before if one[1].is_reported), part)
    return (*before, part)


def _verdict(report, figure, *, counted, covered, beside, speaking, kept):
    if report.key not in counted:
        return Verdict.LATER
    if report.key in covered:
        return Verdict.COVERED
    if report.key not in speaking:
        return Verdict.BESIDE if report.agency in beside else Verdict.REPLACED
    if figure.area not in speaking[report.key][figure.category, figure.reach]:
        return Verdict.IN_AREAS
    if figure.quantity.state == State.NA:
        return Verdict.NOT_APPLICABLE
    if (report.key, figure.category, figure.area) not in kept:
        return Verdict.RESTATED
    return Verdict.COUNTS if figure.quantity.is_reported else Verdict.MISSING


def sum_of(parts):
    """What parts add up to."""
    return total(part.figure.quantity for part in parts)
