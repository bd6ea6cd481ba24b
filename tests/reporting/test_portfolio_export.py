"""The selection as xlsx and csv: all of it, in its order, every figure with its state, nothing a formula."""

import csv
import io

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from tests.reporting.portfolio_facts import programme_of, refreshed

pytestmark = pytest.mark.django_db


@pytest.fixture
def several(panama):
    programme_of(panama, 1, performance="on_track", budget=1000, spent=(300, 200), women=(700, 2, 0))
    programme_of(panama, 2, budget=2000, spent=(400, None), women=(50, 1, 1), title_en="=HYPERLINK(1)")
    refreshed(timezone.localdate())


def rows_of(client, ending, language="en", **asked):
    content = client.get(f"/portfolio.{ending}", asked, headers={"accept-language": language}).content
    if ending == "xlsx":
        head, *rows = load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True)
    else:
        delimiter = ";" if language == "es" else ","
        head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=delimiter)
    return [dict(zip(head, row, strict=True)) for row in rows]


def test_the_workbook_has_numbers_with_their_states(client_of, secretariat, several):
    rows = rows_of(client_of(secretariat), "xlsx", sort="-women")
    assert [row["Code"] for row in rows] == ["MDGF-9001", "MDGF-2097", "MDGF-9002"]
    first, panama, last = rows
    assert (first["Women"], first["Women: state"]) == (700, "complete")
    assert (last["Women"], last["Women: state"]) == (50, "at least; 1 of 2 missing")
    assert (panama["Spent, USD"], panama["Spent, USD: state"]) == (None, "nd")
    assert panama["Transferred, USD"] == 5123115


def test_the_file_holds_what_the_filters_leave(client_of, secretariat, several):
    client = client_of(secretariat)
    assert [row["Code"] for row in rows_of(client, "csv", status="on_track")] == ["MDGF-9001"]
    assert rows_of(client, "csv", q="nowhere") == []
    assert client.get("/portfolio.pdf").status_code == 404


def test_a_title_that_looks_like_a_formula_is_a_text(client_of, secretariat, several):
    client = client_of(secretariat)
    assert "'=HYPERLINK(1)" in [row["Title"] for row in rows_of(client, "csv")]
    content = client.get("/portfolio.xlsx", headers={"accept-language": "en"}).content
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert [cell.data_type for cell in cells if cell.value == "=HYPERLINK(1)"] == ["s"]
