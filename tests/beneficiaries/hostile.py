"""Files that nobody sends in good faith, made here; and good ones of which something was damaged, always the same."""

import io
import random
import struct
import zipfile

from beneficiaries.spreadsheets import biff, guard
from tests.beneficiaries.files import csv_bytes, ods, xlsb, xlsx

ROWS = [["Área", "Mujeres (directo)", "Hombres (directo)"], ["Coclé", 12, "nd"], ["Herrera", "1,242", 0]]
MIB = 2**20
SHEET = "xl/worksheets/sheet1.xml"
_NAMES = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def zipped(entries):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return saved.getvalue()


def parts_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def with_parts(workbook=None, **parts):
    """A good workbook with these parts put in the place of its own, or added."""
    return zipped(parts_of(workbook or xlsx(ROWS)) | parts)


def sheet(cells):
    return f"<worksheet {_NAMES}><sheetData>{cells}</sheetData></worksheet>"


def cell(place, markup):
    return f'<row r="{place[1:]}"><c r="{place}" {markup}</c></row>'


def lying_about_its_size():
    """A part that unpacks to a hundred times what the container announces."""
    data = bytearray(with_parts(**{SHEET: sheet(" " * 30 * MIB)}))
    at = data.rfind(SHEET.encode())
    struct.pack_into("<L", data, at - 46 + 24, 300)
    return bytes(data)


def long_strings_in_many_cells():
    """One long text, named by two hundred thousand cells, in a part that does not pack well."""
    words = random.Random(5)
    text = f"<sst {_NAMES}><si><t>{'x' * 32_000}</t></si></sst>"
    rows = "".join(
        f'<row r="{row}">' + "".join(f'<c t="s" x="{words.random()}"><v>0</v></c>' for _ in range(200)) + "</row>"
        for row in range(1, 1001)
    )
    types = parts_of(xlsx(ROWS))["[Content_Types].xml"]
    return with_parts(**{"xl/sharedStrings.xml": text, SHEET: sheet(rows), "[Content_Types].xml": types})


def many_texts():
    """Six hundred and fifty thousand different words, and not a figure."""
    words = random.Random(4)
    lines = (";".join(f"a{words.getrandbits(60):x}" for _ in range(10)) for _ in range(65_000))
    return "\n".join(lines).encode()


def an_ods(markup):
    return with_parts(ods(ROWS), **{"content.xml": markup})


def repeated(what, times):
    head, tail = parts_of(ods([["Área", "Mujeres (directo)"], ["Coclé", 1]]))["content.xml"].split(
        b"<table:table-row", 1
    )
    row = f'<table:table-row table:number-{what}-repeated="{times}"'.encode()
    if what == "columns":
        row = b"<table:table-row"
        tail = tail.replace(
            b"<table:table-cell", f'<table:table-cell table:number-columns-repeated="{times}"'.encode(), 1
        )
    return an_ods(head + row + tail)


