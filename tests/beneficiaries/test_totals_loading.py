"""Totals of the Panama programme, from the database."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from beneficiaries.models import Basis, Category, Count, Submission
from beneficiaries.totals import Figure, Report, before_and_after, to_date
from programmes import figures
from programmes.history import acting
from programmes.models import Agency, AgencyBudget, Area, Period, Revision
from programmes.quantities import Quantity, State, Sum

OCTOBER_2011 = date(2011, 10, 31)
JUNE_2012 = date(2012, 6, 30)


def submit(programme, agency, period, basis=Basis.NEW, revision=1, counts=(), status="accepted"):
    """``counts`` are (area's short name or ``None``, category, value or state)."""
    period = Period.objects.get(fund=programme.fund, code=period)
    submission = Submission.objects.create(
        programme=programme,
        agency=Agency.objects.get(acronym_en=agency) if agency else None,
        period=period,
        revision=revision if status != "uploaded" else None,
        basis=basis,
        counted_to_on=period.ends_on,
        status=status,
    )
    for area, category, stated in counts:
        Count.objects.create(
            submission=submission,
            area=Area.objects.get(country=programme.country, slug=area) if area else None,
            category=Category.objects.get(code=category),
            reach="direct",
            value=stated if isinstance(stated, int) else None,
            state=State.REPORTED if isinstance(stated, int) else stated,
        )
    return submission


def women(programme, as_of=JUNE_2012, known_at=None):
    return to_date(programme, as_of, known_at).row("women").direct


def test_panama_as_of_october_2011(panama):
    totals = to_date(panama, OCTOBER_2011)
    stated = {row.code: (row.direct.quantity, row.indirect.quantity) for row in totals.rows}
    nd = Quantity(None, State.ND)
    assert stated == {
        "institutions": (Quantity(83), nd),
        "women": (Quantity(518), Quantity(1242)),
        "men": (Quantity(269), Quantity(948)),
        "ethnic_groups": (Quantity(0), Quantity(0)),
    }
    assert (totals.persons.direct, totals.persons.indirect) == (Sum(787, 2, 0), Sum(2190, 2, 0))
    assert str(totals.women_share_direct.value) == "65.8"
    assert (totals.sources, totals.silent, totals.has_base) == (("",), (), True)
    assert totals.counted_to_on == OCTOBER_2011


def test_panama_later_misses_all_five_agencies(panama):
    totals = to_date(panama, JUNE_2012)
    assert totals.silent == totals.agencies == ("UNWTO", "FAO", "UNIDO", "UNCTAD", "UNDP")
    assert figures.in_words(totals.persons.direct, "en") == "≥ 787 (5 of 5 missing after October 31, 2011)"


def test_three_queries_however_much_was_sent(panama, django_assert_num_queries):
    for agency in ("FAO", "UNIDO"):
        for period in ("2011-S1", "2011-S2", "2012-S1"):
            submit(panama, agency, period, counts=[("cocle", "women", 4), ("herrera", "men", 5)])
    with django_assert_num_queries(3):
        to_date(panama, JUNE_2012)


def test_a_programme_without_agencies_or_submissions_has_totals_without_data(panama):
    panama.submissions.all().delete()
    panama.revisions.all().delete()
    totals = to_date(panama, JUNE_2012)
    assert totals.persons.direct == Sum(None, 0, 2)
    assert (totals.agencies, totals.counted_to_on) == ((), None)


def test_agencies_are_those_of_the_last_revision_approved_by_the_date(panama):
    third = Revision.objects.create(
        programme=panama, number=3, approved_on=date(2012, 3, 1), total_budget_usd=1, ends_on=date(2013, 6, 18)
    )
    AgencyBudget.objects.create(revision=third, agency=Agency.objects.get(acronym_en="FAO"), amount_usd=1)
    assert len(to_date(panama, date(2012, 2, 29)).agencies) == 5
    assert to_date(panama, date(2012, 3, 1)).agencies == ("FAO",)


def test_only_accepted_submissions_count(panama):
    submit(panama, "FAO", "2012-S1", counts=[(None, "women", 7)], status="uploaded")
    assert women(panama).known == 518


def test_withdrawing_a_revision_brings_the_previous_one_back(panama):
    submit(panama, "FAO", "2012-S1", counts=[(None, "women", 7)])
    second = submit(panama, "FAO", "2012-S1", revision=2, counts=[(None, "women", 9)])
    assert women(panama).known == 527
    second.status = Submission.Status.WITHDRAWN
    second.save()
    assert women(panama).known == 525


def test_known_at_tells_what_the_portal_knew_then(panama):
    base = panama.submissions.get()
    base_seen = base.history.earliest().history_date
    submission = submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 7)])
    submission.history.update(history_date=base_seen + timedelta(hours=1))
    with acting(None, "typing error"):
        submission.status = Submission.Status.WITHDRAWN
        submission.save()
    submission.history.filter(status="withdrawn").update(history_date=base_seen + timedelta(hours=2))
    known = [women(panama, JUNE_2012, base_seen + timedelta(minutes=minutes)).known for minutes in (-1, 30, 90, 150)]
    assert known == [None, 518, 525, 518]


def test_a_deleted_submission_is_not_known_any_more(panama):
    submission = submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 7)])
    assert to_date(panama, JUNE_2012, timezone.now()).sources == ("", "FAO")
    submission.delete()
    assert to_date(panama, JUNE_2012, timezone.now()).sources == ("",)


def test_an_area_keeps_its_place_in_the_area_above_it(panama):
    cocle = Area.objects.get(country=panama.country, slug="cocle")
    Area.objects.create(country=panama.country, parent=cocle, slug="x-distrito", name="Distrito X", kind="distrito")
    panama.submissions.all().delete()
    submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 50), ("x-distrito", "women", 30)])
    totals = to_date(panama, JUNE_2012)
    assert totals.row("women").direct.known == 30
    assert totals.by_area()["x-distrito"]["women", "direct"] == Sum(30, 1, 0)
    assert totals.stated_totals[0].stated == Quantity(50)


@pytest.mark.parametrize("area", ["herrera", ""])
def test_totals_before_and_after_a_draft(panama, area):
    submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 7)])
    figures = (Figure(area, "women", "direct", Quantity(12)),)
    draft = Report("FAO", "2012-S1", Basis.NEW, JUNE_2012, figures, revision=2)
    before, after = before_and_after(panama, draft, JUNE_2012)
    assert (before.row("women").direct.known, after.row("women").direct.known) == (525, 530)
    assert before.owed["FAO"] == after.owed["FAO"] == ("2011-S2",)
    assert before.owed["UNDP"] == ("2011-S2", "2012-S1")
    assert panama.submissions.count() == 2
