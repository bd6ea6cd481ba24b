"""Counts as tables, through the declared columns: one figure a row, or areas × categories."""

from dataclasses import dataclass

import tablib
from import_export import fields, resources, widgets

from beneficiaries.spreadsheets.columns import (
    BASIS_WORDS,
    LONG_FORM,
    NO_AREA,
    PROGRAMME_LEVEL,
    REACH_WORDS,
    STATE_NAMES,
    WIDE_LABELS,
)
from programmes.quantities import State


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, as the long form says it."""

    programme: str
    agency: str
    period: str
    basis: str
    counted_to: str
    area: str
    area_code: str
    category: str
    reach: str
    value: int | None
    state: str
    cell: str


class CountResource(resources.Resource):
    """The long form, built from its declaration. What comes in is read, previewed and loaded like any other file."""

    def __init__(self, language):
        super().__init__()
        number, text = widgets.NumberWidget(coerce_to_string=False), widgets.CharWidget()
        self.fields = {
            column.name: fields.Field(
                column.name, column.header(language), widget=number if column.name == "value" else text
            )
            for column in LONG_FORM
        }

    def get_export_order(self):
        return [column.name for column in LONG_FORM]

    def iter_queryset(self, queryset):
        return iter(queryset)


def line_of(submission, count, language):
    """A stored count in the words of a language."""
    agency, area = submission.agency, count.area
    return Line(
        programme=submission.programme.code,
        agency=agency.acronym(language) if agency else PROGRAMME_LEVEL[language],
        period=submission.period.code,
        basis=BASIS_WORDS[submission.basis][language],
        counted_to=submission.counted_to_on.isoformat(),
        area=area.name if area else NO_AREA[language][0],
        area_code=code_of(area) if area else "",
        category=count.category.label_es if language == "es" else count.category.label_en,
        reach=REACH_WORDS[count.reach][language][0],
        value=count.value,
        state=STATE_NAMES[count.state][language],
        cell=count.cell,
    )


def code_of(area):
    """The first of an area's codes that it has."""
    return area.iso_code or area.ocha_code or area.census_code


def long_table(sent, columns, language):
    """``sent``: ``(submission, its counts)``. Figures of which nobody said anything come last in each submission.

    So the first row beneath the header always holds a figure, by which a table is recognised.
    """
    lines = [
        line_of(submission, count, language)
        for submission, counts in sent
        for count in sorted(counts, key=lambda count: count.state == State.BLANK)
    ]
    return CountResource(language).export(lines)


def wide_table(sent, columns, language):
    """A row for each area of each submission, a column for each figure and one beside it for its state.

    An empty pair is a figure that the submission does not have; ``blank`` one that it has and that nobody gave.
    """
    stated = {(count.category.code, count.reach) for _submission, counts in sent for count in counts}
    counted = [column for column in columns.counts if (column.category.code, column.reach) in stated]
    headers = [column.header(language) for column in WIDE_LABELS]
    for column in counted:
        headers += [column.header(language), column.state_header(language)]
    table = tablib.Dataset(headers=headers)
    for submission, counts in sent:
        for row in sorted(_areas_of(counts), key=lambda row: all(c.state == State.BLANK for c in row.values())):
            line = line_of(submission, next(iter(row.values())), language)
            cells = [getattr(line, column.name) for column in WIDE_LABELS]
            for column in counted:
                count = row.get((column.category.code, column.reach))
                cells += [count.value, STATE_NAMES[count.state][language]] if count else [None, None]
            table.append(cells)
    return table


def _areas_of(counts):
    """The counts of each area, by category and reach, in the order in which they were sent."""
    areas = {}
    for count in counts:
        areas.setdefault(count.area_id, {})[count.category.code, count.reach] = count
    return areas.values()


def tags_of(headers, columns, language):
    """The HXL tag of each column of a table."""
    tags = {column.header(language): column.tag for column in LONG_FORM}
    for column in columns.counts:
        tags[column.header(language)] = column.tag
        tags[column.state_header(language)] = column.tag.replace("#reached", "#status")
    return [tags[header] for header in headers]
