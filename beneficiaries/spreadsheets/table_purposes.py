"""What a table's own columns say its figures are: of which programme, new or cumulative, counted to which day. Pure."""

from beneficiaries.spreadsheets.columns import BASIS_FORMS, COUNTED_TO, IDENTITY, folded
from beneficiaries.spreadsheets.days import TwoDays, read_day
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.table_labels import is_written
from beneficiaries.spreadsheets.values import shown

_HEADERS = {
    "programme": {folded(word) for word in IDENTITY["programme"].values()},
    "basis": {folded(word) for word in IDENTITY["basis"].values()},
    "counted_to_on": {folded(word) for word in COUNTED_TO},
}
_CODES = {"basis": "not_a_basis", "counted_to_on": "not_a_day"}


def note(rows):
    """``reading.purposes``: for each agency and period of the table, what its rows say: ``{part: (it, its cell)}``.

    Rows of one submission that say different things, and what cannot be read beneath such a header, are problems.
    """
    columns = _columns(rows)
    heard = set()  # (agency, period, part, cell): a long table says it again and again
    for number, agency, period in _submissions(rows) if columns else ():
        key = ("" if agency == rows.scope.agency else agency, "" if period == rows.scope.period else period)
        for part, column in columns.items():
            cell = rows.table.cell(number, column)
            if is_written(cell) and (key, part, str(cell)) not in heard:
                heard.add((key, part, str(cell)))
                _hear(rows, key, part, number, column)


def _submissions(rows):
    """Each row with every agency and period of which it has figures: they may stand side by side."""
    return dict.fromkeys((placed.row, placed.agency, placed.period) for placed in rows.placed)


def _columns(rows):
    """Part → the column whose header names it, unless figures stand in it."""
    found = {}
    for column in range(rows.table.width):
        parts = rows.table.parts(column)
        words = folded(parts[-1]) if parts and column not in rows.figures else ""
        for part, headers in _HEADERS.items():
            if words in headers:
                found.setdefault(part, column)
    return found


def _hear(rows, key, part, number, column):
    at, header, cell = rows.table.at(number, column), rows.table.text(column), rows.table.cell(number, column)
    said = _read(part, cell)
    if said is None:
        rows.reading.problems.append(Problem(at, header, shown(cell), _CODES[part]))
        return
    first, first_at = rows.reading.purposes.setdefault(key, {}).setdefault(part, (said, at))
    if said != first:
        rows.reading.problems.append(Problem(at, header, shown(cell), "differs_from_row", {"first": first_at}))


def _read(part, cell):
    if part == "programme":
        return shown(cell)
    if part == "basis":
        words = set(folded(shown(cell)).split())
        named = [basis for basis, forms in BASIS_FORMS.items() if words & forms]
        return named[0] if len(named) == 1 else None
    day = read_day(cell)
    return None if day is None or isinstance(day, TwoDays) else day.on
