"""Around a table: what its titles say, what is only said loosely, in the template too. No database."""

import pytest

from beneficiaries.spreadsheets.messages import QUESTIONS
from beneficiaries.spreadsheets.parties import Scope
from tests.beneficiaries.test_layouts import SCOPE, figures, notes, own, read
from tests.beneficiaries.test_rows import problems, read_foreign, read_template

TABLE = [["Área", "Mujeres (directo)"], ["Coclé", 3]]


@pytest.mark.parametrize(
    ("title", "cell", "code"),
    [
        (["Agencia", None, "PNUD"], "C1", "other_agency"),
        (["Agencia: PNUD"], "A1", "other_agency"),
        (["Período", "2011-S1"], "B1", "other_period"),
        (["Semestre: primer semestre de 2011"], "A1", "other_period"),
    ],
)
def test_a_title_of_another_agency_or_period_is_a_problem_at_its_cell(title, cell, code):
    assert problems(read(title, [], *TABLE)) == [(f"Hoja1!{cell}", code)]
    assert problems(read(title, *TABLE)) == [(f"Hoja1!{cell}", code)]


@pytest.mark.parametrize("title", [["Agencia", "FAO"], ["Período: 2011-S2"], ["Agencia", "Cruz Roja"], ["Fecha", 2011]])
def test_a_title_that_agrees_or_names_nobody_of_the_programme_is_none(title):
    assert own(read(title, [], *TABLE)) == {("Coclé", "women_direct"): 3}
    assert problems(read(title, [], *TABLE)) == []


@pytest.mark.parametrize("reader", [read_template, read_foreign])
def test_a_count_that_is_only_said_is_asked_about_in_the_template_too(reader):
    rows = [["Coclé", "35 familias", 2, 3]]
    [question] = reader(*rows).questions
    assert (question.code, question.choices, question.suggestion) == ("unit:Hoja1!B2", ("35", "nd"), "")
    assert reader(*rows).rows[0].quantity.value is None
    assert reader(*rows, answers={question.code: "35"}).rows[0].quantity.value == 35


def test_every_question_has_its_words():
    asked = [
        read(["Área", "Mujeres"], ["Coclé", 3]),
        read(["Área", "Personas en formación"], ["Coclé", 3]),
        read(["Sitio", "Socio", "Mujeres (directo)"], ["Finca 1", "Comité", 3], ["Coclé", "Comité", 4]),
        read(*TABLE, [], *TABLE),
        read(*TABLE, ["Herrera", 2], hidden_rows=[(2, 2)]),
        read(*TABLE, ["Herrera", "~300"]),
    ]
    kinds = {question.code.partition(":")[0] for found in asked for question in found.questions}
    assert kinds == {"reach", "column", "areas", "sheet", "hidden_rows", "about"} <= QUESTIONS.keys()
    assert all(question.message for found in asked for question in found.questions)


def test_notes_say_what_was_left_out():
    found = read(["Área", "Responsable", "Mujeres (directo)", "% de mujeres"], ["Coclé", "Oficina", 3, 40])
    assert notes(found) == [("Hoja1!B1", "column_left_out"), ("Hoja1!D1", "column_left_out")]
    assert all(note.message for note in found.notes)


def test_a_blank_agency_is_never_filled_in():
    rows = [["Agencia", "Área", "Mujeres (directo)"], ["PNUD", "Coclé", 3], [None, "Herrera", 4]]
    assert problems(read(*rows)) == [("Hoja1!A3", "label_missing")]
    merged = read(*rows, merged=[(1, 0, 2, 0)])
    assert figures(merged)["UNDP", "", "Herrera", "women_direct"] == 4


def test_columns_of_another_agency_are_problems_for_a_focal_point():
    rows = [["Área", "FAO", "PNUD"], [None, "Mujeres (directo)", "Mujeres (directo)"], ["Coclé", 3, 4]]
    assert figures(read(*rows)) == {
        ("", "", "Coclé", "women_direct"): 3,
        ("UNDP", "", "Coclé", "women_direct"): 4,
    }
    only_own = Scope(**{**vars(SCOPE), "allowed": frozenset({"FAO"})})
    assert problems(read(*rows, scope=only_own)) == [("Hoja1!C2", "other_agency_row")]


