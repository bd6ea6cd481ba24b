"""Excel's binary workbooks (xlsb): in which cells a formula failed, what is hidden, which cells are merged.

The fast reader shows a failed cell as empty. Only as much of the format is known here as these questions need. Plain
standard library: it runs inside the child process.
"""

import struct

from beneficiaries.spreadsheets.biff import ERRORS
from beneficiaries.spreadsheets.parts import targets_of

BUNDLE_SHEET, ROW, CELL_ERROR, FORMULA_ERROR, COLUMNS, MERGED = 156, 0, 3, 11, 60, 176
ROW_IS_HIDDEN = 0x10


def records(data):
    """``(kind, body)`` of each record: both numbers are written in as few bytes as they need."""
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        length, at = _number(data, at, 4)
        yield kind, data[at : at + length]
        at += length


def _number(data, at, most):
    number = 0
    for place in range(most):
        if at >= len(data):
            break
        byte, at = data[at], at + 1
        number |= (byte & 0x7F) << (7 * place)
        if not byte & 0x80:
            break
    return number, at


def sheets(archive):
    """Of each sheet ``(name, failed cells, hidden rows, hidden columns, merged cells)``, as ``Found`` keeps them."""
    relations = archive.read("xl/_rels/workbook.bin.rels").decode("utf-8", "replace")
    targets = targets_of(relations)
    for kind, body in records(archive.read("xl/workbook.bin")):
        if kind == BUNDLE_SHEET and len(body) > 12:
            relation, at = _text(body, 8)
            name, _at = _text(body, at)
            if targets.get(relation, "") in archive:
                yield (name, *_facts(archive.read(targets[relation])))


def _text(body, at):
    length = struct.unpack_from("<I", body, at)[0]
    return body[at + 4 : at + 4 + length * 2].decode("utf-16-le", "replace"), at + 4 + length * 2


def _facts(data):
    failed, hidden, columns, merged, row = {}, [], [], [], -1
    for kind, body in records(data):
        if kind == ROW and len(body) >= 12:
            row = struct.unpack_from("<I", body)[0]
            if body[11] & ROW_IS_HIDDEN:
                hidden.append((row, row))
        elif kind in (CELL_ERROR, FORMULA_ERROR) and len(body) >= 9:
            failed[row, struct.unpack_from("<I", body)[0]] = ERRORS.get(body[8], "#VALUE!")
        elif kind == COLUMNS and len(body) >= 18 and struct.unpack_from("<H", body, 16)[0] & 1:
            columns.append(struct.unpack_from("<II", body))
        elif kind == MERGED and len(body) >= 16:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            merged.append((top, left, bottom, right))
    return failed, hidden, columns, merged
