"""Home: the programmes a person may see, with what waits for them."""

import hashlib
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import (
    Agency,
    AgencyBudget,
    Disbursement,
    FinancialReport,
    FindingAcceptance,
    Fund,
    Membership,
    Programme,
    Revision,
    Role,
    Section,
    SectionText,
    StatusAssessment,
)
from programmes.texts import progress, texts_of

pytestmark = pytest.mark.django_db

WORKSPACE = "/programmes/MDGF-2097/"


@pytest.fixture
def ten_more(panama):
    """Programmes of Panama with a budget of two agencies, a disbursement and a status."""
    agencies = list(Agency.objects.order_by("pk")[:2])
    for number in range(10):
        programme = Programme.objects.create(
            code=f"MDGF-9{number:03}", title_en=f"Water {number}", title_es=f"Agua {number}",
            country=panama.country, fund=panama.fund, starts_on=date(2010, 1, 1),
        )  # fmt: skip
        revision = Revision.objects.create(
            programme=programme, number=1, total_budget_usd=1000, ends_on=date(2012, 12, 31)
        )
        for agency in agencies:
            AgencyBudget.objects.create(revision=revision, agency=agency, amount_usd=500)
        Disbursement.objects.create(programme=programme, ordinal=1, made_on=date(2010, 2, 1), amount_usd=400)
        StatusAssessment.objects.create(programme=programme, assessed_on=date(2011, 6, 30), performance="on_track")


def rows(page):
    """The list's own part of a page: without tokens that change each time."""
    return re.search(r"<tbody>.*</tbody>", page.text, re.DOTALL)[0]


def home(client, language="en", **asked):
    return client.get("/", asked, headers={"accept-language": language})


def test_the_row_of_panama_says_what_its_sheet_says(client_of, rco_panama):
    page = home(client_of(rco_panama)).text
    for said in ("Entrepreneurial Opportunities Network for Poor Families", "Delayed", "5,123,115", "of 8,000,000"):
        assert said in page
    assert re.search(r'data-label="Women">\s*518\s*<', page)
    assert re.search(r'data-label="Men">\s*269\s*<', page)


def test_what_does_not_fit_stands_in_the_row(client_of, rco_panama):
    page = home(client_of(rco_panama)).text
    assert "The agencies add up to USD 54,000 less than the stated total" in page
    assert "The extension falls before the end" in page


def test_the_office_of_a_country_is_led_to_its_table(client_of, rco_panama, ten_more):
    client = client_of(rco_panama)
    assert 'href="/countries/PA/"' in home(client).text
    assert client.get("/countries/PA/").text.count('<th scope="row">') == 11


def test_who_writes_the_texts_reads_which_are_blank_or_not_translated(client_of, rco_panama, secretariat, panama):
    text = SectionText.objects.filter(programme=panama).exclude(text_en="").first()
    text.text_en = ""
    text.save()
    assert "English missing in 1 text" in home(client_of(rco_panama)).text
    assert "blank section" in home(client_of(rco_panama)).text
    assert "English missing" not in home(client_of(secretariat)).text


def test_a_focal_point_is_led_to_the_upload_of_each_period_their_agency_has_not_sent(client_of, focal_point_fao):
    client = client_of(focal_point_fao)
    page = home(client).text
    assert "Send the figures of FAO:" in page
    assert re.findall(r"submissions/new/\?agency=(\w+)&amp;period=([\w-]+)", page) == [
        ("FAO", "2011-S2"),
        ("FAO", "2012-S1"),
        ("FAO", "2012-S2"),
    ]
    upload = client.get(f"{WORKSPACE}beneficiaries/submissions/new/?agency=FAO&period=2012-S1").text
    assert re.search(r'<option value="2012-S1" selected', upload)
    assert "UNIDO" not in page.split("<tbody>")[1]


def test_a_closed_period_is_not_asked_of_a_focal_point(client_of, focal_point_fao, panama):
    panama.fund.periods.filter(code="2011-S2").update(closed_on=date(2012, 3, 1))
    page = home(client_of(focal_point_fao)).text
    assert "period=2011-S2" not in page
    assert "period=2012-S1" in page


def test_a_focal_point_is_led_to_their_agency_s_finances_until_they_are_reported(client_of, focal_point_fao, panama):
    client, fao = client_of(focal_point_fao), Agency.objects.get(acronym_en="FAO")
    asked = f'<a href="{WORKSPACE}sections/finances/edit/">'
    assert f"{asked}Say what FAO has committed and spent</a>" in home(client).text
    report = FinancialReport.objects.create(programme=panama, agency=fao, as_of_on=date(2010, 6, 30))
    assert f"{asked}Bring up to date what FAO has committed and spent: it is of June 30, 2010</a>" in home(client).text
    FinancialReport.objects.filter(pk=report.pk).update(as_of_on=date(2011, 9, 30))
    assert "sections/finances/edit/" not in home(client).text


