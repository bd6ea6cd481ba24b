"""Choosing a file: the form, the template beside it, and every refusal at its field."""

import io
import re
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from beneficiaries.forms import UploadForm
from beneficiaries.models import Submission
from programmes.models import Period
from tests.beneficiaries.files import csv_bytes, xlsx
from tests.beneficiaries.sending import load, template

pytestmark = pytest.mark.django_db
GOOD = {"C10": 40}


@pytest.fixture
def url(panama):
    return reverse("beneficiaries:submission_new", args=[panama.code])


def sent(client, url, data, name="f.xlsx", language="en", **changed):
    fields = {"agency": "FAO", "period": "2011-S2", "basis": "new", "counted_to_on": ""} | changed
    client.cookies["django_language"] = language
    return client.post(url, fields | {"file": SimpleUploadedFile(name, data)})


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("focal_point_fao", 200),
        ("rco_panama", 200),
        ("secretariat", 403),
        ("administrator", 403),
        ("reader", 403),
        ("stranger", 404),
    ],
)
def test_who_may_upload(request, client_of, url, person, status):
    assert client_of(request.getfixturevalue(person)).get(url).status_code == status


def test_somebody_who_is_not_signed_in_is_sent_to_the_door(client, url):
    assert client.get(url).status_code == 302


def options(response, name):
    select = re.search(rf'<select name="{name}".*?</select>', response.content.decode(), re.DOTALL)[0]
    return re.findall(r'<option value="([^"]*)"', select)


def test_a_focal_point_sends_for_their_own_agency_only(client_of, url, focal_point_fao):
    assert options(client_of(focal_point_fao).get(url), "agency") == ["FAO"]


def test_rco_staff_send_for_any_agency_and_for_the_programme(client_of, url, rco_panama):
    offered = options(client_of(rco_panama).get(url), "agency")
    assert sorted(offered) == sorted(["", "FAO", "UNCTAD", "UNDP", "UNIDO", "UNWTO", "programme"])


def test_periods_since_the_programme_started_are_offered_the_latest_first(client_of, url, focal_point_fao):
    offered = options(client_of(focal_point_fao).get(url), "period")
    assert (offered[-1], offered[0] > offered[1]) == ("2009-S2", True)


def test_a_file_without_problems_leads_to_its_preview(client_of, url, panama, focal_point_fao):
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD))
    submission = Submission.objects.get(agency__acronym_en="FAO")
    assert (response.status_code, response.headers["Location"]) == (303, submission.get_absolute_url())
    assert (submission.status, submission.counted_to_on) == ("uploaded", submission.period.ends_on)


def test_the_same_figures_again_lead_to_what_already_counts(client_of, url, panama, focal_point_fao):
    first = load(panama, focal_point_fao, GOOD)
    client = client_of(focal_point_fao)
    response = sent(client, url, template(panama, GOOD))
    assert response.headers["Location"] == first.get_absolute_url()
    assert "nothing was changed" in client.get(first.get_absolute_url()).content.decode()
    assert Submission.objects.filter(agency__acronym_en="FAO").count() == 1


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"Area;Mujeres\n", "f.xlsx", "it holds plain text"),
        (b"", "f.xlsx", "The file is empty"),
        (b"%PDF-1.4", "f.pdf", "is not a spreadsheet but PDF"),
        (csv_bytes([["Cédula", "Mujeres"], ["8-123-456", "1"]]), "f.csv", "personal data (“Cédula”)"),
    ],
)
def test_a_refused_file_gets_its_sentence_and_loses_nothing_that_was_chosen(
    client_of, url, focal_point_fao, data, name, sentence
):
    response = sent(client_of(focal_point_fao), url, data, name, basis="cumulative", counted_to_on="2011-10-31")
    page = response.content.decode()
    assert response.status_code == 200
    assert sentence in page
    assert '<option value="2011-S2" selected>' in page
    assert re.search(r'value="cumulative"[^>]*checked', page)
    assert re.search(r'name="counted_to_on" value="(2011-10-31|October 31, 2011)"', page)
    assert not Submission.objects.filter(agency__acronym_en="FAO").exists()


