"""Spreadsheets that tests send: made here, in each format a person may choose."""

import csv
import io
import struct
import zipfile

import openpyxl
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P


def xlsx(rows, name="Hoja1", more_sheets=()):
    """A workbook of these rows; a text that begins with # is an error value, one that begins with = a formula."""
    workbook = openpyxl.Workbook()
    _fill(workbook.active, rows)
    workbook.active.title = name
    for title, hidden, cells in more_sheets:
        sheet = workbook.create_sheet(title)
        _fill(sheet, cells)
        sheet.sheet_state = "hidden" if hidden else "visible"
    return _saved(workbook)


def _fill(sheet, rows):
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            sheet.cell(number, place, value)


def _saved(workbook):
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def ods(rows, name="Hoja1", hidden=(), spans=None):
    """``hidden`` are row numbers; ``spans`` say over how many columns a cell (row, column) is merged."""
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for number, row in enumerate(rows):
        line = TableRow(visibility="collapse") if number in hidden else TableRow()
        for place, value in enumerate(row):
            cell = _ods_cell(value)
            if (number, place) in (spans or {}):
                cell.setAttribute("numbercolumnsspanned", str(spans[number, place]))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    saved = io.BytesIO()
    document.write(saved)
    return saved.getvalue()


def _ods_cell(value):
    if value is None:
        return TableCell()
    if isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=str(value))
    elif str(value).startswith("#"):
        # As LibreOffice writes a failed formula: a string without a value, its text the error.
        cell = TableCell(valuetype="string", stringvalue="", formula="of:=1/0")
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def csv_bytes(rows, delimiter=";", encoding="utf-8", newline="\r\n"):
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([["" if value is None else value for value in row] for row in rows])
    return text.getvalue().encode(encoding)


def filled(template, cells):
    """A template with these cells written in: {"B10": 12}."""
    workbook = openpyxl.load_workbook(io.BytesIO(template))
    for place, value in cells.items():
        workbook.worksheets[0][place] = value
    return _saved(workbook)


def rows_of(template):
    """The first sheet's rows of a workbook, as a person would copy or export them."""
    sheet = openpyxl.load_workbook(io.BytesIO(template)).worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]


ERRORS = {"#NULL!": 0, "#DIV/0!": 7, "#VALUE!": 15, "#REF!": 23, "#NAME?": 29, "#NUM!": 36, "#N/A": 42}
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)


def xlsb(rows, name="Hoja1", hidden=(), merged=()):
    """The smallest binary workbook: one sheet, its cells, hidden rows, merged cells."""
    book = _record(156, struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)) + _record(144) + _record(157)
    width = max(map(len, rows))
    sheet = _record(129) + _record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1)) + _record(145)
    for number, row in enumerate(rows):
        flags = bytes([0, 0x10 if number in hidden else 0, 0])
        sheet += _record(0, struct.pack("<IIH", number, 0, 300) + flags + struct.pack("<I", 0))
        sheet += b"".join(_binary_cell(place, value) for place, value in enumerate(row) if value is not None)
    sheet += _record(146)
    for top, left, bottom, right in merged:
        sheet += _record(176, struct.pack("<IIII", top, bottom, left, right))
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.bin", sheet + _record(130))
    return saved.getvalue()


def _binary_cell(place, value):
    head = struct.pack("<II", place, 0)
    if isinstance(value, str) and value in ERRORS:
        return _record(3, head + bytes([ERRORS[value]]))
    return _record(6, head + _wide(value)) if isinstance(value, str) else _record(5, head + struct.pack("<d", value))


def _record(kind, body=b""):
    written = b""
    for number in (kind, len(body)):
        while number > 0x7F:
            written, number = written + bytes([number & 0x7F | 0x80]), number >> 7
        written += bytes([number])
    return written + body


def _wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
