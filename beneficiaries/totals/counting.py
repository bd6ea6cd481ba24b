"""From submissions to totals: which of them count at a date, and what they add up to. Pure.

The row without area is what an agency could not place in an area. Within one submission it is added to the areas'
rows; a later cumulative submission that states only the one kind replaces the other, because it counts the same
people again. An empty row without area is not a missing figure while areas are stated, nor the other way round.
"""

from collections import defaultdict
from dataclasses import replace
from functools import partial

from beneficiaries.models import Category, Reach
from beneficiaries.totals import agreed, bounds
from beneficiaries.totals.submissions import choose, owed_by_agency
from beneficiaries.totals.values import NO_AREA, PROGRAMME, CategoryTotal, CellTotal, StatedTotal, Totals
from programmes.quantities import State, Sum, share, together, total

NOTHING = Sum(None, 0, 0)
UNKNOWN = Sum(None, 0, 1)
PERSONS, WOMEN = "persons", "women"


def count(facts, as_of):
    """The totals of a programme at a date."""
    choice = choose(facts, as_of)
    owed = owed_by_agency(facts, choice, as_of)
    held = held_by_agency(choice.counting, facts.areas)
    rows, persons = _rows_and_persons(facts, choice, owed, held)
    women = next((row for row in rows if row.code == WOMEN), None)
    printed = agreed.printed(facts, choice, rows, persons, as_of)
    return Totals(
        as_of_on=as_of,
        rows=rows,
        persons=persons,
        women_share_direct=share((women.direct if women else UNKNOWN).quantity, persons.direct.quantity),
        women_share_indirect=share((women.indirect if women else UNKNOWN).quantity, persons.indirect.quantity),
        counted_to_on=choice.counted_to_on,
        sources=tuple(dict.fromkeys(report.agency for report in choice.counting)),
        counted_to={report.agency: report.counted_to_on for report in choice.counting},
        silent=tuple(owed),
        owed=owed,
        beside=choice.beside,
        covered=tuple(report.key for report in choice.covered),
        has_base=choice.base_on is not None,
        agencies=facts.agencies,
        cells=programme_cells(held),
        agency_cells=agency_cells(held),
        stated_totals=stated_totals(choice.counting, facts.areas),
        ranges=bounds.ranges(held, facts, rows, persons, bool(choice.beside)),
        facts=facts,
        reports=choice.reports,
        printed=printed,
        printed_women_share={
            reach: agreed.women_share(printed.get((WOMEN, reach)), printed[PERSONS, reach]) for reach in Reach
        },
    )


def sums_to_date(facts, as_of):
    """``(rows, the last day of their figures)`` of the same totals, persons last, and nothing by area or agency."""
    choice = choose(facts, as_of)
    owed = owed_by_agency(facts, choice, as_of)
    rows, persons = _rows_and_persons(facts, choice, owed, held_by_agency(choice.counting, facts.areas))
    return (*rows, persons), choice.counted_to_on


def _rows_and_persons(facts, choice, owed, held):
    sum_of = partial(programme_sum, held, absent={*owed, *choice.beside}, agencies=facts.agencies, own_to=choice.own_to)
    top = [category for category in facts.categories if category.unit == Category.Unit.PERSONS and not category.part_of]
    rows = tuple(_row(category, sum_of) for category in facts.categories)
    in_all = [sum_of([category.code for category in top], reach) for reach in Reach]
    return rows, CategoryTotal(PERSONS, "Personas", "Persons", Category.Unit.PERSONS, "", *in_all)


def _row(category, sum_of):
    sums = [sum_of([category.code], reach) for reach in Reach]
    return CategoryTotal(category.code, category.label_es, category.label_en, category.unit, category.part_of, *sums)


# One agency to date


def held_by_agency(reports, areas):
    """Agency → {(category, reach): {area: sum to date}}, from reports in the order of their dates."""
    held = defaultdict(lambda: defaultdict(dict))
    outer = outer_areas(areas)
    for report in reports:
        for key, cells in rows_that_speak(report, areas).items():
            current = held[report.agency][key]
            if report.is_cumulative:
                forget_restated(current, cells, outer)
            for area, quantity in cells.items():
                current[area] = carry(current.get(area, NOTHING), quantity, report.is_cumulative)
    return held


def held_by(facts, agency, day):
    """(category, reach) → {area: sum} of what one source by itself had counted up to a day."""
    own = tuple(report for report in facts.reports if report.agency == agency)
    return held_by_agency(choose(replace(facts, reports=own), day).counting, facts.areas).get(agency, {})


def carry(before, quantity, is_cumulative):
    """A cell after one more report: the last reported cumulative plus every later new; a later nd leaves “at least”."""
    if quantity.state == State.NA:
        return before
    if is_cumulative:
        return total((quantity,)) if quantity.is_reported else Sum(before.known, before.reported, 1)
    return total((quantity,)) if before is NOTHING else before + total((quantity,))


