"""A printed figure and the cells it is made of."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.totals import count
from beneficiaries.totals.tracing import Verdict, Wanted, sum_of, trace
from tests.beneficiaries.totals_facts import AREAS, PERIODS, facts, figure, report

END_2012 = date(2012, 12, 31)
AGENCIES = ("FAO", "UNDP")
WOMEN = Wanted("women", "direct")


def traced(*reports, wanted=WOMEN, as_of=END_2012, **others):
    return trace(facts(*reports, **others), as_of, wanted)


def verdicts(found):
    return [(part.report.agency, part.report.period, part.figure.area, part.verdict) for part in found.parts]


stated = st.one_of(st.integers(0, 10_000), st.sampled_from(["nd", "na", "pending", ""]))
reports = st.builds(
    lambda agency, period, basis, cells: report(
        agency, period, *(figure(area, value, category) for (area, category), value in cells.items()), basis=basis
    ),
    st.sampled_from((*AGENCIES, "")),
    st.sampled_from([period.code for period in PERIODS]),
    st.sampled_from(["new", "cumulative"]),
    st.dictionaries(st.tuples(st.sampled_from((*AREAS, "")), st.sampled_from(["women", "men"])), stated, min_size=1),
)
sent = st.lists(reports, max_size=8, unique_by=lambda one: one.key)
figures_wanted = st.builds(
    Wanted,
    st.sampled_from(["women", "men", "persons"]),
    st.just("direct"),
    st.sampled_from([None, "", *AREAS]),
    st.sampled_from([None, "", *AGENCIES]),
)


@given(sent, figures_wanted, st.sampled_from([date(2011, 6, 30), END_2012]))
def test_the_parts_that_count_add_up_to_what_is_printed(submissions, wanted, as_of):
    found = trace(facts(*submissions, agencies=AGENCIES), as_of, wanted)
    counted = [part for part in found.parts if part.verdict.is_in]
    assert sum_of(counted).known == found.sum.known


@given(sent, st.sampled_from(["women", "men"]))
def test_of_each_agency_and_area_the_parts_make_the_very_sum(submissions, category):
    """Also how many figures are reported in it and how many are missing."""
    known = facts(*submissions, agencies=AGENCIES)
    for cell in count(known, END_2012).agency_cells:
        if cell.category == category:
            found = trace(known, END_2012, Wanted(category, "direct", cell.area, cell.agency))
            assert sum_of(part for part in found.parts if part.verdict.is_in) == cell.sum == found.sum


def test_the_printed_figure_is_that_of_the_totals():
    known = facts(
        report("FAO", "2011-S1", ("cocle", 40), figure("cocle", 9, "men")), report("UNDP", "2011-S1", 7), agencies=()
    )
    totals = count(known, END_2012)
    assert trace(known, END_2012, WOMEN).sum == totals.row("women").direct
    assert trace(known, END_2012, Wanted("persons", "direct")).sum == totals.persons.direct
    assert trace(known, END_2012, Wanted("persons", "direct", "cocle")).sum.known == 49
    assert trace(known, END_2012, Wanted("women", "direct", None, "UNDP")).sum.known == 7
    assert trace(known, END_2012, Wanted("women", "direct", "", None)).sum.known == 7


def test_what_nobody_has_sent_is_nd():
    found = traced(report("FAO", "2011-S1", ("cocle", 40)), wanted=Wanted("women", "direct", "herrera"))
    assert (found.sum.known, found.sum.is_not_applicable, found.parts) == (None, False, ())


BASE = report("", "2011-S1", 500, basis="cumulative")
CASES = {
    "the base speaks until its date, later new figures are added to it": (
        (BASE, report("FAO", "2010-S2", 30), report("FAO", "2011-S2", 9)),
        {"2010-S2": Verdict.COVERED, "2011-S1": Verdict.COUNTS, "2011-S2": Verdict.COUNTS},
    ),
    "one agency's later cumulative stands beside the base": (
        (BASE, report("FAO", "2012-S1", 600, basis="cumulative")),
        {"2011-S1": Verdict.COUNTS, "2012-S1": Verdict.BESIDE},
    ),
    "once every agency has one the base is replaced": (
        (
            BASE,
            report("FAO", "2012-S1", 600, basis="cumulative"),
            report("UNDP", "2012-S2", 1, basis="cumulative"),
        ),
        {"2011-S1": Verdict.REPLACED, "2012-S1": Verdict.COUNTS, "2012-S2": Verdict.COUNTS},
    ),
    "a cumulative figure restates what was new before": (
        (report("FAO", "2010-S2", 30), report("FAO", "2011-S1", 80, basis="cumulative")),
        {"2010-S2": Verdict.RESTATED, "2011-S1": Verdict.COUNTS},
    ),
    "a later nd leaves the earlier number": (
        (report("FAO", "2010-S2", 30), report("FAO", "2011-S1", "nd", basis="cumulative")),
        {"2010-S2": Verdict.COUNTS, "2011-S1": Verdict.MISSING},
    ),
    "what does not apply is left out": (
        (report("FAO", "2010-S2", 30), report("FAO", "2011-S1", "na")),
        {"2010-S2": Verdict.COUNTS, "2011-S1": Verdict.NOT_APPLICABLE},
    ),
    "what was counted later is not in it": (
        (report("FAO", "2010-S2", 30), report("FAO", "2012-S2", 9, to=date(2013, 1, 31))),
        {"2010-S2": Verdict.COUNTS, "2012-S2": Verdict.LATER},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_why_a_submission_is_in_the_figure_or_not(case):
    submissions, expected = CASES[case]
    found = traced(*submissions, agencies=AGENCIES)
    assert {part.report.period: part.verdict for part in found.parts} == expected


def test_a_stated_total_of_an_area_is_not_added_to_its_parts():
    found = traced(report("FAO", "2011-S1", ("cocle", 50), ("penonome", 20), ("anton", 30)))
    assert verdicts(found)[0] == ("FAO", "2011-S1", "cocle", Verdict.IN_AREAS)
    assert (found.sum.known, [verdict for *_rest, verdict in verdicts(found)[1:]]) == (50, [Verdict.COUNTS] * 2)


def test_an_empty_row_that_others_answer_for_is_not_listed():
    assert len(traced(report("FAO", "2011-S1", ("", ""), ("cocle", 20))).parts) == 1


def test_of_two_revisions_only_the_later_one_is_told():
    first = report("FAO", "2011-S1", 40)
    found = traced(first, replace(first, revision=2, figures=(figure("", 41),)))
    assert [part.figure.quantity.value for part in found.parts] == [41]


def test_submissions_are_told_with_the_latest_first():
    found = traced(report("FAO", "2010-S2", 30), report("UNDP", "2011-S1", 9), agencies=AGENCIES)
    assert [one.agency for one, _parts in found.by_report()] == ["UNDP", "FAO"]
