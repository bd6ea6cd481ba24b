"""A revision is a decision: a new one stands beside those of before, and sheets of earlier dates keep theirs."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.programmes.browsing import form_on

ADDRESS = reverse("programmes:section_edit", args=["MDGF-2097", "revision"])
DECISION = {
    "approved_on": "15 de noviembre de 2011",
    "decision": "Extensión sin costo de seis meses.",
    "ends_on": "30 de junio de 2012",
    "total_budget_usd": "8,100,000",
}


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


def revisions(programme):
    return list(programme.revisions.order_by("number"))


def test_it_begins_with_what_the_last_revision_gives(rco, panama):
    shown, last = form_on(rco.get(ADDRESS)), revisions(panama)[-1]
    assert int(shown["budgets-count"]) == last.agency_budgets.count() == 5
    assert shown["total_budget_usd"].replace(",", "") == f"{last.total_budget_usd:.0f}"


def test_a_revision_is_recorded_and_the_one_before_stays(rco, panama, rco_panama):
    before = revisions(panama)
    amounts = [list(row.agency_budgets.values_list("agency", "amount_usd")) for row in before]
    answer = rco.post(ADDRESS, form_on(rco.get(ADDRESS)) | DECISION | {"budgets-0-amount_usd": "2,000,000"})
    assert answer.status_code == 303
    new = revisions(panama)[-1]
    assert (new.number, new.approved_on, new.ends_on) == (before[-1].number + 1, date(2011, 11, 15), date(2012, 6, 30))
    assert (new.reason, new.total_budget_usd) == (DECISION["decision"], Decimal("8100000"))
    assert new.agency_budgets.first().amount_usd == Decimal("2000000")
    assert new.history.get().history_user == rco_panama
    assert [list(row.agency_budgets.values_list("agency", "amount_usd")) for row in before] == amounts


def test_the_sheet_takes_the_revision_approved_by_its_date(rco, panama):
    from reporting.status_sheet import build_status_sheet

    rco.post(ADDRESS, form_on(rco.get(ADDRESS)) | DECISION)
    assert build_status_sheet(panama, date(2011, 11, 14)).money.stated_usd == Decimal("8000000")
    assert build_status_sheet(panama, date(2011, 11, 15)).money.stated_usd == Decimal("8100000")


def test_an_agency_left_out_is_in_the_new_revision_no_more(rco, panama):
    sent = form_on(rco.get(ADDRESS)) | DECISION
    sent = form_on(rco.post(ADDRESS, sent | {"list_action": "budgets:remove:0"}))
    assert rco.post(ADDRESS, sent).status_code == 303
    first, last = revisions(panama)[0], revisions(panama)[-1]
    assert (first.agency_budgets.count(), last.agency_budgets.count()) == (5, 4)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("approved_on", ""),
        ("approved_on", "31/02/2011"),
        ("approved_on", "1 de enero de 1999"),
        ("decision", ""),
        ("ends_on", ""),
        ("total_budget_usd", "-1"),
    ],
)
def test_a_refusal_names_the_field_and_records_nothing(rco, panama, field, value):
    count = panama.revisions.count()
    panama.revisions.filter(number=count).update(approved_on=date(2010, 1, 1))
    answer = rco.post(ADDRESS, form_on(rco.get(ADDRESS)) | DECISION | {field: value})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert panama.revisions.count() == count


def test_a_revision_recorded_meanwhile_is_not_recorded_twice(rco, panama):
    sent = form_on(rco.get(ADDRESS)) | DECISION
    assert rco.post(ADDRESS, sent).status_code == 303
    count = panama.revisions.count()
    assert rco.post(ADDRESS, sent).status_code == 409
    assert panama.revisions.count() == count


def test_the_secretariat_records_one_with_the_reason_of_the_decision(client_of, secretariat, panama):
    client = client_of(secretariat)
    assert client.post(ADDRESS, form_on(client.get(ADDRESS)) | DECISION).status_code == 303
    assert revisions(panama)[-1].history.get().history_change_reason == DECISION["decision"]
