"""The summary of totals says what the live totals say, and sums over programmes know how much of them is missing."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beneficiaries.dating import default_as_of
from beneficiaries.jobs import keep_totals
from beneficiaries.models import Category, ProgrammeTotal
from beneficiaries.totals import summary, to_date
from programmes.actions.writing import writing
from programmes.jobs import EVERY_MINUTE
from programmes.models import Programme, Revision
from tests.beneficiaries.agreements import WOMEN, agree, all_send
from tests.beneficiaries.sending import TODAY, load
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


def kept(programme):
    rows = ProgrammeTotal.objects.filter(programme=programme).select_related("category")
    return {(row.category.code if row.category else "persons", row.reach): row.sum for row in rows}


def live(programme, today):
    totals = to_date(programme, default_as_of(programme, today))
    return {key: figure.sum for key, figure in totals.printed.items()}


stated = st.one_of(st.integers(0, 500), st.sampled_from(["nd", "na", "pending", "blank"]))
sent = st.lists(
    st.tuples(
        st.sampled_from(["", "FAO", "UNIDO"]),
        st.sampled_from(["2011-S1", "2011-S2", "2012-S1"]),
        st.sampled_from(["new", "cumulative"]),
        st.sampled_from(["accepted", "accepted", "withdrawn"]),
        st.dictionaries(
            st.tuples(st.sampled_from([None, "cocle", "herrera"]), st.sampled_from(["women", "men"])),
            stated,
            min_size=1,
        ),
    ),
    max_size=6,
)


@given(sent, st.sampled_from([date(2011, 12, 31), date(2012, 7, 1), date(2020, 1, 1)]))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_it_equals_the_live_totals_whatever_was_sent(panama, submissions, today):
    panama.submissions.all().delete()
    for number, (agency, period, basis, status, cells) in enumerate(submissions, start=1):
        counts = [(*place, value) for place, value in cells.items()]
        submit(panama, agency, period, basis, revision=number, counts=counts, status=status)
    summary.refresh(panama, today)
    assert kept(panama) == live(panama, today)


def test_confirming_keeps_it_in_the_same_transaction(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "D10": "nd"})
    assert kept(panama) == live(panama, TODAY)
    assert kept(panama)["women", "direct"].known == 558
    assert summary.catch_up(TODAY) == 0


def test_it_equals_a_plain_sum_where_everything_is_new(panama):
    panama.submissions.all().delete()
    for agency, value in (("FAO", 7), ("UNIDO", 11)):
        submit(panama, agency, "2012-S1", counts=[("cocle", "women", value), ("herrera", "women", "nd")])
    summary.refresh(panama, date(2012, 7, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT SUM(c.value) FROM beneficiaries_count c JOIN beneficiaries_category k ON k.id = c.category_id"
            " JOIN beneficiaries_submission s ON s.id = c.submission_id"
            " WHERE k.code = 'women' AND s.status = 'accepted'"
        )
        assert kept(panama)["women", "direct"].known == cursor.fetchone()[0] == 18
    assert kept(panama)["men", "direct"].known is None


def test_a_worker_refreshes_what_the_calendar_or_another_change_moved(panama, rco_panama):
    summary.catch_up(date(2011, 11, 15))
    assert ProgrammeTotal.objects.filter(programme=panama).count() == 2 * (Category.objects.count() + 1)
    assert summary.catch_up(date(2011, 11, 15)) == 0
    before = kept(panama)
    assert summary.catch_up(TODAY) == 1
    assert kept(panama) == live(panama, TODAY) != before
    with writing(panama, rco_panama):
        Revision.objects.filter(programme=panama).update(ends_on=date(2011, 12, 31))
    assert summary.catch_up(date(2012, 7, 1)) == 1
    assert kept(panama) == live(panama, date(2012, 7, 1))
    assert keep_totals in EVERY_MINUTE


@pytest.mark.django_db
def test_one_that_cannot_be_counted_keeps_nobody_else_waiting(panama, monkeypatch, caplog):
    broken = Programme.objects.create(code="MDGF-1", title_es="x", country=panama.country, fund=panama.fund)
    store = summary.store

    def failing(programme, *facts):
        if programme == broken:
            raise ValueError
        store(programme, *facts)

    monkeypatch.setattr(summary, "store", failing)
    ProgrammeTotal.objects.all().delete()
    assert summary.catch_up(TODAY) == 1
    assert kept(panama)
    assert f"programme {broken.pk} could not be counted" in caplog.text


def test_a_selection_adds_up_in_one_query_and_says_what_it_covers(panama, django_assert_num_queries):
    today = date(2012, 7, 1)
    others = [
        Programme.objects.create(code=f"MDGF-{number}", title_es="x", country=panama.country, fund=panama.fund)
        for number in (1, 2, 3)
    ]
    submit(others[0], "FAO", "2012-S1", counts=[(None, "women", 0)])
    for programme in (panama, *others[:2]):
        summary.refresh(programme, today)
    with django_assert_num_queries(1):
        selection = summary.over(Programme.objects.all())
    women, men = selection["women", "direct"], selection["men", "direct"]
    assert (women.known, women.complete, women.partial, women.nd, women.na) == (518, 1, 1, 1, 0)
    assert (men.known, men.complete, men.partial, men.nd) == (269, 0, 1, 2)
    assert (selection.uncounted, women.programmes, women.as_of_on) == (1, 3, (today, today))
    nothing = summary.over(Programme.objects.filter(pk=others[1].pk))
    assert (nothing["women", "direct"].known, nothing["persons", "direct"].nd) == (None, 1)


def test_nobody_knows_anything_of_no_programme():
    selection = summary.over(Programme.objects.none())
    assert (selection.totals, selection.uncounted) == ({}, 0)


def test_it_keeps_the_agreed_figure_that_the_sheet_prints(panama, rco_panama):
    all_send(panama)
    agree(panama, rco_panama, {WOMEN: 600}, today=TODAY)
    assert kept(panama)["women", "direct"].known == 600
    assert kept(panama) == live(panama, TODAY)
