"""Accepting a finding with a reason, seeing it stay, and opening it again."""

import re
from datetime import date

import pytest
from django.utils import timezone

from programmes.actions import budgets
from programmes.actions import findings as actions
from programmes.models import FindingAcceptance, Programme
from reporting.before_issuing import gaps
from reporting.findings import live_findings
from reporting.status_sheet import build_status_sheet, from_json, live_sheet, to_json

pytestmark = pytest.mark.django_db

AS_OF = date(2011, 10, 31)
LIST = "/programmes/MDGF-2097/findings/"
ACCEPT = f"{LIST}accept/"
WITHDRAW = f"{LIST}withdraw/"
REASON = "La agencia confirma el lunes."


def live(code="budget_gap"):
    found = live_findings(Programme.objects.get(code="MDGF-2097"), AS_OF)
    return next((finding for finding in found if finding.code == code), None)


def ask(client, key="", language="en"):
    return client.get(ACCEPT, {"finding": key}, headers={"accept-language": language})


def accept(client, key, reason=REASON):
    return client.post(ACCEPT, {"finding": key, "reason": reason}, headers={"accept-language": "en"})


def to_resolve(client):
    """The list as it is without what was accepted, and what was."""
    page = client.get(LIST, headers={"accept-language": "en"}).text
    resolve, _mark, accepted = page.partition('id="accepted"')
    return resolve, accepted