def test_sentences_come_in_the_persons_language(client_of, url, panama, focal_point_fao, monkeypatch):
    """The page and the refusal both ask the catalogue in the language of the browser."""
    from django.utils import translation

    asked = set()

    def spy(message, ask=translation.gettext):
        asked.add(translation.get_language())
        return ask(message)

    monkeypatch.setattr("beneficiaries.views.submissions._", spy)
    load(panama, focal_point_fao, GOOD)
    client = client_of(focal_point_fao)
    for language in ("es", "en"):
        sent(client, url, template(panama, GOOD), language=language)
    assert asked == {"es", "en"}


def test_a_period_that_has_not_started_is_no_choice(client_of, url, panama, focal_point_fao):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Period.objects.create(fund=panama.fund, code="9999-S1", starts_on=tomorrow, ends_on=tomorrow + timedelta(days=90))
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD), period="9999-S1")
    assert response.context["form"].errors.keys() == {"period"}


def test_a_day_outside_the_period_is_refused_at_its_field(client_of, url, panama, focal_point_fao):
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD), counted_to_on="2012-01-01")
    assert response.context["form"].errors.keys() == {"counted_to_on"}


def test_the_day_is_typed_in_words_as_everywhere(client_of, url, panama, focal_point_fao):
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD), counted_to_on="October 31, 2011")
    assert response.status_code == 303
    assert Submission.objects.get(agency__acronym_en="FAO").counted_to_on == date(2011, 10, 31)


def test_a_focal_point_cannot_send_for_another_agency(client_of, url, panama, focal_point_fao):
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD, "UNIDO"), agency="UNIDO")
    assert response.context["form"].errors.keys() == {"agency"}
    assert not Submission.objects.filter(agency__isnull=False).exists()


def test_a_file_name_is_kept_as_a_fact_and_never_as_a_path(client_of, url, panama, focal_point_fao):
    sent(client_of(focal_point_fao), url, template(panama, GOOD), name="../../año; rm -rf.xlsx")
    submission = Submission.objects.get(agency__acronym_en="FAO")
    assert ".." not in submission.file.name
    assert submission.file.name.endswith(".xlsx")
    assert "/" not in submission.file_name


def test_a_person_in_a_cell_of_the_template_is_neither_kept_nor_shown(client_of, url, panama, focal_point_fao):
    before = Submission.history.count()
    response = sent(client_of(focal_point_fao), url, template(panama, GOOD | {"C11": "María Pérez 8-123-456"}))
    assert response.status_code == 200
    assert "The file has personal data (“Beneficiarios!C11”)" in response.text
    assert not any(part in response.text for part in ("María", "8-123"))
    assert not Submission.objects.filter(agency__acronym_en="FAO").exists()
    assert Submission.history.count() == before


# The template


@pytest.mark.parametrize(("asked", "first"), [("", "2012-S2"), ("2011-S2", "2011-S2"), ("x", "2012-S2")])
def test_the_period_asked_for_or_the_programmes_last_is_chosen_from_the_start(
    client_of, url, panama, focal_point_fao, asked, first
):
    panama.revisions.update(ends_on=date(2012, 11, 30))
    page = client_of(focal_point_fao).get(url, {"period": asked}).text
    assert re.findall(r'<option value="([^"]*)" selected>', page) == [first]
    assert "Choose one" not in page


def test_of_a_programme_that_runs_the_open_period_is_chosen(panama, focal_point_fao):
    panama.revisions.update(ends_on=date(2012, 11, 30))
    form = UploadForm(programme=panama, user=focal_point_fao, today=date(2011, 8, 1))
    assert form["period"].value() == "2011-S2"


