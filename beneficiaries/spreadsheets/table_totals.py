"""Totals that a table states, held against their parts: never loaded, a problem where they disagree. Pure."""

from beneficiaries.models import Category
from beneficiaries.spreadsheets.messages import Problem
from programmes.quantities import State


def check(rows, columns):
    """Rows of totals against the rows above them, columns of totals against the columns beside them."""
    for number, since in rows.totals:
        for column in (*rows.counts, *rows.sums):
            _check_row(rows, number, column, since)
    for number in rows.data:
        for column in rows.sums:
            _check_column(rows, number, column, columns)


def _check_row(rows, number, column, since):
    stated = _stated(rows, number, column)
    if stated is None:
        return
    everywhere = [row for row in rows.data if row < number]
    sums = [_sum(rows, part, column) for part in (since, everywhere) if part]
    if not sums or any(stated == value for value, _is_whole in sums):
        return
    # What is missing may be in the total: then it can only be too small.
    if all(is_whole for _value, is_whole in sums) or stated < min(value for value, _is_whole in sums):
        _differs(rows, number, column, stated, sums[0][0], "total_differs")


def _sum(rows, numbers, column):
    """``(sum of what is reported, whether nothing is missing in it)``."""
    quantities = [rows.quantities[number, column] for number in numbers]
    missing = any(quantity.state in (State.ND, State.PENDING) for quantity in quantities)
    return sum(quantity.value for quantity in quantities if quantity.is_reported), not missing


def _check_column(rows, number, column, columns):
    stated = rows.quantities[number, column]
    meaning = rows.meanings[column]
    parts = [part for part in rows.counts if _is_part(rows.meanings[part], meaning)]
    named = {rows.meanings[part].category for part in parts}
    persons = [part for part in parts if _is_of_persons(rows.meanings[part], named, columns)]
    since = max((other for other in rows.sums if other < column), default=-1)
    beside = [part for part in rows.counts if since < part < column]
    groups = [group for group in (persons, beside, parts) if group]
    if not stated.is_reported or not groups:
        return
    figures = [[rows.quantities[number, part] for part in group] for group in groups]
    if any(quantity.state in (State.ND, State.PENDING) for quantity in figures[0]):
        return
    sums = [sum(quantity.value for quantity in group if quantity.is_reported) for group in figures]
    if stated.value not in sums:
        _differs(rows, number, column, stated.value, sums[0], "total_column_differs")


def _is_part(part, total):
    return all(not theirs or mine == theirs for mine, theirs in zip(part.belongs_to, total.belongs_to, strict=True))


def _is_of_persons(meaning, named, columns):
    """Persons, each once: no institutions, no part beside its whole."""
    category = columns.category_by_code.get(meaning.category)
    if category is None:
        return True
    stands_beside = category.part_of is not None and category.part_of.code in named
    return category.unit == Category.Unit.PERSONS and not stands_beside


def _stated(rows, number, column):
    """What a row of totals says in a column; ``None`` when it says no number."""
    return rows.figures[column].number(number)


def _differs(rows, number, column, stated, expected, code):
    at, header = rows.table.at(number, column), rows.table.text(column)
    rows.reading.problems.append(Problem(at, header, str(stated), code, {"sum": expected}))
