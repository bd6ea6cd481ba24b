"""Findings on money against time, and on the judgement of the status beside them."""

from datetime import date
from decimal import Decimal

import pytest

from programmes.findings.delivery import (
    delivered_share,
    delivery_ahead_of_time,
    delivery_behind_time,
    elapsed_share,
    on_track_behind_time,
)
from programmes.findings.monitoring import (
    assessment_old,
    missions_before_start,
    missions_of_the_future,
    no_evaluation,
)
from programmes.quantities import Sum

START, END = date(2010, 1, 1), date(2012, 12, 31)


def shares(*values):
    return [None if value is None else Decimal(value) for value in values]


def codes(found):
    return [finding.code for finding in found]


def test_the_time_that_has_passed_is_a_share_between_nothing_and_all():
    assert elapsed_share(START, END, date(2011, 7, 2)) == Decimal("50.0")
    assert elapsed_share(START, END, date(2009, 1, 1)) == 0
    assert elapsed_share(START, END, date(2014, 1, 1)) == 100
    assert elapsed_share(None, END, END) is None
    assert elapsed_share(START, None, END) is None
    assert elapsed_share(END, START, END) is None


def test_delivery_is_known_only_from_complete_figures():
    assert delivered_share(Sum(Decimal(30), 2, 0), Decimal(200)) == Decimal("15.0")
    assert delivered_share(Sum(Decimal(30), 1, 1), Decimal(200)) is None
    assert delivered_share(Sum(Decimal(30), 2, 0), None) is None
    assert delivered_share(Sum(Decimal(30), 2, 0), Decimal(0)) is None


@pytest.mark.parametrize(
    ("elapsed", "delivered", "expected"),
    [
        ("60", "27", ["delivery_behind_time"]),
        ("60", "28", []),
        ("24.9", "0", []),  # the first tranche is not at work yet
        (None, "0", []),
        ("60", None, []),
    ],
)
def test_delivery_far_behind_the_time(elapsed, delivered, expected):
    assert codes(delivery_behind_time(*shares(elapsed, delivered))) == expected


def test_delivery_says_both_shares_and_holds_while_only_time_passes():
    (then,), (later,) = (delivery_behind_time(*shares(elapsed, "20.5")) for elapsed in ("60", "61"))
    assert (
        then.in_language("en").message == "20.5\u00a0% of the budget is committed; 60.0\u00a0% of the time has passed."
    )
    assert then.key == later.key


@pytest.mark.parametrize(
    ("elapsed", "delivered", "expected"),
    [("40", "73", ["delivery_ahead_of_time"]), ("40", "72", []), ("40", "101", []), (None, "73", []), ("40", None, [])],
)
def test_a_budget_that_is_used_up_early(elapsed, delivered, expected):
    assert codes(delivery_ahead_of_time(*shares(elapsed, delivered))) == expected


def test_on_track_while_delivery_is_behind():
    assert codes(on_track_behind_time("on_track", *shares("60", "20"))) == ["on_track_behind_time"]
    assert on_track_behind_time("delayed", *shares("60", "20")) == []
    assert on_track_behind_time("on_track", *shares("60", "50")) == []


def test_an_assessment_of_another_semester():
    (finding,) = assessment_old("delayed", date(2011, 4, 29), date(2011, 10, 31))
    assert (finding.code, finding.field) == ("assessment_old", "id_assessed_on")
    assert assessment_old("delayed", date(2011, 4, 30), date(2011, 10, 31)) == []
    assert assessment_old("", None, date(2011, 10, 31)) == []


def test_missions_that_have_not_been_held_yet():
    missions = [(date(2011, 2, 1), "month"), (date(2011, 11, 1), "month")]
    (finding,) = missions_of_the_future(missions, date(2011, 10, 31))
    assert (finding.code, finding.field) == ("mission_in_future", "id_missions-1-held")
    assert (
        finding.in_language("en").message
        == "It is dated November 2011; the sheet says what was held by October 31, 2011."
    )
    assert missions_of_the_future(missions, date(2011, 11, 1)) == []


def test_missions_before_the_start():
    first = date(2009, 12, 1)
    missions = [(date(2009, 11, 1), "month"), (first, "month"), (first, "day"), (date(2009, 12, 18), "day")]
    found = missions_before_start(date(2009, 12, 18), missions)
    assert [finding.field for finding in found] == ["id_missions-0-held", "id_missions-2-held"]
    assert "November 2009" in found[0].in_language("en").message
    assert "December 1, 2009" in found[1].in_language("en").message
    assert missions_before_start(None, missions) == []


def test_a_programme_past_half_of_its_time_without_any_evaluation():
    assert codes(no_evaluation([], Decimal("50.1"))) == ["no_evaluation"]
    assert no_evaluation([], Decimal(50)) == []
    assert no_evaluation([], None) == []
    assert no_evaluation(["mid_term"], Decimal(90)) == []
