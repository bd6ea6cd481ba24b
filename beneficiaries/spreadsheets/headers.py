"""Where a sheet's header row is, and which column of it is which. Pure."""

import difflib
from dataclasses import dataclass, field

from beneficiaries.spreadsheets.columns import Column, Kind, folded
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.reading import Sheet, address

ROWS_SEARCHED = 100


@dataclass
class Header:
    """A header row: what each recognised column of the sheet is. Rows and columns count from zero."""

    sheet: Sheet
    row: int
    by_column: dict[int, Column]
    area: int
    counts: dict[int, Column] = field(default_factory=dict)
    repeated: dict[int, Column] = field(default_factory=dict)

    def text(self, column):
        """The header as written in the file."""
        cells = self.sheet.rows[self.row]
        return " ".join(str(cells[column]).split()) if column < len(cells) and cells[column] is not None else ""

    @property
    def has_figures(self):
        return any(
            len(row) > column and row[column] is not None
            for row in self.sheet.rows[self.row + 1 :]
            for column in self.counts
        )


def find_header(sheet, columns):
    """The row that names the area and the most figures; ``None`` when no row names the area and at least one figure."""
    best = None
    for number, row in enumerate(sheet.rows[:ROWS_SEARCHED]):
        header = _header_in(sheet, number, row, columns)
        if header and (best is None or len(header.counts) > len(best.counts)):
            best = header
    return best


def _header_in(sheet, number, row, columns):
    matched, repeated, seen = {}, {}, {}
    for place, cell in enumerate(row):
        column = columns.match(cell) if isinstance(cell, str) else None
        if column is None:
            continue
        if column.name in seen and column.kind != Kind.NOTE:
            repeated[place] = column
        else:
            seen[column.name] = place
            matched[place] = column
    counts = {place: column for place, column in matched.items() if column.kind == Kind.COUNT}
    if "area" not in seen or not counts:
        return None
    return Header(sheet, number, matched, seen["area"], counts, repeated)


def header_problems(header, columns):
    """Columns with figures beneath a header that nobody knows, or that stands twice."""
    found = []
    for place, cell in enumerate(header.sheet.rows[header.row]):
        at = address(header.sheet.name, header.row, place)
        text = header.text(place)
        if place in header.repeated:
            first = next(p for p, column in header.by_column.items() if column.name == header.repeated[place].name)
            params = {"first": address(header.sheet.name, header.row, first)}
            found.append(Problem(at, text, text, "duplicate_column", params))
        elif place not in header.by_column and cell is not None and _filled_beneath(header, place):
            found.append(_unknown_column(at, text, columns))
    width = max((len(row) for row in header.sheet.rows[header.row :]), default=0)
    for place in range(len(header.sheet.rows[header.row]), width):
        if _filled_beneath(header, place):
            at = address(header.sheet.name, header.row, place)
            found.append(Problem(at, "", "", "unknown_column_plain"))
    return found


def _filled_beneath(header, place):
    return any(len(row) > place and row[place] is not None for row in header.sheet.rows[header.row + 1 :])


def _unknown_column(at, text, columns):
    names = {folded(name): name for column in columns.counts for name in (column.header_es, column.header_en)}
    close = difflib.get_close_matches(folded(text), names, n=1, cutoff=0.5)
    if close:
        return Problem(at, text, text, "unknown_column", {"suggestion": names[close[0]]})
    return Problem(at, text, text, "unknown_column_plain")
