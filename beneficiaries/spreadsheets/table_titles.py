"""What stands above somebody's own table: of whom and of when its figures are, against what was chosen. Pure."""

from itertools import pairwise

from beneficiaries.spreadsheets.columns import IDENTITY, folded
from beneficiaries.spreadsheets.header_words import LABELS, Kind
from beneficiaries.spreadsheets.messages import Problem

ROWS_LOOKED_AT = 15
_AGENCY = {folded(word) for word in (*IDENTITY["agency"].values(), *LABELS[Kind.AGENCY])}
_PERIOD = {folded(word) for word in (*IDENTITY["period"].values(), *LABELS[Kind.PERIOD])}


def check(table, scope, reading):
    """A problem where a line above the table names another agency or period of the programme than the chosen one."""
    first = max(0, table.headers[0] - ROWS_LOOKED_AT)
    for row in range(first, table.headers[0]):
        for column, label, value in _statements(table.sheet.rows[row]):
            at = table.at(row, column)
            if folded(label) in _AGENCY:
                agency = scope.agency_named(value)
                if agency and agency != scope.agency:
                    reading.problems.append(Problem(at, label, value, "other_agency", {"expected": scope.agency}))
            elif folded(label) in _PERIOD:
                span = scope.span_of(value)
                if span and span.period != scope.period:
                    reading.problems.append(Problem(at, label, value, "other_period", {"expected": scope.period}))


def _statements(row):
    """``(column, label, value)``: “Agencia: FAO” in one cell, or a label with its value in the next filled one."""
    filled = [(column, str(cell).strip()) for column, cell in enumerate(row) if isinstance(cell, str | int) and cell]
    for column, text in filled:
        label, sign, value = text.partition(":")
        if sign and value.strip():
            yield column, label.strip(), value.strip()
    for (_column, label), (column, value) in pairwise(filled):
        yield column, label.rstrip(": "), value
