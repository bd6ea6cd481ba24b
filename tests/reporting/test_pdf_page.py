"""The live sheet as PDF: who may fetch it, in which language, of which date."""

import pytest

from reporting import rendering
from reporting.views import sheet as view

ADDRESS = "/programmes/MDGF-2097/sheet.pdf"


@pytest.fixture
def quick(monkeypatch):
    """Typesetting is tested elsewhere: here the page that would be set is what comes back."""
    monkeypatch.setattr(view, "render_pdf", lambda html: b"%PDF" + html.encode())


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("rco_panama", 200),
        ("focal_point_fao", 200),
        ("secretariat", 200),
        ("administrator", 200),
        ("reader", 403),
        ("stranger", 404),
    ],
)
def test_who_may_fetch_the_live_sheet(request, panama, client_of, quick, person, status):
    response = client_of(request.getfixturevalue(person)).get(ADDRESS, {"language": "es"})
    assert response.status_code == status


def test_nobody_fetches_it_without_signing_in(panama, client_of):
    response = client_of(None).get(ADDRESS)
    assert response.status_code == 302
    assert "/accounts/login/" in response.url


@pytest.mark.parametrize(("language", "start"), [("es", b'lang="es"'), ("en", b'lang="en"'), ("both", b'lang="es"')])
def test_it_opens_in_the_browser_under_its_name(panama, rco_panama, client_of, quick, language, start):
    response = client_of(rco_panama).get(ADDRESS, {"language": language})
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="MDGF-2097_{language}.pdf"'
    assert b"<html " + start in response.content
    assert "private" in response["Cache-Control"]


@pytest.mark.parametrize("query", [{"language": "fr"}, {"language": ""}, {"as_of": "31/10/2011"}, {"as_of": ""}])
def test_a_language_or_date_that_does_not_exist_is_refused_with_a_sentence(panama, rco_panama, client_of, query):
    response = client_of(rco_panama).get(ADDRESS, query)
    assert response.status_code == 400
    assert len(response.content.decode().split()) > 3


def test_another_date_may_be_asked_for(panama, rco_panama, client_of, quick):
    response = client_of(rco_panama).get(ADDRESS, {"language": "en", "as_of": "2011-05-25"})
    assert b"Data as of May 25, 2011" in response.content


def test_what_has_not_changed_is_not_sent_again(panama, rco_panama, client_of, quick):
    client = client_of(rco_panama)
    etag = client.get(ADDRESS)["ETag"]
    assert client.get(ADDRESS, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(ADDRESS, {"language": "en"}, headers={"If-None-Match": etag}).status_code == 200


def test_reading_writes_nothing(panama, rco_panama, client_of, quick, reading_only):
    client = client_of(rco_panama)
    with reading_only():
        assert client.get(ADDRESS).status_code == 200


def test_without_pango_the_page_says_what_to_install(panama, rco_panama, client_of, monkeypatch):
    def missing(html):
        raise rendering.PangoMissing

    monkeypatch.setattr(view, "render_pdf", missing)
    response = client_of(rco_panama).get(ADDRESS)
    assert response.status_code == 503
    assert rendering.PANGO_LINE in response.content.decode()