_LEADING_OUT = '<Relationship Id="rId1" Target="../../../etc/passwd"/>'
_LAUGHS = (
    '<!DOCTYPE l [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
_HIDDEN_LAUGHS = "<!--" + " " * 5000 + "-->" + _LAUGHS

FILES = {
    "a bomb in one part": ("f.xlsx", lambda: with_parts(**{"xl/media/x.xml": b"0" * (120 * MIB)})),
    "a part that lies about its size": ("f.xlsx", lying_about_its_size),
    "billion laughs": ("f.xlsx", lambda: with_parts(**{SHEET: _LAUGHS + sheet("<v>&j;</v>")})),
    "laughs behind a comment": ("f.xlsx", lambda: with_parts(**{SHEET: _HIDDEN_LAUGHS + sheet("<v>&j;</v>")})),
    "laughs in ods": ("f.ods", lambda: an_ods(_HIDDEN_LAUGHS + "<a>&j;</a>")),
    "elements in elements": ("f.xlsx", lambda: with_parts(**{SHEET: "<a>" * 340_000})),
    "elements in elements of ods": ("f.ods", lambda: an_ods('<a table:visibility="">' + "<a>" * 330_000)),
    "a cell at the end of the world": (
        "f.xlsx",
        lambda: with_parts(**{SHEET: sheet(cell("A1", "><v>1</v>") + cell("XFD1048576", "><v>1</v>"))}),
    ),
    "a place that is none": ("f.xlsx", lambda: with_parts(**{SHEET: sheet(cell("ZZZZZ99999999999", "><v>1</v>"))})),
    "a huge extent declared": (
        "f.xlsx",
        lambda: with_parts(**{SHEET: sheet("").replace("<sheetData>", '<dimension ref="A1:XFD1048576"/><sheetData>')}),
    ),
    "rows repeated without end": ("f.ods", lambda: repeated("rows", 2_000_000_000)),
    "columns repeated without end": ("f.ods", lambda: repeated("columns", 2_000_000_000)),
    "one long text in many cells": ("f.xlsx", long_strings_in_many_cells),
    "strings that are not there": (
        "f.xlsx",
        lambda: with_parts(**{SHEET: sheet(cell("A1", 't="s"><v>999999999</v>'))}),
    ),
    "tags that never end": ("f.xlsx", lambda: with_parts(**{SHEET: '<c t="e" <f ' * 80_000})),
    "relations that lead out": (
        "f.xlsx",
        lambda: with_parts(**{"xl/_rels/workbook.xml.rels": f"<Relationships>{_LEADING_OUT}</Relationships>"}),
    ),
    "an archive in the archive": ("f.xlsx", lambda: with_parts(**{"xl/embeddings/a.zip": zipped({"a": b"x"})})),
    "an encrypted workbook": (
        "f.xlsx",
        lambda: guard.OLE_SIGNATURE + b"\x00" * 504 + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512,
    ),
    "a container whose sectors turn in a circle": (
        "f.xls",
        lambda: old_container(random.Random(2).randbytes(5000), turns_in_a_circle=True),
    ),
    "an old workbook of rubbish": ("f.xls", lambda: old_container(random.Random(2).randbytes(5000))),
    "a binary workbook of rubbish": (
        "f.xlsb",
        lambda: with_parts(xlsb(ROWS), **{"xl/worksheets/sheet1.bin": random.Random(7).randbytes(200_000)}),
    ),
    "a program": ("f.xlsx", lambda: b"MZ" + random.Random(1).randbytes(5000)),
    "one line of a hundred megabytes' kind": ("f.csv", lambda: b"x" * (19 * MIB)),
    "a million columns": ("f.csv", lambda: b"1;" * 1_000_000),
    "quotes that never close": ("f.csv", lambda: b'"' + b"a;b\n" * 1_000_000),
    "only zeros": ("f.csv", lambda: b"\x00" * MIB),
    "zeros among figures": ("f.csv", lambda: b"a;b\n\x00;1\n" * 100_000),
    "many texts": ("f.csv", many_texts),
    "a million empty lines": ("f.csv", lambda: b"a;b\n" + b"\n" * 5_000_000),
}


def old_workbook(rows, name="Hoja1"):
    """A workbook as Excel wrote it before 2007 (BIFF8), in the smallest container."""
    begin = struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6)
    bound = b"\x00\x00" + bytes([len(name), 0]) + name.encode("latin-1")
    first = old_record(biff.BOF, begin) + old_record(biff.BOUNDSHEET, b"\x00" * 4 + bound) + old_record(biff.EOF)
    start = struct.pack("<I", len(first))
    first = old_record(biff.BOF, begin) + old_record(biff.BOUNDSHEET, start + bound) + old_record(biff.EOF)
    body = old_record(biff.BOF, begin[:2] + b"\x10\x00" + begin[4:])
    body += old_record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, max(map(len, rows)), 0))
    for number, row in enumerate(rows):
        for place, value in enumerate(row):
            head = struct.pack("<HHH", number, place, 0)
            if isinstance(value, str):
                body += old_record(0x0204, head + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
            elif value is not None:
                body += old_record(0x0203, head + struct.pack("<d", value))
    return old_container(first + body + old_record(biff.EOF))


def old_record(kind, body=b""):
    return struct.pack("<HH", kind, len(body)) + body


def old_container(stream, turns_in_a_circle=False):
    """An OLE container whose one stream is called Workbook: a table of sectors, a directory, the stream."""
    stream = stream.ljust(4096, b"\x00")
    stream += b"\x00" * (-len(stream) % 512)
    last = 1 + len(stream) // 512
    chain = [0xFFFFFFFD, biff.END, *range(3, last + 1), 2 if turns_in_a_circle else biff.END]
    head = guard.OLE_SIGNATURE + b"\x00" * 16 + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\x00" * 10
    head += struct.pack("<IIIIIIII", 1, 1, 0, 4096, biff.END, 0, biff.END, 0) + struct.pack("<I", 0) + b"\xff" * 432
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    entries = [("Root Entry", 5, 1, biff.END, 0), ("Workbook", 2, 0xFFFFFFFF, 2, len(stream))]
    return head + table + b"".join(_entry(*entry) for entry in entries).ljust(512, b"\x00") + stream


def _entry(name, kind, child, start, size):
    written = name.encode("utf-16-le")
    facts = struct.pack("<HBBIII", len(written) + 2, kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, child)
    return written.ljust(64, b"\x00") + facts + b"\x00" * 36 + struct.pack("<IQ", start, size)


GOOD = {
    "f.xlsx": lambda: xlsx(ROWS),
    "f.ods": lambda: ods(ROWS, hidden=[2], spans={(0, 1): 2}),
    "f.xlsb": lambda: xlsb(ROWS, hidden=[1], merged=[(0, 1, 0, 2)]),
    "f.csv": lambda: csv_bytes(ROWS),
    "f.xls": lambda: old_workbook(ROWS),
}


def damaged(seed):
    """``(name, bytes)``: a good file of which bytes were changed, lost, doubled or exchanged; equal for equal seeds.

    Of a container every other time one part is damaged and packed again, so that the damage reaches the reader.
    """
    chance = random.Random(seed)
    name = sorted(GOOD)[seed % len(GOOD)]
    data = GOOD[name]()
    if name in ("f.xlsx", "f.ods", "f.xlsb") and seed % 2:
        parts = parts_of(data)
        part = chance.choice(sorted(parts))
        return name, zipped(parts | {part: _damaged(parts[part], chance)})
    return name, _damaged(data, chance)


def _damaged(data, chance):
    data = bytearray(data)
    for _time in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(data)) if data else 0
        match chance.randrange(4):
            case 0 if data:
                data[at] = chance.randrange(256)
            case 1:
                del data[at : at + chance.choice((1, 8, 200, len(data)))]
            case 2:
                data[at:at] = data[at : at + chance.choice((1, 8, 200))] * chance.choice((1, 2, 50))
            case _:
                data[at : at + 4] = chance.choice((b"\xff" * 4, b"\x00" * 4, b"\x7f\xff\xff\xff", b'-1"<'))
    return bytes(data)
