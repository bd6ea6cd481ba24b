"""Seventeen real tables that nobody here made: what is understood of each. Pinned, so that no change passes unseen.

The tables are not the project's own: they are read from the folder that ``FICHA_TABLES`` names.
"""

import os
from pathlib import Path

import pytest

from beneficiaries.spreadsheets import reading
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.test_rows import COLUMNS

TABLES = os.environ.get("FICHA_TABLES")
pytestmark = pytest.mark.skipif(not TABLES, reason="FICHA_TABLES names no folder of foreign tables")

#: How each begins → (problems, questions, header row) with each problem and question as (code, cell).
UNDERSTOOD = {
    # Hombres is tagged +f and Mujeres +m; the places are of four countries.
    "01": ([("no_known_area", "input-valid!H2")], [("tag:E", "input-valid!E2"), ("tag:F", "input-valid!F2")], 2),
    "04": ([("no_known_area", "CSV!A2")], [], 2),
    "07": ([], [("column:C", "CSV!C1"), ("column:D", "CSV!D1"), ("column:E", "CSV!E1"), ("areas", "CSV!A1")], 1),
    "09": ([("no_known_area", "CSV!A4")], [], 4),
    "11": ([("no_header", "CSV")], [], 0),
    # “Persons under UNHCR's statelessness mandate” has a word that is counted here: so each column is asked about.
    "12": ([], [*((f"column:{letter}", f"CSV!{letter}1") for letter in "BCEFGHIJK"), ("areas", "CSV!A1")], 1),
    # Shares of women and men by age: no counts, so what is left is where they would belong.
    "13": ([], [("areas", "CSV!A2")], 2),
    "15": ([("no_header", "CSV")], [], 0),
    "20": ([("no_header", "CSV")], [], 0),
    "21": ([("no_header", "CSV")], [], 0),
    "24": ([("no_header", "CSV")], [], 0),
    "25": ([("no_header", "Report")], [], 0),
    "29": ([("no_header", "Sheet1")], [], 0),
    "32": ([("no_header", "Tabelle1")], [], 0),
    "34": ([("no_known_area", "16tbl02!A5")], [], 5),
    "35": ([("no_header", "1985-2017 ACTUALS")], [], 0),
}


def table(number):
    [path] = Path(TABLES).glob(f"{number}_*")
    return path


def read(number, answers=None):
    path = table(number)
    return read_rows(reading.read(path.read_bytes(), path.name), COLUMNS, answers)


def test_each_table_is_pinned_here():
    assert {path.name[:2] for path in Path(TABLES).iterdir()} == {*UNDERSTOOD, "26"}


@pytest.mark.parametrize("number", UNDERSTOOD)
def test_what_is_understood_of_it(number):
    found = read(number)
    problems = [(problem.code, problem.cell) for problem in found.problems]
    questions = [(question.code, question.cell) for question in found.questions]
    assert (problems, questions, found.header_row) == UNDERSTOOD[number]
    assert found.rows == []


def test_an_encrypted_workbook_is_refused():
    with pytest.raises(reading.Unreadable, match="encrypted"):
        reading.read(table("26").read_bytes(), "f.xls")


def test_answered_the_sahel_table_says_its_figures_and_adds_none_up():
    answers = {"areas": "none", "column:C": "women_direct", "column:D": "leave_out", "column:E": "leave_out"}
    found = read("07", answers)
    assert [(row.area, row.quantity.value, row.cell) for row in found.rows] == [(None, 433_412, "CSV!C3")]
    assert ("typed_dash", "CSV!C6") in [(note.code, note.cell) for note in found.notes]
    # Countries in a table said to be without areas are the same figure again and again: never added up.
    assert {problem.code for problem in found.problems} == {"duplicate_figure"}


def test_the_header_of_the_panama_table_says_what_its_merged_cells_say():
    found = read("01")
    assert [question.found for question in found.questions] == [
        "¿Para quién? · Hombres / #targeted+f",
        "¿Para quién? · Mujeres / #targeted+m",
    ]
