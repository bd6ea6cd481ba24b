"""Cells to typed rows: what is understood, and every problem with its cell. No database."""

import pytest

from beneficiaries.models import Category
from beneficiaries.spreadsheets.columns import columns_for
from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from programmes.models import Area
from programmes.quantities import BLANK, NA, ND, Quantity

PLACES = [
    (1, "Coclé", "PA-2", "PA03", "02"),
    (2, "Herrera", "PA-6", "PA06", "06"),
    (3, "Veraguas", "PA-9", "PA09", "09"),
    (4, "Chiriquí", "PA-4", "PA02", "04"),
    (5, "Bocas del Toro", "PA-1", "PA01", "01"),
]
AREAS = [
    Area(pk=pk, name=name, slug=name.lower(), kind="provincia", iso_code=iso, ocha_code=ocha, census_code=census)
    for pk, name, iso, ocha, census in PLACES
]
PERSONS = Category(pk=9, code="persons", label_es="Personas", label_en="Persons", unit="persons", position=5)
CATEGORIES = [
    PERSONS,
    Category(
        pk=1, code="women", label_es="Mujeres", label_en="Women", unit="persons", synonyms=["Femenino"], part_of=PERSONS
    ),
    Category(pk=2, code="men", label_es="Hombres", label_en="Men", unit="persons"),
]
COLUMNS = columns_for(None, AREAS[:4], AREAS, CATEGORIES)
HEADER = ["Área", "Mujeres (directo)", "Hombres (directo)", "Mujeres (indirecto)"]
EXPECTED = Expected("MDGF-2097", ("FAO", "FAO"), "2011-S2", "new")


def book(*rows, name="Hoja1", others=()):
    return Workbook("xlsx", (Sheet(name, list(rows)), *others))


OWN = Sheet("_ficha", [["programme", "MDGF-2097"]], hidden=True)


def read_template(*rows, header=HEADER, **kwargs):
    return read_rows(book(header, *rows, others=[OWN]), COLUMNS, **kwargs)


def read_foreign(*rows, header=HEADER, **kwargs):
    return read_rows(book(header, *rows), COLUMNS, **kwargs)


@pytest.fixture(params=[read_template, read_foreign], ids=["template", "foreign"])
def read(request):
    """The template's reader and the reader of any layout: where a table is plain, they say the same."""
    return request.param


def problems(reading):
    return [(problem.cell, problem.code) for problem in reading.problems]


def figures(reading):
    return {(row.area.name if row.area else "", row.category.code, row.reach): row.quantity for row in reading.rows}


def test_a_filled_template_becomes_rows_that_know_their_cells(read):
    reading = read(["Coclé", 12, "nd", None], ["Sin área", 3, 0, 4])
    assert problems(reading) == []
    assert figures(reading) == {
        ("Coclé", "women", "direct"): Quantity(12),
        ("Coclé", "men", "direct"): ND,
        ("Coclé", "women", "indirect"): BLANK,
        ("", "women", "direct"): Quantity(3),
        ("", "men", "direct"): Quantity(0),
        ("", "women", "indirect"): Quantity(4),
    }
    assert [row.cell for row in reading.rows[:3]] == ["Hoja1!B2", "Hoja1!C2", "Hoja1!D2"]


def test_the_header_is_found_wherever_it_stands():
    rows = [["Informe semestral"], [], [None, *HEADER], [None, "Coclé", 1, 2, 3]]
    reading = read_rows(book(*rows), COLUMNS)
    assert (reading.header_row, reading.rows[0].cell) == (3, "Hoja1!C4")


def test_an_empty_row_says_nothing_and_is_counted(read):
    reading = read(["Coclé", 1, 2, 3], ["Herrera"], [], ["Veraguas", None, "  "])
    assert (reading.empty_rows, len(reading.rows)) == (3, 3)


@pytest.mark.parametrize("written", ["cocle", "COCLÉ", "Provincia de Coclé", "PA-2", "PA03", "pa-2"])
def test_areas_are_known_by_name_without_accents_and_by_each_list_of_codes(written, read):
    assert read([written, 1, 2, 3]).rows[0].area.name == "Coclé"