def test_the_list_leads_to_the_page_and_back_with_the_reason_in_sight(client_of, rco_panama):
    client = client_of(rco_panama)
    link = re.search(r'href="(/programmes/MDGF-2097/findings/accept/\?finding=\w+)">[^<]*<span[^>]*>: The agencies',
                     to_resolve(client)[0])[1]  # fmt: skip
    page = client.get(link, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "The agencies add up to USD 54,000 less than the stated total" in page.text
    done = accept(client, link.rpartition("=")[2])
    assert (done.status_code, done.headers["Location"]) == (303, f"{LIST}#accepted")
    resolve, accepted = to_resolve(client)
    assert "The agencies add up to USD 54,000 less than the stated total" not in resolve.split("<h2")[1]
    for said in ("The agencies add up to USD 54,000 less than the stated total", REASON, rco_panama.name):
        assert said in accepted


def test_it_leaves_the_count_and_stays_visible_on_the_workspace(client_of, rco_panama):
    client = client_of(rco_panama)
    before = client.get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    accept(client, live().key)
    after = client.get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    assert "<span>2 warnings, 10 notes</span>" in before
    assert "<span>1 warning, 10 notes</span>" in after
    assert "1 accepted" in after
    block = after.split('id="budget"')[1].split("</section>")[0]
    assert REASON in block
    assert '<tr class="mark">' not in block


def test_it_holds_for_the_values_seen_and_is_open_again_when_they_change(panama, rco_panama):
    actions.accept(programme=panama, finding=live(), reason=REASON, by=rco_panama)
    assert not live().is_open
    revision = panama.revisions.get(number=2)
    revision.total_budget_usd -= 1
    rows = list(revision.agency_budgets.all())
    budgets.state(programme=panama, revision=revision, agency_budgets=rows, by=rco_panama)
    assert live().is_open
    revision.total_budget_usd += 1
    budgets.state(programme=panama, revision=revision, agency_budgets=rows, by=rco_panama)
    assert live().acceptance.reason == REASON


def test_it_is_taken_back_and_can_be_accepted_anew(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    accept(client, live().key)
    done = client.post(WITHDRAW, {"finding": live().key})
    assert (done.status_code, done.headers["Location"]) == (303, LIST)
    assert live().is_open
    accept(client, live().key, "Por otra razón")
    assert live().acceptance.reason == "Por otra razón"
    first, second = FindingAcceptance.objects.filter(programme=panama)
    assert (first.withdrawn_at is None, second.withdrawn_at is None) == (False, True)
    assert [row.history_user for row in first.history.all()] == [rco_panama, rco_panama]


def test_taking_back_what_is_open_changes_nothing_and_says_so(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    page = client.post(WITHDRAW, {"finding": live().key}, follow=True, headers={"accept-language": "en"})
    assert "nothing was changed" in page.text
    panama.refresh_from_db()
    assert panama.version == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Say why it stays as it is"),
        ("   ", "Say why it stays as it is"),
        ("a" * 10_000, "This may have 500 characters at most and has 10,000"),
    ],
)
def test_a_reason_that_is_none_or_too_long_loses_nothing(client_of, rco_panama, reason, sentence):
    page = accept(client_of(rco_panama), live().key, reason)
    assert page.status_code == 422
    assert sentence in page.text
    assert reason.strip() in page.text
    assert live().is_open


def test_a_finding_that_changed_meanwhile_keeps_what_was_typed(client_of, rco_panama):
    page = accept(client_of(rco_panama), "0123456789abcdef")
    assert page.status_code == 409
    assert "This finding is no longer there" in page.text
    assert REASON in page.text
    assert not FindingAcceptance.objects.exists()


def test_of_two_people_the_first_one_s_reason_stands_and_the_second_reads_it(client_of, rco_panama):
    client, key = client_of(rco_panama), live().key
    accept(client, key)
    page = accept(client, key, "Mi razón")
    assert page.status_code == 409
    assert f"{rco_panama.name}: “{REASON}”" in page.text
    assert "Mi razón" in page.text
    assert live().acceptance.reason == REASON


def test_two_who_accept_at_the_same_moment_make_one_acceptance(panama, rco_panama):
    finding = live()
    for reason in ("uno", "dos"):
        actions.accept(programme=panama, finding=finding, reason=reason, by=rco_panama)
    assert [row.reason for row in FindingAcceptance.objects.all()] == ["uno"]


def test_an_address_of_no_finding_is_not_found_and_leads_back(client_of, rco_panama):
    for key in ("", "x", "\u0000"):
        page = ask(client_of(rco_panama), key)
        assert page.status_code == 404
        assert f'href="{LIST}"' in page.text


def test_script_in_the_reason_is_text(client_of, rco_panama):
    client = client_of(rco_panama)
    accept(client, live().key, "<script>alert(1)</script>")
    _resolve, accepted = to_resolve(client)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in accepted
    assert "<script>alert(1)" not in accepted


def test_who_may_accept(client_of, secretariat, focal_point_fao, reader, stranger):
    for person, status in ((secretariat, 403), (focal_point_fao, 403), (reader, 403), (stranger, 404)):
        client = client_of(person)
        assert ask(client, live().key).status_code == status
        assert accept(client, live().key).status_code == status
        assert client.post(WITHDRAW, {"finding": live().key}).status_code == status
    assert "Accept with a reason" not in client_of(secretariat).get(LIST, headers={"accept-language": "en"}).text


def test_an_accepted_finding_is_no_gap_before_issuing(panama, rco_panama):
    assert "The agencies add up to USD 54,000 less than the stated total" in [
        gap.en for gap in gaps(build_status_sheet(panama, AS_OF), ("en",))
    ]
    actions.accept(programme=panama, finding=live(), reason=REASON, by=rco_panama)
    sheet = build_status_sheet(panama, AS_OF)
    assert "The agencies add up to USD 54,000 less than the stated total" not in [
        gap.en for gap in gaps(sheet, ("en",))
    ]
    assert from_json(to_json(sheet)) == sheet


def test_the_sheet_knows_what_was_accepted_at_an_instant(panama, rco_panama):
    actions.accept(programme=panama, finding=live(), reason=REASON, by=rco_panama)
    then = timezone.now()
    actions.withdraw(programme=panama, acceptance=live().acceptance, by=rco_panama)
    assert [held.reason for held in build_status_sheet(panama, AS_OF, known_at=then).accepted] == [REASON]
    assert live_sheet(panama, AS_OF).accepted == ()
