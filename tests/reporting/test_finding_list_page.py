"""All findings of a programme, with the way to mend each."""

import re
from datetime import date
from html import unescape

import pytest

from programmes.models import Achievement, DisbursementShare, FinancialReport, Programme, Target
from reporting.findings import live_findings
from reporting.status_sheet import default_as_of

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/findings/"


def findings(client, language="en"):
    return client.get(ADDRESS, headers={"accept-language": language})


def test_every_finding_is_listed_once_with_a_link_to_the_field(client_of, rco_panama, panama):
    page = findings(client_of(rco_panama)).text
    expected = live_findings(panama, default_as_of(panama, date(2026, 1, 1)))
    assert len(re.findall(r'<div class="finding', page)) == len(expected)
    assert page.count(">Go to the field<") + page.count(">Upload spreadsheet<") == len(expected)


FIELDS = r'href="(/programmes/MDGF-2097/[^"]+?(?:edit|new)/[^"#]*)#([^"]+)"'


def broken(client, page):
    """Addresses of fields that the page they lead to does not have."""
    links = set(re.findall(FIELDS, page))
    assert links
    found = []
    for address, field in links:
        answer = client.get(unescape(address))
        if answer.status_code != 200 or f'id="{field}"' not in answer.text:
            found.append((address, field))
    return found


def test_each_link_leads_to_a_field_of_the_edit_page(client_of, rco_panama):
    client = client_of(rco_panama)
    assert broken(client, findings(client).text) == []


def test_links_lead_to_fields_whatever_is_wrong(client_of, rco_panama, panama, monkeypatch):
    """A programme with as much wrong as fits into one."""
    spoil(panama)
    client = client_of(rco_panama)
    page = findings(client).text
    assert page.count('<div class="finding') > 25
    assert broken(client, page) == []


def spoil(panama):
    fao = panama.revisions.get(number=2).agency_budgets.get(agency__acronym_en="FAO")
    FinancialReport.objects.create(
        programme=panama, agency=fao.agency, as_of_on=date(2010, 6, 30),
        committed_usd=9_000_000, committed_state="reported", spent_usd=9_500_000, spent_state="reported",
    )  # fmt: skip
    panama.disbursements.filter(ordinal=2).update(made_on=date(2009, 1, 1), amount_usd=9_000_000)
    panama.disbursements.filter(ordinal=3).update(planned_on=date(2010, 1, 1))
    DisbursementShare.objects.create(disbursement=panama.disbursements.get(ordinal=1), agency=fao.agency, amount_usd=1)
    panama.revisions.filter(number=1).update(approved_on=date(2010, 2, 1))
    panama.missions.create(held_on=date(2011, 12, 1), precision="month")
    panama.evaluations.update(report_url="http://informe")
    panama.status_assessments.update(assessed_on=date(2011, 1, 1), performance="on_track")
    Achievement.objects.filter(result__programme=panama, result__number=3).delete()
    for row in Achievement.objects.filter(result__programme=panama, result__number=1):
        row.text_en = ""
        row.save()
    panama.results.filter(number=2).update(statement_en="", rating_es="WTO", rating_en="")
    target = Target.objects.create(framework="MDG", goal=1, code="1.Z", name_es="x", name_en="x")
    panama.programme_targets.create(target=target, position=9)
    panama.section_texts.filter(section__slug="summary").update(text_es="<p>ODM 9</p>", text_confirmed="x")
    panama.government_entities.update(name_en="", name_source="es")


def test_a_person_who_may_not_edit_is_led_to_the_block(client_of, focal_point_fao, secretariat):
    page = findings(client_of(focal_point_fao)).text
    assert re.findall(FIELDS, page) == []
    assert 'href="/programmes/MDGF-2097/#budget"' in page
    fields = {address for address, _field in re.findall(FIELDS, findings(client_of(secretariat)).text)}
    assert fields == {f"/programmes/MDGF-2097/sections/{page}/edit/" for page in ("dates", "budget", "missions")}


def test_a_focal_point_is_led_to_the_fields_of_their_own_agency_only(client_of, focal_point_fao, panama):
    for budget in panama.revisions.get(number=2).agency_budgets.all():
        FinancialReport.objects.create(
            programme=panama, agency=budget.agency, as_of_on=date(2010, 6, 30),
            committed_usd=100, committed_state="reported", spent_usd=101, spent_state="reported",
        )  # fmt: skip
    client = client_of(focal_point_fao)
    page = findings(client).text
    assert page.count("more is spent than is committed") >= 5
    assert {address for address, _field in re.findall(FIELDS, page)} == {
        "/programmes/MDGF-2097/sections/finances/edit/"
    }
    assert broken(client, page) == []


def test_the_links_to_blocks_lead_to_places_that_exist(client_of, focal_point_fao):
    client = client_of(focal_point_fao)
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


def test_the_numbers_beside_the_sheet_do_not_skip_and_are_those_of_the_list(client_of, rco_panama, panama):
    panama.title_es += " (nuevo)"  # its translation falls behind: a warning that the workspace lists elsewhere
    panama.revisions.filter(number=1).update(approved_on=date(2010, 2, 1))
    Achievement.objects.filter(result__programme=panama, result__number=3).delete()
    panama.version += 1
    panama.save()
    client = client_of(rco_panama)
    heads = r"<h3><span class=\"lv\">(?:<[^>]*>)?Warning (\d+) · [^<]*</span>([^<]*)</h3>"
    rail = client.get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    shown = re.findall(heads, rail)
    listed = re.findall(heads, findings(client).text)
    assert [int(number) for number, _title in listed] == list(range(1, len(listed) + 1))
    assert [int(number) for number, _title in shown] == list(range(1, len(shown) + 1))
    assert len(shown) == 3
    assert shown == listed[:3]
    assert listed[-1][1].startswith("The English of one text is out of date")