@pytest.mark.parametrize("code", ["02", "2", 2, "PA2"])
def test_a_code_that_two_lists_read_differently_is_asked_about(code, read):
    reading = read([code, 1, 2, 3])
    assert reading.rows == []
    [question] = reading.questions
    assert (question.code, question.cell, set(question.choices)) == (f"area:{code}", "Hoja1!A2", {"Coclé", "Chiriquí"})
    assert read([code, 1, 2, 3], answers={f"area:{code}": "Chiriquí"}).rows[0].area.name == "Chiriquí"


def test_a_code_that_all_lists_read_alike_is_not_asked_about(read):
    assert read(["06", 1, 2, 3]).rows[0].area.name == "Herrera"


def test_an_answer_that_is_not_a_choice_answers_nothing(read):
    assert read(["02", 1, 2, 3], answers={"area:02": "Herrera"}).questions


def test_a_misspelt_area_is_named_with_a_suggestion(read):
    [problem] = read(["Veragua", 1, 2, 3]).problems
    assert (problem.cell, problem.column, problem.found, problem.code) == (
        "Hoja1!A2",
        "Área",
        "Veragua",
        "unknown_area_suggestion",
    )
    assert problem.params == {"suggestion": "Veraguas"}


def test_an_area_of_the_country_outside_the_programme_is_a_problem(read):
    [problem] = read(["Bocas del Toro", 1, 2, 3]).problems
    assert problem.code == "area_of_another_programme"


def test_every_problem_is_listed_and_not_only_the_first(read):
    reading = read(
        ["Coclé", -12, "doce", 1.5],
        ["Atlantis", 1, -2, 3],
        [None, 4, 5, 6],
        ["Coclé", 1, 2, 3],
        ["Herrera", {"error": "#REF!"}, {"date": "2011-10-31"}, True],
    )
    assert problems(reading) == [
        ("Hoja1!B2", "negative"),
        ("Hoja1!C2", "not_a_number"),
        ("Hoja1!D2", "decimals"),
        ("Hoja1!A3", "unknown_area"),
        ("Hoja1!C3", "negative"),
        ("Hoja1!A4", "area_missing"),
        ("Hoja1!A5", "duplicate_area"),
        ("Hoja1!B6", "formula_lost_cell"),
        ("Hoja1!C6", "date_for_number"),
        ("Hoja1!D6", "not_a_number"),
    ]


def test_a_figure_with_a_problem_stays_missing_and_is_never_left_out_of_a_sum(read):
    assert figures(read(["Coclé", -12, 1, 1]))["Coclé", "women", "direct"] == BLANK


def test_a_part_is_never_more_than_its_whole(read):
    header = ["Área", "Personas (directo)", "Mujeres (directo)"]
    [problem] = read(["Coclé", 10, 11], ["Herrera", 10, 10], ["Veraguas", "nd", 5], header=header).problems
    assert (problem.cell, problem.code, problem.params["first"]) == ("Hoja1!C2", "part_above_whole", "Hoja1!B2")


def test_unknown_and_repeated_columns_are_problems_only_when_they_hold_something():
    header = [*HEADER, "Mujeres adultas directas", "Vacía", "Mujeres directas", "Observaciones"]
    reading = read_template(["Coclé", 1, 2, 3, 4, None, 5, "un comentario"], header=header)
    assert problems(reading) == [("Hoja1!E1", "unknown_column"), ("Hoja1!G1", "duplicate_column")]


def test_figures_beside_the_header_are_not_lost_in_silence():
    assert problems(read_template(["Coclé", 1, 2, 3, 99])) == [("Hoja1!E1", "unknown_column_plain")]


def test_a_row_of_totals_is_checked_and_never_loaded():
    reading = read_template(["Coclé", 1, 2, 3], ["Herrera", 4, 5, 6], ["TOTAL", 5, 8, 9])
    assert len(reading.rows) == 6
    assert [(note.cell, note.code) for note in reading.notes] == [
        ("Hoja1!A4", "total_row"),
        ("Hoja1!C4", "total_differs"),
    ]


def test_a_typed_na_and_a_typed_dash_are_noted(read):
    reading = read(["Coclé", "na", "-", 3])
    assert figures(reading)["Coclé", "women", "direct"] == NA
    assert [(note.cell, note.code) for note in reading.notes] == [
        ("Hoja1!B2", "not_applicable"),
        ("Hoja1!C2", "typed_dash"),
    ]


