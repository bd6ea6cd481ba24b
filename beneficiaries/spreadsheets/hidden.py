"""Hidden rows and columns that hold figures: the person is told of them, and says whether they count. Pure."""

from beneficiaries.spreadsheets.header_words import Kind
from beneficiaries.spreadsheets.reading import column_letters

KEPT, LEFT_OUT = "include", Kind.LEAVE_OUT.value


def rows_left_out(at, rows, asking):
    """Of hidden rows with something in them, those that are not to be read. ``at(row, column)`` addresses a cell."""
    if not rows:
        return frozenset()
    found = ", ".join(str(number + 1) for number in rows)
    answer = asking.ask("hidden_rows", at(rows[0], 0), "", found, (LEFT_OUT, KEPT))
    return frozenset() if answer == KEPT else frozenset(rows)


def columns_left_out(at, header_row, columns, asking):
    """Of hidden columns with figures (column → header), those that are not to be read."""
    if not columns:
        return frozenset()
    found = "; ".join(f"{column_letters(column)}: {header}" for column, header in columns.items())
    answer = asking.ask("hidden_columns", at(header_row, next(iter(columns))), "", found, (LEFT_OUT, KEPT))
    return frozenset() if answer == KEPT else frozenset(columns)


def among(places, spans):
    """Those of some rows or columns that lie in a hidden span.

    >>> among([1, 2, 5, 9], [(2, 5)])
    [2, 5]
    """
    return [place for place in places if any(first <= place <= last for first, last in spans)] if spans else []
