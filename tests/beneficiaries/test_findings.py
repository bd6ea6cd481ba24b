"""Findings on beneficiary figures: each fires on its case and stays quiet beside it."""

from datetime import date

import pytest

from beneficiaries import findings
from beneficiaries.totals import count
from beneficiaries.totals.values import CategoryFacts
from programmes.findings import Level, Name
from tests.beneficiaries.totals_facts import CATEGORIES, facts, figure, report

END_2012 = date(2012, 12, 31)
NAMES = {"UNDP": Name("PNUD", "UNDP")}


def totals_of(*reports, **others):
    return count(facts(*reports, **others), END_2012)


def cumulative(*args, **others):
    return report(*args, basis="cumulative", **others)


def codes(found):
    return [finding.code for finding in found]


def test_all_that_are_silent_in_a_period_are_one_finding():
    totals = totals_of(report("FAO", "2011-S1", 5), agencies=("FAO", "UNDP"), periods=("2011-S1", "2011-S2"))
    first, second = findings.silent_agencies(totals.owed, NAMES)
    assert codes([first, second]) == ["silent_agency", "silent_agency"]
    assert (first.anchor, first.seen, first.field) == ("2011-S1", "agencies=UNDP", "UNDP/2011-S1")
    assert (second.anchor, second.seen) == ("2011-S2", "agencies=FAO,UNDP")
    assert first.in_language("en").title == "UNDP has not reported for 2011-S1"
    assert second.in_language("en").title == "2 agencies have not reported for 2011-S2"
    assert "FAO and UNDP send their figures" in second.in_language("en").message


def test_agencies_that_reported_are_quiet():
    totals = totals_of(report("FAO", "2011-S1", 5), periods=("2011-S1",))
    assert findings.check(totals) == []


def test_a_cumulative_figure_that_falls_without_a_reason():
    sent = [cumulative("FAO", "2011-S1", ("cocle", 50), ("herrera", 9)), cumulative("FAO", "2011-S2", ("cocle", 40))]
    (finding,) = findings.cumulative_falls(totals_of(*sent), {})
    assert (finding.level, finding.code, finding.anchor) == (Level.WARNING, "cumulative_falls", "FAO")
    assert finding.seen == "2011-S2:cocle/women/direct=50>40"
    words = finding.in_language("en")
    assert words.title == "FAO: a cumulative figure falls in 2011-S2"
    assert words.message == "It falls: Women, direct, Coclé from 50 to 40."


@pytest.mark.parametrize(
    "later",
    [
        cumulative("FAO", "2011-S2", ("cocle", 50)),
        cumulative("FAO", "2011-S2", ("cocle", "nd")),
        cumulative("FAO", "2011-S2", ("cocle", 40), reason="counted twice before"),
        cumulative("UNDP", "2011-S2", ("cocle", 40)),
        report("FAO", "2011-S2", ("cocle", 40)),
    ],
)
def test_what_is_no_fall_or_has_its_reason_is_quiet(later):
    assert findings.cumulative_falls(totals_of(cumulative("FAO", "2011-S1", ("cocle", 50)), later), {}) == []


def test_a_cumulative_figure_below_the_new_ones_before_it_falls_too():
    sent = [report("FAO", "2010-S2", 30), report("FAO", "2011-S1", 20), cumulative("FAO", "2011-S2", 45)]
    (finding,) = findings.cumulative_falls(totals_of(*sent), {})
    assert finding.seen == "2011-S2:/women/direct=50>45"
    enough = cumulative("FAO", "2011-S2", 50)
    assert findings.cumulative_falls(totals_of(*sent[:2], enough), {}) == []


def test_many_falls_are_summed_up():
    places = ("cocle", "herrera", "veraguas", "anton", "penonome")
    sent = [cumulative("FAO", period, *((place, value) for place in places))
            for period, value in (("2011-S1", 5), ("2011-S2", 4))]  # fmt: skip
    (finding,) = findings.cumulative_falls(totals_of(*sent), {})
    assert finding.in_language("en").message.endswith("and 2 more.")


WITH_PARTS = (*CATEGORIES, CategoryFacts("young_women", "Mujeres jóvenes", "Young women", "persons", "women"))


def test_a_part_above_its_whole_is_an_error():
    sent = report("FAO", "2011-S1", figure("cocle", 10), figure("cocle", 11, "young_women"))
    (finding,) = findings.part_above_whole(totals_of(sent, categories=WITH_PARTS), {})
    assert (finding.level, finding.code) == (Level.ERROR, "part_above_whole")
    assert finding.seen == "cocle/young_women/direct=11;women=10"
    assert finding.in_language("en").message == "Young women, direct, Coclé: 11, but only 10 in Women."


@pytest.mark.parametrize("part", [10, "nd", "na"])
def test_a_part_within_its_whole_is_quiet(part):
    sent = report("FAO", "2011-S1", figure("cocle", 10), figure("cocle", part, "young_women"))
    assert findings.part_above_whole(totals_of(sent, categories=WITH_PARTS), {}) == []


WITH_TOTAL = (
    CategoryFacts("all_persons", "Personas", "Persons", "persons"),
    CategoryFacts("women", "Mujeres", "Women", "persons", "all_persons"),
    CategoryFacts("men", "Hombres", "Men", "persons", "all_persons"),
)


@pytest.mark.parametrize(
    ("men", "expected"), [(5, []), (4, ["sexes_differ_from_total"]), (6, ["sexes_differ_from_total"]), ("nd", [])]
)
def test_women_and_men_against_the_stated_total(men, expected):
    sent = report("FAO", "2011-S1", figure("", 15, "all_persons"), figure("", 10), figure("", men, "men"))
    assert codes(findings.sexes_against_whole(totals_of(sent, categories=WITH_TOTAL), {})) == expected