def test_each_need_of_the_rco_leads_to_where_it_is_met(client_of, rco_panama, panama):
    SectionText.objects.filter(pk=SectionText.objects.filter(programme=panama).exclude(text_en="").first().pk).update(
        text_en=""
    )
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2012, 2, 1), performance="on_track")
    client = client_of(rco_panama)
    leads = dict(re.findall(r'<li[^>]*><a href="([^"#]+)#?[\w-]*">([^<]+)</a>', rows(home(client))))
    wanted = {f"{WORKSPACE}findings/", f"{WORKSPACE}translation/", f"{WORKSPACE}beneficiaries/", WORKSPACE}
    assert set(leads) == wanted
    assert "Figures owed by" in leads[f"{WORKSPACE}beneficiaries/"]
    assert all(client.get(address).status_code == 200 for address in wanted)


def test_a_finding_that_was_accepted_no_longer_waits(client_of, rco_panama, panama):
    seen = "total=8000000.00;sum=7946000.00"
    digest = hashlib.sha256(seen.encode()).hexdigest()
    FindingAcceptance.objects.create(
        programme=panama, code="budget_gap", where="budget", anchor="UNDP", seen=seen, seen_digest=digest,
        reason="As signed.", accepted_by=rco_panama, accepted_at="2011-12-01T12:00Z",
    )  # fmt: skip
    page = rows(home(client_of(rco_panama)))
    assert "USD 54,000 less than the stated total" not in page
    assert "The extension falls before the end" in page


def test_without_figures_of_every_agency_the_number_is_at_least(client_of, rco_panama, panama):
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2012, 2, 1), performance="on_track")
    page = " ".join(home(client_of(rco_panama)).text.split())
    assert "≥ 518<small>5 of 5 missing after October 31, 2011</small>" in page


def test_a_reader_sees_the_issued_sheet_of_each_programme_and_none_of_its_figures(client_of, reader):
    page = home(client_of(reader)).text
    assert "Entrepreneurial Opportunities Network for Poor Families" in page
    links = set(re.findall(r'href="/programmes/MDGF-2097/([^"]*)"', page))
    files = {f"sheets/1/sheet.{language}.pdf" for language in ("es", "en", "both")}
    assert links == {"sheets/", "sheets/1/", *files}
    assert "<table" not in page
    assert "5,123,115" not in page


def test_a_reader_of_a_programme_without_a_sheet_is_told_so(client_of, reader, panama):
    panama.sheet_issues.update(state="withdrawn", withdrawn_at=timezone.now(), withdrawn_reason="A wrong total.")
    page = home(client_of(reader)).text
    assert "No sheet is in force." in page
    assert "sheets/1/" not in page


def test_a_reader_learns_no_status_by_asking_for_it(client_of, reader, panama, ten_more):
    client = client_of(reader)
    assert "MDGF-2097" in home(client, status="on_track").text
    Membership.objects.create(
        user=reader, role=Role.FOCAL_POINT, programme=Programme.objects.get(code="MDGF-9000"),
        agency=Agency.objects.order_by("pk").first(),
    )  # fmt: skip
    client = client_of(type(reader).objects.get(pk=reader.pk))
    assert "MDGF-2097" in home(client).text
    assert "MDGF-2097" not in home(client, status="delayed").text.split("</form>")[-1]


def test_a_stranger_reads_that_they_are_in_no_programme_yet(client_of, stranger):
    page = home(client_of(stranger)).text
    assert "You are in no programme yet." in page
    assert "MDGF-2097" not in page


def test_a_membership_that_ended_shows_nothing(client_of, rco_panama, panama):
    Membership.objects.filter(user=rco_panama, role=Role.RCO).update(ended_at="2011-01-01T00:00Z")
    assert "MDGF-2097" not in home(client_of(rco_panama)).text


@pytest.mark.parametrize("person", ["rco_panama", "secretariat", "focal_point_fao", "administrator"])
def test_home_takes_at_most_six_queries(client_of, request, person, panama):
    client = client_of(request.getfixturevalue(person))
    with CaptureQueriesContext(connection) as captured:
        assert home(client).status_code == 200
    assert len(captured) <= 6


