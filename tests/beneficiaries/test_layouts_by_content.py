"""Long tables whose headers mislead or say nothing: what stands in a column decides; the person can say the rest."""

import pytest

from tests.beneficiaries.test_layouts import own, questions, read

DIRECT_WOMEN_INDIRECT_MEN = {("Coclé", "women_direct"): 20, ("Coclé", "men_indirect"): 10}


@pytest.mark.parametrize(
    "headers",
    [
        ("Provincia", "Sexo", "Modalidad", "Valor"),
        ("Lugar", "Tipo", "Alcance", "Cantidad"),
        ("Provincia", "Grupo", "Tipo", "Cantidad"),
        ("Area", "Reach", "Type", "Number"),  # each heads the other's words
    ],
)
def test_a_column_of_reaches_or_categories_is_known_by_what_stands_in_it(headers):
    found = read(list(headers), ["Coclé", "Mujeres", "Directo", 20], ["Coclé", "Hombres", "Indirecto", 10])
    assert (found.problems, found.questions) == ([], [])
    assert own(found) == DIRECT_WOMEN_INDIRECT_MEN


def test_remarks_are_taken_for_no_label_because_one_of_them_names_a_reach():
    found = read(
        ["Provincia", "Sexo", "Alcance", "Cantidad", "Nota interna"],
        ["Coclé", "Mujeres", "Directo", 20, "directo"],
        ["Coclé", "Hombres", "Indirecto", 10, "directo"],
    )
    assert own(found) == DIRECT_WOMEN_INDIRECT_MEN


def test_in_a_long_table_an_unknown_column_of_numbers_can_be_said_to_be_the_figures():
    rows = [
        ["Provincia", "Sexo", "Alcance", "Qty. (I)"],
        ["Coclé", "Mujeres", "Directo", 20],
        ["Coclé", "Hombres", "Indirecto", 10],
    ]
    asked = read(*rows)
    assert questions(asked) == [("column:D", "Hoja1!D1")]
    assert "count" in asked.questions[0].choices
    assert own(read(*rows, answers={"column:D": "count"})) == DIRECT_WOMEN_INDIRECT_MEN


def test_in_a_wide_table_a_column_must_say_of_what_it_is():
    asked = read(["Provincia", "Mujeres (directo)", "Qty. (I)"], ["Coclé", 1, 20])
    assert "count" not in asked.questions[0].choices
