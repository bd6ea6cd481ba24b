"""Tables that nobody made from the template: what is understood, what is asked, what is refused. No database."""

from datetime import date

import pytest

from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from programmes.quantities import ND, Quantity
from tests.beneficiaries.test_rows import COLUMNS, problems

SCOPE = Scope(
    agency="FAO",
    period="2011-S2",
    agencies={"fao": "FAO", "pnud": "UNDP", "undp": "UNDP"},
    periods=(
        ("2011-S1", date(2011, 1, 1), date(2011, 6, 30)),
        ("2011-S2", date(2011, 7, 1), date(2011, 12, 31)),
    ),
)
CUMULATIVE = Scope(**{**vars(SCOPE), "is_new": False})


def read(*rows, scope=SCOPE, merged=(), hidden_rows=(), answers=None, others=()):
    sheet = Sheet("Hoja1", list(rows), merged=tuple(merged), hidden_rows=tuple(hidden_rows))
    expected = Expected("MDGF-2097", ("FAO",), "2011-S2", "new", scope=scope)
    return read_rows(Workbook("xlsx", (sheet, *others)), COLUMNS, answers, expected)


def figures(found):
    """(agency, period, area, column) → value, or the state where there is none."""
    return {
        (row.agency, row.period, row.area.name if row.area else "", f"{row.category.code}_{row.reach}"): (
            row.quantity.value if row.quantity.is_reported else str(row.quantity.state)
        )
        for row in found.rows
    }


def own(found):
    return {key[2:]: value for key, value in figures(found).items() if key[:2] == ("", "")}


def questions(found):
    return [(question.code, question.cell) for question in found.questions]


def notes(found):
    return [(note.cell, note.code) for note in found.notes]


# Headers


def test_a_label_merged_over_two_columns_heads_both():
    rows = [["Área", "Directos", None, "Indirectos", None], [None, "Mujeres", "Hombres", "Mujeres", "Hombres"]]
    merged = [(0, 1, 0, 2), (0, 3, 0, 4), (0, 0, 1, 0)]
    found = read(*rows, ["Coclé", 1, 2, 3, 4], merged=merged)
    assert own(found) == {
        ("Coclé", "women_direct"): 1,
        ("Coclé", "men_direct"): 2,
        ("Coclé", "women_indirect"): 3,
        ("Coclé", "men_indirect"): 4,
    }
    assert (found.problems, found.questions) == ([], [])


def test_in_a_csv_the_label_stands_once_with_empty_cells_to_its_right():
    rows = [
        ["", "Directos", "", "Indirectos"],
        ["Provincia", "Mujeres", "Hombres", "Mujeres"],
        ["Coclé", "1", "2", "3"],
    ]
    assert own(read(*rows))["Coclé", "men_direct"] == 2
    assert own(read(*rows))["Coclé", "women_indirect"] == 3


def test_three_header_rows_titles_units_and_notes():
    found = read(
        ["Informe de avance"],
        ["Agencia:", "FAO"],
        [],
        [None, "Beneficiarios"],
        ["Provincia", "Directos", "Directos"],
        [None, "Mujeres", "Hombres"],
        [None, "personas", "personas"],
        ["Coclé", 1, 2],
        ["Herrera", 3, "nd"],
        [],
        ["Fuente: informes de campo"],
    )
    assert own(found) == {
        ("Coclé", "women_direct"): 1,
        ("Coclé", "men_direct"): 2,
        ("Herrera", "women_direct"): 3,
        ("Herrera", "men_direct"): "nd",
    }
    assert (notes(found), problems(found)) == ([("Hoja1!A11", "text_row")], [])


def test_a_first_row_of_words_is_a_row_and_not_a_header():
    found = read(["Área", "Mujeres (directo)"], ["Coclé", "doce"], ["Herrera", 3])
    assert problems(found) == [("Hoja1!B2", "not_a_number")]


# What is not said is asked


def test_without_direct_or_indirect_it_is_asked_once():
    rows = [["Área", "Mujeres", "Hombres"], ["Coclé", 1, 2]]
    assert questions(read(*rows)) == [("reach", "Hoja1!B2")]
    assert read(*rows).rows == []
    assert own(read(*rows, answers={"reach": "indirect"}))["Coclé", "men_indirect"] == 2


def test_a_column_nobody_knows_is_asked_about_with_a_sample_of_its_values():
    rows = [["Área", "Mujeres (directo)", "Participantes del taller"], ["Coclé", 1, 20], ["Herrera", 2, 30]]
    [question] = read(*rows).questions
    assert (question.code, question.cell, question.found) == ("column:C", "Hoja1!C1", "20 · 30")
    assert {"men_direct", "total", "leave_out"} <= set(question.choices)
    mapped = read(*rows, answers={"column:C": "men_direct"})
    assert own(mapped)["Herrera", "men_direct"] == 30
    left = read(*rows, answers={"column:C": "leave_out"})
    assert set(own(left)) == {("Coclé", "women_direct"), ("Herrera", "women_direct")}


