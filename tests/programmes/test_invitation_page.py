"""The page behind the link in the mail: who sees what there, and that looking at it changes nothing."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from programmes.actions import people
from programmes.models import Invitation, Role, User
from programmes.passwords import LongEnough
from tests.programmes.inviting import EMAIL, PASSWORD, invited

pytestmark = pytest.mark.django_db

ACCOUNT = {"name": "Elena Castillo", "password1": PASSWORD, "password2": PASSWORD}


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Attempts are counted in the cache, for all tests of a process."""
    cache.clear()


@pytest.fixture
def sent(rco_panama, panama, django_capture_on_commit_callbacks):
    """``sent(email)``: an invitation of now and the address of its page."""

    def send(email=EMAIL, **changed):
        invitation, token = invited(
            rco_panama, panama, django_capture_on_commit_callbacks, email=email, at=timezone.now(), **changed
        )
        return invitation, f"/invitation/{token}/"

    return send


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "en"})


def main_of(page):
    return page.text.split("<main")[1]


# ------------------------------------------------------------------ a new person


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_opens_the_link_uses_nothing_up(sent, browser, reading_only, method):
    invitation, address = sent()
    with reading_only():
        assert getattr(browser, method)(address).status_code == 200
    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    assert "sessionid" not in browser.cookies


def test_the_page_says_who_invites_to_what(sent, browser, rco_panama):
    page = main_of(browser.get(sent()[1]))
    for words in (rco_panama.name, "agency focal point · MDGF-2097 · FAO", "Entrepreneurial Opportunities", EMAIL):
        assert words in page


def test_a_new_person_chooses_name_and_password_and_is_in(sent, browser):
    _invitation, address = sent(name="Elena")
    assert 'value="Elena"' in browser.get(address).text
    page = browser.post(address, ACCOUNT, follow=True)
    assert page.redirect_chain == [("/", 303)]
    assert "Welcome, Elena Castillo." in page.text
    assert browser.get("/programmes/MDGF-2097/").status_code == 200
    person = User.objects.get(email=EMAIL)
    assert UserSession.objects.filter(user=person).count() == 1, "the session is not listed among the open ones"
    assert browser.session.get_expire_at_browser_close()
    signing_in = Client().post("/accounts/login/", {"login": EMAIL, "password": PASSWORD})
    assert signing_in["Location"] == "/"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"name": " "}, "Write your name."),
        ({"name": "x" * 121}, "shorten it by 1 character."),
        ({"password1": ""}, "Choose a password."),
        ({"password2": ""}, "Write the password once more."),
        ({"password2": "another password"}, "The two passwords are not the same"),
        ({"password1": "corta", "password2": "corta"}, "The password is too short:"),
        ({"password1": "1234567890123", "password2": "1234567890123"}, "The password is only digits:"),
        ({"password1": EMAIL, "password2": EMAIL}, "The password is too much like your name or your e-mail address:"),
    ],
)
def test_a_name_or_password_that_will_not_do_is_refused_with_its_reason(sent, browser, changed, said):
    _invitation, address = sent()
    page = browser.post(address, ACCOUNT | changed)
    assert said in page.text
    assert not User.objects.filter(email=EMAIL).exists()
    assert PASSWORD not in page.text


def test_the_refusal_of_a_password_speaks_the_language_of_the_page(sent):
    spanish = Client(headers={"accept-language": "es"})
    page = spanish.post(sent()[1], ACCOUNT | {"password1": "corta", "password2": "corta"})
    with override("es"):
        assert LongEnough().get_error_message() in page.text


# ------------------------------------------------------------------ a person with an account


def test_a_person_with_an_account_signs_in_comes_back_and_accepts(sent, browser, stranger):
    invitation, address = sent(stranger.email)
    page = browser.get(address)
    assert "password1" not in page.text
    assert f"/accounts/login/?next={address}" in page.text
    signing_in = {"login": stranger.email, "password": "una-clave-larga-2011", "next": address}
    assert browser.post("/accounts/login/", signing_in)["Location"] == address
    assert "You are signed in as" in browser.get(address).text
    page = browser.post(address, follow=True)
    assert "Welcome, Ana Mora." in page.text
    assert stranger.memberships.filter(role=Role.FOCAL_POINT).count() == 1
    invitation.refresh_from_db()
    assert invitation.accepted_by == stranger


