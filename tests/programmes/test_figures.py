"""Numbers, money and dates as people read and type them. The examples of the modules are run too."""

import doctest
from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from programmes import figures, quantities
from programmes.figures import Ambiguous, number, parse_amount, parse_number
from programmes.findings import budget, dates
from programmes.quantities import Sum


@pytest.mark.parametrize("module", [figures, budget, dates], ids=lambda module: module.__name__)
def test_the_examples_in_the_documentation_are_true(module):
    result = doctest.testmod(module, extraglobs={"date": date, "Decimal": Decimal})
    assert (result.attempted > 0, result.failed) == (True, 0)


def test_quantities_have_no_wrong_examples():
    assert doctest.testmod(quantities).failed == 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1,000"),
        (Decimal("1839500"), "1,839,500"),
        (Decimal("0.50"), "0.50"),
        (Decimal("1234.5"), "1,234.50"),
        (Decimal("-0.25"), "−0.25"),
    ],
)
def test_numbers_read_the_same_in_both_languages(value, text):
    assert number(value) == text


@pytest.mark.parametrize("active", ["es", "en"])
def test_the_language_asked_for_decides_and_not_the_active_one(active):
    with override(active):
        assert figures.day(date(2009, 12, 18), "es") == "Diciembre 18, 2009"
        assert figures.day(date(2009, 12, 18), "en") == "December 18, 2009"
        assert figures.month(date(2011, 2, 1), "es") == "Febrero 2011"


@pytest.mark.parametrize(
    ("value", "es", "en"),
    [
        (Sum(787, 2, 0), "787", "787"),
        (Sum(518, 2, 1), "≥ 518 (falta 1 de 3)", "≥ 518 (1 of 3 missing)"),
        (Sum(518, 1, 2), "≥ 518 (faltan 2 de 3)", "≥ 518 (2 of 3 missing)"),
        (
            Sum(877, 4, 1, date(2011, 10, 31)),
            "≥ 877 (falta 1 de 5 después de Octubre 31, 2011)",
            "≥ 877 (1 of 5 missing after October 31, 2011)",
        ),
        (
            Sum(787, 0, 5, date(2011, 10, 31)),
            "≥ 787 (faltan 5 de 5 después de Octubre 31, 2011)",
            "≥ 787 (5 of 5 missing after October 31, 2011)",
        ),
        (Sum(None, 0, 3), "nd", "nd"),
        (Sum(None, 0, 0), "no aplica", "not applicable"),
        (Sum(0, 1, 0), "0", "0"),
    ],
)
def test_sums_in_words(value, es, en):
    assert (figures.in_words(value, "es"), figures.in_words(value, "en")) == (es, en)


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1,839,500", "1839500"),
        ("1.839.500", "1839500"),
        ("1 839 500", "1839500"),
        ("1\u00a0839\u202f500", "1839500"),
        ("1'839'500", "1839500"),
        ("USD 1,839,500.25", "1839500.25"),
        ("US$1.839.500,25", "1839500.25"),
        ("1,839", "1839"),
        ("0.25", "0.25"),
        ("12,5", "12.5"),
        ("-12", "-12"),
        ("−12", "-12"),
        ("0", "0"),
    ],
)
def test_amounts_as_people_type_them(typed, amount):
    assert parse_amount(typed) == Decimal(amount)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("doce", "not_an_amount"),
        ("1,2,3", "not_an_amount"),
        ("12 34", "not_an_amount"),
        ("1.000,000.5", "not_an_amount"),
        ("1e6", "not_an_amount"),
        ("1.839", "ambiguous_amount"),
        ("12.3456", "too_many_decimals"),
    ],
)
def test_what_is_no_amount_says_what_to_write(typed, code):
    with pytest.raises(ValidationError) as refused:
        parse_amount(typed)
    assert refused.value.code == code


def test_nothing_typed_is_no_amount_and_not_zero():
    assert parse_amount("") is parse_amount("  ") is parse_amount(None) is None


def test_an_ambiguous_number_keeps_its_sign():
    assert parse_number("-1.839") == Ambiguous((Decimal("-1839"), Decimal("-1.839")))


@given(st.integers(-(10**12), 10**12))
def test_a_printed_number_reads_back(value):
    assert parse_amount(number(value)) == value


@given(st.decimals(0, 10**9, places=2))
def test_a_printed_amount_reads_back(value):
    assert parse_amount(figures.usd(value)) == value