def test_the_template_is_taken_for_what_the_form_has_chosen(client_of, url, panama, focal_point_fao):
    response = client_of(focal_point_fao).post(url, {"agency": "FAO", "period": "2011-S1", "template": "1"})
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/template.xlsx?agency=FAO&period=2011-S1")
    with_basis = client_of(focal_point_fao).post(
        url, {"agency": "FAO", "period": "2011-S1", "template": "1", "basis": "cumulative"}
    )
    assert with_basis.headers["Location"].endswith("&period=2011-S1&basis=cumulative")
    load(panama, focal_point_fao, GOOD, code="2011-S1")
    with_figures = client_of(focal_point_fao).post(
        url, {"agency": "FAO", "period": "2011-S1", "template": "1", "prefilled": "1"}
    )
    assert with_figures.headers["Location"].endswith("&prefilled=1")


def test_a_template_without_an_agency_asks_for_the_agency_and_for_nothing_else(client_of, url, rco_panama):
    fields = {"agency": "", "period": "2011-S1", "template": "1", "basis": "new", "counted_to_on": "never"}
    response = client_of(rco_panama).post(url, fields)
    assert response.status_code == 200
    assert response.context["form"].errors.keys() == {"agency"}
    assert '<option value="2011-S1" selected>' in response.text
    assert 'value="never"' in response.text


def test_the_template_says_what_was_chosen_to_be_counted(client_of, panama, focal_point_fao):
    template_url = reverse("beneficiaries:template_download", args=[panama.code])
    query = {"agency": "FAO", "period": "2011-S2"}

    def said(basis):
        workbook = client_of(focal_point_fao).get(template_url, query | {"basis": basis}).content
        return {row[0]: row[1] for row in openpyxl.load_workbook(io.BytesIO(workbook))["_ficha"].values}["basis"]

    assert (said("cumulative"), said("x")) == ("cumulative", None)


def test_without_figures_nothing_is_prefilled_and_the_page_says_so(client_of, url, panama, focal_point_fao):
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    page = client.get(url).text
    assert "No figures count yet: there is nothing to prefill." in page
    assert 'name="prefilled"' not in page
    load(panama, focal_point_fao, GOOD)
    assert 'name="prefilled"' in client.get(url).text
    other = client.post(url, {"agency": "FAO", "period": "2011-S1", "template": "1", "prefilled": "1"})
    assert other.status_code == 200
    assert "No figures count yet for this agency and period" in other.text


def test_the_template_is_offered_for_the_agencies_one_may_send_for(client_of, panama, focal_point_fao, rco_panama):
    template_url = reverse("beneficiaries:template_download", args=[panama.code])

    def status(person, **query):
        return client_of(person).get(template_url, {"period": "2011-S2"} | query).status_code

    assert status(focal_point_fao, agency="FAO") == 200
    assert status(focal_point_fao, agency="UNIDO") == 403
    assert status(focal_point_fao) == 403
    assert status(rco_panama) == status(rco_panama, agency="programme") == 200
    assert status(rco_panama, agency="UNICEF") == status(rco_panama, period="2011-S9") == 404


def test_the_template_downloads_under_a_name_that_says_what_it_is(client_of, panama, focal_point_fao, reading_only):
    template_url = reverse("beneficiaries:template_download", args=[panama.code])
    client = client_of(focal_point_fao)
    with reading_only():
        response = client.get(template_url, {"agency": "FAO", "period": "2011-S2"})
    assert response.headers["Content-Disposition"] == 'attachment; filename="MDGF-2097_FAO_2011-S2.xlsx"'
    assert response.content.startswith(b"PK")


def test_a_workbook_with_problems_is_kept_for_its_preview(client_of, url, focal_point_fao):
    rows = [["Área", "Mujeres (directo)"], ["Coclé", -1]]
    response = sent(client_of(focal_point_fao), url, xlsx(rows))
    assert response.status_code == 303
    assert Submission.objects.get(agency__acronym_en="FAO").reading["problems"]
