"""An agreed figure on the sheet: printed, named as agreed in both languages, kept in its JSON."""

import re
from datetime import date

import pytest

from reporting.rendering import render_html
from reporting.status_sheet import build_status_sheet, from_json, to_json
from tests.beneficiaries.agreements import DECEMBER, MEN, WHY, WOMEN, agree, all_send
from tests.beneficiaries.test_submission_page import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed(panama, rco_panama):
    all_send(panama)
    agree(panama, rco_panama, {WOMEN: 600})
    return panama


def test_the_sheet_prints_it_and_says_which(agreed):
    sheet = build_status_sheet(agreed, DECEMBER)
    women = next(row for row in sheet.beneficiaries.rows if row.category == "women")
    assert (women.direct.known, sheet.beneficiaries.persons.direct.known) == (600, 919)
    page = " ".join(render_html(sheet, ("es", "en")).split())
    assert "Agreed by the programme, nobody counted twice: Women, direct, for December 31, 2011." in page
    assert len(re.findall(r">agreed(</span>)?</small>", page)) == 1
    assert len(re.findall(r">agreed in part(</span>)?</small>", page)) == 1


def test_the_json_keeps_value_date_and_reason(agreed):
    sheet = build_status_sheet(agreed, DECEMBER)
    assert from_json(to_json(sheet)) == sheet
    [line] = sheet.beneficiaries.agreed
    assert (line.category, line.reach, line.value, line.as_of_on, line.reason) == (*WOMEN, 600, DECEMBER, WHY)
    [women, men] = sheet.beneficiaries.ranges
    assert (women.net.value, women.gross.known, men.net.value, men.gross.known) == (518, 618, 269, 319)


def test_a_sheet_that_was_frozen_before_there_were_agreed_figures_reads_as_before(panama):
    sheet = build_status_sheet(panama, date(2011, 10, 31))
    assert (sheet.beneficiaries.agreed, sheet.beneficiaries.ranges) == ((), ())
    older = to_json(sheet).replace('"agreed": [],', "").replace('"ranges": [],', "")
    assert '"agreed"' not in older
    assert from_json(older) == sheet


def test_the_workspace_shows_the_range(agreed, rco_panama, client_of):
    agree(agreed, rco_panama, {MEN: 300})
    page = page_of(client_of(rco_panama), f"/programmes/{agreed.code}/")
    assert "Women, direct, 518 to" in page