def test_without_a_stated_total_there_is_nothing_to_compare():
    sent = report("FAO", "2011-S1", figure("", 10), figure("", 5, "men"))
    assert findings.sexes_against_whole(totals_of(sent), {}) == []


@pytest.mark.parametrize(
    ("stated", "anton", "expected"),
    [
        (55, 15, []),
        (60, 15, ["area_total_differs"]),
        (54, 15, ["area_total_differs"]),
        (60, "nd", []),
        (39, "nd", ["area_total_differs"]),
    ],
)
def test_an_area_s_stated_total_against_its_parts(stated, anton, expected):
    sent = report("FAO", "2011-S1", ("cocle", stated), ("penonome", 40), ("anton", anton))
    assert codes(findings.stated_area_totals(totals_of(sent), {})) == expected


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([("cocle", 30), ("herrera", 20), 50], ["row_without_area_repeats"]),
        ([("cocle", 30), ("herrera", 20), 7], []),
        ([("cocle", 30), 30], []),  # one area alone may well equal the rest
        ([("cocle", 0), ("herrera", 0), 0], []),
        ([50], []),
    ],
)
def test_a_row_without_area_that_is_probably_a_total(figures, expected):
    found = findings.row_without_area_repeats(totals_of(report("FAO", "2011-S1", *figures)), {})
    assert codes(found) == expected


def test_active_areas_in_which_nobody_is_counted():
    totals = totals_of(report("FAO", "2011-S1", ("cocle", 30), ("herrera", "nd")))
    counted = findings.areas_with_counts(totals)
    (finding,) = findings.areas_without_counts(("Coclé", "Herrera", "Veraguas"), counted)
    assert finding.seen == "areas=Herrera,Veraguas"
    assert finding.in_language("en").title == "No beneficiaries are counted in 2 active areas"
    assert findings.areas_without_counts(("Coclé",), counted) == []


@pytest.mark.parametrize(("value", "expected"), [(0, ["doubtful_zero"]), (4, []), ("nd", [])])
def test_groups_reported_as_zero_are_asked_about(value, expected):
    sent = report("FAO", "2011-S1", figure("", value, "ethnic_groups"))
    assert codes(findings.doubtful_zeros(totals_of(sent))) == expected


@pytest.mark.parametrize(
    ("area", "women", "men", "expected"),
    [
        ("ngabe-bugle", 0, 0, ["doubtful_zero_indigenous_area"]),
        ("ngabe-bugle", 0, 3, []),
        ("ngabe-bugle", "nd", "nd", []),
        ("cocle", 0, 0, []),
    ],
)
def test_no_person_at_all_in_an_indigenous_territory(area, women, men, expected):
    sent = report("FAO", "2011-S1", figure(area, women), figure(area, men, "men"))
    assert codes(findings.doubtful_zeros_in_indigenous_areas(totals_of(sent))) == expected


def test_figures_before_or_beside_the_base_are_noted():
    base = cumulative("", "2011-S1", 500)
    totals = totals_of(base, report("FAO", "2010-S2", 4), cumulative("UNDP", "2011-S2", 9), agencies=("FAO", "UNDP"))
    covered, beside = findings.check(totals)
    assert (covered.code, covered.field) == ("covered_by_base", "FAO/2010-S2")
    assert (beside.code, beside.field) == ("beside_the_base", "FAO/")  # the others are awaited
    assert codes(findings.check(totals_of(base))) == []


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (report("FAO", "2011-S2", 5), ["overlaps_base"]),
        (report("FAO", "2012-S1", 5), []),  # begins after the base's day
        (report("FAO", "2011-S2", 5, to=date(2011, 10, 31)), []),  # covered: it does not count
        (cumulative("FAO", "2011-S2", 5), []),  # stands beside it
    ],
)
def test_new_figures_of_a_period_that_the_base_reaches_into(sent, expected):
    base = cumulative("", "2011-S2", 500, to=date(2011, 10, 31))
    totals = totals_of(base, sent, agencies=("FAO", "UNDP"), periods=("2011-S2", "2012-S1"))
    found = findings.overlapping_the_base(totals, {})
    assert codes(found) == expected
    assert all("October 31, 2011" in finding.in_language("en").message for finding in found)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"Coclé": "active"}, []),
        ({"Antón": "active"}, []),  # the figure of the area it lies in
        ({"Herrera": "active"}, ["counts_outside_areas"]),
        ({"Coclé": "deferred", "Herrera": "active"}, ["counts_in_waiting_areas"]),
        ({"Coclé": "planned"}, ["counts_in_waiting_areas"]),
        ({}, []),  # no area is named: that is another matter
    ],
)
def test_figures_of_areas_where_the_programme_is_not(stated, expected):
    found = findings.areas_out_of_place(totals_of(report("FAO", "2011-S1", ("cocle", 5))), stated)
    assert codes(found) == expected
    assert all((finding.page, finding.field) == ("areas", "list-areas") for finding in found)


def test_figures_of_a_part_of_a_named_area_are_in_their_place():
    totals = totals_of(report("FAO", "2011-S1", ("anton", 5)))
    assert findings.areas_out_of_place(totals, {"Coclé": "active"}) == []


def test_a_doubtful_zero_is_asked_of_whoever_sent_it_last():
    sent = [report("UNDP", "2011-S1", figure("", 0, "ethnic_groups")), report("FAO", "2011-S2", 5)]
    (finding,) = findings.doubtful_zeros(totals_of(*sent, agencies=("FAO", "UNDP")))
    assert finding.field == "UNDP/2011-S1"
