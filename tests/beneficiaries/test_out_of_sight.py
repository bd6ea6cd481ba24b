"""Hidden rows and columns, and lines that say something for the rows beneath them. No database."""

import io

import openpyxl
import pytest

from beneficiaries.spreadsheets import reading
from beneficiaries.spreadsheets.messages import QUESTIONS
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.test_layouts import SCOPE, figures, notes, own, questions, read
from tests.beneficiaries.test_rows import COLUMNS, HEADER, OWN, problems

ROWS = [HEADER, ["Coclé", 1, 2, 3], ["Herrera", 4, 5, 6]]


def looked_at(others, answers=None, **hidden):
    sheet = Sheet("Hoja1", ROWS, **hidden)
    return read_rows(Workbook("xlsx", (sheet, *others)), COLUMNS, answers)


@pytest.mark.parametrize("others", [(OWN,), ()], ids=["template", "foreign"])
def test_hidden_rows_and_columns_count_only_when_the_person_says_so(others):
    rows = looked_at(others, hidden_rows=((2, 2),))
    assert (questions(rows), rows.questions[0].found) == ([("hidden_rows", "Hoja1!A3")], "3")
    assert {row.area.name for row in rows.rows} == {"Coclé"}
    assert len(looked_at(others, {"hidden_rows": "include"}, hidden_rows=((2, 2),)).rows) == 6
    columns = looked_at(others, hidden_columns=((2, 3),))
    assert questions(columns) == [("hidden_columns", "Hoja1!C1")]
    assert columns.questions[0].found == "C: Hombres (directo); D: Mujeres (indirecto)"
    assert {row.category.code for row in columns.rows} == {"women"}
    assert len(looked_at(others, {"hidden_columns": "include"}, hidden_columns=((2, 3),)).rows) == 6
    left_out = looked_at(others, {"hidden_columns": "leave_out"}, hidden_columns=((2, 3),))
    assert (len(left_out.rows), left_out.questions, left_out.problems) == (2, [], [])
    assert {"hidden_rows", "hidden_columns"} <= QUESTIONS.keys()


def test_hidden_columns_of_a_workbook_are_known():
    workbook = openpyxl.Workbook()
    for number, row in enumerate(ROWS, start=1):
        for place, value in enumerate(row, start=1):
            workbook.active.cell(number, place, value)
    workbook.active.column_dimensions["C"].hidden = True
    workbook.active.row_dimensions[3].hidden = True
    saved = io.BytesIO()
    workbook.save(saved)
    [sheet] = reading.read(saved.getvalue(), "f.xlsx").sheets
    assert (sheet.hidden_columns, sheet.hidden_rows) == (((2, 2),), ((2, 2),))


WOMEN_AND_MEN = ["Área", "Mujeres", "Hombres"]


def test_direct_and_indirect_may_stand_in_lines_of_their_own():
    found = read(WOMEN_AND_MEN, ["Directos"], ["Coclé", 1, 2], ["Herrera", 3, 4], ["Indirectos"], ["Coclé", 5, "nd"])
    assert own(found) == {
        ("Coclé", "women_direct"): 1,
        ("Coclé", "men_direct"): 2,
        ("Herrera", "women_direct"): 3,
        ("Herrera", "men_direct"): 4,
        ("Coclé", "women_indirect"): 5,
        ("Coclé", "men_indirect"): "nd",
    }
    assert notes(found) == [("Hoja1!A2", "section_row"), ("Hoja1!A5", "section_row")]
    assert own(read(["Area", "Women", "Men"], ["Indirect"], ["Coclé", 1, 2]))["Coclé", "women_indirect"] == 1


def test_categories_agencies_and_periods_may_stand_in_lines_of_their_own():
    found = read(["Área", "Directos", "Indirectos"], ["Mujeres"], ["Coclé", 1, 2], ["Hombres"], ["Coclé", 3, 4])
    assert own(found)["Coclé", "men_indirect"] == 4
    header = ["Área", "Mujeres (directo)"]
    found = read(header, ["PNUD"], ["Coclé", 1], ["FAO"], ["Coclé", 2], ["2011-S1"], ["Coclé", 3])
    assert figures(found) == {
        ("UNDP", "", "Coclé", "women_direct"): 1,
        ("", "", "Coclé", "women_direct"): 2,
        ("", "2011-S1", "Coclé", "women_direct"): 3,
    }


def test_a_section_of_another_agency_is_said_once_to_a_focal_point():
    only_own = type(SCOPE)(**{**vars(SCOPE), "allowed": frozenset({"FAO"})})
    found = read(
        ["Área", "Mujeres (directo)"], ["PNUD"], ["Coclé", 1], ["Herrera", 2], ["FAO"], ["Coclé", 3], scope=only_own
    )
    assert problems(found) == [("Hoja1!A2", "other_agency_row")]


def test_a_section_that_contradicts_its_columns_is_a_problem_and_a_source_is_no_section():
    assert problems(read(["Área", "Mujeres (directo)"], ["Indirectos"], ["Coclé", 1])) == [
        ("Hoja1!B3", "contradicts_header")
    ]
    found = read(["Área", "Mujeres (directo)"], ["Coclé", 1], ["Fuente: informe de mayo 2011"], ["Herrera", 2])
    assert (len(found.rows), found.elsewhere, problems(found)) == (2, [], [])


LONG = ["Área", "Categoría", "Alcance", "Cantidad", "Estado"]


def test_a_column_of_states_says_why_there_is_no_number():
    found = read(
        LONG,
        ["Coclé", "Mujeres", "directo", 3, "informado"],
        ["Coclé", "Hombres", "directo", None, "nd"],
        ["Coclé", "Mujeres", "indirecto", None, "en blanco"],
        ["Herrera", "Mujeres", "directo", None, "pendiente"],
    )
    assert own(found) == {
        ("Coclé", "women_direct"): 3,
        ("Coclé", "men_direct"): "nd",
        ("Coclé", "women_indirect"): "blank",
        ("Herrera", "women_direct"): "pending",
    }
    assert (found.problems, found.questions) == ([], [])


def test_a_state_that_contradicts_its_figure_is_a_problem():
    found = read(LONG, ["Coclé", "Mujeres", "directo", 3, "nd"], ["Coclé", "Hombres", "directo", None, "reported"])
    assert problems(found) == [("Hoja1!E2", "state_contradicts"), ("Hoja1!E3", "state_contradicts")]
    assert all(problem.message for problem in found.problems)


def test_states_beside_each_figure_of_a_wide_table():
    header = [
        "Área",
        "Mujeres (directo)",
        "Mujeres (directo): estado",
        "Hombres (directo)",
        "Hombres (directo): estado",
    ]
    found = read(header, ["Coclé", 3, "informado", None, "nd"], ["Herrera", None, "na", 0, "informado"])
    assert own(found) == {
        ("Coclé", "women_direct"): 3,
        ("Coclé", "men_direct"): "nd",
        ("Herrera", "women_direct"): "na",
        ("Herrera", "men_direct"): 0,
    }
