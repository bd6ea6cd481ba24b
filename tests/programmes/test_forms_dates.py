"""Dates as people type them."""

import doctest
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programmes import dates, figures
from programmes.dates import parse_day, parse_day_or_month, parse_month

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 12, 31))


def test_the_examples_hold():
    assert doctest.testmod(dates).failed == 0


@pytest.mark.parametrize("language", ["es", "en"])
@given(day=DAYS)
def test_what_the_portal_prints_it_also_reads(language, day):
    assert parse_day(figures.day(day, language), language) == day
    assert parse_month(figures.month(day, language)) == day.replace(day=1)
    assert parse_day(day.isoformat(), language) == day


@pytest.mark.parametrize("language", ["es", "en"])
@given(day=DAYS)
def test_two_numbers_are_the_day_and_month_or_a_question(language, day):
    typed = f"{day.day:02}/{day.month:02}/{day.year}"
    if language == "en" and day.day <= 12 and day.day != day.month:
        with pytest.raises(ValidationError) as refused:
            parse_day(typed, language)
        assert refused.value.code == "ambiguous_date"
    else:
        assert parse_day(typed, language) == day


@given(st.text(max_size=40))
def test_anything_else_is_refused_with_a_code(typed):
    codes = {dates.code_of(parse_month, typed), *(dates.code_of(parse_day, typed, one) for one in ("es", "en"))}
    assert codes <= {"", "not_a_date", "not_a_month", "no_such_day", "ambiguous_date", "year_out_of_range"}


@pytest.mark.parametrize("typed", ["setiembre 2011", "Septiembre de 2011", "SEP 2011", "9/2011", "2011-09"])
def test_september_has_many_names(typed):
    assert parse_day_or_month(typed, "es") == (date(2011, 9, 1), True)


def test_the_first_of_a_month_is_a_day_when_the_day_was_typed():
    assert parse_day_or_month("Septiembre 1, 2011", "es") == (date(2011, 9, 1), False)