def test_regions_beside_the_programmes_areas_are_left_out_with_a_note():
    rows = [["Región", "Provincia", "Mujeres (directo)"], ["Azuero", "Herrera", 3], ["Central", "Coclé", 4]]
    found = read(*rows)
    assert (own(found)["Coclé", "women_direct"], problems(found)) == (4, [])
    assert ("Hoja1!A1", "column_left_out") in notes(found)


def test_a_remark_with_the_word_total_makes_no_total():
    rows = [["Área", "Mujeres (directo)", "Comentario"], ["Coclé", 3, "total de dos talleres"]]
    assert own(read(*rows)) == {("Coclé", "women_direct"): 3}


def test_a_year_above_a_figure_is_never_passed_over():
    rows = [["Área", "2010", "2011"], [None, "Mujeres directas", "Mujeres directas"], ["Coclé", 1, 4]]
    assert [question.code for question in read(*rows).questions] == ["column:B", "column:C"]


@pytest.mark.parametrize("number", [1999, "2011"])
def test_a_count_that_looks_like_a_year_is_a_count(number):
    rows = [["Lugar", "Sexo", "Alcance", "Cantidad"], ["Coclé", "Mujeres", "directo", number]]
    assert own(read(*rows)) == {("Coclé", "women_direct"): int(number)}


def test_the_numbers_of_the_rows_are_no_figures():
    found = read(["N.º", "Área", "Mujeres (directo)"], [1, "Coclé", 3], [2, "Herrera", 4])
    assert (own(found)["Herrera", "women_direct"], found.questions) == (4, [])


def test_m_beside_h_is_suggested_to_be_women_and_never_taken():
    rows = [["Área", "Directos", "Directos"], [None, "M", "H"], ["Coclé", 3, 4]]
    suggested = {question.code: question.suggestion for question in read(*rows).questions}
    assert suggested == {"column:B": "women_direct", "column:C": "men_direct"}
    assert read(*rows).rows == []


def test_what_two_columns_may_be_is_suggested_for_none():
    rows = [["Área", "Mujeres 18-29 (directo)", "Mujeres 30+ (directo)", "Hombres y mujeres"], ["Coclé", 3, 4, 9]]
    assert {question.suggestion for question in read(*rows).questions} == {""}


def test_a_mapped_column_keeps_the_month_its_header_says():
    rows = [["Área", "Señoras formadas directas julio", "Señoras formadas directas agosto"], ["Coclé", 3, 4]]
    answers = {"column:B": "women_direct", "column:C": "women_direct"}
    assert own(read(*rows, answers=answers)) == {("Coclé", "women_direct"): 7}


def test_categories_down_and_areas_across_with_totals_both_ways():
    rows = [
        ["Beneficiarios", "Coclé", "Herrera", "Total"],
        ["Mujeres directas", 3, 4, 7],
        ["Hombres directos", 1, 1, 2],
    ]
    found = read(*rows, ["Total", 4, 5, 9])
    assert (len(found.rows), problems(found), found.questions) == (4, [], [])
    assert problems(read(*rows, ["Total", 4, 6, 9])) == [("Hoja1!C4", "total_differs")]


def test_hundreds_of_tables_are_refused_and_not_tried_one_by_one():
    rows = [["Área", "Mujeres (directo)"], ["Coclé", 1], []] * 300
    assert problems(read(*rows)) == [("Hoja1", "too_many_tables")]


def test_totals_are_held_against_their_parts_once_every_part_is_known():
    rows = [["Área", "Mujeres (directo)"], ["Coclé", "~300"], ["Herrera", 2], ["Total", 302]]
    asked = read(*rows)
    assert (problems(asked), len(asked.questions)) == ([], 1)
    assert problems(read(*rows, answers={"about:Hoja1!B2": "300"})) == []
    assert problems(read(*rows, answers={"about:Hoja1!B2": "nd"})) == []
    assert problems(read(*rows[:3], ["Total", 1], answers={"about:Hoja1!B2": "nd"})) == [("Hoja1!B4", "total_differs")]
