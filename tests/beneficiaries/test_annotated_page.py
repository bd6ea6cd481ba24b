"""The annotated workbook as a person gets it, and that reading it back says the same as before."""

import io

import openpyxl
import pytest
from django.urls import reverse

from beneficiaries.models import Submission
from tests.beneficiaries.files import csv_bytes, rows_of
from tests.beneficiaries.sending import receive, template

pytestmark = pytest.mark.django_db
WRONG = {"C10": 40, "B11": -3, "C11": "muchas", "D10": 3}


@pytest.fixture
def wrong(panama, focal_point_fao):
    return receive(panama, focal_point_fao, template(panama, WRONG), name="informe fao.xlsx")


def address(submission):
    return reverse("beneficiaries:submission_annotated", args=[submission.programme.code, submission.pk])


def downloaded(client, submission, language="es"):
    client.cookies["django_language"] = language
    response = client.get(address(submission))
    assert response.status_code == 200
    return response


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def said(submission):
    reading = submission.reading
    return reading["rows"], reading["problems"], reading["questions"], reading["notes"]


def test_it_is_the_persons_own_workbook_and_getting_it_writes_nothing(client_of, wrong, focal_point_fao, reading_only):
    client = client_of(focal_point_fao)
    with reading_only():
        response = downloaded(client, wrong)
    assert "informe%20fao_errores.xlsx" in response.headers["Content-Disposition"].replace('"', "").replace(" ", "%20")
    book = opened(response.content)
    assert book.sheetnames == ["Beneficiarios", "Instrucciones", "_ficha", "Errores"]
    assert [book["Errores"][f"A{row}"].value for row in (5, 6)] == ["Beneficiarios!B11", "Beneficiarios!C11"]
    assert book["Beneficiarios"]["C11"].comment.text.startswith("◆ Ficha")


def test_it_speaks_the_language_of_whoever_opens_it(client_of, wrong, focal_point_fao):
    book = opened(downloaded(client_of(focal_point_fao), wrong, "en").content)
    assert book["Errors"]["C4"].value == "Column"
    assert "A count cannot be negative" in book["Beneficiarios"]["B11"].comment.text


def test_the_preview_leads_to_it_while_something_is_open(client_of, panama, wrong, focal_point_fao):
    client = client_of(focal_point_fao)
    assert address(wrong) in client.get(wrong.get_absolute_url()).content.decode()
    right = receive(panama, focal_point_fao, template(panama, {"C10": 40}))
    assert address(right) not in client.get(right.get_absolute_url()).content.decode()


def test_sent_back_as_it_is_it_reads_as_before(client_of, panama, wrong, focal_point_fao):
    marked = downloaded(client_of(focal_point_fao), wrong).content
    assert said(receive(panama, focal_point_fao, marked)) == said(wrong)


def test_of_a_corrected_workbook_only_what_is_still_wrong_is_shown(client_of, panama, wrong, focal_point_fao):
    book = opened(downloaded(client_of(focal_point_fao), wrong).content)
    book["Beneficiarios"]["B11"] = 3
    saved = io.BytesIO()
    book.save(saved)
    again = receive(panama, focal_point_fao, saved.getvalue())
    assert [problem[0] for problem in again.reading["problems"]] == ["Beneficiarios!C11"]
    book = opened(downloaded(client_of(focal_point_fao), again).content)
    assert book.sheetnames == ["Beneficiarios", "Instrucciones", "_ficha", "Errores"]
    assert book["Beneficiarios"]["B11"].comment is None
    assert book["Beneficiarios"]["C11"].comment.text.count("◆ Ficha") == 1
    assert book["Errores"].max_row == 5


def test_a_csv_comes_back_as_a_workbook_that_reads_the_same(client_of, panama, focal_point_fao):
    data = csv_bytes(rows_of(template(panama, WRONG)))
    sent = receive(panama, focal_point_fao, data, name="informe.csv")
    marked = downloaded(client_of(focal_point_fao), sent).content
    assert said(receive(panama, focal_point_fao, marked)) == said(sent)


def test_a_file_that_is_gone_is_not_found(client_of, wrong, focal_point_fao):
    Submission.objects.get(pk=wrong.pk).file.delete(save=False)
    assert client_of(focal_point_fao).get(address(wrong)).status_code == 404