def test_an_account_is_not_taken_over_by_the_form_of_a_new_person(sent, browser, stranger):
    _invitation, address = sent(stranger.email)
    assert "Sign in and go on" in browser.post(address, ACCOUNT).text
    assert User.objects.get(pk=stranger.pk).check_password("una-clave-larga-2011")
    assert not stranger.memberships.filter(role=Role.FOCAL_POINT).exists()


def test_a_closed_account_is_not_opened_by_an_invitation(sent, browser, stranger):
    User.objects.filter(pk=stranger.pk).update(is_active=False)
    _invitation, address = sent(stranger.email)
    assert "password1" not in browser.get(address).text
    browser.post(address, ACCOUNT)
    assert not stranger.memberships.filter(role=Role.FOCAL_POINT).exists()


def test_who_is_signed_in_as_somebody_else_signs_out_first(sent, client_of, reader):
    _invitation, address = sent()
    client = client_of(reader)
    for page in (client.get(address), client.post(address)):
        assert reader.email in page.text
        assert EMAIL in page.text
    assert not reader.memberships.filter(role=Role.FOCAL_POINT).exists()
    assert client.post("/accounts/logout/", {"next": address})["Location"] == address
    assert "password1" in client.get(address).text


# ------------------------------------------------------------------ a link that no longer works


def used(invitation, by):
    people.accept_as_new(invitation=invitation, name="Elena", password=PASSWORD, at=timezone.now())


def expired(invitation, by):
    sent_at = timezone.now() - timedelta(hours=72)
    Invitation.objects.update(sent_at=sent_at, expires_at=sent_at + timedelta(hours=72))


def revoked(invitation, by):
    people.revoke(invitation=invitation, by=by, at=timezone.now())


def worthless(invitation, by):
    by.memberships.update(ended_at=timezone.now())


@pytest.mark.parametrize(
    ("closing", "said"),
    [
        (used, "This invitation has been accepted"),
        (expired, "This invitation has expired"),
        (revoked, "This invitation was taken back"),
        (worthless, "This invitation was taken back"),
    ],
)
def test_a_link_that_no_longer_works_says_why_and_what_to_do(sent, browser, rco_panama, closing, said):
    invitation, address = sent()
    closing(invitation, rco_panama)
    for page in (browser.get(address), browser.post(address, ACCOUNT)):
        assert page.status_code == 410
        assert said in page.text
        assert "<form" not in main_of(page)
    assert browser.get("/").status_code == 302


@pytest.mark.parametrize("token", ["x", "%00", "a" * 3000, "../", "%F0%9F%94%91", "%ff"])
def test_a_forged_link_opens_nothing(sent, browser, token):
    sent()
    page = browser.get(f"/invitation/{token}/")
    assert page.status_code == 404


def test_a_link_that_was_sent_anew_leads_to_the_latest_mail(sent, browser, rco_panama):
    invitation, address = sent()
    people.resend(invitation=invitation, by=rco_panama, at=timezone.now())
    page = browser.get(address)
    assert page.status_code == 404
    assert "Open the link of the latest mail" in page.text


# ------------------------------------------------------------------ the secret in the address


def test_the_address_is_told_to_nobody_and_kept_by_nobody(sent, browser):
    _invitation, address = sent()
    for page in (browser.get(address), browser.get("/invitation/forged/")):
        assert page["Referrer-Policy"] == "strict-origin"
        assert "no-store" in page["Cache-Control"]
        assert page["X-Robots-Tag"] == "noindex"
        assert 'src="http' not in page.text
        assert 'href="http' not in page.text


def test_trying_out_links_has_to_wait_after_some(sent, browser):
    statuses = [browser.get(f"/invitation/guess-{number}/").status_code for number in range(30)]
    assert statuses[0] == 404
    assert statuses[-1] == 429
    assert browser.post(sent()[1], ACCOUNT).status_code == 429
    assert not User.objects.filter(email=EMAIL).exists()
