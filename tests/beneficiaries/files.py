"""Spreadsheets that tests send: made here, in each format a person may choose."""

import csv
import io

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


def ods(rows, name="Hoja1"):
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
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
