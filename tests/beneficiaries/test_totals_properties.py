"""The arithmetic of totals under arbitrary figures."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from beneficiaries.totals import count
from beneficiaries.totals.bounds import gross, net
from programmes.quantities import NA, ND, Quantity, Sum, total
from tests.beneficiaries.totals_facts import PERIODS, facts, figure, report, women

END_2012 = date(2012, 12, 31)
AGENCIES = ("FAO", "UNDP", "ILO")
AREAS = ("cocle", "herrera", "veraguas")
values = st.integers(0, 10_000)
stated = st.one_of(values, st.sampled_from(["nd", "na", "pending", ""]))
reports = st.builds(
    lambda agency, period, basis, cells: report(agency, period, *cells.items(), basis=basis),
    st.sampled_from(AGENCIES),
    st.sampled_from([period.code for period in PERIODS]),
    st.sampled_from(["new", "cumulative"]),
    st.dictionaries(st.sampled_from((*AREAS, "")), stated, min_size=1),
)
sent = st.lists(reports, max_size=8, unique_by=lambda one: one.key)


def known(value):
    return value.known or 0


@given(sent, st.randoms(use_true_random=False))
def test_the_order_in_which_submissions_arrive_does_not_matter(submissions, random):
    shuffled = random.sample(submissions, len(submissions))
    assert women(*shuffled, agencies=AGENCIES) == women(*submissions, agencies=AGENCIES)


@given(sent, st.sampled_from(AGENCIES))
def test_what_does_not_apply_changes_nothing_where_something_is_stated(submissions, agency):
    new = [replace(one, basis="new") for one in submissions if one.period != "2012-S2"]
    before = women(*new, agencies=AGENCIES)
    after = women(*new, report(agency, "2012-S2", *((area, "na") for area in AREAS)), agencies=AGENCIES)
    assert after == before or (before == Sum(None, 0, 1) and after.is_not_applicable)


@given(sent, st.sampled_from(AGENCIES), st.sampled_from(["new", "cumulative"]))
def test_an_nd_never_adds_to_what_is_known_and_never_completes_it(submissions, agency, basis):
    earlier = [one for one in submissions if one.period != "2012-S2"]
    before = women(*earlier, agencies=AGENCIES)
    after = women(
        *earlier, report(agency, "2012-S2", *((area, "nd") for area in AREAS), basis=basis), agencies=AGENCIES
    )
    assert known(after) <= known(before)
    assert not after.is_complete


@given(values, st.lists(values, max_size=4))
def test_to_date_is_the_last_cumulative_plus_every_later_new(start, later):
    periods = [period.code for period in PERIODS]
    submissions = [report("FAO", periods[0], 77), report("FAO", periods[1], start, basis="cumulative")]
    submissions += [report("FAO", period, value) for period, value in zip(periods[2:], later, strict=False)]
    assert women(*submissions) == Sum(start + sum(later), 1 + len(later), 0)


@given(sent, reports, values)
def test_of_two_revisions_only_the_later_one_speaks(submissions, revised, value):
    others = [one for one in submissions if one.key != revised.key]
    second = replace(revised, revision=2, figures=(figure("", value),))
    assert women(*others, revised, second, agencies=AGENCIES) == women(*others, second, agencies=AGENCIES)


@given(sent)
def test_the_programme_s_known_figure_is_the_sum_of_its_agencies(submissions):
    totals = count(facts(*submissions, agencies=AGENCIES), END_2012)
    by_agency = sum(known(cell.sum) for cell in totals.agency_cells)
    by_area = sum(known(cell.sum) for cell in totals.cells)
    assert known(totals.row("women").direct) == by_agency == by_area


areas_of_an_agency = st.dictionaries(
    st.sampled_from((*AREAS, "")), st.builds(lambda n: Sum(n, 1, 0), values), min_size=1
)


@given(st.lists(areas_of_an_agency, min_size=1, max_size=4))
def test_net_lies_between_the_largest_agency_and_the_gross(agencies):
    own = [gross([areas]).known for areas in agencies]
    assert max(own) <= net(agencies, {}).value <= gross(agencies).known


@given(st.lists(st.one_of(st.builds(Quantity, values), st.sampled_from([ND, NA])), max_size=8))
def test_a_sum_knows_how_much_of_it_is_known(quantities):
    added_up = total(quantities)
    assert added_up.reported + added_up.missing == sum(quantity != NA for quantity in quantities)
    assert (added_up.known is None) == (added_up.reported == 0)
