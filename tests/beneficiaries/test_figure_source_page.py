"""Where a printed figure comes from: its submissions, cells, file, uploader and date, and what it was before."""

import re

import pytest
from django.urls import reverse

from beneficiaries.models import Submission
from tests.beneficiaries.sending import load

pytestmark = pytest.mark.django_db


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
