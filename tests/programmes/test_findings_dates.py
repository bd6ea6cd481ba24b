"""Findings on dates: each fires on its case and stays quiet beside it."""

from datetime import date

import pytest

from programmes.findings import Level
from programmes.findings.dates import (
    approved_after_start,
    disbursement_after_end,
    disbursement_before_start,
    disbursements_out_of_order,
    extension_before_end,
    likely_extension,
    past_its_end,
    start_after_end,
)

END = date(2012, 12, 18)


def test_the_panama_extension_is_asked_about():
    (finding,) = extension_before_end(END, date(2011, 6, 18))
    assert (finding.level, finding.code, finding.where) == (Level.WARNING, "extension_before_end", "dates")
    assert finding.seen == "end=2012-12-18;extension=2011-06-18"
    assert finding.in_language("en").title == "The extension falls before the end. Is it June 18, 2013?"


@pytest.mark.parametrize(
    ("ends_on", "extended_to_on", "meant"),
    [
        (END, date(2011, 6, 18), date(2013, 6, 18)),  # half a year after the end
        (END, date(2011, 12, 18), date(2013, 12, 18)),  # a year after it, the most there is
        (END, date(2012, 3, 1), date(2013, 3, 1)),
        (date(2012, 6, 18), date(2011, 9, 30), date(2012, 9, 30)),  # the same year as the end
        (date(2011, 6, 30), date(2008, 2, 29), date(2012, 2, 28)),  # a leap day in a year that may have none
    ],
)
def test_the_same_day_within_a_year_after_the_end_is_suggested(ends_on, extended_to_on, meant):
    assert likely_extension(ends_on, extended_to_on) == meant


def test_an_extension_after_the_end_is_quiet():
    assert extension_before_end(END, date(2013, 6, 18)) == []
    assert extension_before_end(END, END) == []
    assert extension_before_end(END, None) == []
    assert extension_before_end(None, END) == []


def test_a_start_after_the_end_is_an_error():
    (finding,) = start_after_end(date(2013, 1, 1), END)
    assert finding.level == Level.ERROR
    assert start_after_end(date(2009, 12, 18), END) == []
    assert start_after_end(None, END) == []


def test_a_disbursement_before_the_start():
    lines = [(1, date(2009, 12, 17)), (2, date(2009, 12, 18)), (3, None)]
    (finding,) = disbursement_before_start(date(2009, 12, 18), lines)
    assert finding.anchor == "1"
    assert disbursement_before_start(None, lines) == []


def test_disbursements_in_another_order_than_their_numbers():
    (finding,) = disbursements_out_of_order([(1, date(2010, 5, 1)), (2, date(2010, 4, 1)), (3, date(2010, 6, 1))])
    assert finding.anchor == "2"
    assert disbursements_out_of_order([(2, date(2010, 5, 1)), (1, date(2010, 4, 1)), (3, None)]) == []


def test_a_programme_that_starts_before_its_approval():
    (finding,) = approved_after_start(date(2010, 1, 5), date(2009, 12, 18))
    assert (finding.code, finding.field) == ("approved_after_start", "id_approved_on")
    assert approved_after_start(date(2009, 12, 18), date(2009, 12, 18)) == []
    assert approved_after_start(None, date(2009, 12, 18)) == []
    assert approved_after_start(date(2010, 1, 5), None) == []


@pytest.mark.parametrize(
    ("life_cycle", "as_of", "expected"),
    [
        ("implementation", date(2012, 12, 19), ["past_its_end"]),
        ("implementation", END, []),
        ("operationally_closed", date(2012, 12, 19), []),
    ],
)
def test_a_programme_in_implementation_after_its_end(life_cycle, as_of, expected):
    assert [finding.code for finding in past_its_end(life_cycle, END, as_of)] == expected
    assert past_its_end(life_cycle, None, as_of) == []


def test_a_disbursement_after_the_end_points_at_its_own_row():
    (finding,) = disbursement_after_end(END, [(1, date(2009, 12, 18)), (2, END), (3, date(2013, 1, 2)), (4, None)])
    assert (finding.anchor, finding.field) == ("3", "id_disbursements-2-on")
    assert disbursement_after_end(None, [(1, END)]) == []
