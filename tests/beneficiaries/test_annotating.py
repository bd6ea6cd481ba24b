"""An annotated workbook: what is wrong is coloured, noted and listed with links; everything else is byte for byte."""

import io

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from beneficiaries.spreadsheets.annotating import copies, errors_sheet, own_workbook
from beneficiaries.spreadsheets.annotating.listing import listing_of
from beneficiaries.spreadsheets.annotating.markup import Odd
from beneficiaries.spreadsheets.annotating.styles import FILLS
from beneficiaries.spreadsheets.messages import Problem, Question
from beneficiaries.spreadsheets.understood import Reading
from tests.beneficiaries.files import csv_bytes, ods, xlsx
from tests.beneficiaries.workbooks import faults, parts, rich

MARK = "◆ Ficha\n"
DATA = "Año d'or 1"


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def reading(*cells, questions=()):
    return Reading(
        problems=[Problem(cell, "Mujeres", "=1+1", "not_a_number") for cell in cells],
        questions=[Question("about", cell, "Mujeres", "~3", ("3", "nd")) for cell in questions],
    )


def annotated(data, *cells, name="f.xlsx", how="own", language="es", **kwargs):
    copy = copies.annotate(data, name, reading(*cells, **kwargs), language)
    assert copy.how == how
    assert faults(copy.data) == []
    return copy.data


def marks(sheet):
    """``{place: (fill, note)}`` of the cells that are coloured or noted by us."""
    ours = {colour for pair in FILLS.values() for colour in pair}
    cells = [cell for row in sheet.iter_rows() for cell in row]
    return {
        cell.coordinate: (cell.fill.fgColor.rgb, cell.comment.text if cell.comment else "")
        for cell in cells
        if cell.fill.fgColor.rgb in ours or (cell.comment and MARK in cell.comment.text)
    }


def resaved(data):
    """As a person saves it: formats and texts are numbered anew."""
    saved = io.BytesIO()
    opened(data).save(saved)
    return saved.getvalue()


def test_only_what_is_said_something_of_changes_in_a_workbook_full_of_things():
    before = rich()
    after = annotated(before, f"{DATA}!B3", f"{DATA}!B4", f"{DATA}!A2", f"{DATA}!D30", questions=[f"{DATA}!C3"])
    old, new = parts(before), parts(after)
    touched = {name for name in old if old[name] != new[name]}
    assert touched == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
        "xl/worksheets/sheet1.xml", "xl/comments/comment1.xml", "xl/drawings/commentsDrawing1.vml",
    } & set(old)  # fmt: skip
    assert new.keys() - old.keys() == {"xl/worksheets/sheet4.xml"}
    book, was = opened(after), opened(before)
    assert book.sheetnames == [*was.sheetnames, "Errores 2"]
    sheet, its = book[DATA], was[DATA]
    for row in its.iter_rows():
        for cell in row:
            now = sheet[cell.coordinate]
            for what in ("value", "number_format", "font", "alignment", "border"):
                assert repr(getattr(now, what)) == repr(getattr(cell, what))
    found = marks(sheet)
    (light, dark), (amber, _dark) = FILLS["problem"], FILLS["question"]
    assert {place: fill for place, (fill, _note) in found.items()} == {
        "B3": light, "B4": light, "A2": dark, "D30": light, "C3": amber,
    }  # fmt: skip
    assert found["B3"][1].startswith(f"Llamar a Ana\n\n{MARK}")
    assert sheet["C4"].comment.text == "suma"
    assert book["Oculta"].sheet_state == "hidden"
    assert book.security.lockStructure
    assert sheet.protection.sheet


def test_the_list_leads_to_each_cell_and_nothing_in_it_is_a_formula():
    sheet = opened(annotated(rich(), f"{DATA}!B3", "", DATA))["Errores 2"]
    words = [[cell.value for cell in row[:5]] for row in sheet.iter_rows(min_row=4)]
    assert words[0] == ["Celda", "Clase", "Columna", "Dice", "Qué hacer"] or words[0][0]
    assert words[1][:1] + words[1][2:4] == [f"{DATA}!B3", "Mujeres", "=1+1"]
    assert sheet["D5"].data_type == "s"
    assert sheet["D5"].quotePrefix
    assert sheet["A5"].hyperlink.location == "'Año d''or 1'!B3"
    assert sheet["A6"].hyperlink is None
    assert sheet["A7"].hyperlink.location == "'Año d''or 1'!A1"
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A5", "A4:E7")


