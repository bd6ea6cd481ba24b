"""Counts out as xlsx, ods and csv, and in again through the same door: nothing changes."""

import io
import zipfile
from datetime import date
from urllib.parse import urlencode

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils.translation import override

from beneficiaries.models import Basis, Count, Submission
from beneficiaries.spreadsheets import export, importing
from beneficiaries.spreadsheets.columns import LONG_FORM, STATE_NAMES
from beneficiaries.spreadsheets.purpose import Purpose
from beneficiaries.spreadsheets.table_states import state_said
from tests.beneficiaries.sending import TODAY, agency, load, period

pytestmark = pytest.mark.django_db
FORMATS = ("xlsx", "ods", "csv")
CELLS = {"B10": 120, "C10": 0, "D10": "nd", "B11": "na", "C11": "pendiente", "E13": 1_234_567, "B13": 7}


@pytest.fixture
def fao_sent(panama, focal_point_fao):
    return load(panama, focal_point_fao, CELLS)


def again(programme, data, name, by, of="FAO", code="2011-S2", basis=Basis.NEW, counted_to_on=None):
    purpose = Purpose(programme, agency(of), period(code), basis, counted_to_on or period(code).ends_on)
    return importing.run(purpose, ContentFile(data, name=name), by=by, today=TODAY)


def said(outcome):
    return [(p.code, p.cell, p.found) for p in outcome.problems], [q.code for q in outcome.found.questions]


@pytest.mark.parametrize("hxl", [False, True])
@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("layout", ["long", "wide"])
@pytest.mark.parametrize("ending", FORMATS)
def test_what_was_exported_comes_back_unchanged(panama, focal_point_fao, fao_sent, ending, layout, language, hxl):
    data = export.export(panama, ending, language, agency="FAO", layout=layout, hxl=hxl)
    outcome = again(panama, data, f"f.{ending}", focal_point_fao)
    assert said(outcome) == ([], [])
    assert outcome.unchanged
    assert outcome.submission == fao_sent.pk


@pytest.mark.parametrize("layout", ["long", "wide"])
def test_a_whole_programme_comes_back_as_the_submissions_it_was(panama, rco_panama, fao_sent, layout):
    load(panama, rco_panama, {"B10": 55, "C12": "nd"}, of="UNDP", code="2011-S1", basis=Basis.CUMULATIVE)
    data = export.export(panama, "xlsx", "es", layout=layout)
    submissions, counts = Submission.objects.count(), Count.objects.count()
    outcome = again(panama, data, "todo.xlsx", rco_panama)
    assert said(outcome) == ([], [])
    assert outcome.unchanged
    assert len(outcome.other_submissions) == Submission.objects.accepted().count() - 1 >= 2
    assert (Submission.objects.count(), Count.objects.count()) == (submissions, counts)


def test_the_day_and_the_basis_of_each_submission_come_back(panama, rco_panama, fao_sent):
    """The programme's own figures of the sheet count to 31 October, not to the end of their period."""
    data = export.export(panama, "csv", "en")
    chosen = {"of": "programme", "basis": Basis.CUMULATIVE}
    assert again(panama, data, "a.csv", rco_panama, counted_to_on=date(2011, 10, 31), **chosen).unchanged
    wrong = again(panama, data, "a.csv", rco_panama, of="programme")
    assert {problem.code for problem in wrong.problems} == {"other_basis", "other_day"}


def test_the_rows_of_another_programme_are_a_problem(panama, focal_point_fao, fao_sent):
    data = export.export(panama, "csv", "es", agency="FAO").replace(b"MDGF-2097", b"MDGF-1719")
    assert [p.code for p in again(panama, data, "a.csv", focal_point_fao).problems] == ["other_programme"]


def test_rows_of_one_submission_that_say_two_days_are_a_problem(panama, focal_point_fao, fao_sent):
    data = export.export(panama, "csv", "es", agency="FAO").replace(b"2011-12-31", b"2011-11-30", 1)
    codes = [problem.code for problem in again(panama, data, "a.csv", focal_point_fao).problems]
    assert "differs_from_row" in codes