def test_a_qualified_header_is_asked_about_with_its_likely_meaning():
    rows = [["Área", "Mujeres adultas directas"], ["Coclé", 4]]
    [question] = read(*rows).questions
    assert (question.code, question.suggestion) == ("column:B", "women_direct")


def test_planned_figures_are_never_taken_unasked():
    rows = [["Área", "Meta", "Logro"], [None, "Mujeres (directo)", "Mujeres (directo)"], ["Coclé", 50, 4]]
    found = read(*rows)
    assert questions(found) == [("column:B", "Hoja1!B2")]
    assert own(found) == {("Coclé", "women_direct"): 4}


def test_the_same_figures_in_two_columns_are_asked_about():
    rows = [["Área", "Mujeres (directo)", "Mujeres directas"], ["Coclé", 1, 2]]
    assert questions(read(*rows)) == [("column:B", "Hoja1!B1"), ("column:C", "Hoja1!C1")]


def test_which_column_names_the_area_is_asked_when_none_says_so():
    rows = [["Sitio", "Socio", "Mujeres (directo)"], ["Finca 1", "Comité", 3], ["Coclé", "Comité", 4]]
    assert questions(read(*rows)) == [("areas", "Hoja1!A1")]
    assert own(read(["Sitio", "Mujeres (directo)"], ["Coclé", 4])) == {("Coclé", "women_direct"): 4}


# HXL


def test_tags_say_what_headers_do_not():
    rows = [["Donde", "F", "M"], ["#adm1", "#reached+f+direct", "#reached+m+direct"], ["Coclé", 3, 4]]
    assert own(read(*rows)) == {("Coclé", "women_direct"): 3, ("Coclé", "men_direct"): 4}


def test_a_header_and_its_tag_that_contradict_each_other_are_asked_about():
    rows = [["Área", "Hombres (directo)"], ["#adm1", "#reached+f"], ["Coclé", 3]]
    found = read(*rows)
    [question] = found.questions
    assert (question.code, question.choices) == ("tag:B", ("women_direct", "men_direct", "leave_out"))
    assert found.rows == []
    assert own(read(*rows, answers={"tag:B": "men_direct"})) == {("Coclé", "men_direct"): 3}


# Long tables, areas as columns, agencies and periods


def test_one_row_for_each_count():
    rows = [
        ["Provincia", "Sexo", "Alcance", "Cantidad"],
        ["Coclé", "Mujeres", "directo", 3],
        ["Coclé", "Hombres", "directo", "nd"],
        ["Herrera", "Femenino", "indirecto", 5],
    ]
    assert own(read(*rows)) == {
        ("Coclé", "women_direct"): 3,
        ("Coclé", "men_direct"): "nd",
        ("Herrera", "women_indirect"): 5,
    }
    assert problems(read(*rows, ["Coclé", "Femenino", "Directas", 9])) == [("Hoja1!A5", "duplicate_figure")]
    assert problems(read(*rows, ["Coclé", "Niños", "directo", 9])) == [("Hoja1!B5", "unknown_category")]
    assert problems(read(*rows, ["Coclé", "Mujeres directas", "indirecto", 9])) == [("Hoja1!C5", "contradicts_header")]


def test_areas_as_columns():
    rows = [["Categoría", "Coclé", "Herrera"], ["Mujeres (directo)", 3, 4], ["Mujeres (indirecto)", 5, 6]]
    assert own(read(*rows)) == {
        ("Coclé", "women_direct"): 3,
        ("Herrera", "women_direct"): 4,
        ("Coclé", "women_indirect"): 5,
        ("Herrera", "women_indirect"): 6,
    }


def test_a_label_merged_downwards_stands_in_each_of_its_rows():
    rows = [["Área", "Sexo", "Directos"], ["Coclé", "Mujeres", 3], [None, "Hombres", 4]]
    assert own(read(*rows, merged=[(1, 0, 2, 0)]))["Coclé", "men_direct"] == 4
    asked = read(*rows)
    assert questions(asked) == [("blank_areas", "Hoja1!A3")]
    assert own(read(*rows, answers={"blank_areas": "above"}))["Coclé", "men_direct"] == 4
    assert own(read(*rows, answers={"blank_areas": "none"}))["", "men_direct"] == 4