def test_what_was_mended_gets_its_own_look_back_also_after_excel_saved_it():
    before = opened(rich())[DATA]
    once = annotated(rich(), f"{DATA}!B3", f"{DATA}!B4", f"{DATA}!A2", f"{DATA}!C3")
    for data in (once, resaved(once)):
        book = opened(annotated(data, f"{DATA}!B3"))
        assert book.sheetnames.count("Errores 2") == 1
        assert "Errores 3" not in book.sheetnames
        assert list(marks(book[DATA])) == ["B3"]
        assert book[DATA]["B3"].comment.text.count(MARK) == 1
        assert book[DATA]["C3"].comment is None
        for place in ("B4", "A2", "C3"):
            assert book[DATA][place].fill.fgColor.rgb == before[place].fill.fgColor.rgb
        assert len(list(book["Errores 2"].iter_rows(min_row=5))) == 1
        clean = opened(annotated(data))[DATA]
        assert marks(clean) == {}
        assert clean["B3"].comment.text == "Llamar a Ana"


def test_marking_again_the_same_changes_nothing():
    once = annotated(rich(), f"{DATA}!B3", f"{DATA}!D9")
    assert parts(annotated(once, f"{DATA}!B3", f"{DATA}!D9")) == parts(once)


def test_several_things_in_one_cell_are_one_note_and_a_merged_area_is_marked_where_it_is_seen():
    found = Reading(problems=[Problem("Hoja1!B2", "M", "x", code) for code in ("not_a_number", "decimals", "decimals")])
    book = openpyxl.Workbook()
    book.active.title = "Hoja1"
    book.active["A1"] = "x"
    book.active.merge_cells("A2:B3")
    saved = io.BytesIO()
    book.save(saved)
    ((place, (_fill, note)),) = marks(
        opened(copies.annotate(saved.getvalue(), "f.xlsx", found, "en").data)["Hoja1"]
    ).items()
    assert place == "A2"
    assert note.count("\n") == 2


@pytest.mark.parametrize(
    ("data", "name", "sheet"),
    [
        (csv_bytes([["Área", "Mujeres"], ["=1+1", "x"]]), "f.csv", "CSV"),
        (ods([["Área", "Mujeres"], ["=1+1", "x"]], "Hoja: una"), "f.ods", "Hoja: una"),
    ],
)
def test_other_formats_get_their_values_back_as_texts_and_numbers(data, name, sheet):
    after = annotated(data, f"{sheet}!B2", name=name, how="values", language="en")
    book = opened(after)
    first = book.worksheets[0]
    assert (first["A2"].value, first["A2"].data_type, first["A2"].quotePrefix) == ("=1+1", "s", True)
    assert list(marks(first)) == ["B2"]
    assert book.sheetnames[-1] == "Errors"
    assert book["Errors"]["A5"].hyperlink.location == f"'{first.title}'!B2"


def test_more_than_a_page_of_problems_are_listed_up_to_a_stated_number():
    data = xlsx([["x"] * 3] * 400)
    cells = [f"Hoja1!{letter}{row}" for row in range(1, 401) for letter in "ABC"]
    book = opened(annotated(data, *cells, language="en"))
    assert "1,000 of 1,200" in book["Errors"]["A3"].value
    assert book["Errors"].max_row == 1004
    assert len(marks(book["Hoja1"])) == 1000


def test_what_is_built_oddly_is_drawn_again_and_says_so(monkeypatch):
    data = parts(rich())
    old = data["xl/workbook.xml"].replace(b"spreadsheetml/2006/main", b"spreadsheetml/2006/strict")
    changed = repacked(data | {"xl/workbook.xml": old})
    with pytest.raises(Odd):
        own_workbook.annotated(changed, {"marks": {}, "lines": [], "language": "es"})
    copy = copies.annotate(changed, "f.xlsx", reading(f"{DATA}!B3"), "en")
    assert copy.how == "values"
    assert "a copy of the values" in opened(copy.data)["Errors"]["A3"].value


