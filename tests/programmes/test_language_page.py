"""Choosing the language of the pages."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def choose(client, language, here="/accounts/login/"):
    return client.post("/language/", {"language": language, "next": here})


def test_the_browser_remembers_the_choice_and_keeps_the_page():
    client = Client(headers={"accept-language": "es"})
    response = choose(client, "en", "/accounts/login/?next=/programmes/MDGF-2097/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/?next=/programmes/MDGF-2097/")
    assert '<html lang="en">' in client.get(response["Location"]).text


def test_the_cookie_is_kept_from_scripts_and_foreign_sites():
    cookie = choose(Client(), "en").cookies["django_language"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_the_account_remembers_it_on_other_machines(client_of, rco_panama):
    choose(client_of(rco_panama), "en")
    rco_panama.refresh_from_db()
    assert rco_panama.language == "en"
    another_machine = client_of(rco_panama)
    assert '<html lang="en">' in another_machine.get("/", headers={"accept-language": "es"}).text


def test_the_choice_is_in_the_history_under_the_persons_name(client_of, rco_panama):
    choose(client_of(rco_panama), "en")
    assert rco_panama.history.first().history_user == rco_panama


def test_without_its_line_of_history_the_account_does_not_change(client_of, rco_panama, monkeypatch):
    client = client_of(rco_panama)
    monkeypatch.setattr(type(rco_panama).history.model, "save", lambda *_arguments, **_options: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        choose(client, "en")
    rco_panama.refresh_from_db()
    assert rco_panama.language == ""


def test_a_language_the_portal_does_not_speak_changes_nothing(client_of, rco_panama):
    response = choose(client_of(rco_panama), "fr")
    rco_panama.refresh_from_db()
    assert response.status_code == 302
    assert "django_language" not in response.cookies
    assert rco_panama.language == ""


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_nobody_is_sent_to_a_foreign_address(address):
    assert choose(Client(), "en", address)["Location"] == "/"


def test_looking_at_the_address_does_nothing():
    assert Client().get("/language/").status_code == 405
