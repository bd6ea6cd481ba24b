"""The bounded child process: bytes on its input, cells as JSON on its output.

Hostile files make readers ask for hundreds of gigabytes or never end. Here that ends a small process and not the
portal. It knows no settings, no database and no secret, and imports little: it starts for every file.
"""

import csv
import gc
import io
import json
import math
import os
import re
import resource
import signal
import struct
import sys
import threading

from beneficiaries.spreadsheets import delimited, guard

#: A small file is given little: what a larger one may need grows with what it holds.
MEMORY_BYTES, MEMORY_FACTOR, MEMORY_MOST = 128 * 2**20, 4, 420 * 2**20
CPU_SECONDS, CPU_SECONDS_A_MIB, CPU_MOST = 1.5, 0.2, 30
MAX_SHEETS = 60
MAX_ROWS = 200_000
MAX_COLUMNS = 400
MAX_CELLS = 3_000_000
MAX_TEXT = 2_000
MANY_TEXTS, FIGURES_AMONG_TEXTS = 100_000, 40
_NUL = re.compile(r"(?<!\\)((?:\\\\)*)\\u0000")
EXACT = 2**53  # up to here a floating number is the whole number that was written


def bound_this_process(held):
    """Memory and processor time for a file that holds so many bytes; no files written, no core dump."""
    memory = min(MEMORY_BYTES + MEMORY_FACTOR * held, MEMORY_MOST)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    signal.setitimer(signal.ITIMER_PROF, min(CPU_SECONDS + CPU_SECONDS_A_MIB * held / 2**20, CPU_MOST))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data, name):
    """``{"format", "sheets": [{"name", "hidden", "rows", …}]}``; raises ``guard.Refused``."""
    kind = guard.kind_of(data, name)
    if kind == "text":
        try:
            rows = delimited.rows_of(data)
        except csv.Error as error:
            raise guard.Refused("endless_cell") from error
        _check_extent(rows, len(rows))
        _check_texts(rows)
        return {"format": "csv", "sheets": [{"name": "CSV", "hidden": False, "rows": [_plain(row) for row in rows]}]}
    return {"format": kind, "sheets": _workbook_sheets(data, kind)}


def _workbook_sheets(data, kind):
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    sheets, cells = [], 0
    beside = _Beside(data, kind)
    try:
        with load_workbook(io.BytesIO(data)) as workbook:
            worksheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            if len(worksheets) > MAX_SHEETS:
                raise guard.Refused("too_many_cells", str(len(worksheets)))
            for described in worksheets:
                sheet = workbook.get_sheet_by_name(described.name)
                cells += sheet.total_height * sheet.total_width
                _check_extent((), sheet.total_height, sheet.total_width, cells)
                rows = [_plain(row) for row in sheet.to_python(skip_empty_area=False)] if sheet.end else []
                hidden = described.visible != SheetVisibleEnum.Visible
                sheets.append({"name": described.name, "hidden": hidden, "rows": rows, "sheet": sheet})
        found = beside.found()
    except (CalamineError, OSError, ValueError, SyntaxError, struct.error) as error:
        raise guard.Refused("corrupt_file") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # the fast reader's own word for a file that it gave up
            raise guard.Refused("corrupt_file") from error
        raise
    for answer in sheets:
        answer |= _facts(answer["rows"], answer.pop("sheet"), found.get(answer["name"]))
        _check_texts(answer["rows"])
    return sheets


class _Beside(threading.Thread):
    """What the fast reader does not show is found while it reads: it needs no interpreter to itself."""

    def __init__(self, data, kind):
        super().__init__(daemon=True)
        self.data, self.kind, self.answer, self.error = data, kind, None, None
        self.start()

    def run(self):
        from beneficiaries.spreadsheets import cell_errors

        try:
            self.answer = cell_errors.found_in(self.data, self.kind)
        except BaseException as error:
            self.error = error

    def found(self):
        self.join()
        if self.error is not None:
            raise self.error
        return self.answer


def _facts(rows, sheet, found):
    """What a sheet holds besides its values; cells in which a formula failed are put in their place."""
    merged = [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    if found is None:
        return {"merged": merged}
    _put_errors(rows, found.failed)
    return {
        "formulas": [[*at, *formula] for at, formula in found.formulas.items()],
        "merged": found.merged or merged,
        "hidden_rows": found.hidden_rows,
        "hidden_columns": found.hidden_columns,
    }


def _check_extent(rows, height, width=0, cells=0):
    width = width or max((len(row) for row in rows), default=0)
    cells = cells or sum(len(row) for row in rows)
    if height > MAX_ROWS or width > MAX_COLUMNS or cells > MAX_CELLS:
        raise guard.Refused("too_many_cells", f"{height:,} × {width:,}")


def _check_texts(rows):
    """Where many cells hold hardly a figure, nobody looks for a table in them."""
    if sum(map(len, rows)) <= MANY_TEXTS:
        return
    texts = [cell for row in rows for cell in row if type(cell) is str and not cell[:1].isdigit()]
    if len(texts) <= MANY_TEXTS:
        return
    # nd, na and a dash stand for figures.
    figures = sum(map(len, rows)) - len(texts) + sum(len(text) < 4 for text in texts)
    if figures * FIGURES_AMONG_TEXTS < len(texts):
        raise guard.Refused("hardly_a_figure", f"{len(texts):,}")


def _put_errors(rows, errors):
    """Cells that the reader leaves empty although a formula failed in them: they are not blank."""
    for (row, column), text in errors.items():
        while len(rows) <= row:
            rows.append([])
        line = rows[row]
        line.extend([None] * (column + 1 - len(line)))
        if line[column] is None:
            line[column] = {"error": text}


def _plain(row):
    """A row as JSON carries it: numbers, texts, ``None`` for empty, ``{"date": …}``; up to its last filled cell."""
    # Nearly every cell is one of two kinds: they are asked first.
    cells = [
        value
        if (kind := type(value)) is str and 0 < len(value) <= MAX_TEXT
        else int(value)
        if kind is float and value.is_integer() and -EXACT < value < EXACT
        else _cell(value)
        for value in row
    ]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value):
    match value:
        case str():
            return value[:MAX_TEXT] or None
        case bool() | int() | None:
            return value
        case float():
            return value if math.isfinite(value) else None
    return {"date": value.isoformat() if hasattr(value, "isoformat") else str(value)}


def _without_nuls(written):
    """No database keeps a NUL in a text; a backslash before its code is one that somebody wrote."""
    if "\\u0000" not in written:
        return written
    return _NUL.sub(lambda match: match[1] + "\\ufffd", written)


def main():
    """The answer goes out at once and the process ends: nothing is tidied up that ends with it."""
    gc.disable()
    data = sys.stdin.buffer.read()
    bound_this_process(guard.held_in(data))
    try:
        answer = read(data, sys.argv[1] if len(sys.argv) > 1 else "")
    except guard.Refused as refusal:
        answer = {"refused": refusal.code, "found": refusal.found}
    except (MemoryError, RecursionError):
        answer = {"refused": "expands_too_far", "found": ""}
    # Written in one piece: in pieces it would take four times as long.
    sys.stdout.write(_without_nuls(json.dumps(answer, allow_nan=False, separators=(",", ":"))))
    sys.stdout.flush()
    os._exit(0)
