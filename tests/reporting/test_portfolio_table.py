"""The Secretariat's portfolio: filters, orders, totals with their coverage, and what it costs."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes.models import Agency, AgencyBudget, Membership, Programme, Role, StatusAssessment
from reporting.models import PortfolioRow
from tests.reporting.portfolio_facts import programme_of, refreshed

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def several(panama, today):
    """Beside Panama (518 women, delayed): one complete, one in part, one nd, one that nobody knows anything of."""
    programme_of(panama, 1, performance="on_track", budget=1000, spent=(300, 200), women=(700, 2, 0))
    programme_of(panama, 2, performance="stalled", budget=2000, spent=(400, None), women=(50, 1, 1))
    programme_of(panama, 3, budget=500, spent=(None,), women=(None, 0, 1), title_es="Niñez y nutrición", title_en="")
    programme_of(panama, 4, starts_on=None)
    refreshed(today)


@pytest.fixture
def desk(client_of, secretariat):
    client = client_of(secretariat)

    def opened(path="/", language="en", **asked):
        return client.get(path, asked, headers={"accept-language": language})

    return opened


def codes(page):
    """The programmes of the table, in its order."""
    return re.findall(r'<a class="ti" href="/programmes/(MDGF-\d+)/"', page.text)


def numbers(page):
    return [code[-3:] for code in codes(page)]


def test_the_row_of_panama_says_what_its_sheet_says(desk, today):
    refreshed(today)
    page = " ".join(desk().text.split())
    for said in ("Entrepreneurial Opportunities Network", "Delayed", "5,123,115", "of 8,000,000", "2 warnings"):
        assert said in page
    assert re.search(r'data-label="Women">\s*518\s*<', page)
    assert re.search(r'data-label="Committed, USD">\s*<span class="nd">nd', page)
    assert "UNDP, UNIDO, FAO, UNWTO, UNCTAD" in page


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"status": "on_track"}, ["001"]),
        ({"status": "none"}, ["003", "004"]),
        ({"window": "private-sector-and-development"}, ["097"]),
        ({"agency": "UNWTO"}, ["097"]),
        ({"findings": "warnings"}, ["097"]),
        ({"life_cycle": "pipeline"}, []),
        ({"q": "ninez NUTRICION"}, ["003"]),
        ({"q": "omt"}, ["097"]),
        ({"q": "100%_"}, []),
        ({"status": "on_track", "q": "water 2"}, []),
    ],
)
def test_each_filter_narrows_the_table(desk, several, asked, found):
    assert numbers(desk(**asked)) == found


def test_a_sheet_is_overdue_until_it_is_submitted(desk, several, panama):
    assert numbers(desk(overdue="overdue")) == ["097", "001", "002", "003"]
    period = PortfolioRow.objects.get(programme=panama).due_period
    issued = panama.sheet_issues.get()
    panama.sheet_issues.create(
        period=period, state="submitted", as_of_on=issued.as_of_on, frozen=issued.frozen, submitted_at=timezone.now()
    )
    assert numbers(desk(overdue="overdue")) == ["001", "002", "003"]
    assert f"{period.code} overdue since" in desk(overdue="overdue").text


def test_each_chosen_filter_can_be_taken_away_alone(desk, several):
    page = desk(status="on_track", q="water", sort="-women").text
    assert "1 of 5 programmes" in page
    assert 'href="?q=water&amp;sort=-women"' in page
    assert 'href="?status=on_track&amp;sort=-women"' in page


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("women", ["002", "097", "001", "003", "004"]),
        ("-women", ["001", "097", "002", "003", "004"]),
        ("spent", ["002", "001", "097", "003", "004"]),
        ("-spent", ["001", "002", "097", "003", "004"]),
        ("status", ["002", "097", "001", "003", "004"]),
        ("-status", ["001", "097", "002", "003", "004"]),
        ("nonsense", ["097", "001", "002", "003", "004"]),
    ],
)
def test_what_is_missing_comes_last_both_ways(desk, several, sort, found):
    assert numbers(desk(sort=sort)) == found


def test_the_head_that_is_sorted_says_so_and_turns_round(desk, several):
    head = re.search(r"<th[^>]*aria-sort=\"descending\">.*?</th>", desk(sort="-women", q="water").text, re.DOTALL)[0]
    assert "Women" in head
    assert 'href="?sort=women&amp;q=water"' in head


def test_totals_state_their_coverage(desk, several):
    totals = " ".join(desk().text.split("<tfoot>")[1].split("</tfoot>")[0].split())
    women = re.search(r'data-label="Women">(.*?)</td>', totals)[1]
    assert "≥ 1,268" in women
    assert "2 of 5 programmes, 1 in part, 2 nd" in women
    spent = re.search(r'data-label="Spent, USD">(.*?)</td>', totals)[1]
    assert "≥ 900" in spent
    assert "1 of 5 programmes, 1 in part, 3 nd" in spent


def test_a_selection_that_knows_nothing_is_nd_and_not_zero(desk, several):
    totals = desk(q="nutricion").text.split("<tfoot>")[1]
    assert re.search(r'data-label="Women"><span><span class="nd">nd</span>', totals)


def test_the_trend_compares_the_last_two_judgements(desk, panama, today):
    StatusAssessment.objects.create(programme=panama, assessed_on=date(2012, 2, 1), performance="on_track")
    Programme.objects.filter(pk=panama.pk).update(version=panama.version + 1)
    refreshed(today)
    assert "better than before" in desk().text


def test_a_row_that_lags_behind_says_so_and_is_found_all_the_same(desk, several, panama):
    Programme.objects.filter(pk=panama.pk).update(version=panama.version + 1, title_en="A new title")
    page = desk(q="new title")
    assert codes(page) == ["MDGF-2097"]
    assert "changed since it was last counted" in page.text


def test_a_programme_nobody_has_counted_is_there_with_its_title(desk, panama, today):
    refreshed(today)
    programme_of(panama, 7)
    page = desk(q="water 7")
    assert codes(page) == ["MDGF-9007"]
    assert "not counted yet" in page.text


def test_an_unknown_choice_is_named_and_what_was_typed_stays(desk, several):
    page = desk(q="water", status="splendid").text
    assert "splendid is not one of the available choices" in page
    assert 'value="water"' in page
    assert "No programme fits" in desk(q="nowhere").text


def test_a_page_beyond_the_last_leads_to_the_first_with_what_was_asked(desk, several):
    response = desk(page="7", q="water", sort="-men")
    assert response.status_code == 302
    assert response.headers["Location"] == "/?page=1&q=water&sort=-men"


def test_a_country_and_a_window_have_pages_of_their_own(desk, several):
    assert len(codes(desk("/countries/PA/"))) == 5
    window = desk("/windows/private-sector-and-development/")
    assert codes(window) == ["MDGF-2097"]
    assert "<h1>Private Sector and Development</h1>" in window.text
    assert desk("/countries/BR/").status_code == 404
    assert desk("/countries/PA/", "es").text.count("<h1>Panamá</h1>") == 1


def test_a_reader_of_one_programme_sees_only_those_they_may_open(client_of, reader, several, panama):
    Membership.objects.create(
        user=reader, role=Role.FOCAL_POINT, programme=Programme.objects.get(code="MDGF-9001"),
        agency=Agency.objects.order_by("pk").first(),
    )  # fmt: skip
    client = client_of(type(reader).objects.get(pk=reader.pk))
    assert codes(client.get("/countries/PA/")) == ["MDGF-9001"]
    assert b"2097" not in client.get("/portfolio.csv").content


@pytest.mark.parametrize("asked", [{}, {"sort": "-due", "overdue": "overdue", "q": "a", "agency": "FAO"}])
def test_eleven_programmes_take_as_many_queries_as_one(desk, panama, today, asked):
    taken = []
    for number in range(11):
        if number in (0, 10):
            refreshed(today)
            desk(**asked)
            with CaptureQueriesContext(connection) as captured:
                assert desk(**asked).status_code == 200
            taken.append(len(captured))
        made = programme_of(panama, number, performance="on_track", budget=1000, spent=(1,), women=(1, 1, 0))
        AgencyBudget.objects.filter(revision__programme=made).update(agency=Agency.objects.get(acronym_en="FAO"))
    assert taken[0] == taken[1] <= 6


def test_the_portfolio_only_reads(desk, several, reading_only):
    desk()
    with reading_only():
        assert desk(sort="-women").status_code == 200
