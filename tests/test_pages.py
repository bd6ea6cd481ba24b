"""What every page keeps to: the policy for scripts and styles, cookies, error pages in the person's language."""

import re

import pytest
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db

WORKSPACE = "/programmes/MDGF-2097/"
PAGES = ["/", WORKSPACE, f"{WORKSPACE}findings/", "/accounts/password/change/", "/accounts/2fa/"]


@pytest.mark.parametrize("address", PAGES)
def test_nothing_but_the_portals_own_files_is_allowed(client_of, rco_panama, address):
    policy = client_of(rco_panama).get(address)["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("address", [*PAGES, "/accounts/login/", "/no/such/page/"])
def test_pages_carry_no_style_or_script_of_their_own(client_of, rco_panama, address):
    client = Client() if address == "/accounts/login/" else client_of(rco_panama)
    page = client.get(address).text
    assert not re.search(r"<[^>]+\sstyle=", page)
    assert "<style" not in page
    assert not re.search(r"<[^>]+\son[a-z]+=", page)
    assert all("src=" in tag for tag in re.findall(r"<script[^>]*>", page))


@pytest.mark.parametrize("address", PAGES)
def test_a_page_has_one_title_one_main_and_a_way_past_the_bar(client_of, rco_panama, address):
    page = client_of(rco_panama).get(address).text
    assert page.count("<h1") == 1
    assert page.count("<main") == 1
    assert '<a class="skip" href="#main">' in page


def test_the_session_cookie_is_hidden_from_scripts(rco_panama):
    signed_in = Client().post("/accounts/login/", {"login": rco_panama.email, "password": "cada cifra tiene su fuente"})
    assert signed_in.cookies["sessionid"]["httponly"]
    assert signed_in.cookies["sessionid"]["samesite"] == "Lax"


def test_a_wrong_address_says_what_to_do(client_of, rco_panama):
    page = client_of(rco_panama).get("/programmes/XX/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "There is no page here that you can see" in page.text
    assert "MDGF-2097" in page.text  # how a code reads


@pytest.mark.parametrize(
    "address",
    [
        "/programmes/%00/",
        "/programmes/%00/findings/",
        "/programmes/%00/beneficiaries/",
        "/programmes/%00/sheet.pdf",
        f"{WORKSPACE}blocks/%00/",
        f"{WORKSPACE}sections/%00/edit/",
        f"{WORKSPACE}beneficiaries/template.xlsx?agency=programme&period=%00",
        f"{WORKSPACE}beneficiaries/template.xlsx?agency=%00&period=2011-S2",
    ],
)
def test_a_code_that_no_database_can_look_up_is_not_found(client_of, rco_panama, address):
    assert client_of(rco_panama).get(address).status_code == 404


@pytest.mark.parametrize("address", [f"{WORKSPACE}beneficiaries/submissions/new/?period=%00&agency=%00", "/?q=%00"])
def test_a_choice_that_no_database_can_look_up_does_not_fail(client_of, rco_panama, address):
    assert client_of(rco_panama).get(address).status_code == 200


def test_error_pages_speak_the_persons_language(client_of, rco_panama):
    spanish = client_of(rco_panama).get("/no/such/page/", headers={"accept-language": "es"})
    assert '<html lang="es">' in spanish.text
    assert "There is no page here" not in spanish.text


def test_text_above_the_limit_is_told_how_much_may_be_sent_and_where_it_still_stands(client_of, rco_panama, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20
    client = client_of(rco_panama)
    sent = {"data": "text=" + "x" * 2**20, "content_type": "application/x-www-form-urlencoded"}
    page = client.post(f"{WORKSPACE}sections/summary/edit/", headers={"accept-language": "en"}, **sent)
    assert page.status_code == 400
    assert "What you sent is too long" in page.text
    assert "1 MB of text at once. Go back" in page.text


def test_a_failure_says_that_nothing_was_left_half_done(client_of, rco_panama, monkeypatch):
    client = client_of(rco_panama)
    client.raise_request_exception = False
    monkeypatch.setattr("reporting.views.portfolio.page_of", lambda *_arguments: 1 / 0)
    page = client.get("/", headers={"accept-language": "en"})
    assert page.status_code == 500
    assert "nothing was left half done" in page.text
    assert "ZeroDivisionError" not in page.text


def test_a_form_without_its_token_is_refused(rco_panama):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(rco_panama)
    assert strict.post(reverse("programmes:language_choose"), {"language": "en"}).status_code == 403


def test_the_bar_leads_to_the_programme_that_is_open(client_of, rco_panama):
    bar = client_of(rco_panama).get("/programmes/MDGF-2097/").text.split("</header>")[0]
    assert 'href="/programmes/MDGF-2097/" aria-current="page"' in bar
    assert "Oficina del CR" in bar


def test_reference_data_is_offered_to_the_administrator_alone(client_of, rco_panama, administrator):
    assert 'href="/admin/"' in client_of(administrator).get("/").text
    assert 'href="/admin/"' not in client_of(rco_panama).get("/").text


@pytest.fixture
def demonstration(settings):
    """A browser at a portal with DEBUG on, as ./start serves it; a failure of the portal is shown, not raised."""
    settings.DEBUG = True
    return Client(raise_request_exception=False, headers={"accept-language": "en"})


@pytest.mark.parametrize("address", ["/no/such/page/", "/programmes/MDGF-9999/", "/accounts/2fa/recovery-codes/"])
def test_the_demonstration_too_answers_a_wrong_address_in_the_portals_words(demonstration, rco_panama, address):
    demonstration.force_login(rco_panama)
    page = demonstration.get(address)
    assert page.status_code == 404
    assert "There is no page here that you can see" in page.text
    assert "DEBUG" not in page.text


def test_the_demonstration_too_tells_a_failure_without_its_insides(demonstration, rco_panama, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the insides")

    monkeypatch.setattr("reporting.views.portfolio.rows_of", broken)
    demonstration.force_login(rco_panama)
    page = demonstration.get("/")
    assert page.status_code == 500
    assert "Something broke on our side" in page.text
    assert "the insides" not in page.text


def test_a_refusal_is_one_line_in_the_log(client_of, reader, caplog):
    assert client_of(reader).get(WORKSPACE, headers={"accept-language": "en"}).status_code == 403
    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert WORKSPACE in record.getMessage()
    assert "see the workspace" in record.getMessage()
    assert record.exc_info is None


@pytest.mark.parametrize("piece", ["sections/nosuch/edit/", "history/nosuch/", "translation/nosuch/"])
def test_inside_ones_own_programme_what_is_missing_is_named_with_a_way_back(client_of, rco_panama, stranger, piece):
    page = client_of(rco_panama).get(f"{WORKSPACE}{piece}", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "There is no such section or finding in MDGF-2097" in page.text
    assert f'<a href="{WORKSPACE}">Back to MDGF-2097</a>' in page.text
    foreign = client_of(stranger).get(f"{WORKSPACE}{piece}", headers={"accept-language": "en"})
    assert foreign.status_code == 404
    assert "There is no page here that you can see" in foreign.text
    assert "no such section" not in foreign.text


def test_the_demonstration_too_names_what_is_missing_in_ones_own_programme(demonstration, rco_panama):
    demonstration.force_login(rco_panama)
    page = demonstration.get(f"{WORKSPACE}sections/nosuch/edit/")
    assert page.status_code == 404
    assert "There is no such section or finding in MDGF-2097" in page.text


def test_the_demonstration_too_shows_the_page_of_a_finding_that_is_no_longer_there(demonstration, rco_panama):
    demonstration.force_login(rco_panama)
    page = demonstration.get(f"{WORKSPACE}findings/accept/?finding=zzz")
    assert page.status_code == 404
    assert "This finding is no longer there" in page.text
    assert f'href="{WORKSPACE}findings/"' in page.text
