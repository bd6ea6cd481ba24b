"""Around a table: what its titles say, what is only said loosely, in the template too. No database."""

import pytest

from beneficiaries.spreadsheets.messages import QUESTIONS
from tests.beneficiaries.test_layouts import notes, own, read
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