def test_what_is_answered_on_the_page_is_not_told_to_be_written_in_a_cell():
    hidden = Question("hidden_rows", "Hoja1!A2", "", "2", ("leave_out", "include"))
    with override("en"):
        [line] = listing_of(Reading(questions=[hidden]), "f.xlsx", "en")["lines"]
    assert "Leave it out; Read them too" in line["words"][-1]
    assert "in the cell" not in line["words"][-1]


def test_a_persons_own_sheet_that_names_our_mark_is_never_taken_for_the_list():
    data = xlsx([["Área", "Mujeres"], [f"my {errors_sheet.MARK} text", "x"], [errors_sheet.MARK, "y"]])
    book = opened(annotated(data, "Hoja1!B2", language="en"))
    assert book.sheetnames == ["Hoja1", "Errors"]
    assert book["Hoja1"]["A2"].value == f"my {errors_sheet.MARK} text"


def test_a_file_that_takes_too_long_is_answered_with_the_list_alone(monkeypatch):
    monkeypatch.setattr(copies, "SECONDS", 0.0001)
    stopped = []

    def first_stops(data, listing, run=copies._in_child):
        if not stopped:
            stopped.append(True)
            return run(data, listing)
        monkeypatch.setattr(copies, "SECONDS", 60)
        return run(data, listing)

    monkeypatch.setattr(copies, "_in_child", first_stops)
    copy = copies.annotate(rich(), "f.xlsx", reading(f"{DATA}!B3"), "en")
    assert copy.how == "list"
    assert opened(copy.data).sheetnames == ["Errors"]


def test_macros_stay():
    data = parts(rich())
    types = data["[Content_Types].xml"].replace(
        b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
        b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
    )
    types = types.replace(
        b"<Override", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/><Override', 1
    )
    changed = repacked(data | {"[Content_Types].xml": types, "xl/vbaProject.bin": b"macros"})
    copy = copies.annotate(changed, "f.xlsm", reading(f"{DATA}!B3"), "es")
    assert (copy.how, copy.name) == ("own", "f_errores.xlsm")
    assert parts(copy.data)["xl/vbaProject.bin"] == b"macros"


PREFIXED = (
    '<x:worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><x:cols><x:col min="2" max="2" '
    'style="1"/></x:cols><x:sheetData><x:row><x:c><x:v>1</x:v></x:c><!-- <c r="Z9"> --></x:row><x:row r="5" '
    'spans="1:1"/></x:sheetData></x:worksheet>'
)


def test_sheets_with_prefixes_and_without_places_are_marked_too():
    data = parts(xlsx([["a"]]))
    data = repacked(data | {"xl/worksheets/sheet1.xml": PREFIXED.encode()})
    book = opened(annotated(data, "Hoja1!A1", "Hoja1!C1", "Hoja1!A3", "Hoja1!B5", "Hoja1!A9"))
    assert list(marks(book["Hoja1"])) == ["A1", "C1", "A3", "B5", "A9"]


def repacked(held):
    import zipfile

    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in held.items():
            archive.writestr(name, content)
    return saved.getvalue()


PLACES = st.tuples(st.sampled_from("ABCDEFZ"), st.integers(1, 12)).map(lambda at: f"{at[0]}{at[1]}")
CELLS = st.sampled_from([None, 1, "x", "=A1+1", 2.5])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=9), st.sets(PLACES, max_size=12))
def test_every_problem_cell_is_coloured_and_noted_and_every_value_stays(rows, places):
    before = xlsx(rows)
    listing = {
        "language": "en", "title": "t", "said": "s", "further": "", "headers": ["h"] * 5,
        "lines": [{"sheet": "Hoja1", "place": at, "kind": "problem", "words": [at, "", "", "", ""]} for at in places],
        "marks": {"Hoja1": {at: {"kind": "problem", "text": f"!{at}"} for at in places}},
    }  # fmt: skip
    after, _type = own_workbook.annotated(before, listing)
    assert faults(after) == []
    sheet, was = opened(after)["Hoja1"], opened(before)["Hoja1"]
    assert {at: note for at, (_fill, note) in marks(sheet).items()} == {at: f"{MARK}!{at}" for at in places}
    for row in was.iter_rows():
        assert [sheet[cell.coordinate].value for cell in row] == [cell.value for cell in row]