def test_one_changed_figure_is_the_only_change(panama, focal_point_fao, fao_sent):
    data = export.export(panama, "csv", "es", agency="FAO").replace(b"1234567", b"1234568")
    outcome = again(panama, data, "a.csv", focal_point_fao)
    assert (outcome.accepted, outcome.unchanged) == (True, False)
    before = set(fao_sent.counts.values_list("area", "category", "reach", "value", "state"))
    after = set(Submission(pk=outcome.submission).counts.values_list("area", "category", "reach", "value", "state"))
    assert len(after - before) == len(before - after) == 1


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1"])
def test_nothing_in_a_file_is_a_formula(panama, fao_sent, start):
    fao_sent.counts.update(cell=start)
    sheet = openpyxl.load_workbook(io.BytesIO(export.export(panama, "xlsx", "es", agency="FAO"))).active
    place = [column.name for column in LONG_FORM].index("cell") + 1
    cell = sheet.cell(2, place)
    assert (cell.data_type, cell.quotePrefix) == ("s", True)
    csv = export.export(panama, "csv", "es", agency="FAO").decode("utf-8-sig")
    assert f"'{start}".replace("\r", "\n") in csv.replace("\r\n", "\n").replace("\r", "\n")
    ods = export.export(panama, "ods", "es", agency="FAO")
    content = zipfile.ZipFile(io.BytesIO(ods)).read("content.xml").decode()
    assert "table:formula" not in content
    assert content.count('value-type="float"') == fao_sent.counts.filter(state="reported").count()


def test_every_name_of_a_state_is_read():
    assert {state: {state_said(word) for word in names.values()} for state, names in STATE_NAMES.items()} == {
        state: {state} for state in STATE_NAMES
    }


def test_a_figure_without_number_is_an_empty_cell_beside_its_state(panama, fao_sent):
    sheet = openpyxl.load_workbook(io.BytesIO(export.export(panama, "xlsx", "en", agency="FAO"))).active
    rows = [
        dict(zip([cell.value for cell in sheet[1]], row, strict=True)) for row in sheet.iter_rows(2, values_only=True)
    ]
    assert (None, "nd") in {(row["Count"], row["State"]) for row in rows}
    assert (0, "reported") in {(row["Count"], row["State"]) for row in rows}
    assert all((row["Count"] is None) == (row["State"] != "reported") for row in rows)


def test_the_page_gives_what_was_asked_for(panama, fao_sent, client_of, focal_point_fao):
    client = client_of(focal_point_fao)
    for ending in FORMATS:
        address = reverse("beneficiaries:count_export", args=[panama.code, ending])
        response = client.get(
            f"{address}?{urlencode({'agency': 'FAO', 'period': '2011-S2', 'layout': 'wide', 'hxl': 1})}"
        )
        assert response.status_code == 200
        assert f'"MDGF-2097_FAO_2011-S2_beneficiaries.{ending}"' in response.headers["Content-Disposition"]
    address = reverse("beneficiaries:count_export", args=[panama.code, "csv"])
    for wrong in ("?agency=OIT", "?period=1999-S1", "?layout=diagonal"):
        assert client.get(address + wrong).status_code == 404
    assert client.get(reverse("beneficiaries:count_export", args=[panama.code, "exe"])).status_code == 404


def test_only_the_latest_revision_is_exported(panama, focal_point_fao, fao_sent):
    load(panama, focal_point_fao, {"B10": 999}, reason="Se contó de nuevo")
    with override("es"):
        text = export.export(panama, "csv", "es", agency="FAO").decode("utf-8-sig")
    assert ";999;" in text
    assert ";1234567;" not in text


def test_more_submissions_cost_no_more_queries(panama, rco_panama, fao_sent, django_assert_num_queries):
    for code in ("2010-S2", "2011-S1"):
        load(panama, rco_panama, CELLS, of="UNDP", code=code)
    with django_assert_num_queries(5):
        export.export(panama, "csv", "es")


@pytest.mark.parametrize("name", ["agency", "period", "layout"])
def test_what_no_database_can_look_up_is_not_found(client_of, focal_point_fao, panama, name):
    address = reverse("beneficiaries:count_export", args=[panama.code, "csv"])
    assert client_of(focal_point_fao).get(address, {name: "\0"}).status_code == 404
