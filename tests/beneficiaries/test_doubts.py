"""Figures that look wrong beside what was said before. No database."""

import pytest

from beneficiaries.findings.doubts import doubts


def key(category, area="Coclé"):
    return area, category, "direct"


def codes(before, after):
    return [(doubt.code, doubt.key[1]) for doubt in doubts(before, after)]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        (518, 5180, "ten_times"),
        (518, 5179, None),
        (1, 10, None),
        (518, 0, "zero_for_number"),
        (0, 0, None),
        (0, 518, None),
    ],
)
def test_a_figure_is_held_against_what_it_was(before, after, code):
    assert codes({key("institutions"): before}, {key("institutions"): after}) == (
        [(code, "institutions")] if code else []
    )


def test_women_and_men_that_changed_places_are_both_shown():
    before = {key("women"): 518, key("men"): 269}
    assert codes(before, {key("women"): 280, key("men"): 530}) == [
        ("sexes_exchanged", "women"),
        ("sexes_exchanged", "men"),
    ]
    assert codes(before, {key("women"): 540, key("men"): 280}) == []
    assert codes({key("women"): 100, key("men"): 110}, {key("women"): 110, key("men"): 100}) == []


def test_what_is_missing_on_either_side_is_not_compared():
    assert codes({key("women"): 518}, {key("women", "Herrera"): 0}) == []
    assert codes({key("women"): 518, key("men"): 269}, {key("women"): 269}) == []


def test_each_says_what_to_do():
    [doubt] = doubts({key("women"): 518}, {key("women"): 51_800})
    assert "51,800" in doubt.message
    assert "518" in doubt.message
