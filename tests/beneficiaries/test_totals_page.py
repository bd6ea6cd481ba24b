"""Beneficiaries to date on one page: bounds and agreed figures, then by area, agency or period."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from beneficiaries.dating import default_as_of
from beneficiaries.screens.figure import Asked, FigureScreen
from beneficiaries.screens.totals import TotalsScreen
from programmes.quantities import Sum
from tests.beneficiaries.agreements import DECEMBER, MEN, TODAY, WHY, WOMEN, agree, all_send
from tests.beneficiaries.sending import agency
from tests.beneficiaries.test_submission_page import PEOPLE, page_of
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(panama):
    return reverse("beneficiaries:total_list", args=[panama.code])


def screen(panama, person, **asked):
    return TotalsScreen(panama, person, asked, default_as_of(panama, TODAY))


def line(lines, name):
    return next(found for found in lines if found.name == name)


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [200, 200, 200, 200, 403, 404], strict=True)])
def test_who_may_look(request, client_of, url, person, status):
    assert client_of(request.getfixturevalue(person)).get(url).status_code == status


@pytest.mark.parametrize("by", ["area", "agency", "period"])
def test_each_view_writes_nothing_and_its_queries_do_not_grow(client_of, panama, url, rco_panama, reading_only, by):
    client, address = client_of(rco_panama), f"{url}?as_of=2012-06-30&by={by}"
    page_of(client, address)

    def queries():
        with CaptureQueriesContext(connection) as captured, reading_only():
            page_of(client, address)
        return len(captured)

    before = queries()
    all_send(panama)
    all_send(panama, period="2012-S1")
    assert queries() == before


def test_net_gross_and_agreed_stand_side_by_side(client_of, panama, rco_panama, url):
    all_send(panama)
    agree(panama, rco_panama, {WOMEN: 600})
    page = page_of(client_of(rco_panama), f"{url}?as_of=2011-12-31")
    assert re.search(r"Women</th>.*?>518</td>.*?>618<.*?<strong>600</strong>", page)
    assert f"Women, direct: 600 agreed for December 31, 2011. {WHY}" in page
    assert "Women are" not in page.partition("reached indirectly")[0].rpartition("<p>")[0]
    agree(panama, rco_panama, {MEN: 300})
    assert "Women are 66.7 % of the persons reached directly." in page_of(
        client_of(rco_panama), f"{url}?as_of=2011-12-31"
    ).replace("\u2009", " ").replace("\u202f", " ")


def test_a_lapsed_figure_says_why(client_of, panama, rco_panama, url):
    all_send(panama)
    agree(panama, rco_panama, {WOMEN: 600})
    submit(panama, "FAO", "2012-S1", counts=[("cocle", "women", 5)])
    page = page_of(client_of(rco_panama), f"{url}?as_of=2012-06-30")
    assert (
        "the 600 agreed for December 31, 2011 lapsed, because later figures count. The sheet prints the gross." in page
    )


def test_bases_silent_agencies_and_what_does_not_count_are_named(client_of, panama, rco_panama, url):
    submit(panama, "FAO", "2011-S1", counts=[("cocle", "women", 5)])
    submit(panama, "UNIDO", "2012-S1", basis="cumulative", counts=[("cocle", "women", 5)])
    page = page_of(client_of(rco_panama), f"{url}?as_of=2012-06-30&by=agency")
    assert "The programme's own figures speak for all agencies to October 31, 2011" in page
    assert "UNCTAD (2011-S2, 2012-S1)" in page
    assert "Kept, but not counted, because the programme's own figures reach further: FAO 2011-S1." in page
    assert "Cumulative figures of UNIDO stand beside the programme's own" in page
    assert "owes 2011-S2, 2012-S1" in page
    assert "stands beside the programme&#x27;s own figures" in page


def test_areas_agencies_and_periods_each_have_their_line(panama, rco_panama):
    all_send(panama, women=20, men="nd")
    shown = screen(panama, rco_panama, as_of="2011-12-31")
    assert [row.slug for row in shown.by_area] == ["cocle", ""]
    assert line(shown.by_area, "Coclé").women == Sum(100, 5, 0)
    assert line(shown.by_area, "Coclé").men == Sum(None, 0, 5)
    assert shown.by_area[-1].women.known == 518
    fao = line(shown.by_agency, "FAO")
    assert (fao.women, fao.men, fao.day) == (Sum(20, 1, 0), Sum(None, 0, 1), DECEMBER)
    [first, *_rest] = shown.by_agency
    assert (first.agency, first.women.known) == ("programme", 518)
    assert [(row.name, row.women.known) for row in shown.by_period] == [("2011-S2", 618)]


def test_a_later_revision_changes_nothing_of_an_earlier_period_and_its_own_page_says_the_same(panama, rco_panama):
    all_send(panama, agencies=("FAO",))
    later = panama.revisions.create(number=9, approved_on=date(2012, 3, 1), ends_on=date(2012, 12, 31),
                                    total_budget_usd=8_000_000, reason="One agency more")  # fmt: skip
    for place, acronym in enumerate(("FAO", "UNDP")):
        later.agency_budgets.create(agency=agency(acronym), amount_usd=1, position=place)
    [period, *_rest] = screen(panama, rco_panama, as_of="2012-06-30").by_period
    asked = Asked.of({"category": "women", "reach": "direct", "as_of": period.until.isoformat()}, panama, DECEMBER)
    assert period.women == FigureScreen(panama, asked).sum == Sum(538, 1, 4, date(2011, 10, 31))


def test_each_number_leads_to_where_it_comes_from(client_of, panama, rco_panama, url):
    all_send(panama)
    client = client_of(rco_panama)
    sources = {
        "area": "category=women&amp;reach=direct&amp;area=cocle&amp;as_of=2011-12-31",
        "agency": "category=women&amp;reach=direct&amp;agency=FAO&amp;as_of=2011-12-31",
        "period": "category=women&amp;reach=direct&amp;as_of=2011-12-31",
    }
    for by, query in sources.items():
        page = page_of(client, f"{url}?as_of=2011-12-31&by={by}")
        address = f"{reverse('beneficiaries:figure_source', args=[panama.code])}?{query}"
        assert address in page
        assert client.get(address.replace("&amp;", "&")).status_code == 200


def test_an_unknown_date_or_view_is_told_and_shows_today(client_of, rco_panama, url):
    page = page_of(client_of(rco_panama), f"{url}?as_of=ayer&by=colour")
    assert 'value="ayer"' in page
    assert '<div class="err"' in page
    assert "By area" in page


def test_without_any_figure_the_page_says_what_fills_it(client_of, panama, rco_panama, url):
    panama.submissions.all().delete()
    page = page_of(client_of(rco_panama), f"{url}?by=period")
    assert "Nothing has been counted by this date." in page


def test_workspace_and_list_lead_to_it(client_of, panama, rco_panama, url):
    client = client_of(rco_panama)
    for address in (reverse("reporting:programme_detail", args=[panama.code]), url.replace("totals/", "")):
        assert f'href="{url}"' in page_of(client, address)
