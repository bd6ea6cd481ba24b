"""Missing is not zero: the arithmetic of figures with a state."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.quantities import BLANK, NA, ND, PENDING, Quantity, State, Sum, difference, share, total

figures = st.one_of(st.integers(0, 10**6).map(Quantity), st.sampled_from([ND, NA, PENDING, BLANK]))


def test_only_a_reported_figure_has_a_number():
    assert Quantity(0).is_reported
    with pytest.raises(ValueError, match="reported cannot hold"):
        Quantity(None)
    for state in (State.ND, State.NA, State.PENDING, State.BLANK):
        with pytest.raises(ValueError, match=f"{state} cannot hold the value 0"):
            Quantity(0, state)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([Quantity(518), Quantity(269)], Sum(787, 2, 0)),
        ([Quantity(518), ND], Sum(518, 1, 1)),
        ([ND, PENDING, BLANK], Sum(None, 0, 3)),
        ([Quantity(5), NA], Sum(5, 1, 0)),
        ([NA, NA], Sum(None, 0, 0)),
        ([], Sum(None, 0, 0)),
        ([Quantity(0)], Sum(0, 1, 0)),
    ],
)
def test_a_sum_remembers_what_it_is_made_of(parts, expected):
    assert total(parts) == expected


@pytest.mark.parametrize(
    ("value", "complete", "not_applicable", "quantity"),
    [
        (Sum(787, 2, 0), True, False, Quantity(787)),
        (Sum(518, 2, 1), False, False, ND),
        (Sum(None, 0, 3), False, False, ND),
        (Sum(None, 0, 0), False, True, NA),
        (Sum(0, 1, 0), True, False, Quantity(0)),
    ],
)
def test_a_sum_is_a_figure_only_when_complete(value, complete, not_applicable, quantity):
    assert (value.is_complete, value.is_not_applicable, value.quantity) == (complete, not_applicable, quantity)


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (Quantity(518), Quantity(787), Quantity(Decimal("65.8"))),
        (Quantity(1), Quantity(8), Quantity(Decimal("12.5"))),
        (Quantity(1), Quantity(2000), Quantity(Decimal("0.1"))),  # 0.05 is rounded up
        (Quantity(0), Quantity(5), Quantity(Decimal("0.0"))),
        (Quantity(5), Quantity(0), NA),
        (ND, Quantity(5), ND),
        (Quantity(5), PENDING, ND),
        (NA, Quantity(5), NA),
        (ND, NA, NA),
    ],
)
def test_a_share_needs_complete_figures(part, whole, expected):
    assert share(part, whole) == expected


@pytest.mark.parametrize(
    ("after", "before", "expected"),
    [
        (Quantity(5), Quantity(8), Quantity(-3)),
        (Quantity(Decimal("0.30")), Quantity(Decimal("0.10")), Quantity(Decimal("0.20"))),
        (ND, Quantity(8), ND),
        (Quantity(8), BLANK, ND),
        (Quantity(8), NA, NA),
    ],
)
def test_a_difference_needs_complete_figures(after, before, expected):
    assert difference(after, before) == expected


@given(st.lists(figures), st.lists(figures))
def test_adding_two_sums_is_summing_all_parts(left, right):
    assert total(left) + total(right) == total(left + right)


@given(st.lists(figures), st.randoms(use_true_random=False))
def test_the_order_of_the_parts_does_not_matter(parts, random):
    assert total(random.sample(parts, len(parts))) == total(parts)


@given(st.lists(figures))
def test_what_does_not_apply_changes_nothing(parts):
    assert total([*parts, NA]) == total(parts)


@given(st.lists(figures), st.sampled_from([ND, PENDING, BLANK]))
def test_a_missing_part_adds_nothing_and_makes_the_sum_incomplete(parts, missing):
    after = total([*parts, missing])
    assert after.known == total(parts).known
    assert not after.is_complete
    assert not after.is_not_applicable


@given(figures, figures)
def test_a_share_lies_between_nothing_and_all_when_the_part_lies_in_the_whole(part, whole):
    rate = share(part, whole)
    if rate.is_reported and part.value <= whole.value:
        assert 0 <= rate.value <= 100
