"""Months and semesters beside each other become the Fund's periods: one figure for each, with its cells. Pure."""

from collections import defaultdict

from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.understood import Row
from programmes.quantities import BLANK, Quantity, State


def into_periods(rows, columns):
    """The reading's rows: for each area, category, reach, agency and period, what its months come to."""
    groups, spoken, blank = defaultdict(list), set(), State.BLANK
    for placed in rows.placed:
        area = placed.area and id(placed.area)
        groups[placed.agency, placed.period, area, placed.category, placed.reach].append(placed)
        if placed.quantity.state != blank:
            spoken.add((placed.agency, placed.period))
    for group in groups.values():
        if (group[0].agency, group[0].period) in spoken:
            quantity = group[0].quantity if len(group) == 1 else _together(rows, group)
            rows.reading.rows.append(_row(rows, group, quantity, columns))
    _check_parts(rows, columns)


def _row(rows, group, quantity, columns):
    first, last = group[0], group[-1]
    cell = rows.table.at(first.row, first.column)
    if len(group) > 1:
        cell = f"{cell}:{rows.table.at(last.row, last.column).rpartition('!')[2]}"
    return Row(
        first.area,
        columns.category_by_code[first.category],
        first.reach,
        quantity,
        cell,
        "" if first.agency == rows.scope.agency else first.agency,
        "" if first.period == rows.scope.period else first.period,
    )


def _together(rows, group):
    """New figures of months add up when all are there; of cumulative ones the last month speaks."""
    spans = {placed.span for placed in group}
    if len(spans) < len(group) or None in spans:
        return _problem(rows, group[-1], "duplicate_figure", {"first": rows.table.at(group[0].row, group[0].column)})
    group = sorted(group, key=lambda placed: (placed.span.year, placed.span.last))
    if not rows.scope.is_new:
        return group[-1].quantity
    if any(one.span.first <= other.span.last and one is not other and other.span.first <= one.span.last
           for one in group for other in group):  # fmt: skip
        return _problem(rows, group[-1], "periods_overlap", {})
    states = {placed.quantity.state for placed in group}
    if states == {State.REPORTED}:
        return Quantity(sum(placed.quantity.value for placed in group))
    if len(states) == 1:
        return group[0].quantity
    missing = next(placed for placed in group if not placed.quantity.is_reported)
    return _problem(rows, missing, "month_missing", {})


def _problem(rows, placed, code, params):
    at, header = rows.table.at(placed.row, placed.column), rows.table.text(placed.column)
    found = "" if placed.quantity.value is None else str(placed.quantity.value)
    rows.reading.problems.append(Problem(at, header, found, code, params))
    return BLANK


def _check_parts(rows, columns):
    """A part is never more than its whole."""
    if not any(category.part_of for category in columns.category_by_code.values()):
        return
    by_key = {(row.agency, row.period, *row.key): row for row in rows.reading.rows}
    headers = {}
    for row in rows.reading.rows:
        whole = row.category.part_of and by_key.get(
            (row.agency, row.period, row.key[0], row.category.part_of.code, row.reach)
        )
        if not whole or not (row.quantity.is_reported and whole.quantity.is_reported):
            continue
        if row.quantity.value > whole.quantity.value:
            headers = headers or {
                rows.table.at(placed.row, placed.column): rows.table.text(placed.column) for placed in rows.placed
            }
            part, limit = headers.get(row.cell, ""), whole.quantity.value
            params = {"part": part, "whole": headers.get(whole.cell, ""), "limit": limit, "first": whole.cell}
            rows.reading.problems.append(Problem(row.cell, part, str(row.quantity.value), "part_above_whole", params))
