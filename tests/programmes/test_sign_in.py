"""Signing in and out, a forgotten password, a second step, and what is refused on the way."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail
from django.core.cache import cache
from django.test import Client

pytestmark = pytest.mark.django_db

PASSWORD = "cada cifra tiene su fuente"
EMAIL = "oficina.cr@panama.example"


@pytest.fixture(autouse=True)
def no_earlier_attempts():
    """Attempts are counted in the cache, for all tests of a process."""
    cache.clear()


@pytest.fixture
def browser():
    return Client(headers={"accept-language": "en"})


def code_of(secret):
    """What the application on the telephone shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(browser, password=PASSWORD, email=EMAIL, **fields):
    return browser.post("/accounts/login/", {"login": email, "password": password, **fields})


def test_an_e_mail_address_and_its_password_open_the_portal(rco_panama, browser):
    assert sign_in(browser)["Location"] == "/"
    assert browser.get("/").status_code == 200


def test_capitals_in_the_address_do_not_matter(rco_panama, browser):
    assert sign_in(browser, email="Oficina.CR@Panama.example")["Location"] == "/"


def test_the_page_asked_for_comes_after_signing_in(rco_panama, browser):
    asked = browser.get("/programmes/MDGF-2097/")
    assert asked["Location"] == "/accounts/login/?next=/programmes/MDGF-2097/"
    assert sign_in(browser, next="/programmes/MDGF-2097/")["Location"] == "/programmes/MDGF-2097/"


def test_nobody_is_sent_elsewhere_after_signing_in(rco_panama, browser):
    assert sign_in(browser, next="https://elsewhere.example/")["Location"] == "/"


@pytest.mark.parametrize("email", [EMAIL, "nobody@nowhere.example"])
def test_a_wrong_password_and_an_unknown_address_get_the_same_sentence(rco_panama, browser, email):
    page = sign_in(browser, "wrong", email)
    assert page.status_code == 200
    assert "No account has this address with this password." in page.text
    assert f'value="{email}"' in page.text, "what was typed is lost"


def test_an_empty_form_names_both_fields(browser, db):
    page = sign_in(browser, "", "")
    assert page.text.count('class="field has-error"') == 2
    assert 'href="#id_password"' in page.text


def test_after_several_wrong_passwords_the_account_waits(rco_panama, browser):
    for _attempt in range(6):
        page = sign_in(browser, "wrong")
    assert "Too many attempts with a wrong password." in page.text
    assert "Too many attempts" in sign_in(browser).text, "the right password ends the wait"


def test_an_account_that_was_closed_opens_nothing(rco_panama, browser):
    rco_panama.is_active = False
    rco_panama.save()
    sign_in(browser)
    assert browser.get("/")["Location"] == "/accounts/login/?next=/"


def test_nobody_signs_up_by_themselves(browser, db):
    page = browser.get("/accounts/signup/")
    assert "Accounts are made by invitation" in page.text
    assert "<form" not in page.text.split("<main")[1]


def test_a_forgotten_password_is_replaced_by_mail(rco_panama, browser):
    browser.post("/accounts/password/reset/", {"email": EMAIL})
    (message,) = mail.outbox
    assert message.to == [EMAIL]
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", message.body)[1]
    form = browser.get(link, follow=True)
    address = form.redirect_chain[-1][0]
    browser.post(address, {"password1": "otra clave larga 2011", "password2": "otra clave larga 2011"})
    assert sign_in(Client(), "otra clave larga 2011")["Location"] == "/"
    assert "no longer works" in Client(headers={"accept-language": "en"}).get(link, follow=True).text


def test_an_unknown_address_gets_no_mail_and_the_same_page(browser, db):
    page = browser.post("/accounts/password/reset/", {"email": "nobody@nowhere.example"}, follow=True)
    assert "See your mail" in page.text
    assert [message for message in mail.outbox if "/reset/key/" in message.body] == []


def test_an_unknown_address_is_told_whom_to_ask_and_not_invited_to_sign_up(browser, db):
    browser.post("/accounts/password/reset/", {"email": "nobody@nowhere.example"})
    (message,) = mail.outbox
    assert message.subject == "Ficha: there is no account with this address"
    assert "nobody@nowhere.example" in message.body
    assert "Resident Coordinator's Office" in message.body
    assert "signup" not in message.body.lower().replace(" ", "")
    assert re.findall(r"https?://\S+", message.body) == ["http://testserver"]


def test_mails_name_the_portal_by_its_own_address(rco_panama, browser, settings):
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://ficha.example.org", ["inside.example"]
    browser.post("/accounts/password/reset/", {"email": EMAIL}, headers={"host": "inside.example"})
    (message,) = mail.outbox
    assert message.subject == "Ficha: choose a new password"
    assert "https://ficha.example.org/accounts/password/reset/key/" in message.body
    assert "inside.example" not in message.body
    assert "example.com" not in message.body


