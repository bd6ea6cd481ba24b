"""What one cell says: a number, a state, or what is wrong with it."""

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.spreadsheets import areas, child, columns, delimited, reading, rows, values
from beneficiaries.spreadsheets.values import NotAFigure, figure, grouping_of
from programmes.quantities import BLANK, NA, ND, PENDING, Quantity


@pytest.mark.parametrize("module", [areas, child, columns, delimited, reading, rows, values])
def test_examples_in_the_docstrings_hold(module):
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    "typed", ["nd", "ND", "n/d", "N.D.", "s/d", "sd", "Sin datos", "-", "–", "—", "_", ".", "…", " - "]
)
def test_words_and_dashes_that_mean_no_data(typed):
    assert figure(typed) == ND


@pytest.mark.parametrize("typed", ["na", "n/a", "N.A.", "No aplica", "not applicable"])
def test_words_that_mean_not_applicable(typed):
    assert figure(typed) == NA


@pytest.mark.parametrize("typed", ["pendiente", "Por confirmar", "pending", "TBC"])
def test_words_that_mean_pending(typed):
    assert figure(typed) == PENDING


@pytest.mark.parametrize("cell", [None, "", "   ", "\u00a0"])
def test_an_empty_cell_is_blank_and_not_zero(cell):
    assert figure(cell) == BLANK


@pytest.mark.parametrize("cell", [0, 0.0, "0"])
def test_zero_is_zero(cell):
    assert figure(cell) == Quantity(0)


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        (-12, "negative"),
        ("-12", "negative"),
        (12.5, "decimals"),
        ("12,5", "decimals"),
        ("doce", "not_a_number"),
        ("518*", "not_a_number"),
        (True, "not_a_number"),
        ({"date": "2011-10-31"}, "date_for_number"),
        ("31/10/2011", "date_for_number"),
        (3_000_000_000, "number_too_large"),
        ({"error": "#REF!"}, "formula_lost_cell"),
        ({"error": "#N/A"}, "formula_error"),
        ({"error": "="}, "formula_not_computed"),
        ("#¡REF!", "formula_lost_cell"),
        ("#¡DIV/0!", "formula_error"),
        ("#N/D", "formula_error"),
        ("Err:502", "formula_error"),
    ],
)
def test_what_is_no_figure_says_why(cell, problem):
    with pytest.raises(NotAFigure) as wrong:
        figure(cell)
    assert wrong.value.code == problem


def test_a_remainder_of_binary_arithmetic_is_no_decimal():
    assert figure(0.1 * 30) == Quantity(3)


@pytest.mark.parametrize(
    ("column", "sign"),
    [
        (["1.839.500", "1.200"], "."),
        (["12,5", "1.200"], "."),
        (["1,839.50", "1,200"], ","),
        (["1,839"], ","),
        (["1.839"], None),
        (["1.839", "1.839.500", "1,839,500"], None),
        (["12", 1839, None, "nd"], ""),
    ],
)
def test_the_whole_column_tells_how_its_numbers_are_written(column, sign):
    assert grouping_of(column) == sign


@pytest.mark.parametrize(("typed", "sign", "value"), [("1.839", ".", 1839), ("1,839", ",", 1839), ("1 839", "", 1839)])
def test_a_number_is_read_by_the_convention_of_its_column(typed, sign, value):
    assert figure(typed, sign) == Quantity(value)


@given(st.integers(min_value=0, max_value=2_147_483_647))
def test_every_count_is_read_however_it_is_written(value):
    assert figure(value) == figure(float(value)) == figure(str(value)) == Quantity(value)
    assert figure(f"{value:,}", ",") == figure(f"{value:,}".replace(",", "."), ".") == Quantity(value)


@given(st.text(max_size=30))
def test_no_text_becomes_a_number_by_accident(text):
    try:
        read = figure(text)
    except NotAFigure:
        return
    assert not read.is_reported or any(char.isdigit() for char in text)
