"""Excel's workbooks before 2007 (xls): is one encrypted, where did a formula fail, what is hidden.

The fast reader shows a failed cell as empty. Only as much of the format is known here as these questions need:
the container's sectors, and six kinds of records. Plain standard library: it runs inside the child process.
"""

import struct

FREE, END = 0xFFFFFFFF, 0xFFFFFFFE
BOF, EOF, BOUNDSHEET, FILEPASS, FORMULA, BOOLERR = 0x0809, 0x000A, 0x0085, 0x002F, 0x0006, 0x0205
ROW, ROW_IS_HIDDEN, COLUMNS = 0x0208, 0x20, 0x007D
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


def workbook_stream(data):
    """The bytes of the stream called Workbook (or Book); empty when the container has none."""
    size_as_power = struct.unpack_from("<H", data, 30)[0]
    if size_as_power not in (9, 12):
        raise struct.error("no such size of a sector")
    sector_size = 1 << size_as_power
    fat_sectors = [n for n in struct.unpack_from("<109I", data, 76) if n < END]
    next_difat, difat_count = struct.unpack_from("<II", data, 68)
    per_sector = sector_size // 4
    for _ in range(difat_count):
        if next_difat >= END:
            break
        *more, next_difat = struct.unpack_from(f"<{per_sector}I", data, (next_difat + 1) * sector_size)
        fat_sectors += [n for n in more if n < END]
    fat = [entry for n in fat_sectors for entry in _sector(data, n, sector_size, per_sector)]
    directory_start, cutoff, mini_start = struct.unpack_from("<I4xII", data, 48)
    directory = _chain(data, directory_start, fat, sector_size, base=sector_size)
    for entry in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, entry + 64)[0]
        name = directory[entry : entry + max(length - 2, 0)].decode("utf-16-le", "replace")
        if name in ("Workbook", "Book"):
            start, size = struct.unpack_from("<II", directory, entry + 116)
            if size >= cutoff:
                return _chain(data, start, fat, sector_size, base=sector_size)[:size]
            # Small streams share the root entry's own stream, in sectors of 64 bytes with a table of their own.
            table = _chain(data, mini_start, fat, sector_size, base=sector_size)
            mini_fat = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
            shared = _chain(data, struct.unpack_from("<I", directory, 116)[0], fat, sector_size, base=sector_size)
            return _chain(shared, start, mini_fat, 64)[:size]
    return b""


def _sector(data, number, sector_size, per_sector):
    return struct.unpack_from(f"<{per_sector}I", data, (number + 1) * sector_size)


def _chain(data, start, table, sector_size, base=0):
    """Sector after sector, counted from ``base``; a chain that comes back to itself ends."""
    parts, seen = [], set()
    while start < len(table) and start not in seen:
        seen.add(start)
        parts.append(data[base + start * sector_size : base + (start + 1) * sector_size])
        start = table[start]
    return b"".join(parts)


def records(stream, start=0):
    """``(kind, body)`` of each record, from one substream's beginning on."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def is_encrypted(stream):
    for kind, _body in records(stream):
        if kind == FILEPASS:
            return True
        if kind == EOF:
            return False
    return False


def sheets(stream):
    """``(name, failed cells, hidden rows, hidden columns)`` of each sheet, as ``cell_errors.Found`` keeps them."""
    for name, start in _sheets(stream):
        failed, rows, columns = {}, [], []
        for kind, body in records(stream, start):
            if kind == EOF:
                break
            if kind in (BOOLERR, FORMULA):
                failed.update(_failed(kind, body))
            elif kind == ROW and len(body) >= 14 and struct.unpack_from("<H", body, 12)[0] & ROW_IS_HIDDEN:
                rows.append(struct.unpack_from("<H", body) * 2)
            elif kind == COLUMNS and len(body) >= 10 and struct.unpack_from("<H", body, 8)[0] & 1:
                columns.append(struct.unpack_from("<HH", body))
        yield name, failed, rows, columns


def _sheets(stream):
    """Each sheet's name and where its records begin."""
    for kind, body in records(stream):
        if kind == EOF:
            return
        if kind == BOUNDSHEET and len(body) > 8:
            yield _short_text(body[6:]), struct.unpack_from("<I", body)[0]


def _short_text(body):
    """A length, a flag for two bytes a letter, the letters."""
    length, wide = body[0], body[1] & 1
    return body[2 : 2 + length * 2].decode("utf-16-le", "replace") if wide else body[2 : 2 + length].decode("latin-1")


def _failed(kind, body):
    if kind == BOOLERR and len(body) >= 8 and body[7] == 1:
        yield struct.unpack_from("<HH", body), ERRORS.get(body[6], "#VALUE!")
    # A formula's result is eight bytes; FFFF at their end says that it is no number, 2 at their start an error.
    if kind == FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
        yield struct.unpack_from("<HH", body), ERRORS.get(body[8], "#VALUE!")
