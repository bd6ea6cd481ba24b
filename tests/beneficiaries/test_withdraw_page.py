"""The page on which loaded figures are withdrawn: what it changes first, then the reason."""

import re
from datetime import date

import pytest
from django.urls import reverse

from beneficiaries.models import Submission
from beneficiaries.withdrawing import withdraw
from tests.beneficiaries.agreements import DECEMBER, TODAY, WOMEN, agree, all_send
from tests.beneficiaries.test_submission_page import PEOPLE, page_of
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(panama):
    return submit(panama, "FAO", "2011-S2", counts=[("cocle", "women", 40)])


@pytest.fixture
def second(panama, first):
    return submit(panama, "FAO", "2011-S2", revision=2, counts=[("cocle", "women", 55), ("herrera", "men", 5)])


def withdraw_url(submission):
    return reverse("beneficiaries:submission_withdraw", args=[submission.programme.code, submission.pk])


def send(client, submission, **given):
    client.cookies["django_language"] = "en"
    seen = re.search(r'name="seen" value="(\w+)"', client.get(withdraw_url(submission)).text)[1]
    return client.post(withdraw_url(submission), {"seen": seen, "reason": "Counted twice.", **given})


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [200, 200, 403, 403, 403, 404], strict=True)])
def test_who_may_withdraw(request, client_of, first, person, status):
    client = client_of(request.getfixturevalue(person))
    client.cookies["django_language"] = "en"
    answer = client.get(withdraw_url(first))
    assert (answer.status_code, client.post(withdraw_url(first)).status_code) == (status, status)
    if status == 403:
        assert "upload and withdraw beneficiary figures" in answer.text or person == "reader"


def test_it_shows_first_what_changes_and_writes_nothing(client_of, focal_point_fao, second, reading_only):
    client = client_of(focal_point_fao)
    with reading_only():
        page = page_of(client, withdraw_url(second))
    assert "Revision 1 returns: its figures count again in place of these." in page
    told = page.index("What changes in the totals")
    assert told < page.index("Where areas differ") < page.index('name="reason"')
    assert re.search(r"Women</th>.*?≥ 573.*?≥ 558", page)
    assert re.search(r"Herrera</th> ?<td[^>]*><span>Men, direct</span>", page)
    assert Submission.objects.get(pk=second.pk).status == "accepted"


def test_nothing_remains_is_missing_not_zero(client_of, focal_point_fao, first):
    page = page_of(client_of(focal_point_fao), withdraw_url(first))
    assert "no other revision for 2011-S2 remains. Its figures are missing then; they are not zero." in page
    assert "Findings that arise" in page


def test_a_superseded_revision_changes_no_total(client_of, focal_point_fao, first, second):
    page = page_of(client_of(focal_point_fao), withdraw_url(first))
    assert "It does not count: revision 2 does, and still will." in page
    assert "What changes in the totals" not in page


def test_agreed_figures_that_lapse_are_named(client_of, panama, rco_panama):
    fao = all_send(panama)[1]
    agree(panama, rco_panama, {WOMEN: 600}, on=DECEMBER, today=TODAY)
    assert "600, agreed for December 31, 2011, lapses" in page_of(client_of(rco_panama), withdraw_url(fao))


def test_withdrawn_it_says_who_when_and_why_everywhere(client_of, panama, focal_point_fao, second):
    client = client_of(focal_point_fao)
    answer = send(client, second)
    assert (answer.status_code, answer.headers["Location"]) == (303, second.get_absolute_url())
    detail = page_of(client, second.get_absolute_url())
    assert "The submission was withdrawn. Revision 1 counts again." in detail
    listed = page_of(client, reverse("beneficiaries:submission_list", args=[panama.code]))
    for page in (detail, listed):
        assert f"{focal_point_fao}: Counted twice." in page
        assert withdraw_url(second) not in page


def test_without_a_reason_it_asks_again(client_of, focal_point_fao, first):
    answer = send(client_of(focal_point_fao), first, reason=" ")
    assert answer.status_code == 200
    assert answer.text.count("Say why the submission is withdrawn.") == 2
    assert Submission.objects.get(pk=first.pk).status == "accepted"


def test_the_back_button_and_the_second_person_are_told(client_of, focal_point_fao, rco_panama, second):
    client = client_of(focal_point_fao)
    assert send(client, second).status_code == 303
    again = client.post(withdraw_url(second), {"seen": "x", "reason": "Once more"}, follow=True)
    assert "This submission is withdrawn already." in again.text
    assert client.get(withdraw_url(second)).headers["Location"] == second.get_absolute_url()
    assert Submission.objects.get(pk=second.pk).withdrawn_reason == "Counted twice."


def test_what_has_moved_is_shown_again_and_the_reason_kept(client_of, focal_point_fao, rco_panama, first, second):
    client = client_of(focal_point_fao)
    page_of(client, withdraw_url(second))
    withdraw(first, by=rco_panama, today=date(2012, 1, 20), reason="Wrong")
    answer = send(client, second, seen="of-before")
    assert answer.status_code == 409
    assert "What it changes has moved since you looked" in answer.text
    assert 'value="Counted twice."' in answer.text
    assert Submission.objects.get(pk=second.pk).status == "accepted"
    assert send(client, second).status_code == 303


def test_in_a_closed_period_a_focal_point_sees_why_not(client_of, focal_point_fao, first):
    first.period.closed_on = date(2012, 1, 15)
    first.period.save()
    page = page_of(client_of(focal_point_fao), withdraw_url(first))
    assert "Only RCO staff can revise its figures now" in page
    assert 'name="reason"' not in page
    assert client_of(focal_point_fao).post(withdraw_url(first), {"reason": "x"}).status_code == 200
    assert Submission.objects.get(pk=first.pk).status == "accepted"


def test_an_upload_is_discarded_not_withdrawn(client_of, panama, focal_point_fao):
    waiting = submit(panama, "FAO", "2011-S2", status="uploaded")
    client = client_of(focal_point_fao)
    assert client.get(withdraw_url(waiting)).headers["Location"] == waiting.get_absolute_url()
    assert client.post(withdraw_url(waiting), {"reason": "x"}).status_code == 303
    assert Submission.objects.get(pk=waiting.pk).status == "uploaded"
