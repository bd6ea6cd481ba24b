"""The workspace: the live sheet in the person's language, with what they may do and what does not fit."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from beneficiaries.totals.values import PeriodFacts
from programmes.blocks import Block
from programmes.models import Agency, FinancialReport, SectionText, StatusAssessment
from reporting.status_sheet import build_status_sheet
from reporting.tranches import tranche
from reporting.workspace import current_period

pytestmark = pytest.mark.django_db

ADDRESS = "/programmes/MDGF-2097/"


def workspace(client, language="en", **asked):
    return client.get(ADDRESS, asked, headers={"accept-language": language})


def test_every_block_stands_there_in_printing_order(client_of, rco_panama):
    found = re.findall(r'<section class="block" id="([a-z]+)"', workspace(client_of(rco_panama)).text)
    assert found == Block.values


def test_the_head_says_place_title_status_period_and_date(client_of, rco_panama):
    head = workspace(client_of(rco_panama)).text.split('<div class="band">')[0]
    for said in ("Panama · ", "Entrepreneurial Opportunities", "Delayed", "Second semester 2011", "October 31, 2011"):
        assert said in head
    for figure in ("USD 8,000,000", "USD 5,123,115", "787", "83"):
        assert figure in head


@pytest.mark.parametrize(
    ("language", "title"), [("es", "Red de Oportunidades"), ("en", "Entrepreneurial Opportunities")]
)
def test_the_sheet_comes_in_the_persons_language(client_of, rco_panama, language, title):
    page = workspace(client_of(rco_panama), language).text
    assert f'<html lang="{language}">' in page
    assert title in page


def test_when_all_are_silent_after_the_base_the_figures_say_after_which_day_they_are_missing(
    client_of, rco_panama, panama
):
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2012, 2, 1), performance="on_track")
    page = workspace(client_of(rco_panama)).text
    assert '≥ 787<small class="coverage">5 of 5 missing after October 31, 2011</small>' in page
    assert '≥ 787<small class="coverage">5 of 5 missing</small>' in page
    legend = "≥ complete to October 31, 2011; later figures are missing of UNWTO, FAO, UNIDO, UNCTAD and UNDP."
    assert legend in page
    assert '<abbr class="nd" title="asked, no data">nd</abbr>' in page


def test_side_by_side_shows_both_and_the_address_remembers_it(client_of, rco_panama):
    page = workspace(client_of(rco_panama), languages="both").text
    assert 'class="paper two"' in page
    assert "Red de Oportunidades" in page
    assert "Entrepreneurial Opportunities" in page
    assert '<a href="?languages=both" aria-current="true">' in page


def test_a_language_that_is_none_shows_the_persons_own(client_of, rco_panama):
    page = workspace(client_of(rco_panama), languages="klingon")
    assert page.status_code == 200
    assert 'class="paper"' in page.text


def edit_links(page):
    return set(re.findall(r'href="/programmes/MDGF-2097/([^"]+(?:edit|new)/)"', page.text))


def test_rco_staff_may_edit_every_block(client_of, rco_panama):
    links = edit_links(workspace(client_of(rco_panama)))
    for block in set(Block.values) - {"observations", "beneficiaries"}:
        assert f"sections/{block}/edit/" in links
    assert {"sections/finances/edit/", "beneficiaries/submissions/new/"} <= links


def test_a_focal_point_uploads_and_reports_finances_and_nothing_else(client_of, focal_point_fao):
    links = edit_links(workspace(client_of(focal_point_fao)))
    assert links == {"sections/finances/edit/", "beneficiaries/submissions/new/"}


def test_the_secretariat_judges_pays_visits_and_records_revisions(client_of, secretariat):
    links = edit_links(workspace(client_of(secretariat)))
    blocks = ("dates", "budget", "revision", "disbursements", "status", "missions")
    assert links == {f"sections/{block}/edit/" for block in blocks}


def test_a_finding_shows_its_sum_and_marks_the_row_it_points_at(client_of, rco_panama):
    page = workspace(client_of(rco_panama)).text
    assert "The agencies add up to USD 54,000 less than the stated total" in page
    assert "2,4<strong>93</strong>,100" in page
    row = re.search(r'<tr class="mark"><th scope="row">(.*?)</th>', page)[1]
    assert row.startswith("UNDP")
    assert "warning" in row


def test_the_tranche_has_no_rate_until_all_agencies_report(client_of, rco_panama, panama):
    assert "No agency has reported what it committed." in workspace(client_of(rco_panama)).text
    FinancialReport.objects.create(
        programme=panama, agency=Agency.objects.get(acronym_en="FAO"), as_of_on=date(2011, 9, 30),
        committed_usd=2_500_000, committed_state="reported",
    )  # fmt: skip
    caches["sheets"].clear()
    page = workspace(client_of(rco_panama)).text
    assert "≥ USD 466,351" in page  # 2,500,000 less the first release of 2,033,649
    assert "Threshold USD 2,162,626" in page
    assert "The rate is printed once these report: UNWTO, UNIDO, UNCTAD and UNDP." in page


@pytest.mark.parametrize(("committed", "is_reached"), [(4_196_275, False), (Decimal("4196275.20"), True)])
def test_the_tranche_is_reached_to_the_cent_and_does_not_wait_for_whom_it_does_not_apply(panama, committed, is_reached):
    for budget in panama.revisions.get(number=2).agency_budgets.select_related("agency"):
        is_fao = budget.agency.acronym_en == "FAO"
        FinancialReport.objects.create(
            programme=panama, agency=budget.agency, as_of_on=date(2011, 9, 30),
            committed_usd=committed if is_fao else None, committed_state="reported" if is_fao else "na",
        )  # fmt: skip
    meter = tranche(build_status_sheet(panama, date(2011, 10, 31)), Decimal("0.7"))
    assert (meter.missing, meter.is_reached) == ((), is_reached)


def test_a_missing_translation_is_listed_with_a_link_to_its_place(client_of, rco_panama, panama):
    text = SectionText.objects.filter(programme=panama, section__slug="summary").first()
    text = text or SectionText.objects.filter(programme=panama, section__block="summary").get()
    text.text_en = ""
    text.save()
    page = workspace(client_of(rco_panama)).text
    assert "English missing" in page
    to_send = page.split('id="send-title"')[1]
    assert re.search(r"<b>en</b> missing.*?<a href=\"#summary\">Summary</a>", to_send)


@pytest.mark.parametrize(("built", "goal"), [(False, 25), (True, 6)])
def test_how_many_queries_it_takes(client_of, rco_panama, built, goal):
    client = client_of(rco_panama)
    workspace(client)
    if not built:
        caches["sheets"].clear()
    with CaptureQueriesContext(connection) as captured:
        assert workspace(client).status_code == 200
    assert len(captured) <= goal


def without_token(page):
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+|X-CSRFToken[^}]+', "", page)


def test_who_may_see_it(client_of, reader, stranger):
    refused = workspace(client_of(reader))
    assert refused.status_code == 403
    assert "see the workspace" in refused.text
    assert workspace(client_of(stranger)).status_code == 404
    assert workspace(client_of(None)).status_code == 302


def test_a_programme_that_does_not_exist_reads_the_same_as_a_foreign_one(client_of, stranger):
    client = client_of(stranger)
    missing = client.get("/programmes/MDGF-0000/", headers={"accept-language": "en"})
    foreign = workspace(client)
    assert missing.status_code == foreign.status_code == 404
    assert without_token(missing.text.replace("MDGF-0000", "MDGF-2097")) == without_token(foreign.text)


def test_it_only_reads(client_of, rco_panama, reading_only):
    client = client_of(rco_panama)
    with reading_only():
        assert workspace(client).status_code == 200


@pytest.mark.parametrize(
    ("as_of", "ends_on", "extended_to_on", "code"),
    [
        (date(2013, 10, 31), date(2012, 11, 30), None, "2012-S2"),
        (date(2013, 10, 31), date(2011, 11, 30), date(2012, 3, 31), "2012-S1"),
        (date(2011, 10, 31), date(2012, 11, 30), None, "2011-S2"),
        (date(2013, 10, 31), None, None, "2013-S2"),
    ],
)
def test_no_period_of_the_head_begins_after_the_end(panama, as_of, ends_on, extended_to_on, code):
    sheet = build_status_sheet(panama, as_of)
    sheet = replace(sheet, dates=replace(sheet.dates, ends_on=ends_on, extended_to_on=extended_to_on))
    halves = [(year, half) for year in (2011, 2012, 2013) for half in (1, 2)]
    periods = [
        PeriodFacts(f"{year}-S{half}", date(year, 6 * half - 5, 1), date(year, 6 * half, 30)) for year, half in halves
    ]
    assert current_period(sheet, periods).code == code