def rows_that_speak(report, areas):
    """(category, reach) → {area: figure}, without empty rows that another kind of row answers for.

    An area that holds others is a stated total: it speaks only where none of the areas in it does.
    """
    outer = outer_areas(areas)
    return {key: _speaking(cells, outer) for key, cells in cells_by_kind(report).items()}


def cells_by_kind(report):
    """(category, reach) → {area: figure}."""
    groups = defaultdict(dict)
    for figure in report.figures:
        groups[figure.category, figure.reach][figure.area] = figure.quantity
    return groups


def _speaking(cells, outer):
    said = {area for area, quantity in cells.items() if quantity.state != State.BLANK}
    holding = holding_any(said, outer)
    kept = {}
    for area, quantity in cells.items():
        is_said = area in said
        if area == NO_AREA:
            answered = not is_said and len(cells) > 1
        elif area in holding:
            answered = True
        else:
            answered = not is_said and (NO_AREA in said or not said.isdisjoint(outer.get(area, ())))
        if not answered:
            kept[area] = quantity
    return kept


def outer_areas(areas):
    """Area → those it lies in, however deep; only areas that lie in another one."""
    return {slug: tuple(_above(slug, areas)) for slug, area in areas.items() if area.parent}


def _above(area, areas):
    seen = set()
    while area in areas and area not in seen:
        seen.add(area)
        area = areas[area].parent
        if area:
            yield area


def holding_any(inner, outer):
    """The areas in which one of these lies."""
    return {above for area in inner for above in outer.get(area, ())}


def forget_restated(current, cells, outer):
    """A cumulative report replaces what earlier ones said of the same people in rows of another kind."""
    stated = {area for area, quantity in cells.items() if quantity.is_reported}
    if not stated:
        return
    only_without_area = set(cells) == {NO_AREA}
    only_areas = NO_AREA not in cells
    holding = holding_any(stated, outer)
    for area in [area for area in current if area not in cells]:
        if area == NO_AREA:
            restated = only_areas
        else:
            restated = only_without_area or area in holding or not stated.isdisjoint(outer.get(area, ()))
        if restated:
            del current[area]


def stated_totals(reports, areas):
    """Every stated total of an area beside the sum of the areas directly in it."""
    found = []
    for report in reports:
        for (category, reach), cells in cells_by_kind(report).items():
            parts = defaultdict(list)
            for area, quantity in cells.items():
                if area in areas and areas[area].parent in cells:
                    parts[areas[area].parent].append(quantity)
            for area in [area for area in cells if area != NO_AREA and area in parts]:
                quantity = cells[area]
                if quantity.is_reported and any(part.is_reported for part in parts[area]):
                    stated = total(parts[area])
                    found.append(StatedTotal(report.agency, report.period, area, category, reach, quantity, stated))
    return tuple(found)


# All of them


def programme_sum(held, categories, reach, absent, agencies, own_to=None):
    """What all sources add up to, with how much of it is missing.

    While every agency has sent what it owes, the count is of cells. As soon as one is absent it is of agencies,
    never of both: an agency is missing when it is absent or has given none of these figures. Where the programme's
    own figures are complete to ``own_to``, the sum says after which day agencies are missing.
    """
    cells, by_source = NOTHING, {}
    for category in categories:
        of_category = {source: areas for source, groups in held.items() if (areas := groups.get((category, reach)))}
        if not of_category and not absent:
            cells += UNKNOWN
        for source, areas in of_category.items():
            own = together(areas.values())
            cells += own
            by_source[source] = by_source.get(source, NOTHING) + own
    if not absent:
        return cells
    missing, speaking = missing_and_speaking(by_source, absent, agencies)
    is_known_until = bool(missing) and by_source.get(PROGRAMME, NOTHING).is_complete
    return Sum(cells.known, len(speaking), len(missing), own_to if is_known_until else None)


def missing_and_speaking(by_source, absent, agencies):
    """The agencies that are missing and those that speak; the programme's own figures speak for all who take part.

    An agency that gave one of the figures speaks, though others of it are missing.
    """
    gave = {source for source, value in by_source.items() if value.known is not None}
    gaps = {source for source, value in by_source.items() if value.missing}
    has_complete_base = PROGRAMME in gave - gaps
    missing = {*absent, *({*gaps, *(agencies if PROGRAMME in gaps else ())} - gave)} - {PROGRAMME}
    speaking = {*gave, *(agencies if has_complete_base else ())} - {PROGRAMME}
    return missing, speaking - missing


def programme_cells(held):
    sums = {}
    for groups in held.values():
        for (category, reach), areas in groups.items():
            for area, value in areas.items():
                key = area, category, reach
                sums[key] = sums[key] + value if key in sums else value
    return tuple(CellTotal(None, *key, value) for key, value in sorted(sums.items()))


def agency_cells(held):
    return tuple(
        CellTotal(agency, area, category, reach, value)
        for agency, groups in sorted(held.items())
        for (category, reach), areas in sorted(groups.items())
        for area, value in sorted(areas.items())
    )
