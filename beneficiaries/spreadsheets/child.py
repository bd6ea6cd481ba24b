"""The bounded child process: bytes on its input, cells as JSON on its output.

Hostile files make readers ask for hundreds of gigabytes or never end. Here that ends a small process and not the
portal. It knows no settings, no database and no secret. Run as ``python -m beneficiaries.spreadsheets.child NAME``.
"""

import datetime
import io
import json
import math
import resource
import struct
import sys

MEMORY_BYTES = 1024 * 2**20
CPU_SECONDS = 40
MAX_SHEETS = 60
MAX_ROWS = 200_000
MAX_COLUMNS = 400
MAX_CELLS = 3_000_000
MAX_TEXT = 2_000


def bound_this_process():
    """Before a byte is read: memory, processor time, no files written, no core dump."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(data, name):
    """``{"format", "sheets": [{"name", "hidden", "rows", …}]}``; raises ``guard.Refused``."""
    from beneficiaries.spreadsheets import delimited, guard

    kind = guard.kind_of(data, name)
    if kind == "text":
        rows = delimited.rows_of(data)
        _check_extent(rows, len(rows))
        return {"format": "csv", "sheets": [{"name": "CSV", "hidden": False, "rows": [_plain(row) for row in rows]}]}
    return {"format": kind, "sheets": _workbook_sheets(data, kind)}


def _workbook_sheets(data, kind):
    from python_calamine import CalamineError, SheetTypeEnum, SheetVisibleEnum, load_workbook

    from beneficiaries.spreadsheets import cell_errors, guard

    sheets, cells = [], 0
    try:
        by_sheet = cell_errors.found_in(data, kind)
        with load_workbook(io.BytesIO(data)) as workbook:
            worksheets = [sheet for sheet in workbook.sheets_metadata if sheet.typ == SheetTypeEnum.WorkSheet]
            if len(worksheets) > MAX_SHEETS:
                raise guard.Refused("too_many_cells")
            for described in worksheets:
                sheet = workbook.get_sheet_by_name(described.name)
                cells += sheet.total_height * sheet.total_width
                _check_extent((), sheet.total_height, sheet.total_width, cells)
                rows = [_plain(row) for row in sheet.to_python(skip_empty_area=False)] if sheet.end else []
                found = by_sheet.get(described.name, cell_errors.Found())
                _put_errors(rows, found.failed)
                hidden = described.visible != SheetVisibleEnum.Visible
                sheets.append({"name": described.name, "hidden": hidden, "rows": rows, **_facts(sheet, found)})
    except (CalamineError, OSError, ValueError, struct.error) as error:
        raise guard.Refused("corrupt_file") from error
    return sheets


def _facts(sheet, found):
    """What a sheet holds besides its values."""
    merged = found.merged or [[*first, *last] for first, last in sheet.merged_cell_ranges or ()]
    formulas = [[*at, *formula] for at, formula in found.formulas.items()]
    return {"formulas": formulas, "merged": merged, "hidden_rows": found.hidden_rows}


def _check_extent(rows, height, width=0, cells=0):
    from beneficiaries.spreadsheets import guard

    width = width or max((len(row) for row in rows), default=0)
    cells = cells or sum(len(row) for row in rows)
    if height > MAX_ROWS or width > MAX_COLUMNS or cells > MAX_CELLS:
        raise guard.Refused("too_many_cells", f"{height:,} × {width:,}")


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
    cells = [_cell(value) for value in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _cell(value):
    # Nearly every cell is one of two kinds: they are asked first.
    kind = type(value)
    if kind is str:
        # No database keeps a NUL in a text.
        return value[:MAX_TEXT].replace("\0", "\N{REPLACEMENT CHARACTER}") or None
    if kind is float and value.is_integer():
        return int(value) if abs(value) < 2**53 else value
    match value:
        case bool():
            return value
        case float():
            return value if math.isfinite(value) else None
        case datetime.date() | datetime.time():
            return {"date": value.isoformat()}
        case datetime.timedelta():
            return {"date": str(value)}
        case _:
            return value


def main():
    bound_this_process()
    from beneficiaries.spreadsheets import guard

    try:
        answer = read(sys.stdin.buffer.read(), sys.argv[1] if len(sys.argv) > 1 else "")
    except guard.Refused as refusal:
        answer = {"refused": refusal.code, "found": refusal.found}
    except (MemoryError, RecursionError):
        answer = {"refused": "expands_too_far", "found": ""}
    json.dump(answer, sys.stdout, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
