"""Edit pages under bad input: each gets its sentence, nothing is lost, nothing breaks."""

import pytest
from django.urls import reverse

from programmes.models import Agency, GovernmentEntity, Programme, SectionText
from tests.programmes.browsing import form_on


def address(section):
    return reverse("programmes:section_edit", args=["MDGF-2097", section])


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


def post(client, section, changes):
    data = form_on(client.get(address(section)))
    return client.post(address(section), data | changes, headers={"accept-language": "en"})


def errors(answer):
    return [str(message) for _id, message in answer.context["page"].errors]


def summary(panama):
    return SectionText.objects.get(programme=panama, section__slug="summary").text_es


def test_scripts_do_not_survive_in_rich_text(rco, panama):
    hostile = (
        '<p onclick="x()">Hola<script>alert(1)</script><img src=x onerror=alert(1)></p><a href="javascript:x">y</a>'
    )
    answer = post(rco, "summary", {"summary-text_es": hostile, "summary-text_es-format": "html"})
    assert answer.status_code == 303
    assert "<p>Hola</p>" in summary(panama)
    for gone in ("script", "onclick", "onerror", "javascript"):
        assert gone not in summary(panama)


def test_tags_typed_without_javascript_are_text(rco, panama):
    post(rco, "summary", {"summary-text_es": "<script>alert(1)</script>"})
    assert summary(panama) == "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    assert form_on(rco.get(address("summary")))["summary-text_es"] == "<script>alert(1)</script>"


def test_scripts_in_names_are_shown_as_text(rco, panama):
    post(rco, "parties", {"coordinator_name": "<script>alert(1)</script>"})
    page = rco.get(address("parties")).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_a_megabyte_of_text_is_refused_with_its_count_and_kept(rco, panama, kind):
    before = summary(panama)
    long = "palabra " * 131_000
    answer = post(rco, "summary", {"summary-text_es": long, "summary-text_es-format": kind})
    assert answer.status_code == 422
    assert errors(answer) == [
        "Text, Español: This may have 6,000 characters at most and has 1,047,999: shorten it by 1,041,999 characters."
    ]
    assert len(form_on(answer)["summary-text_es"]) == 1_047_999
    assert summary(panama) == before


@pytest.mark.parametrize(
    ("section", "field", "label", "limit"),
    [
        ("parties", "coordinator_name", "Programme coordinator", 120),
        ("programme", "title_es", "Title, Español", 240),
        ("programme", "registry_code", "Registry code", 40),
    ],
)
def test_a_line_over_its_limit_says_by_how_much_and_is_kept(rco, panama, section, field, label, limit):
    answer = post(rco, section, {field: "x" * (limit + 1)})
    assert errors(answer) == [
        f"{label}: This may have {limit} characters at most and has {limit + 1}: shorten it by 1 character."
    ]
    assert form_on(answer)[field] == "x" * (limit + 1)


@pytest.mark.parametrize("typed", ["mil", "1,2,3", "12.345.6", "-5", "1e9", "9" * 13, "9" * 1_000_000, "\x00"])
def test_amounts_that_are_none_are_refused_and_kept(rco, panama, typed):
    answer = post(rco, "budget", {"total_budget_usd": typed})
    assert answer.status_code == 422
    assert len(errors(answer)) == 1
    assert panama.revisions.last().total_budget_usd == 8_000_000


@pytest.mark.parametrize(
    "typed", ["ayer", "31/02/2011", "2011", "0001-01-01", "99999-01-01", "1/1/11", "9" * 1_000_000]
)
def test_dates_that_are_none_are_refused_and_kept(rco, panama, typed):
    answer = post(rco, "dates", {"starts_on": typed})
    assert len(errors(answer)) == 1
    assert form_on(answer)["starts_on"] == typed
    assert Programme.objects.get(pk=panama.pk).starts_on == panama.starts_on


def test_fields_that_the_page_does_not_ask_are_ignored(rco, panama):
    fund, version = panama.fund_id, panama.version
    post(rco, "programme", {"code": "X", "fund": "999", "country": "999", "version": "77", "title_confirmed": "x"})
    after = Programme.objects.get(pk=panama.pk)
    assert (after.code, after.fund_id, after.version) == ("MDGF-2097", fund, version + 1)


def test_a_row_of_another_programme_cannot_be_taken_over(rco, panama):
    other = Programme.objects.create(code="MDGF-1", country=panama.country, fund=panama.fund)
    entity = GovernmentEntity.objects.create(programme=other, name_es="De otro")
    answer = post(rco, "parties", {"entities-0-pk": str(entity.pk), "entities-0-name_es": "Mío"})
    assert answer.status_code == 303
    entity.refresh_from_db()
    assert (entity.programme, entity.name_es) == (other, "De otro")
    assert panama.government_entities.first().name_es == "Mío"


def test_the_same_row_twice_is_refused(rco, panama):
    first = panama.government_entities.first().pk
    answer = post(rco, "parties", {"entities-1-pk": str(first)})
    assert errors(answer) == ["The same row arrived twice. Reload the page and enter the change again."]


def test_a_focal_point_reports_for_no_other_agency(client_of, focal_point_fao, panama):
    client = client_of(focal_point_fao)
    fao, undp = Agency.objects.get(acronym_en="FAO"), Agency.objects.get(acronym_en="UNDP")
    assert list(client.get(address("finances")).context["page"].parts) == [f"agency-{fao.pk}"]
    forged = {f"agency-{undp.pk}-as_of_on": "2011-10-31", f"agency-{undp.pk}-committed_usd": "5"}
    assert post(client, "finances", forged).status_code == 303
    assert not panama.financial_reports.exists()


@pytest.mark.parametrize("count", ["", "-1", "x", "9999999999", "²"])
def test_a_list_that_got_lost_is_not_an_empty_list(rco, panama, count):
    answer = post(rco, "areas", {"areas-count": count})
    assert answer.status_code == 422
    assert panama.programme_areas.count() == 4


def test_a_list_has_a_limit(rco, panama):
    answer = post(rco, "areas", {"areas-count": "5000"})
    assert "This list may have 60 rows at most." in errors(answer)
    assert panama.programme_areas.count() == 4
