"""What agencies have counted, to date: cumulative and new, revisions, areas, what is missing."""

from datetime import date
from decimal import Decimal

import pytest

from beneficiaries.totals import count
from beneficiaries.totals.values import StatedTotal
from programmes import figures
from programmes.quantities import ND, Quantity, Sum
from tests.beneficiaries.totals_facts import facts, figure, report, women

S2_2011 = date(2011, 12, 31)


def cumulative(*args, **others):
    return report(*args, basis="cumulative", **others)


def test_new_figures_add_up_period_by_period():
    assert women(report("FAO", "2011-S1", 10), report("FAO", "2011-S2", 5)) == Sum(15, 2, 0)


def test_a_cumulative_figure_replaces_what_was_counted_before_and_later_new_adds_to_it():
    sent = [report("FAO", "2010-S2", 10), cumulative("FAO", "2011-S1", 30), report("FAO", "2011-S2", 5)]
    assert women(*sent) == Sum(35, 2, 0)


def test_a_date_takes_only_what_was_counted_by_then():
    sent = [cumulative("FAO", "2011-S1", 30), report("FAO", "2011-S2", 5)]
    assert women(*sent, as_of=date(2011, 12, 30)) == Sum(30, 1, 0)
    assert women(*sent, as_of=S2_2011) == Sum(35, 2, 0)


def test_the_day_counted_to_decides_and_not_the_end_of_the_period():
    sent = cumulative("FAO", "2011-S2", 30, to=date(2011, 10, 31))
    assert women(sent, as_of=date(2011, 10, 30)).known is None
    assert women(sent, as_of=date(2011, 10, 31)) == Sum(30, 1, 0)


def test_a_later_nd_leaves_the_last_cumulative_as_a_lower_bound():
    assert women(cumulative("FAO", "2011-S1", 30), cumulative("FAO", "2011-S2", "nd")) == Sum(30, 1, 1)
    assert women(cumulative("FAO", "2011-S1", 30), report("FAO", "2011-S2", "nd")) == Sum(30, 1, 1)


def test_a_later_cumulative_makes_up_for_an_nd():
    sent = [report("FAO", "2010-S2", "nd"), cumulative("FAO", "2011-S1", "nd"), cumulative("FAO", "2011-S2", 40)]
    assert women(*sent) == Sum(40, 1, 0)


def test_two_cumulative_nds_are_one_gap():
    sent = [cumulative("FAO", "2011-S1", "nd"), cumulative("FAO", "2011-S2", "nd")]
    assert women(*sent) == Sum(None, 0, 1)


def test_what_does_not_apply_is_left_out():
    assert women(report("FAO", "2011-S1", 10), report("FAO", "2011-S2", "na")) == Sum(10, 1, 0)
    assert women(report("FAO", "2011-S1", "na")).is_not_applicable


def test_nothing_said_is_missing_and_not_zero():
    assert women() == Sum(None, 0, 1)
    assert women(report("FAO", "2011-S1", figure("", 5, "men"))) == Sum(None, 0, 1)


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_the_latest_revision_of_a_key_counts(order):
    revisions = [report("FAO", "2011-S1", value, revision=n) for n, value in ((1, 10), (2, 12), (3, 11))]
    assert women(*(revisions[index] for index in order)) == Sum(11, 1, 0)


def test_a_revision_may_change_the_basis():
    sent = [report("FAO", "2010-S2", 10), report("FAO", "2011-S1", 30), cumulative("FAO", "2011-S1", 30, revision=2)]
    assert women(*sent) == Sum(30, 1, 0)


def test_each_agency_is_carried_forward_on_its_own():
    sent = [cumulative("FAO", "2011-S1", 30), report("UNDP", "2010-S2", 8), report("UNDP", "2011-S2", 4)]
    assert women(*sent, agencies=("FAO", "UNDP")) == Sum(42, 3, 0)


# Areas


def test_areas_are_added_and_one_without_data_is_one_of_three_missing():
    sent = report("FAO", "2011-S1", ("cocle", 300), ("herrera", 218), ("veraguas", "nd"))
    totals = count(facts(sent), S2_2011)
    assert totals.row("women").direct == Sum(518, 2, 1)
    assert figures.in_words(totals.row("women").direct, "en") == "≥ 518 (1 of 3 missing)"


