"""Gross and net: between which bounds the number of different people lies."""

from datetime import date

import pytest

from beneficiaries.totals import count
from beneficiaries.totals.bounds import gross, net
from programmes.quantities import ND, Quantity, Sum
from tests.beneficiaries.totals_facts import facts, figure, report

END_2011 = date(2011, 12, 31)


def by_area(**values):
    return {area.replace("none", ""): Sum(value, 1, 0) for area, value in values.items()}


def test_the_example_of_the_rule():
    agencies = [by_area(cocle=100, herrera=50), by_area(none=120)]
    assert gross(agencies) == Sum(270, 3, 0)
    assert net(agencies, {}) == Quantity(150)


@pytest.mark.parametrize(
    ("agencies", "least"),
    [
        ([by_area(cocle=100, herrera=50), by_area(cocle=80, herrera=90)], 190),  # largest in each area
        ([by_area(cocle=10), by_area(none=120)], 120),  # the largest agency's own total
        ([by_area(cocle=10, none=5), by_area(cocle=12)], 15),  # what it could not place belongs to its total
        ([by_area(cocle=7)], 7),
        ([by_area(cocle=0), by_area(herrera=0)], 0),
        ([], None),
        ([{"cocle": Sum(None, 0, 1)}], None),
        ([{"cocle": Sum(30, 1, 1)}, by_area(cocle=20)], 30),  # what is missing can only make it more
    ],
)
def test_net_is_never_fewer_than_the_largest_agency_anywhere(agencies, least):
    assert net(agencies, {}) == (ND if least is None else Quantity(least))


def test_net_does_not_count_an_area_and_the_area_it_lies_in_twice():
    agencies = [by_area(cocle=100), by_area(anton=60, penonome=30)]
    assert net(agencies, {"anton": "cocle", "penonome": "cocle", "cocle": ""}) == Quantity(100)


def test_totals_know_the_range_of_each_category_and_of_persons():
    sent = [
        report("FAO", "2011-S1", ("cocle", 100), ("herrera", 50), figure("", 10, "men")),
        report("UNDP", "2011-S1", 120, figure("", 25, "men")),
    ]
    ranges = count(facts(*sent, agencies=("FAO", "UNDP")), END_2011).ranges
    assert (ranges["women", "direct"].gross, ranges["women", "direct"].net) == (Sum(270, 3, 0), Quantity(150))
    assert (ranges["persons", "direct"].gross.known, ranges["persons", "direct"].net) == (305, Quantity(175))


def test_net_is_nd_while_a_base_stands_beside_later_cumulatives():
    sent = [report("", "2010-S2", 500, basis="cumulative"), report("FAO", "2011-S1", 400, basis="cumulative")]
    totals = count(facts(*sent, agencies=("FAO", "UNDP")), END_2011)
    assert totals.ranges["women", "direct"].net == ND
    assert totals.ranges["persons", "direct"].net == ND