def test_months_as_columns_add_up_when_figures_are_new_and_the_last_speaks_when_they_are_cumulative():
    rows = [["Área", "Mujeres directas julio", "Mujeres directas agosto 2011"], ["Coclé", 3, 4]]
    assert own(read(*rows)) == {("Coclé", "women_direct"): 7}
    assert [row.cell for row in read(*rows).rows] == ["Hoja1!B2:C2"]
    assert own(read(*rows, scope=CUMULATIVE)) == {("Coclé", "women_direct"): 4}


def test_a_month_without_a_figure_is_not_zero():
    rows = [["Área", "Mujeres directas julio", "Mujeres directas agosto"], ["Coclé", 3, "nd"]]
    assert problems(read(*rows)) == [("Hoja1!C2", "month_missing")]
    assert own(read(*rows[:1], ["Coclé", "nd", "nd"])) == {("Coclé", "women_direct"): "nd"}


def test_semesters_as_columns_are_of_their_own_periods():
    rows = [["Área", "2011-S1", "2011-S2"], [None, "Mujeres (directo)", "Mujeres (directo)"], ["Coclé", 3, 4]]
    assert figures(read(*rows)) == {
        ("", "2011-S1", "Coclé", "women_direct"): 3,
        ("", "", "Coclé", "women_direct"): 4,
    }


def test_agencies_and_periods_in_columns_of_their_own():
    rows = [["Agencia", "Período", "Área", "Mujeres (directo)"]]
    rows += [
        ["PNUD", "2011-S2", "Coclé", 3],
        ["FAO", "Primer semestre 2011", "Coclé", 4],
        ["FAO", "2011-S2", "Coclé", 5],
    ]
    assert figures(read(*rows)) == {
        ("UNDP", "", "Coclé", "women_direct"): 3,
        ("", "2011-S1", "Coclé", "women_direct"): 4,
        ("", "", "Coclé", "women_direct"): 5,
    }
    only_own = Scope(**{**vars(SCOPE), "allowed": frozenset({"FAO"})})
    assert problems(read(*rows, scope=only_own)) == [("Hoja1!A2", "other_agency_row")]
    unknown = read(*rows, ["Cruz Roja", "2011-S2", "Coclé", 3], ["FAO", "2031", "Coclé", 3])
    assert problems(unknown) == [("Hoja1!A5", "unknown_agency"), ("Hoja1!B6", "unknown_period")]


def test_a_name_and_a_code_of_an_area_that_disagree_are_asked_about():
    rows = [["Provincia", "Código", "Mujeres (directo)"], ["Coclé", "PA02", 3]]
    [question] = read(*rows).questions
    assert (question.code, set(question.choices)) == ("area:Coclé / PA02", {"Coclé", "Chiriquí"})
    assert own(read(*rows, answers={"area:Coclé / PA02": "Coclé"})) == {("Coclé", "women_direct"): 3}
    settled = read(["Provincia", "Código", "Mujeres (directo)"], ["Coclé", "02", 3])
    assert (own(settled), settled.questions) == ({("Coclé", "women_direct"): 3}, [])


# Totals


def test_totals_in_between_and_beside_are_checked_and_never_added():
    header = ["Área", "Mujeres (directo)", "Hombres (directo)", "Total directo"]
    rows = [["Coclé", 1, 2, 3], ["Herrera", 3, 4, 7], ["Subtotal azuero", 4, 6, 10], ["Veraguas", 5, 6, 11]]
    found = read(header, *rows, ["Gran total", 9, 12, 21])
    assert (problems(found), len(found.rows)) == ([], 6)
    wrong = read(header, *rows, ["Gran total", 9, 13, 21])
    assert [(p.cell, p.code, p.params) for p in wrong.problems] == [("Hoja1!C6", "total_differs", {"sum": 6})]
    beside = read(header, ["Coclé", 1, 2, 4])
    assert [(p.cell, p.code, p.params) for p in beside.problems] == [("Hoja1!D2", "total_column_differs", {"sum": 3})]


def test_a_row_without_a_label_is_a_total_when_it_adds_up():
    header = ["Área", "Mujeres (directo)", "Hombres (directo)"]
    found = read(header, ["Coclé", 1, 2], ["Herrera", 3, 4], [None, 4, 6])
    assert (problems(found), notes(found)) == ([], [("Hoja1!B4", "total_row")])
    assert problems(read(header, ["Coclé", 1, 2], ["Herrera", 3, 4], [None, 4, 7])) == [("Hoja1!A4", "area_missing")]


def test_women_of_all_kinds_beside_direct_and_indirect_women_are_a_total():
    rows = [["Área", "Mujeres (directo)", "Mujeres (indirecto)", "Total mujeres"], ["Coclé", 1, 2, 3]]
    found = read(*rows)
    assert (len(found.rows), problems(found), questions(found)) == (2, [], [])


# Hidden things, several tables


