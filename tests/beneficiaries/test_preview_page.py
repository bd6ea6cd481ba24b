"""The preview: which cells became which figures, filtered and paged; ten thousand figures stay readable."""

import re

import pytest
from django.utils.html import strip_tags

from beneficiaries.spreadsheets.loading import confirm
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.understood import Reading
from tests.beneficiaries.many import areas_of, reading_of, uploaded
from tests.beneficiaries.sending import TODAY, load, receive, template

pytestmark = pytest.mark.django_db
QUERIES, BYTES = 20, 200_000


@pytest.fixture
def shown(client_of, focal_point_fao):
    """A page of a submission, in English, in one line."""
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"

    def page(submission, query="", language="en"):
        client.cookies["django_language"] = language
        response = client.get(submission.get_absolute_url() + query)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return page


@pytest.fixture
def revised(panama, focal_point_fao):
    """A file that changes one figure, adds one, drops one and leaves one as it was."""
    load(panama, focal_point_fao, {"C10": 40, "D10": 3, "C11": 7})
    return receive(panama, focal_point_fao, template(panama, {"C10": 45, "D10": 3, "C12": 9}))


def cells_listed(page):
    table = re.search(r'<table class="changes">.*?<tbody>(.*?)</tbody>', page)[1]
    return [" ".join(strip_tags(row.replace("</t", " </t")).split()) for row in table.split("</tr>") if "<td" in row]


def filters(page):
    return re.findall(r"(\w+) (?:<b>)?([\d,]+)", strip_tags(re.search(r'<nav class="filter".*?</nav>', page)[0]))


def test_figures_are_listed_by_their_cell_with_what_counts_now(shown, revised):
    page = shown(revised)
    assert "against revision 1, which counts now" in page
    assert cells_listed(page) == [
        "Beneficiarios!C12 Veraguas Women, direct – 9 new",
        "Beneficiarios!C10 Coclé Women, direct 40 45 changed",
        "not in the file Herrera Women, direct 7 – gone",
        "Beneficiarios!D10 Coclé Men, direct 3 3 unchanged",
    ]


def test_the_list_is_filtered_by_kind_with_its_count(shown, revised):
    assert filters(shown(revised)) == [("all", "4"), ("new", "1"), ("changed", "1"), ("gone", "1"), ("unchanged", "1")]
    assert cells_listed(shown(revised, "?kind=gone")) == ["not in the file Herrera Women, direct 7 – gone"]
    assert len(cells_listed(shown(revised, "?kind=nonsense"))) == 4


def test_totals_of_each_area_are_shown_before_and_after_with_the_cell_of_the_file(shown, revised):
    page = shown(revised)
    lines = re.search(r'<table class="ba loaded by-area">.*?<tbody>(.*?)</tbody>', page)[1]
    cocle = re.search(r'<th scope="row">Coclé</th>.*?</tr>', lines)[0]
    assert 'tabindex="0"><span class="new">45</span><span class="tip">Beneficiarios!C10</span>' in cocle
    before = re.search(r'<span class="was"><a class="from" href="([^"]*)">40<span class="u-hide">: where', cocle)
    assert before[1].endswith("?category=women&amp;reach=direct&amp;area=cocle&amp;as_of=2011-12-31")
    assert ">Veraguas<" in lines


def test_what_looks_mistyped_is_said_before_it_is_confirmed(shown, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "D10": 30, "C11": 7}, code="2011-S1")
    page = shown(receive(panama, focal_point_fao, template(panama, {"C10": 400, "D10": 0, "C11": 7})))
    look = page[page.index("Worth a second look") : page.index("What would change")]
    assert "Beneficiarios!C10</strong> Women, direct, Coclé: 400, and 40 before" in look
    assert "Beneficiarios!D10</strong> Men, direct, Coclé: 0, and 30 before" in look
    assert "Compared with what the same source sent for 2011-S1, revision 1." in look


def test_a_file_without_anything_doubtful_says_nothing_of_it(shown, revised):
    assert "Worth a second look" not in shown(revised)


@pytest.mark.parametrize("number", ["0", "99", "-1", "abc", "1.5", "", "9" * 400])
@pytest.mark.parametrize("name", ["page", "areas"])
def test_a_page_that_there_is_not_shows_the_nearest_and_says_so(shown, revised, name, number):
    page = shown(revised, f"?{name}={number}")
    assert f"There is no page “{number[:20]}”: this is page 1 of 1." in page


