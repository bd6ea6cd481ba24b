"""Numbers as people type them: a column's one way of writing, or a question; counts that are only said."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.spreadsheets.loose_counts import Kind, loose_count
from beneficiaries.spreadsheets.numerals import CONVENTIONS, Mixed, Settled, TwoWays, read_column


def values(*texts):
    settled = read_column(texts)
    assert isinstance(settled, Settled)
    return [None if value is None else str(value) for value in settled.values]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["1,242", "87"], ["1242", "87"]),
        (["1,242", "1,242,500"], ["1242", "1242500"]),
        (["1.242.500", "1.242"], ["1242500", "1242"]),
        (["1.242", "12,5"], ["1242", "12.5"]),
        (["1,242", "12.5"], ["1242", "12.5"]),
        (["1 242", "87"], ["1242", "87"]),
        (["1\u00a0242,5", "1\u202f300"], ["1242.5", "1300"]),
        (["1'242", "1’300"], ["1242", "1300"]),
        (["0.250", "1.5"], ["0.250", "1.5"]),
        (["-12", "−7"], ["-12", "-7"]),
        (["nd", "", "doce", "3"], [None, None, None, "3"]),
        ([], []),
    ],
)
def test_a_column_with_one_possible_reading_is_read(texts, expected):
    assert values(*texts) == expected


@pytest.mark.parametrize(
    ("texts", "place", "choices"),
    [
        (["12", "1.242"], 1, ["1242", "1.242"]),
        (["1.242", "2.300"], 0, ["1242", "1.242"]),
        (["nd", "-1.242"], 1, ["-1242", "-1.242"]),
    ],
)
def test_a_column_that_reads_in_two_ways_is_asked_about_with_whole_numbers_first(texts, place, choices):
    asked = read_column(texts)
    assert isinstance(asked, TwoWays)
    assert (asked.place, [str(choice) for choice in asked.choices]) == (place, choices)


@pytest.mark.parametrize(
    ("texts", "places"),
    [(["1.242,50", "2.100,00", "1,300.5"], (2,)), (["1,242,000", "2,000,000", "1.242.000"], (2,))],
)
def test_a_column_that_no_way_of_writing_reads_names_the_cells_at_odds(texts, places):
    mixed = read_column(texts)
    assert isinstance(mixed, Mixed)
    assert mixed.places == places


def written(number, way):
    digits = f"{number:,}".replace(",", way.thousands)
    return digits if number >= 1000 else str(number)


@given(st.lists(st.integers(0, 10**9), max_size=8), st.sampled_from(CONVENTIONS))
def test_what_was_written_in_one_way_is_always_among_the_readings(numbers, way):
    read = read_column([written(number, way) for number in numbers])
    assert not isinstance(read, Mixed)
    readings = [read.values] if isinstance(read, Settled) else read.readings
    assert tuple(map(Decimal, numbers)) in readings


# Counts that are only said


@pytest.mark.parametrize(
    ("text", "kind", "number", "suggestion"),
    [
        ("35 familias", Kind.UNIT, 35, None),
        ("35 familias rurales", Kind.UNIT, 35, None),
        ("1,200 personas", Kind.UNIT, 1200, 1200),
        ("40 women", Kind.UNIT, 40, 40),
        ("~300", Kind.ABOUT, 300, 300),
        ("aprox. 300", Kind.ABOUT, 300, 300),
        ("about 1 300", Kind.ABOUT, 1300, 1300),
        ("300 aprox.", Kind.ABOUT, 300, 300),
        ("500+", Kind.AT_LEAST, 500, 500),
        ("más de 500", Kind.AT_LEAST, 500, 500),
        ("≥ 500", Kind.AT_LEAST, 500, 500),
        ("500 o más", Kind.AT_LEAST, 500, 500),
        ("10-15", Kind.RANGE, 10, None),
        ("entre 10 y 15", Kind.RANGE, 10, None),
        ("10 to 15", Kind.RANGE, 10, None),
        ("12 (8M, 4H)", Kind.PARTS, 12, 12),
        ("12 (8 mujeres y 4 hombres)", Kind.PARTS, 12, 12),
        ("13 (8M, 4H)", Kind.PARTS, 13, None),
    ],
)
def test_what_is_said_is_recognised_with_the_count_to_offer(text, kind, number, suggestion):
    said = loose_count(text)
    assert (said.kind, said.number, said.suggestion) == (kind, number, suggestion)


@pytest.mark.parametrize(
    ("text", "sexes"),
    [
        ("12 (8M, 4H)", (8, 4)),
        ("12 (F: 8, M: 4)", (8, 4)),
        ("12 (4 men / 8 women)", (8, 4)),
        ("12 (8 mujeres)", (8, None)),
        ("12 (8M)", (None, None)),
    ],
)
def test_m_is_women_beside_h_men_beside_f_and_unknown_alone(text, sexes):
    said = loose_count(text)
    assert (said.women, said.men) == sexes


@pytest.mark.parametrize(
    "text",
    [
        "1,242",
        "12",
        "nd",
        "",
        "Coclé",
        "12/18/2009",
        "1.5 familias",
        "15-10",
        "12 (2010)",
        "12 (8M, 4 otros)",
        "~",
        "+",
    ],
)
def test_figures_words_and_dates_are_none_of_these(text):
    assert loose_count(text) is None


@pytest.mark.parametrize("text", ["12 (4 mujeres, 4 hombres, 4M)", "12 (4F, 4 mujeres)", "12 (4M, 8M)"])
def test_a_sex_that_is_said_twice_is_not_understood(text):
    assert loose_count(text) is None
