"""Where the tables of a sheet are: titles, header rows, tags, units, the rows beneath. Pure; knows no programme.

A table has one to three header rows. A label merged over several columns, or written once with empty cells to its
right, heads all of them; a label merged over several rows stands in each of them.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from beneficiaries.spreadsheets import numerals
from beneficiaries.spreadsheets.columns import DASHES, folded
from beneficiaries.spreadsheets.header_words import STATEMENT_WORDS, UNIT_WORDS
from beneficiaries.spreadsheets.loose_counts import Kind, loose_count
from beneficiaries.spreadsheets.reading import Sheet, address
from beneficiaries.spreadsheets.values import plain_count, state_of

HEADER_ROWS = 3
MAX_TABLES = 60  # of one sheet: more of them are a layout that nobody can choose from
CELLS_SEARCHED = 20_000  # without one table beginning among so many, a sheet holds none
_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"\s*[-(]?(?:19|20)\d\d\)?\s*\*?\s*")
_TAG = re.compile(r"#[a-z][a-z0-9_]*\b.*", re.IGNORECASE)
_ERROR = re.compile(r"#[A-Z/0!?¡¿]+[!?]?")


@dataclass(frozen=True)
class Table:
    """One table. Rows and columns count from zero; ``headers`` are the header rows, from the top."""

    sheet: Sheet
    headers: tuple[int, ...]
    tags: int | None
    body: range

    @property
    def name(self):
        """Where it stands, as a person is asked about it."""
        return self.sheet.name

    @cached_property
    def width(self):
        return max((len(self.sheet.rows[row]) for row in (*self.headers, *self.body)), default=0)

    @cached_property
    def _header_cells(self):
        """Each header row with its merged labels in every cell they cover, and single ones carried to the right."""
        return [_spread(self.sheet, row, self.width, self.headers[-1]) for row in self.headers]

    def parts(self, column):
        """What heads a column, from the top, each once."""
        said = [" ".join(str(row[column]).split()) for row in self._header_cells if row[column] not in (None, "")]
        return tuple(dict.fromkeys(part for part in said if part))

    def text(self, column):
        """A column's header in one line."""
        return " · ".join(self.parts(column))

    def tag(self, column):
        cells = self.sheet.rows[self.tags] if self.tags is not None else ()
        cell = cells[column] if column < len(cells) else None
        return cell.strip() if isinstance(cell, str) and _TAG.fullmatch(cell.strip()) else ""

    def at(self, row, column):
        return address(self.sheet.name, row, column)

    @cached_property
    def hidden_rows(self):
        """Rows of the body that nobody sees and that hold something."""
        hidden = {row for first, last in self.sheet.hidden_rows for row in range(first, min(last + 1, self.body.stop))}
        return [row for row in self.body if row in hidden and any(_filled(cell) for cell in self.sheet.rows[row])]

    @cached_property
    def _merged_down(self):
        return {
            (row, left): top
            for top, left, bottom, _right in self.sheet.merged
            if bottom > top and top >= self.body.start
            for row in range(top + 1, min(bottom + 1, self.body.stop))
        }

    def cell(self, row, column):
        """A cell of the body; one that is merged with the cell above says the same."""
        merged = self._merged_down
        cells = self.sheet.rows[merged.get((row, column), row) if merged else row]
        return cells[column] if column < len(cells) else None

    def line(self, row):
        """A row's cells, as many as the table is wide."""
        if self._merged_down:
            return [self.cell(row, column) for column in range(self.width)]
        cells = self.sheet.rows[row]
        return cells if len(cells) >= self.width else [*cells, *[None] * (self.width - len(cells))]

    def column(self, column, rows):
        """A column's cells in these rows of the body."""
        if self._merged_down:
            return [self.cell(row, column) for row in rows]
        lines = self.sheet.rows
        return [line[column] if column < len(line := lines[row]) else None for row in rows]


def find_tables(sheet):
    """All tables of a sheet, from the top."""
    tables, start, rows = [], 0, sheet.rows
    while True:
        first = _first_body_row(sheet, start)
        if first is None:
            return tables
        headers, tags = _headers_above(sheet, first, start)
        stop = _end_of(sheet, first)
        tables.append(Table(sheet, headers, tags, range(first, stop)))
        if stop >= len(rows) or len(tables) > MAX_TABLES:
            return tables
        start = stop


def _first_body_row(sheet, start):
    """The first row with figures that has a header above it."""
    looked_at = 0
    for number in range(start, len(sheet.rows)):
        row = sheet.rows[number]
        looked_at += len(row)
        if looked_at > CELLS_SEARCHED:
            return None
        if _has_figures(row) and _headers_above(sheet, number, start)[0]:
            return number
    return None