# ------------------------------------------------------------------ ten thousand figures


@pytest.fixture
def ten_thousand(panama, focal_point_fao):
    """1,250 areas by eight columns: half of them differ from the revision that counts."""
    places = areas_of(panama, 1250)
    before = uploaded(panama, focal_point_fao, reading_of(places, lambda row, column: row + 10 * (column % 2)))
    confirm(before, by=focal_point_fao, today=TODAY, reason="", against=0)
    return uploaded(panama, focal_point_fao, reading_of(places, lambda row, _column: row))


def test_ten_thousand_figures_stay_readable(shown, ten_thousand, django_assert_max_num_queries):
    for query in ("?page=100&areas=50", "?kind=changed", "?page=1000"):
        with django_assert_max_num_queries(QUERIES):
            page = shown(ten_thousand, query)
        assert len(page.encode()) <= BYTES, query
    first = shown(ten_thousand)
    assert filters(first) == [
        ("all", "10,000"),
        ("new", "0"),
        ("changed", "5,000"),
        ("gone", "0"),
        ("unchanged", "5,000"),
    ]
    assert "1 to 100 of 10,000" in first
    assert "There is no page “1000”: this is page 100 of 100." in page


def test_what_was_loaded_is_paged_by_area(shown, ten_thousand, panama, django_assert_max_num_queries):
    loaded = panama.submissions.get(agency__acronym_en="FAO", revision=1)
    for query in ("", "?page=32"):
        with django_assert_max_num_queries(QUERIES):
            page = shown(loaded, query)
        assert len(page.encode()) <= BYTES, query
    assert "1,241 to 1,250 of 1,250" in page
    assert re.search(r'area=corregimiento-1249&amp;agency=FAO&amp;as_of=2011-12-31">1,259', page)


# ------------------------------------------------------------------ problems by kind


def problem(number, code="negative", **params):
    return Problem(f"Hoja1!C{number}", "Mujeres", f"-{number}", code, params)


def test_problems_are_grouped_by_kind_and_what_to_do_is_said_once(shown, panama, focal_point_fao):
    reading = Reading(
        problems=[
            problem(12),
            problem(9),
            problem(10, "unknown_area_suggestion", suggestion="Coclé"),
            problem(11, "unknown_area_suggestion", suggestion="Herrera"),
        ]
    )
    page = shown(uploaded(panama, focal_point_fao, reading))
    assert "4 things to correct" in page
    assert page.count("A count cannot be negative.") == 1
    assert re.search(r"Names that are close to an area&#x27;s, but not the same</h3> <span class=\"n\">2 cells", page)
    assert re.findall(r'class="cell">Hoja1!(C\d+)<', page) == ["C9", "C12", "C10", "C11"]
    assert page.count("Did you mean") == 2


def test_three_thousand_problems_stay_readable(shown, panama, focal_point_fao, django_assert_max_num_queries):
    codes = ["negative", "decimals", "not_a_number"]
    reading = Reading(problems=[problem(number, codes[number % 3]) for number in range(1, 3001)])
    notes = [Problem(f"Hoja1!B{number}", "Hombres", "–", "typed_dash") for number in range(500)]
    reading.notes = notes
    many = uploaded(panama, focal_point_fao, reading)
    for query in ("", "?problem=negative&problem_page=10", "?note=typed_dash&note_page=3"):
        with django_assert_max_num_queries(QUERIES):
            page = shown(many, query)
        assert len(page.encode()) <= BYTES, query
    assert "201 to 300 of 500" in page
    first = shown(many)
    assert first.count('<details class="kind"') == 4
    assert "open>" not in first
    assert first.count("1,000 cells</span>") == 3
    assert "and 967 more cells of this kind" in first
    opened = shown(many, "?problem=decimals")
    assert re.search(r'<details class="kind" id="problem-decimals" open>', opened)
    assert "1 to 100 of 1,000" in opened


def test_kinds_and_what_to_do_are_in_the_persons_language(shown, panama, focal_point_fao):
    bad = uploaded(panama, focal_point_fao, Reading(problems=[problem(9)]))
    assert "Una cuenta no puede ser negativa." in shown(bad, language="es")
