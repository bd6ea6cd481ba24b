"""Where a printed figure comes from: its submissions, cells, file, uploader and date, and what it was before."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from beneficiaries.models import Category, Submission
from beneficiaries.totals.agreed import submissions_digest
from beneficiaries.totals.loading import load as load_facts
from beneficiaries.totals.submissions import choose
from tests.beneficiaries.sending import load

pytestmark = pytest.mark.django_db
AS_OF = date(2011, 10, 31)


@pytest.fixture
def page_of(client_of, panama, rco_panama):
    """The page of a figure, in English, in one line."""

    client = client_of(rco_panama)
    client.cookies["django_language"] = "en"

    def shown(status=200, **query):
        asked = {"category": "women", "reach": "direct", "as_of": "2011-12-31"} | query
        response = client.get(reverse("beneficiaries:figure_source", args=[panama.code]), asked)
        assert response.status_code == status
        return " ".join(response.content.decode().split()).replace(" </", "</")

    return shown


def figure_of(page):
    return re.sub("<[^>]*>", "", re.search(r'<p class="figure">(.*?)</p>', page)[1]).split("  ")[0].strip()


def test_the_figure_leads_to_its_cells_file_uploader_and_date(page_of, panama, focal_point_fao):
    loaded = load(panama, focal_point_fao, {"C10": 40, "C11": "nd"})
    page = page_of()
    assert figure_of(page).startswith("≥ 558")
    assert "The programme's own figures speak for all agencies to October 31, 2011" in page
    assert loaded.get_absolute_url() in page
    assert reverse("beneficiaries:submission_file", args=[panama.code, loaded.pk]) in page
    assert f", {focal_point_fao.name}" in page
    assert re.search(r"Beneficiarios!C10</th><td>Coclé</td><td class=\"num\">40</td>", page)
    assert re.search(r"Beneficiarios!C11</th><td>Herrera</td><td class=\"num\"><span class=\"nd\">nd", page)


def test_what_it_was_before_is_every_earlier_revision(page_of, panama, focal_point_fao):
    first = load(panama, focal_point_fao, {"C10": 40})
    load(panama, focal_point_fao, {"C10": 44}, reason="Una lista más")
    page = page_of(area="cocle", agency="FAO")
    assert figure_of(page) == "44"
    before = page[page.index("What it was before") :]
    assert re.search(rf'40</strong> <span><a href="{first.get_absolute_url()}">revision 1', before)
    assert "Una lista más" in page


def test_what_does_not_count_says_why(page_of, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40}, code="2011-S1")
    page = page_of()
    assert figure_of(page).startswith("≥ 518")
    assert "What does not count, and why" in page
    assert "lies before the programme’s own figures" in page


def test_a_withdrawn_submission_is_told_where_nothing_replaced_it(page_of, panama, focal_point_fao):
    loaded = load(panama, focal_point_fao, {"C10": 40})
    Submission.objects.filter(pk=loaded.pk).update(status="withdrawn")
    page = page_of()
    assert "What was withdrawn" in page
    assert '<span class="tag">withdrawn</span>' in page


def test_a_blank_area_is_another_figure_than_all_areas(page_of, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "C14": 3})
    assert [figure_of(page_of(agency="FAO", **area)) for area in ({}, {"area": ""}, {"area": "cocle"})] == [
        "43",
        "3",
        "40",
    ]


def test_persons_name_the_category_of_each_cell(page_of, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "D10": 2})
    page = page_of(category="persons", agency="FAO", area="cocle")
    assert figure_of(page) == "42"
    assert re.search(r"C10</th><td>Women</td>", page)
    assert re.search(r"D10</th><td>Men</td>", page)


def test_a_figure_without_any_submission_says_what_would_fill_it(page_of):
    page = page_of(agency="FAO")
    assert figure_of(page) == "nd"
    assert "Nobody has sent anything for this figure." in page


def test_the_programmes_own_figures_are_asked_for_by_their_word(page_of):
    assert figure_of(page_of(agency="programme")) == "518"


def test_an_agreed_figure_says_who_agreed_it_when_why_and_what_the_sum_is(page_of, panama, rco_panama):
    facts = load_facts(panama, AS_OF)
    panama.agreed_figures.create(
        category=Category.objects.get(code="women"),
        reach="direct",
        value=500,
        as_of_on=AS_OF,
        reason="Listas cotejadas",
        submissions_digest=submissions_digest(choose(facts, AS_OF)),
        set_by=rco_panama,
        set_at=datetime(2011, 11, 20, 12, tzinfo=UTC),
    )
    page = page_of(as_of="2011-10-31")
    assert figure_of(page) == "500"
    said = "Women: 500 was agreed for October 31, 2011, set by Oficina del CR on November 20, 2011. “Listas cotejadas”"
    assert said in page
    assert "The sum over the agencies, of what follows, is 518" in page
    assert figure_of(page_of(as_of="2011-10-31", agency="programme")) == "518"


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ({"category": "ships"}, "which category is meant"),
        ({"reach": ""}, "direct or indirect"),
        ({"area": "atlantis"}, "“atlantis” is no area"),
        ({"agency": "<b>"}, "No agency is called “&lt;b&gt;”"),
        ({"as_of": "31/10/2011"}, "“31/10/2011” is no day"),
    ],
)
def test_an_address_that_names_no_figure_says_what_is_wrong(page_of, query, says):
    assert says in page_of(status=404, **query)


def test_a_day_before_anything_was_counted_has_no_figure(page_of):
    assert figure_of(page_of(as_of="2009-12-31")) == "nd"


def test_queries_do_not_grow_with_submissions_or_cells(
    page_of, panama, focal_point_fao, rco_panama, django_assert_max_num_queries
):
    def counted():
        with django_assert_max_num_queries(20) as captured:
            page_of()
        return len(captured)

    load(panama, focal_point_fao, {"C10": 1})
    load(panama, focal_point_fao, {"C10": 2})
    before = counted()
    load(panama, focal_point_fao, {f"C{row}": 5 for row in range(10, 15)})
    load(panama, rco_panama, {"C10": 7, "C11": 8}, of="UNDP")
    assert counted() == before


def test_what_a_later_revision_leaves_out_is_not_called_withdrawn(page_of, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "C11": 3})
    load(panama, focal_point_fao, {"C11": 3}, reason="Coclé was counted by another agency")
    page = page_of(area="cocle", agency="FAO")
    assert "What a later revision no longer states" in page
    assert "What was withdrawn" not in page


@pytest.mark.parametrize("name", ["category", "area", "agency", "as_of"])
def test_what_no_database_can_look_up_is_not_found(page_of, name):
    assert "To the beneficiaries of the programme" in page_of(404, **{name: "\0"})