def test_hidden_rows_are_asked_about():
    rows = [["Área", "Mujeres (directo)"], ["Coclé", 1], ["Herrera", 2]]
    asked = read(*rows, hidden_rows=[(2, 2)])
    assert (questions(asked), own(asked)) == ([("hidden_rows", "Hoja1!A3")], {("Coclé", "women_direct"): 1})
    both = read(*rows, hidden_rows=[(2, 2)], answers={"hidden_rows": "include"})
    assert own(both)["Herrera", "women_direct"] == 2


def test_which_of_several_sheets_is_asked():
    rows = [["Área", "Mujeres (directo)"], ["Coclé", 1]]
    second = Sheet("Hoja2", [rows[0], ["Coclé", 9]])
    asked = read(*rows, others=[second])
    assert (questions(asked), asked.questions[0].choices) == ([("sheet", "Hoja1!A1")], ("Hoja1", "Hoja2"))
    assert own(read(*rows, others=[second], answers={"sheet": "Hoja2"})) == {("Coclé", "women_direct"): 9}


def test_a_hidden_sheet_is_shown_as_such_and_only_read_when_it_is_wanted():
    rows = [["Área", "Mujeres (directo)"], ["Coclé", 1]]
    hidden = Sheet("vieja", rows, hidden=True)
    assert ("vieja!A1", "hidden_sheet") in notes(read(*rows, others=[hidden]))
    alone = read(["Portada"], others=[hidden])
    assert questions(alone) == [("hidden_sheet", "vieja!A1")]
    left_out = read(["Portada"], others=[hidden], answers={"hidden_sheet": "leave_out"})
    assert problems(left_out) == [("vieja", "no_figures")]
    assert own(read(["Portada"], others=[hidden], answers={"hidden_sheet": "vieja"})) == {("Coclé", "women_direct"): 1}


def test_two_tables_on_one_sheet_are_asked_about():
    table = [["Área", "Mujeres (directo)"], ["Coclé", 1], []]
    found = read(*table, *table)
    assert found.questions[0].choices == ("Hoja1!A1", "Hoja1!A4")


# Numbers


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1,242", "87", "nd"], [1242, 87, ND]),
        (["1 242", "-", "2 100"], [1242, ND, 2100]),
        (["1.242.300", "2.100", "5"], [1242300, 2100, 5]),
        (["1’242", "12", "0"], [1242, 12, 0]),
    ],
)
def test_a_column_of_typed_numbers_has_one_way_of_writing_them(texts, expected):
    rows = [[area, text] for area, text in zip(("Coclé", "Herrera", "Veraguas"), texts, strict=True)]
    found = read(["Área", "Mujeres (directo)"], *rows)
    wanted = [number if number is ND else Quantity(number) for number in expected]
    assert ([row.quantity for row in found.rows], found.questions, found.problems) == (wanted, [], [])


def test_numbers_written_in_two_ways_are_problems_and_money_is_no_count():
    found = read(["Área", "Mujeres (directo)"], ["Coclé", "1.242,5"], ["Herrera", "2,100.5"], ["Veraguas", "USD 12"])
    assert ("Hoja1!B2", "mixed_numbers") in problems(found)
    assert ("Hoja1!B4", "not_a_number") in problems(found)


@pytest.mark.parametrize(
    ("said", "code", "choices", "suggestion"),
    [
        ("35 familias", "unit", ("35", "nd"), ""),
        ("~300", "about", ("300", "nd"), "300"),
        ("500+", "at_least", ("500", "nd"), "500"),
        ("10-15", "range", ("10", "15", "nd"), ""),
        ("12 (8M, 4H)", "parts", ("12", "8", "4", "nd"), ""),
    ],
)
def test_what_is_only_said_is_asked_about_with_a_suggestion(said, code, choices, suggestion):
    rows = [["Área", "Mujeres (directo)"], ["Herrera", 7], ["Coclé", said]]
    [question] = read(*rows).questions
    assert (question.code, question.choices, question.suggestion) == (f"{code}:Hoja1!B3", choices, suggestion)
    answered = read(*rows, answers={question.code: choices[0]})
    assert own(answered)["Coclé", "women_direct"] == int(choices[0])
    assert own(read(*rows, answers={question.code: "nd"}))["Coclé", "women_direct"] == "nd"


def test_a_code_of_another_country_is_no_area_of_this_one():
    assert problems(read(["Código", "Mujeres (directo)"], ["ET02", 3])) == [("Hoja1!A2", "unknown_area")]


def test_many_places_of_which_none_is_the_programmes_are_refused_in_one_sentence():
    rows = [[f"Lugar {number}", number] for number in range(1, 9)]
    found = read(["Área", "Mujeres (directo)"], *rows)
    assert (problems(found), found.rows) == ([("Hoja1!A1", "no_known_area")], [])
