"""Two kinds of “as of”: facts up to a date, and what the portal knew at an instant."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from programmes.history import acting
from programmes.models import Agency, AgencyBudget, Disbursement, LifeCycle, Mission, Programme, Revision
from programmes.quantities import PENDING, Quantity
from reporting.status_sheet import build_status_sheet, default_as_of, to_json

AS_OF = date(2011, 10, 31)


def test_a_disbursement_counts_from_the_day_it_was_made(panama):
    before = build_status_sheet(panama, date(2011, 5, 25)).disbursements
    assert [line.transferred for line in before.lines] == [Quantity(Decimal(2_033_649)), PENDING, PENDING]
    assert before.lines[1].made_on is None
    assert before.lines[1].planned_usd is None
    assert build_status_sheet(panama, date(2011, 5, 26)).disbursements.transferred_usd == Decimal(5_123_115)


def test_a_revision_counts_from_the_day_it_was_approved(panama):
    third = Revision.objects.create(
        programme=panama, number=3, approved_on=date(2012, 1, 15), total_budget_usd=9_000_000, ends_on=date(2013, 6, 18)
    )
    AgencyBudget.objects.create(revision=third, agency=Agency.objects.get(acronym_en="FAO"), amount_usd=9_000_000)
    before, after = (build_status_sheet(panama, day) for day in (date(2012, 1, 14), date(2012, 1, 15)))
    assert (before.money.stated_usd, before.dates.revision) == (Decimal(8_000_000), 2)
    assert (after.money.stated_usd, after.dates.revision) == (Decimal(9_000_000), 3)
    assert [line.agency for line in after.money.agencies] == ["FAO"]
    assert (after.dates.ends_on, after.dates.extended_to_on) == (date(2012, 12, 18), date(2013, 6, 18))
    assert after.notes == ()


def test_a_revision_without_a_date_counts_from_the_start(panama):
    assert build_status_sheet(panama, date(2009, 1, 1)).money.stated_usd == Decimal(8_000_000)


def test_before_anybody_judged_the_programme_it_is_not_assessed(panama):
    assert build_status_sheet(panama, date(2011, 10, 30)).status.performance == ""
    assert build_status_sheet(panama, AS_OF).status.performance == "delayed"


def test_missions_count_once_they_were_held(panama):
    held = build_status_sheet(panama, date(2010, 12, 31)).missions
    assert [line.held_on for line in held.lines] == [date(2009, 2, 1), date(2010, 3, 1)]
    assert held.members_of_unknown_mission == ("Jose Antonio Gonzalez", "Regina Gallego")


def test_figures_count_from_the_day_they_were_counted_to(panama):
    assert build_status_sheet(panama, date(2011, 10, 30)).beneficiaries.counted_to_on is None
    assert build_status_sheet(panama, AS_OF).beneficiaries.counted_to_on == AS_OF


# ------------------------------------------------------------------ as the portal knew it


def test_the_history_gives_the_sheet_as_it_was_known(panama):
    was = build_status_sheet(panama, AS_OF)
    then = timezone.now()
    with acting(None, "corrected"):
        fao = AgencyBudget.objects.filter(revision__programme=panama, agency__acronym_en="FAO").last()
        fao.amount_usd = 1
        fao.save()
        panama.title = panama.title.__class__(es="Otro título", en="Another title")
        panama.save()
        Disbursement.objects.get(programme=panama, ordinal=3).delete()
        Mission.objects.create(programme=panama, held_on=date(2011, 6, 1))
    now, remembered = build_status_sheet(panama, AS_OF), build_status_sheet(panama, AS_OF, known_at=then)
    assert now.identity.title.en == "Another title"
    assert len(now.disbursements.lines) == 2
    assert to_json(remembered) == to_json(was)


def test_a_programme_that_the_portal_did_not_know_yet_has_no_sheet(panama):
    with pytest.raises(Programme.DoesNotExist, match="MDGF-2097"):
        build_status_sheet(panama, AS_OF, known_at=timezone.now() - timedelta(days=3650))


# ------------------------------------------------------------------ the date of a live sheet


def test_while_a_programme_runs_its_sheet_is_of_today(panama):
    assert default_as_of(panama, date(2012, 3, 1)) == date(2012, 3, 1)


def test_the_sheet_of_an_ended_programme_is_of_its_last_fact(panama):
    assert default_as_of(panama, date(2020, 1, 1)) == AS_OF
    Mission.objects.create(programme=panama, held_on=date(2012, 2, 14), precision="day")
    assert default_as_of(panama, date(2020, 1, 1)) == date(2012, 2, 14)


def test_a_mission_of_which_only_the_month_is_known_gives_the_sheet_no_day(panama):
    Mission.objects.create(programme=panama, held_on=date(2012, 3, 1))
    assert default_as_of(panama, date(2020, 1, 1)) == AS_OF


def test_a_closed_programme_has_ended_before_its_end_date(panama):
    panama.life_cycle = LifeCycle.FINANCIALLY_CLOSED
    assert default_as_of(panama, date(2012, 3, 1)) == AS_OF


def test_a_fact_of_the_future_is_not_claimed(panama):
    panama.life_cycle = LifeCycle.OPERATIONALLY_CLOSED
    Mission.objects.create(programme=panama, held_on=date(2013, 2, 1), precision="day")
    assert default_as_of(panama, date(2012, 3, 1)) == AS_OF


def test_a_fact_of_the_future_hides_no_earlier_one_of_its_kind(panama):
    panama.life_cycle = LifeCycle.OPERATIONALLY_CLOSED
    for day in (date(2012, 2, 1), date(2013, 2, 1)):
        Mission.objects.create(programme=panama, held_on=day, precision="day")
    assert default_as_of(panama, date(2012, 3, 1)) == date(2012, 2, 1)


def test_a_closed_programme_without_any_fact_is_shown_as_of_today(panama):
    bare = Programme.objects.create(
        code="MDGF-9999", country=panama.country, fund=panama.fund, life_cycle=LifeCycle.CANCELLED
    )
    assert default_as_of(bare, date(2012, 3, 1)) == date(2012, 3, 1)
    sheet = build_status_sheet(bare, date(2012, 3, 1))
    assert sheet.money.stated_usd is None
    assert sheet.disbursements.lines == ()