def _headers_above(sheet, first, start):
    """``(header rows, row of tags)`` of the table whose figures begin in ``first``."""
    tags, bottom, number = None, None, first - 1
    while number >= start and bottom is None:
        cells = _texts(sheet.rows[number])
        if _is_comment(sheet.rows[number]):
            break
        if sum(bool(_TAG.fullmatch(text.strip())) for text in cells) >= 2 or _is_tag_row(cells):
            tags = number
        elif len(_filled_cells(sheet.rows[number])) >= 2 and not _has_figures(sheet.rows[number]):
            bottom = number if not _is_units(cells) or number == start else None
        elif _has_figures(sheet.rows[number]):
            break
        number -= 1
    if bottom is None:
        return (), None
    headers = [bottom]
    while headers[0] > start and len(headers) < HEADER_ROWS and _heads(sheet, headers[0] - 1):
        headers.insert(0, headers[0] - 1)
    return tuple(headers), tags


def _heads(sheet, number):
    """Whether a row above a header row belongs to it; a single text at the left is a title."""
    row = sheet.rows[number]
    filled = _filled_cells(row)
    if not filled or _has_figures(row) or _is_statement(row, filled) or _is_comment(row):
        return False
    return len(filled) > 1 or filled[0] > 0


def _is_comment(row):
    """A line for programs, ``#{"source": …``, as some exports begin."""
    first = next((cell for cell in row if _filled(cell)), None)
    return isinstance(first, str) and first.startswith("#") and not _TAG.fullmatch(first.strip())


def _is_statement(row, filled):
    """“Agencia: FAO”, “Fecha de corte | 31/10/2011”: a label and what it says, not two headers."""
    if len(filled) != 2 or not isinstance(row[filled[0]], str):
        return False
    label, said = row[filled[0]].strip(), row[filled[1]]
    return label.endswith(":") or folded(label) in STATEMENT_WORDS or isinstance(said, dict)


def _end_of(sheet, first):
    """Where a table's rows end: at the next header that has figures beneath it, after an empty row."""
    rows = sheet.rows
    for number in range(first + 1, len(rows)):
        if any(map(_filled, rows[number - 1])) or not any(map(_filled, rows[number])):
            continue
        if len(_texts(rows[number])) >= 2 and not _has_figures(rows[number]) and _figures_soon(rows, number):
            return number
    return len(rows)


def _figures_soon(rows, number):
    return any(_has_figures(row) for row in rows[number + 1 : number + 1 + HEADER_ROWS])


def _spread(sheet, number, width, bottom):
    """A header row's cells: merged labels in all the columns they cover, labels of upper rows carried rightwards."""
    row = list(sheet.rows[number])
    row += [None] * (width - len(row))
    covered = set()
    for top, left, low, right in sheet.merged:
        if top <= number <= low:
            label = sheet.rows[top][left] if left < len(sheet.rows[top]) else None
            for column in range(left, min(right + 1, width)):
                row[column], _noted = label, covered.add(column)
    if number == bottom or covered:
        return row
    beneath = sheet.rows[bottom]
    for column in range(1, width):
        headed = column < len(beneath) and _filled(beneath[column])
        if headed and not _filled(row[column]) and _filled(row[column - 1]):
            row[column] = row[column - 1]
    return row


def is_number(cell):
    """Whether a cell holds a number, a failed formula, or a number said loosely: not an age group, not a bare word."""
    if isinstance(cell, str):
        if plain_count(cell) is not None:
            return True
        if numerals.is_number(cell) or _ERROR.fullmatch(cell.strip()):
            return True
        said = loose_count(cell) if _DIGIT.search(cell) else None
        return said is not None and said.kind not in (Kind.RANGE, Kind.AT_LEAST)
    return looks_like_figure(cell)


def looks_like_figure(cell):
    """Whether a cell holds a count, or a word or dash that stands for one."""
    if isinstance(cell, bool):
        return False
    if isinstance(cell, int | float):
        return True
    if isinstance(cell, dict):
        return "error" in cell
    if not isinstance(cell, str) or not cell.strip():
        return False
    if plain_count(cell) is not None:
        return True
    text = cell.strip()
    bare = set("".join(text.split()))
    if bare <= DASHES or state_of(text) is not None or _ERROR.fullmatch(text):
        return True
    return bool(_DIGIT.search(text)) and (numerals.is_number(text) or loose_count(text) is not None)


def _has_figures(row):
    """Whether a row holds a figure. Years alone are headers, and so is text."""
    figures = [str(cell) for cell in row if looks_like_figure(cell)]
    return bool(figures) and not _are_years(figures)


def _are_years(texts):
    """Years that follow each other, or one that no count looks like, “(2011)”: a single 1999 may well be a count."""
    if not all(_YEAR.fullmatch(text) for text in texts):
        return False
    years = [int(re.sub(r"\D", "", text)) for text in texts]
    steps = {later - earlier for earlier, later in pairwise(years)}
    return steps in ({1}, {-1}) or (len(texts) == 1 and not texts[0].strip().isdigit())


def _filled(cell):
    return cell is not None and (type(cell) is not str or bool(cell.strip()))


def _filled_cells(row):
    return [column for column, cell in enumerate(row) if _filled(cell)]


def _texts(row):
    return [cell for cell in row if isinstance(cell, str) and cell.strip()]


def _is_tag_row(texts):
    return bool(texts) and all(_TAG.fullmatch(text.strip()) for text in texts)


def _is_units(texts):
    """A row that only says in what the columns are counted."""
    return bool(texts) and all(folded(text) in UNIT_WORDS for text in texts)
