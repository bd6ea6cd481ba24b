"""Zeros that may be missing figures, and areas without any."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from beneficiaries.findings.wording import beneficiary_finding, who_reported
from beneficiaries.models import Category, Reach
from programmes.blocks import Block
from programmes.findings import Level, Name, say


def areas_with_counts(totals):
    """Names of the areas in which at least one figure is reported."""
    return {totals.facts.areas[cell.area].name for cell in totals.cells if cell.area and cell.sum.reported}


def areas_without_counts(active_areas, counted_areas):
    """One note for all areas where the programme works and nobody has been counted."""
    uncounted = tuple(name for name in active_areas if name not in counted_areas)
    if not uncounted:
        return []
    return [
        beneficiary_finding(
            Level.NOTE,
            "areas_without_counts",
            f"areas={','.join(uncounted)}",
            say(
                ngettext_lazy("No beneficiaries are counted in one active area",
                   "No beneficiaries are counted in %(count)s active areas", "count"),
                count=len(uncounted),
            ),
            say(_("The programme is active in %(areas)s; no figure is known there."), areas=uncounted),
            say(_("Ask the agencies for figures by area, or change the area's state.")),
        )
    ]  # fmt: skip


def doubtful_zeros(totals):
    """Groups reported as 0: often nobody asked, and then it is nd."""
    return [
        beneficiary_finding(
            Level.NOTE,
            "doubtful_zero",
            f"{row.code}/{reach.value}=0",
            say(
                _("%(category)s, %(reach)s: is 0 a count?"),
                category=Name(row.label_es, row.label_en),
                reach=reach,
            ),
            say(_("0 says that somebody counted and found none. When nobody asked, the figure is nd.")),
            say(_("Ask who counted; send a revision with nd if nobody did.")),
            row.code,
            who_reported(totals, {row.code}, reach),
        )
        for row in totals.rows
        for reach in Reach
        if row.unit == Category.Unit.GROUPS and row[reach].known == 0
    ]


def doubtful_zeros_in_indigenous_areas(totals):
    """No person at all in an indigenous territory, reported as 0."""
    found = []
    persons = {row.code for row in totals.rows if row.unit == Category.Unit.PERSONS}
    for area in totals.facts.areas.values():
        sums = [cell.sum for cell in totals.cells if cell.area == area.slug and cell.category in persons]
        reported = [value.known for value in sums if value.known is not None]
        if area.is_indigenous and reported and not any(reported):
            found.append(
                beneficiary_finding(
                    Level.NOTE,
                    "doubtful_zero_indigenous_area",
                    f"{area.slug}=0",
                    say(_("%(area)s: is 0 persons a count?"), area=area.name),
                    say(_("It is an indigenous territory, and every figure reported there is 0.")),
                    say(_("Ask who counted; send a revision with nd if nobody did.")),
                    area.slug,
                    who_reported(totals, persons, area=area.slug),
                )
            )
    return found


def areas_out_of_place(totals, stated):
    """Figures of areas that the programme does not name, or where it does not work yet. ``stated``: name → state."""
    counted = areas_with_counts(totals)
    unnamed = sorted(_ancestry_aside(totals, counted, stated))
    waiting = sorted(name for name in counted if stated.get(name) in ("planned", "deferred"))
    found = []
    if unnamed and stated:
        found.append(
            _by_area(
                Level.WARNING,
                "counts_outside_areas",
                f"areas={','.join(unnamed)}",
                say(_("Beneficiaries are counted outside the programme's areas")),
                say(_("There are figures of %(areas)s, which the programme does not name."), areas=tuple(unnamed)),
                say(_("Add the area to the programme, or send a revision with the area that is meant.")),
            )
        )
    if waiting:
        found.append(
            _by_area(
                Level.NOTE,
                "counts_in_waiting_areas",
                f"areas={','.join(waiting)}",
                say(_("Beneficiaries are counted where the programme is not active")),
                say(
                    _("There are figures of %(areas)s, planned or deferred by its list of areas."), areas=tuple(waiting)
                ),
                say(_("Change the area's state, or ask the agency where the persons live.")),
            )
        )
    return found


def _by_area(*words):
    """It is mended in the programme's list of areas."""
    return replace(beneficiary_finding(*words), page=Block.AREAS.value, field="list-areas")


def _ancestry_aside(totals, counted, stated):
    """Names of counted areas that are not named themselves, nor lie in a named one, nor hold one."""
    areas = totals.facts.areas
    within = {slug: {areas[other].name for other in _upwards(slug, areas)} for slug in areas}
    holding = {name for slug, names in within.items() if areas[slug].name in stated for name in names}
    return {
        areas[slug].name
        for slug in areas
        if areas[slug].name in counted and not within[slug] & set(stated) and areas[slug].name not in holding
    }


def _upwards(slug, areas):
    """The area and those it lies in."""
    chain = []
    while slug in areas and slug not in chain:
        chain.append(slug)
        slug = areas[slug].parent
    return chain
