"""The page on which RCO staff agree figures, each within its range."""

import re

import pytest
from django.urls import reverse

from beneficiaries.models import AgreedFigure
from tests.beneficiaries.agreements import DECEMBER, WHY, WOMEN, agree, all_send
from tests.beneficiaries.sending import receive, template
from tests.beneficiaries.test_submission_page import page_of
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(panama):
    all_send(panama)
    return reverse("beneficiaries:agreed_edit", args=[panama.code]) + "?on=2011-12-31"


def post(client, url, **given):
    """The form as the page holds it, with what is typed."""
    client.cookies["django_language"] = "en"
    page = client.get(url).text
    held = re.findall(r'<input type="text" name="([\w-]+-\w+)"(?: value="([\d,]*)")?', page)
    seen = re.search(r'name="seen" value="(\w+)"', page)[1]
    typed = {name.replace("_", "-"): value for name, value in given.items() if name not in ("reason", "seen")}
    fixed = {"reason": given.get("reason", WHY), "seen": given.get("seen", seen)}
    return client.post(url, dict(held) | typed | fixed)


PEOPLE = ("rco_panama", "focal_point_fao", "secretariat", "administrator", "reader", "stranger")


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [200, 403, 403, 403, 403, 404], strict=True)])
def test_who_may_agree(request, client_of, panama, person, status):
    client = client_of(request.getfixturevalue(person))
    address = reverse("beneficiaries:agreed_edit", args=[panama.code])
    client.cookies["django_language"] = "en"
    answer = client.get(address)
    # An empty form was never shown to anybody.
    assert (answer.status_code, client.post(address).status_code) == (status, 409 if status == 200 else status)
    if person == "secretariat":
        assert "set the agreed figure" in answer.text


def test_each_field_has_its_range_beside_it_or_says_what_is_missing(client_of, rco_panama, url, reading_only):
    client = client_of(rco_panama)
    with reading_only():
        page = page_of(client, url)
    assert re.search(r'Women</th><td class="num" data-label="net">518</td><td class="num" data-label="gross">618', page)
    assert page.count('name="women-direct"') == 1
    assert "Nobody has reported it." in page
    assert 'name="institutions-indirect"' not in page


def test_it_is_saved_with_its_reason_and_told(client_of, rco_panama, panama, url):
    client = client_of(rco_panama)
    answer = post(client, url, women_direct="600", men_direct="1 300")
    assert answer.status_code == 200
    assert "Write a number from 269 (net) to 319 (gross)." in answer.text
    assert 'value="600"' in answer.text
    assert not AgreedFigure.objects.exists()
    answer = post(client, url, women_direct="600", men_direct="300")
    assert answer.status_code == 303
    page = page_of(client, answer.headers["Location"])
    assert "2 agreed figures were changed." in page
    assert "<strong>600</strong> Women, direct, for December 31, 2011" in page
    assert f"{rco_panama}, " in page
    assert WHY in page
    assert post(client, url, women_direct="", reason="No agreement").status_code == 303
    assert [figure.category.code for figure in AgreedFigure.objects.in_force()] == ["men"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("1.839", "can be read in two ways"),
        ("seiscientas", "is no count"),
        ("600,5", "is no count"),
        ("-3", "is no count"),
        ("9" * 30, "is no count"),
    ],
)
def test_what_is_no_count_gets_a_sentence_at_its_field(client_of, rco_panama, url, typed, sentence):
    answer = post(client_of(rco_panama), url, women_direct=typed)
    assert answer.status_code == 200
    assert answer.text.count(sentence) == 2
    assert f'value="{typed}"' in answer.text


def test_without_a_reason_nothing_is_saved(client_of, rco_panama, url):
    answer = post(client_of(rco_panama), url, women_direct="600", reason="")
    assert answer.text.count("Say how the figure was agreed.") == 2
    assert post(client_of(rco_panama), url, reason="").status_code == 303


def test_what_somebody_else_agreed_meanwhile_is_shown_first(client_of, rco_panama, panama, url):
    agree(panama, rco_panama, {WOMEN: 590}, on=DECEMBER)
    answer = post(client_of(rco_panama), url, women_direct="600", seen="of-before")
    assert answer.status_code == 409
    assert "Something has changed since you looked" in answer.text
    assert AgreedFigure.objects.in_force().get().value == 590


def test_a_date_that_cannot_be_read_is_told(client_of, rco_panama, url):
    page = page_of(client_of(rco_panama), url.partition("?")[0] + "?on=mañana")
    assert 'value="mañana"' in page
    assert '<div class="err">' in page


def test_saving_one_figure_does_not_renew_another_that_has_lapsed(client_of, rco_panama, panama, url):
    client = client_of(rco_panama)
    assert post(client, url, women_direct="600").status_code == 303
    submit(panama, "FAO", "2011-S2", revision=2, counts=[("cocle", "women", 22), ("cocle", "men", 10)])
    assert "600 has lapsed: other submissions count now." in page_of(client, url)
    assert post(client, url, men_direct="300", reason="Only the men").status_code == 303
    told = {figure.category.code: figure.reason for figure in AgreedFigure.objects.in_force()}
    assert told == {"women": WHY, "men": "Only the men"}
    assert "600 has lapsed" in page_of(client, url)


def test_an_upload_says_before_it_is_confirmed_which_agreed_figures_lapse(client_of, rco_panama, panama, url):
    agree(panama, rco_panama, {WOMEN: 600})
    sent = receive(panama, rco_panama, template(panama, {"B10": 44}))
    page = page_of(client_of(rco_panama), sent.get_absolute_url())
    assert "600, agreed for December 31, 2011, lapses" in page
    assert "The sheet prints the sums again until they are agreed anew." in page
