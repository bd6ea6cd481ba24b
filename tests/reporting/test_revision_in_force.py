"""One rule everywhere: the revision in force at a date is the last one approved by then."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from beneficiaries.totals import to_date
from programmes.forms.finances import FinancesPage
from programmes.forms.money import DisbursementsPage
from programmes.models import Agency, AgencyBudget, Revision, approved_by
from reporting.portfolio import page_of, rows_of
from reporting.status_sheet import build_status_sheet

pytestmark = pytest.mark.django_db

BEFORE, APPROVED = date(2012, 1, 14), date(2012, 1, 15)
FIVE = ["UNWTO", "FAO", "UNIDO", "UNCTAD", "UNDP"]


@pytest.fixture
def third(panama):
    """A third revision, of FAO alone."""
    revision = Revision.objects.create(
        programme=panama, number=3, approved_on=APPROVED, total_budget_usd=9_000_000, ends_on=date(2013, 6, 18)
    )
    AgencyBudget.objects.create(revision=revision, agency=Agency.objects.get(acronym_en="FAO"), amount_usd=9_000_000)
    return revision


@pytest.mark.parametrize(("day", "number", "agencies"), [(BEFORE, 2, FIVE), (APPROVED, 3, ["FAO"])])
def test_sheet_totals_and_forms_take_the_same_revision(panama, third, day, number, agencies):
    assert panama.revisions.in_force(day).number == number
    assert approved_by(list(panama.revisions.all()), day)[-1].number == number
    assert [agency.acronym_en for agency in panama.agencies_at(day)] == agencies
    assert [line.agency for line in build_status_sheet(panama, day).money.agencies] == agencies
    assert list(to_date(panama, day).agencies) == agencies


@pytest.mark.parametrize(("day", "agencies"), [(BEFORE, FIVE), (APPROVED, ["FAO"])])
def test_a_form_asks_for_the_agencies_that_take_part_on_its_day(panama, third, rco_panama, day, agencies):
    finances = FinancesPage(panama, rco_panama, today=day)
    wanted = list(Agency.objects.filter(acronym_en__in=agencies))
    asked = [name.removeprefix("agency-") for name in finances.parts if name.startswith("agency-")]
    assert sorted(asked) == sorted(str(agency.pk) for agency in wanted)
    shares = DisbursementsPage(panama, rco_panama, today=day).parts["disbursements"].rows[0].agencies
    assert sorted(agency.pk for agency in shares) == sorted(agency.pk for agency in wanted)


@pytest.mark.parametrize("day", [BEFORE, APPROVED])
def test_home_agrees_with_the_sheet_before_and_after_the_approval(panama, third, rco_panama, day):
    found, _count = page_of(type(panama).objects.all(), 1, day)
    row = rows_of(found, rco_panama, day)[0]
    sheet = build_status_sheet(panama, day)
    assert (row.stated_usd, row.transferred_usd) == (sheet.money.stated_usd, sheet.disbursements.transferred_usd)
    assert (found[0].first_end, found[0].stated_end) == (
        sheet.dates.ends_on,
        sheet.dates.extended_to_on or sheet.dates.ends_on,
    )
    assert row.women.missing == sheet.beneficiaries.rows[0].direct.missing == (5 if day == BEFORE else 1)


def test_totals_known_at_an_instant_are_of_the_agencies_known_then(panama):
    then = timezone.now()
    panama.revisions.get(number=2).agency_budgets.exclude(agency__acronym_en="FAO").delete()
    known = [to_date(panama, APPROVED, known_at=instant) for instant in (then, timezone.now())]
    assert [list(totals.agencies) for totals in known] == [FIVE, ["FAO"]]
    assert to_date(panama, APPROVED, known_at=then - timedelta(days=3650)).agencies == ()
