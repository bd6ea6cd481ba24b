"""All findings of a programme, with the way to mend each."""

import re
from datetime import date

import pytest

from programmes.models import Programme
from reporting.findings import live_findings
from reporting.status_sheet import default_as_of

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/findings/"


def findings(client, language="en"):
    return client.get(ADDRESS, headers={"accept-language": language})


def test_every_finding_is_listed_once_with_a_link_to_its_block(client_of, rco_panama, panama):
    page = findings(client_of(rco_panama)).text
    expected = live_findings(panama, default_as_of(panama, date(2026, 1, 1)))
    assert len(re.findall(r'<div class="finding', page)) == len(expected)
    assert len(re.findall(r'href="/programmes/MDGF-2097/#[a-z-]+"', page)) == len(expected)


def test_the_links_lead_to_places_that_exist(client_of, rco_panama):
    client = client_of(rco_panama)
    places = set(re.findall(r'href="/programmes/MDGF-2097/#([a-z-]+)"', findings(client).text))
    sheet = client.get("/programmes/MDGF-2097/").text
    assert places
    assert [place for place in places if f'id="{place}"' not in sheet] == []


def test_the_sum_that_does_not_close_is_shown(client_of, rco_panama):
    page = findings(client_of(rco_panama)).text
    for figure in ("8,000,000", "7,946,000", "54,000"):
        assert figure in page


def test_a_programme_of_which_little_is_known_has_its_list_too(client_of, rco_panama, panama):
    Programme.objects.create(code="MDGF-9999", title_es="Nuevo", country=panama.country, fund=panama.fund)
    page = client_of(rco_panama).get("/programmes/MDGF-9999/findings/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Nobody has assessed the status" in page.text


def test_a_new_programme_shows_its_workspace(client_of, rco_panama, panama):
    Programme.objects.create(code="MDGF-9999", title_es="Nuevo", country=panama.country, fund=panama.fund)
    page = client_of(rco_panama).get("/programmes/MDGF-9999/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Not assessed" in page.text


def test_who_may_see_them(client_of, reader, stranger):
    assert findings(client_of(reader)).status_code == 403
    assert findings(client_of(stranger)).status_code == 404