def test_a_comma_that_groups_thousands_is_said_once_for_its_column(read):
    reading = read(["Coclé", "1,200", "-", 3], ["Herrera", "2,300", "4,500", 1200])
    assert figures(reading)["Herrera", "women", "direct"] == Quantity(2300)
    assert [(note.cell, note.code) for note in reading.notes] == [
        ("Hoja1!B2", "comma_groups"),
        ("Hoja1!C2", "typed_dash"),
        ("Hoja1!C3", "comma_groups"),
    ]
    assert "1200" in reading.notes[0].message


def test_a_footnote_beneath_the_table_is_left_out_with_a_note(read):
    reading = read(["Coclé", 1, 2, 3], ["Fuente: informes de campo"])
    assert (problems(reading), [note.code for note in reading.notes]) == ([], ["text_row"])


def test_an_ambiguous_number_is_asked_about_once_for_its_column(read):
    reading = read(["Coclé", "1.839", 2, 3], ["Herrera", "1.200", 2, 3])
    [question] = reading.questions
    assert (question.code, question.cell, question.choices) == (
        "numbers:women_direct",
        "Hoja1!B2",
        ("1839", "1.839"),
    )
    answered = read(["Coclé", "1.839", 2, 3], ["Herrera", "1.200", 2, 3], answers={"numbers:women_direct": "1839"})
    assert [row.quantity.value for row in answered.rows if row.category.code == "women" and row.reach == "direct"] == [
        1839,
        1200,
    ]
    refused = read(["Coclé", "1.839", 2, 3], answers={"numbers:women_direct": "1.839"})
    assert problems(refused) == [("Hoja1!B2", "decimals")]


def test_no_header_no_figures_and_figures_in_two_sheets_are_problems():
    assert problems(read_rows(book(["a", "b"], others=[OWN]), COLUMNS)) == [("Hoja1", "no_header")]
    assert problems(read_template(["Coclé"])) == [("Hoja1", "no_figures")]
    second = Sheet("Hoja2", [HEADER, ["Coclé", 1]])
    assert problems(read_rows(book(HEADER, ["Coclé", 1], others=[second, OWN]), COLUMNS)) == [("", "several_sheets")]


def test_hidden_sheets_and_instructions_are_not_read_as_figures():
    others = [Sheet("vieja", [HEADER, ["Coclé", 9]], hidden=True), Sheet("Instrucciones", [HEADER, ["Coclé", 9]])]
    assert len(read_rows(book(HEADER, ["Coclé", 1], others=others), COLUMNS).rows) == 3


@pytest.mark.parametrize(
    ("part", "value", "code"),
    [
        ("Programa", "MDGF-1234", "other_programme"),
        ("Agencia", "ONUDI", "other_agency"),
        ("Período", "2011-S1", "other_period"),
        ("Cifras", "acumuladas desde el inicio", "other_basis"),
    ],
)
def test_a_template_for_something_else_is_a_problem_at_the_cell_that_says_so(part, value, code):
    stated = {"Programa": "MDGF-2097-D-PAN", "Agencia": "FAO", "Período": "2011-S2", "Cifras": "nuevas en el período"}
    title = [[label, found] for label, found in (stated | {part: value}).items()]
    reading = read_rows(book(*title, HEADER, ["Coclé", 1]), COLUMNS, expected=EXPECTED)
    row = list(stated).index(part) + 1
    assert problems(reading) == [(f"Hoja1!B{row}", code)]


def test_the_hidden_sheet_speaks_when_the_title_is_gone():
    hidden = Sheet("_ficha", [["programme", "MDGF-2097"], ["agency", "programme"], ["period", "2011-S2"]], hidden=True)
    reading = read_rows(book(HEADER, ["Coclé", 1], others=[hidden]), COLUMNS, expected=EXPECTED)
    assert problems(reading) == [("_ficha!B2", "other_agency")]


def test_a_foreign_table_with_a_line_about_its_programme_is_no_template():
    reading = read_rows(book(["Programa", "Ferias locales"], HEADER, ["Coclé", 1]), COLUMNS, expected=EXPECTED)
    assert problems(reading) == []
