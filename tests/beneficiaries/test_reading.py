"""Bytes to cells, through the bounded child process; and every file that is refused there, with its reason."""

import io
import os
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from beneficiaries.spreadsheets import biff, guard, reading
from beneficiaries.spreadsheets.messages import UNREADABLE
from tests.beneficiaries.files import csv_bytes, ods, xlsb, xlsx
from tests.beneficiaries.hostile import old_workbook

ROWS = [["Área", "Mujeres (directo)"], ["Coclé", 12], ["Peñón", "nd"], [None, 0]]
AS_TEXT = [["Área", "Mujeres (directo)"], ["Coclé", "12"], ["Peñón", "nd"], [None, "0"]]


def padded(rows):
    width = max(map(len, rows))
    return [[*row, *[None] * (width - len(row))] for row in rows]


WORKBOOKS = [
    (xlsx, "f.xlsx"),
    (old_workbook, "f.xls"),
    (ods, "f.ods"),
    (xlsx, "f.xlsm"),
    (xlsb, "f.xlsb"),
    (xlsx, "f.csv"),
]


@pytest.mark.parametrize(("make", "name"), WORKBOOKS)
def test_workbooks_are_read_by_their_content(make, name):
    book = reading.read(make(ROWS), name)
    assert [(sheet.name, padded(sheet.rows)) for sheet in book.sheets] == [("Hoja1", ROWS)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("newline", ["\r\n", "\n", "\r"])
def test_delimited_text_is_read_whatever_program_wrote_it(delimiter, encoding, newline):
    book = reading.read(csv_bytes(ROWS, delimiter, encoding, newline), "f.csv")
    read = [[cell or None for cell in row] for row in padded(book.sheets[0].rows)]
    assert (book.format, book.sheets[0].name, read) == ("csv", "CSV", AS_TEXT)


def test_the_line_that_declares_the_delimiter_keeps_its_number():
    book = reading.read(b"sep=;\r\n" + csv_bytes(ROWS), "f.csv")
    assert book.sheets[0].rows[1] == ["Área", "Mujeres (directo)"]


def test_hidden_sheets_are_read_and_marked():
    book = reading.read(xlsx(ROWS, more_sheets=[("oculta", True, [["x"]])]), "f.xlsx")
    assert [(sheet.name, sheet.hidden) for sheet in book.sheets] == [("Hoja1", False), ("oculta", True)]


def test_cells_keep_their_place_when_rows_and_columns_before_them_are_empty():
    book = reading.read(xlsx([[], [], [None, None, "x"]]), "f.xlsx")
    assert book.sheets[0].rows[2][2] == "x"


def test_a_zero_that_shows_as_a_dash_is_zero():
    workbook = openpyxl.Workbook()
    workbook.active["A1"] = 0
    workbook.active["A1"].number_format = '0;-0;"-"'
    saved = io.BytesIO()
    workbook.save(saved)
    assert reading.read(saved.getvalue(), "f.xlsx").sheets[0].rows == [[0]]


@pytest.mark.parametrize("error", ["#REF!", "#N/A", "#VALUE!", "#DIV/0!"])
def test_a_failed_formula_is_not_an_empty_cell(error):
    assert reading.read(xlsx([["x"], [None, error]]), "f.xlsx").sheets[0].rows[1][1] == {"error": error}
    assert reading.read(ods([["x"], [None, error]]), "f.ods").sheets[0].rows[1][1] == {"error": error}
    assert reading.read(xlsb([["x"], [None, error]]), "f.xlsb").sheets[0].rows[1][1] == {"error": error}


def test_hidden_rows_and_merged_cells_are_known():
    workbook = openpyxl.Workbook()
    workbook.active["B1"], workbook.active["A3"] = "Directos", "Coclé"
    workbook.active.merge_cells("B1:C1")
    workbook.active.row_dimensions[3].hidden = True
    saved = io.BytesIO()
    workbook.save(saved)
    in_xlsx = reading.read(saved.getvalue(), "f.xlsx").sheets[0]
    in_xlsb = reading.read(xlsb(ROWS, hidden=[2], merged=[(0, 1, 0, 2)]), "f.xlsb").sheets[0]
    in_ods = reading.read(ods(ROWS, hidden=[2], spans={(0, 1): 2}), "f.ods").sheets[0]
    for sheet in (in_xlsx, in_xlsb, in_ods):
        assert (sheet.merged, sheet.hidden_rows) == (((0, 1, 0, 2),), ((2, 2),))


def test_a_formula_that_was_never_computed_is_not_an_empty_cell():
    assert reading.read(xlsx([["=1+1"]]), "f.xlsx").sheets[0].rows == [[{"error": "="}]]


def test_dates_are_not_numbers():
    from datetime import date

    assert reading.read(xlsx([[date(2011, 10, 31)]]), "f.xlsx").sheets[0].rows == [[{"date": "2011-10-31"}]]


def zipped(entries, compression=zipfile.ZIP_DEFLATED):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", compression) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return saved.getvalue()


def with_part(name, content):
    """A good workbook with one more part."""
    with zipfile.ZipFile(io.BytesIO(xlsx(ROWS))) as archive:
        return zipped({entry: archive.read(entry) for entry in archive.namelist()} | {name: content})


OLE = guard.OLE_SIGNATURE + b"\x00" * 504
GOOD = xlsx(ROWS)
REFUSED = {
    "nothing at all": (b"", "f.xlsx", "empty_file"),
    "only blanks": (b"\r\n \t", "f.csv", "empty_file"),
    "text named xlsx": (b"Area;Mujeres\nCocle;3\n", "f.xlsx", "text_named_as_workbook"),
    "text named ods": ("Área;Mujeres".encode(), "f.ods", "text_named_as_workbook"),
    "a web page named xls": (b"<html><table></table></html>", "f.xls", "markup_named_as_workbook"),
    "a PDF": (b"%PDF-1.7 ...", "f.pdf", "not_a_spreadsheet"),
    "a PDF named xlsx": (b"%PDF-1.7 ...", "f.xlsx", "not_a_spreadsheet"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "f.png", "not_a_spreadsheet"),
    "a Word document": (zipped({"word/document.xml": "<x/>"}), "f.docx", "not_a_spreadsheet"),
    "an archive": (zipped({"a.txt": "x"}), "f.zip", "not_a_spreadsheet"),
    "an encrypted xlsx": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\x00" * 512, "f.xlsx", "encrypted"),
    "half a file": (GOOD[: len(GOOD) // 2], "f.xlsx", "corrupt_file"),
    "a workbook without its parts": (
        zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<x/>"}),
        "f.xlsx",
        "corrupt_file",
    ),
    "a workbook without its types": (zipped({"xl/workbook.xml": "<x/>"}), "f.xlsx", "corrupt_file"),
    "binary rubbish": (b"\x01\x02\x00\x03" * 100, "f.xlsx", "corrupt_file"),
    "a broken OLE container": (OLE, "f.xls", "corrupt_file"),
    "a zip bomb": (with_part("xl/media/x.xml", b"0" * (260 * 2**20)), "f.xlsx", "expands_too_far"),
    "a bomb in many parts": (
        zipped({"xl/workbook.xml": "<x/>"} | {f"a{n}": "" for n in range(2100)}),
        "f.xlsx",
        "expands_too_far",
    ),
    "a workbook in the workbook": (with_part("xl/embeddings/other.xlsx", b"x"), "f.xlsx", "archive_inside"),
    "external entities": (
        with_part("xl/extra.xml", b'<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>'),
        "f.xlsx",
        "external_entities",
    ),
    "a binary workbook without its parts": (
        zipped({"xl/workbook.bin": b"x", "[Content_Types].xml": "<x/>"}),
        "f.xlsb",
        "corrupt_file",
    ),
    "an encrypted ods": (
        zipped(
            {
                "mimetype": guard.ODS_TYPES[0],
                "content.xml": b"x",
                "META-INF/manifest.xml": b"<manifest:encryption-data/>",
            }
        ),
        "f.ods",
        "encrypted",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why(case):
    data, name, code = REFUSED[case]
    with pytest.raises(reading.Unreadable) as refused:
        reading.read(data, name)
    assert refused.value.code == code
    assert code in UNREADABLE


def test_a_file_over_the_limit_is_not_even_read(settings):
    settings.UPLOAD_MAX_BYTES = 100
    with pytest.raises(reading.Unreadable, match="too_large"):
        reading.read(b"x" * 101, "f.csv")


def test_too_many_columns_are_refused():
    with pytest.raises(reading.Unreadable, match="too_many_cells"):
        reading.read(b";".join([b"x"] * 500), "f.csv")


def test_a_small_file_that_announces_a_huge_sheet_ends_only_the_child():
    """Its last cell makes the fast reader ask for more memory than there is."""
    workbook = openpyxl.Workbook()
    workbook.active["A1"], workbook.active["XFD1048576"] = 1, 1
    saved = io.BytesIO()
    workbook.save(saved)
    with pytest.raises(reading.Unreadable) as refused:
        reading.read(saved.getvalue(), "f.xlsx")
    assert refused.value.code in ("too_many_cells", "reader_stopped", "expands_too_far")


def test_a_child_that_does_not_answer_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    started = time.monotonic()
    with pytest.raises(reading.Unreadable, match="takes_too_long"):
        reading.read(GOOD, "f.xlsx")
    assert time.monotonic() - started < 5


def test_the_child_is_given_no_secret(monkeypatch, tmp_path):
    seen = tmp_path / "environment"
    script = tmp_path / "python"
    script.write_text(f"#!/bin/sh\nenv > {seen}\n")
    script.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(script))
    with pytest.raises(reading.Unreadable):
        reading.read(GOOD, "f.xlsx")
    assert "SECRET_KEY" not in seen.read_text()
    assert "DATABASE_URL" not in seen.read_text()


def record(kind, body):
    return kind.to_bytes(2, "little") + len(body).to_bytes(2, "little") + body


def test_failed_formulas_of_an_old_workbook_are_found():
    sheet = record(biff.BOF, b"\x00" * 16)
    sheet += record(biff.BOOLERR, b"\x0d\x00\x03\x00\x00\x00\x17\x01")
    sheet += record(biff.FORMULA, b"\x0e\x00\x04\x00\x00\x00" + b"\x02\x00\x2a\x00\x00\x00\xff\xff" + b"\x00" * 8)
    sheet += record(biff.BOOLERR, b"\x0f\x00\x03\x00\x00\x00\x01\x00") + record(biff.EOF, b"")
    first = record(biff.BOF, b"\x00" * 16)
    start = len(first) + len(record(biff.BOUNDSHEET, b"\x00" * 13)) + 4
    book = (
        first + record(biff.BOUNDSHEET, start.to_bytes(4, "little") + b"\x00\x00\x05\x00Hoja1") + record(biff.EOF, b"")
    )
    assert list(biff.sheets(book + sheet)) == [("Hoja1", {(13, 3): "#REF!", (14, 4): "#N/A"}, [], [])]


def test_hidden_rows_and_columns_of_an_old_workbook_are_known():
    seen, hidden = (number.to_bytes(2, "little") + b"\x00" * 10 for number in (4, 5))
    sheet = record(biff.BOF, b"\x00" * 16) + record(biff.ROW, seen + b"\x00\x01\x0f\x00")
    sheet += record(biff.ROW, hidden + b"\x20\x01\x0f\x00")
    sheet += record(biff.COLUMNS, b"\x02\x00\x03\x00\x00\x0b\x0f\x00\x01\x00\x00\x00") + record(biff.EOF, b"")
    first = record(biff.BOF, b"\x00" * 16)
    start = len(first) + len(record(biff.BOUNDSHEET, b"\x00" * 13)) + 4
    book = (
        first + record(biff.BOUNDSHEET, start.to_bytes(4, "little") + b"\x00\x00\x05\x00Hoja1") + record(biff.EOF, b"")
    )
    assert list(biff.sheets(book + sheet)) == [("Hoja1", {}, [(5, 5)], [(2, 3)])]


TABLES = os.environ.get("FICHA_TABLES")


@pytest.mark.skipif(not TABLES, reason="FICHA_TABLES names no folder of foreign tables")
def test_real_tables_of_other_people_are_read_or_refused_with_a_reason():
    for path in sorted(Path(TABLES).iterdir()):
        if "encrypted" in path.name:
            with pytest.raises(reading.Unreadable, match="encrypted"):
                reading.read(path.read_bytes(), path.name)
        else:
            assert any(sheet.rows for sheet in reading.read(path.read_bytes(), path.name).sheets), path.name