def test_a_mail_is_in_the_language_the_person_has_chosen(rco_panama):
    rco_panama.language = "en"
    rco_panama.save()
    Client(headers={"accept-language": "es"}).post("/accounts/password/reset/", {"email": EMAIL})
    assert mail.outbox[0].subject == "Ficha: choose a new password"


def test_signing_in_says_nothing_and_signing_out_says_so(rco_panama, browser):
    sign_in(browser)
    assert "message" not in browser.get("/").text.split("<main")[0].partition("</header>")[2]
    assert "You have signed out." in browser.post("/accounts/logout/", follow=True).text


def test_an_address_is_not_changed_by_the_person_themselves(rco_panama, browser):
    sign_in(browser)
    for address in ("/accounts/email/", "/accounts/confirm-email/", "/accounts/confirm-email/abc/"):
        added = browser.post(address, {"email": "other@panama.example", "action_add": ""})
        assert added["Location"] == "/accounts/password/change/"
    assert not EmailAddress.objects.filter(email="other@panama.example").exists()


def test_the_password_is_changed_by_whoever_knows_it(client_of, rco_panama):
    client = client_of(rco_panama)
    fields = {"oldpassword": "wrong", "password1": "otra clave larga 2011", "password2": "otra clave larga 2011"}
    assert client.post("/accounts/password/change/", fields).status_code == 200
    assert client.post("/accounts/password/change/", fields | {"oldpassword": PASSWORD}).status_code == 302
    assert sign_in(Client(), "otra clave larga 2011")["Location"] == "/"


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("corta", "The password is too short: use at least 8 characters."),
        ("12345678901", "The password is only digits: add letters."),
        ("password1", "Many people use this password, so it is easy to guess: choose another one."),
        ("oficina.cr", "The password is too much like your name or your e-mail address: choose another one."),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(rco_panama, browser, password, reason):
    sign_in(browser)
    fields = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = browser.post("/accounts/password/change/", fields)
    assert page.status_code == 200
    assert reason in page.text.split('id="id_password1_error"')[1].split("</div>")[0]


def test_the_rules_of_a_password_stand_beside_its_field(rco_panama, browser):
    sign_in(browser)
    page = browser.get("/accounts/password/change/").text
    for rule in ("At least 8 characters.", "Not only digits.", "Not one that many people use.", "Not like your name"):
        assert rule in page
    assert all(label in page for label in ("Present password", "New password", "The same password again"))
    assert "placeholder" not in page


def test_with_a_second_step_the_password_alone_opens_nothing(rco_panama, browser):
    secret = "JBSWY3DPEHPK3PXP"
    TOTP.activate(rco_panama, secret)
    assert sign_in(browser)["Location"] == "/accounts/2fa/authenticate/"
    assert browser.get("/")["Location"] == "/accounts/login/?next=/"
    assert "is not right" in browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).text
    assert browser.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})["Location"] == "/"


def test_switching_the_second_step_on_asks_for_the_password_again(rco_panama, browser):
    sign_in(browser)
    asked = browser.get("/accounts/2fa/totp/activate/")
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    assert "This is not your password." in browser.post(asked["Location"], {"password": "wrong"}).text
    assert browser.post(asked["Location"], {"password": PASSWORD})["Location"] == "/accounts/2fa/totp/activate/"


def test_the_second_step_is_offered_with_a_code_and_its_key(rco_panama, browser):
    sign_in(browser)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    page = browser.get("/accounts/2fa/totp/activate/")
    assert "data:image/svg+xml" in page.text
    secret = re.search(r"<code>([A-Z2-7]+)</code>", page.text)[1]
    assert "is not right" in browser.post("/accounts/2fa/totp/activate/", {"code": "000000"}).text
    assert browser.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)}).status_code == 302
    assert "It is on" in browser.get("/accounts/2fa/").text
    assert browser.get("/accounts/2fa/recovery-codes/").text.count("<li><code>") == 10


def test_other_sessions_are_listed_and_closed(rco_panama):
    here, there = Client(), Client()
    sign_in(here), sign_in(there)
    assert here.get("/accounts/sessions/").text.count('<th scope="row">') == 2
    here.post("/accounts/sessions/")
    assert there.get("/").status_code == 302
    assert here.get("/").status_code == 200


def test_signing_out_asks_before_it_does(rco_panama, browser):
    sign_in(browser)
    assert browser.get("/accounts/logout/").status_code == 200
    assert browser.get("/").status_code == 200
    browser.post("/accounts/logout/")
    assert browser.get("/").status_code == 302
