"""Amounts are kept as stated; what looks like a slip of the hand is said right after saving."""

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from programmes.findings.money import spent_above_approved
from programmes.models import Agency, Disbursement
from programmes.quantities import ND, Quantity
from tests.programmes.browsing import form_on

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def notices(client_of, rco_panama, panama):
    """``notices(section, {field: value})`` → what the page says after saving, beside that it is saved."""
    client = client_of(rco_panama)

    def save(section, changes):
        address = reverse("programmes:section_edit", args=[panama.code, section])
        answer = client.post(address, form_on(client.get(address, headers=ENGLISH)) | changes, headers=ENGLISH)
        assert answer.status_code == 303
        return [str(message) for message in get_messages(answer.wsgi_request) if message.level_tag == "warning"]

    return save


def test_a_total_that_lost_its_digits_is_saved_and_asked_about(notices, panama):
    lost, below = notices("budget", {"total_budget_usd": "8.00"})
    assert lost == "The total budget was USD 8,000,000 and is now USD 8. Check that no digit is missing."
    assert below.startswith("The disbursements exceed the budget by USD ")
    assert panama.revisions.last().total_budget_usd == Decimal(8)


def test_a_smaller_total_that_may_be_meant_is_not_asked_about(notices):
    assert notices("budget", {"total_budget_usd": "7,900,000"}) == []


def test_a_revision_that_lost_its_digits_is_asked_about_too(notices, panama):
    decided = {"approved_on": "2011-11-15", "decision": "Extensión.", "ends_on": "2012-06-30"}
    Disbursement.objects.filter(programme=panama).delete()
    assert len(notices("revision", decided | {"total_budget_usd": "8,000"})) == 1
    assert notices("revision", decided | {"total_budget_usd": "8,000,000"}) == []


def test_what_exceeds_the_agencys_budget_is_said_after_saving(notices):
    row = f"agency-{Agency.objects.get(acronym_en='FAO').pk}"
    reported = {f"{row}-as_of_on": "2011-10-31", f"{row}-committed_usd": "100", f"{row}-spent_usd": "5,000,000"}
    assert [said.partition(".")[0] for said in notices("finances", reported)] == [
        "FAO: more is spent than is committed",
        "FAO: more is spent than was approved",
    ]
    said = notices("finances", {f"{row}-committed_usd": "5,000,000"})
    assert said[0].startswith("FAO: more is committed than was approved. USD 5,000,000 is committed, ")


def test_spent_above_approved_is_found_once():
    approved, more = Decimal(100), Quantity(Decimal(101))
    (finding,) = spent_above_approved([("FAO", "FAO", approved, ND, more)])
    assert (finding.code, finding.field) == ("spent_above_approved", "FAO-spent_usd")
    assert spent_above_approved([("FAO", "FAO", approved, more, more)]) == []
    assert spent_above_approved([("FAO", "FAO", approved, ND, Quantity(approved))]) == []
    assert spent_above_approved([("FAO", "FAO", approved, ND, ND)]) == []


def test_the_head_prints_no_rate_above_the_total(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    address = reverse("reporting:programme_detail", args=[panama.code])
    assert "of the stated total" in client.get(address, headers=ENGLISH).content.decode()
    for total in (8, 0):
        panama.revisions.update(total_budget_usd=total)
        panama.version += 1
        panama.save()
        page = client.get(address, headers=ENGLISH).content.decode()
        assert "more than the stated total" in page
        assert "of the stated total" not in page