def test_eleven_programmes_take_as_many_queries_as_one(client_of, rco_panama, ten_more):
    client = client_of(rco_panama)
    with CaptureQueriesContext(connection) as captured:
        page = home(client)
    assert page.text.count('<th scope="row">') == 11
    assert len(captured) <= 6


def test_asking_for_a_status_takes_as_many_queries_however_many_programmes_one_reads(
    client_of, reader, panama, ten_more
):
    Membership.objects.create(
        user=reader, role=Role.FOCAL_POINT, programme=panama, agency=Agency.objects.order_by("pk").first()
    )
    taken = []
    for programmes in (Programme.objects.filter(code="MDGF-9000"), Programme.objects.exclude(code="MDGF-9000")):
        for programme in programmes:
            Membership.objects.get_or_create(user=reader, role=Role.READER, programme=programme)
        client = client_of(type(reader).objects.get(pk=reader.pk))
        with CaptureQueriesContext(connection) as captured:
            assert "MDGF-2097" in home(client, status="delayed").text
        taken.append(len(captured))
    assert taken[0] == taken[1]


def test_a_search_finds_words_of_title_code_and_country(client_of, rco_panama, ten_more):
    client = client_of(rco_panama)
    assert "1 programme<" in home(client, q="water 7").text
    assert "1 programme<" in home(client, q="2097").text
    assert "11 programmes" in home(client, q="panam").text


@pytest.mark.parametrize("written", ["panama 2097", "PANAMÁ 2097", "Panamà 2097", "oportunidades económicas"])
def test_a_search_minds_neither_accents_nor_capitals(client_of, rco_panama, panama, ten_more, written):
    panama.title_es, panama.version = "Red de OPORTUNIDADES ECONÓMICAS", panama.version + 1
    panama.save()
    assert "1 programme<" in home(client_of(rco_panama), q=written).text


def test_a_very_long_search_is_answered(client_of, rco_panama):
    assert home(client_of(rco_panama), q="word " * 2000).status_code == 200


def test_the_status_filter_asks_the_last_judgement(client_of, rco_panama, ten_more):
    client = client_of(rco_panama)
    assert "10 programmes" in home(client, status="on_track").text
    assert "1 programme<" in home(client, status="delayed").text
    assert "No programme fits these filters." in home(client, status="none").text


def test_an_unknown_filter_value_says_so_and_loses_nothing(client_of, rco_panama):
    page = home(client_of(rco_panama), q="red", status="splendid")
    assert page.status_code == 200
    assert 'value="red"' in page.text


@pytest.mark.parametrize("number", ["0", "-1", "last", "999999999999", "000001999999999999999999", "²"])
def test_a_page_that_is_no_number_is_the_first(client_of, rco_panama, number):
    assert "MDGF-2097" in home(client_of(rco_panama), page=number).text


def test_a_page_beyond_the_last_leads_to_the_first_with_what_was_asked(client_of, rco_panama):
    response = home(client_of(rco_panama), page="2", q="red")
    assert (response.status_code, response.headers["Location"]) == (302, "/?page=1&q=red")


def test_a_country_s_text_of_another_fund_is_not_this_programme_s(client_of, rco_panama, panama):
    other = Fund.objects.create(code="SDG-F", name_es="Otro", name_en="Other", acronym_es="F", acronym_en="F")
    section = Section.objects.create(
        fund=other, slug="rco-role", block="observations", position=1, is_country_level=True
    )
    before = rows(home(client_of(rco_panama)))
    SectionText.objects.create(section=section, country=panama.country, text_es="<p>Solo en español</p>")
    assert rows(home(client_of(rco_panama))) == before


def test_home_only_reads(client_of, rco_panama, reading_only):
    client = client_of(rco_panama)
    with reading_only():
        assert home(client).status_code == 200


def test_each_language_says_how_many_texts_are_in_order_as_the_translation_page_does(client_of, rco_panama, panama):
    panama.results.filter(number=2).update(statement_en="")
    panama.results.filter(number=3).update(statement_confirmed="")
    Programme.objects.filter(pk=panama.pk).update(title_es=panama.title_es + " (nuevo)")
    panama.refresh_from_db()
    es, en = progress([written.text for written in texts_of(panama)])
    assert (es.in_order, en.in_order) == (es.whole, en.whole - 3)
    said = f"Texts: es {es.in_order}/{es.whole} · en {en.in_order}/{en.whole}"
    assert f'<a href="{WORKSPACE}translation/">{said}</a>' in rows(home(client_of(rco_panama)))