def test_an_area_that_a_later_cumulative_does_not_mention_keeps_its_last_figure():
    sent = [cumulative("FAO", "2011-S1", ("cocle", 30), ("herrera", 20)), cumulative("FAO", "2011-S2", ("cocle", 35))]
    assert women(*sent) == Sum(55, 2, 0)


def test_within_a_submission_the_row_without_area_is_added_to_the_areas():
    sent = report("FAO", "2011-S1", ("cocle", 30), ("herrera", 20), ("", 7))
    assert women(sent) == Sum(57, 3, 0)


def test_a_blank_row_without_area_is_not_missing_beside_areas_nor_the_other_way_round():
    assert women(report("FAO", "2011-S1", ("cocle", 30), ("herrera", 20), ("", ""))) == Sum(50, 2, 0)
    assert women(report("FAO", "2011-S1", ("cocle", ""), ("herrera", ""), ("", 50))) == Sum(50, 1, 0)


def test_a_blank_area_beside_stated_areas_is_missing():
    assert women(report("FAO", "2011-S1", ("cocle", 30), ("herrera", ""), ("", ""))) == Sum(30, 1, 1)


def test_a_later_cumulative_by_area_replaces_the_one_without_area_and_the_other_way_round():
    whole, by_area = cumulative("FAO", "2011-S1", 100), cumulative("FAO", "2011-S2", ("cocle", 80), ("herrera", 70))
    assert women(whole, by_area) == Sum(150, 2, 0)
    by_area, whole = cumulative("FAO", "2011-S1", ("cocle", 80), ("herrera", 70)), cumulative("FAO", "2011-S2", 160)
    assert women(by_area, whole) == Sum(160, 1, 0)


def test_an_area_s_stated_total_is_never_added_to_the_areas_in_it():
    sent = report("FAO", "2011-S1", ("cocle", 60), ("penonome", 40), ("anton", 15), ("herrera", 5))
    totals = count(facts(sent), S2_2011)
    assert totals.row("women").direct == Sum(60, 3, 0)
    assert totals.stated_totals == (
        StatedTotal("FAO", "2011-S1", "cocle", "women", "direct", Quantity(60), Sum(55, 2, 0)),
    )


def test_an_area_counts_by_itself_where_nothing_is_known_of_the_areas_in_it():
    assert women(report("FAO", "2011-S1", ("cocle", 60), ("penonome", ""), ("anton", ""))) == Sum(60, 1, 0)


def test_a_later_cumulative_of_the_parts_replaces_the_stated_total():
    sent = [cumulative("FAO", "2011-S1", ("cocle", 60)), cumulative("FAO", "2011-S2", ("penonome", 50), ("anton", 20))]
    assert women(*sent) == Sum(70, 2, 0)


def test_new_figures_of_a_part_add_to_what_the_whole_had_before():
    assert women(report("FAO", "2011-S1", ("cocle", 60)), report("FAO", "2011-S2", ("anton", 5))) == Sum(65, 2, 0)


def test_totals_by_area_keep_what_is_not_known_by_area_apart():
    totals = count(facts(report("FAO", "2011-S1", ("cocle", 30), 7), report("UNDP", "2011-S1", ("cocle", 5))), S2_2011)
    assert totals.by_area() == {"": {("women", "direct"): Sum(7, 1, 0)}, "cocle": {("women", "direct"): Sum(35, 2, 0)}}


# Categories


def test_persons_are_women_and_men_and_never_institutions_or_groups():
    sent = report(
        "FAO",
        "2011-S1",
        *(figure("", value, category) for category, value in
          (("women", 518), ("men", 269), ("institutions", 83), ("ethnic_groups", 4))),
    )  # fmt: skip
    totals = count(facts(sent), S2_2011)
    assert totals.persons.direct == Sum(787, 2, 0)
    assert totals.women_share_direct == Quantity(Decimal("65.8"))
    assert totals.persons.indirect == Sum(None, 0, 2)


def test_the_share_of_women_is_nd_while_men_are_missing():
    sent = report("FAO", "2011-S1", figure("", 518), figure("", "nd", "men"))
    assert count(facts(sent), S2_2011).women_share_direct == ND


def test_direct_and_indirect_stay_apart():
    sent = report("FAO", "2011-S1", figure("", 5), figure("", 70, reach="indirect"))
    row = count(facts(sent), S2_2011).row("women")
    assert (row.direct.known, row.indirect.known) == (5, 70)
