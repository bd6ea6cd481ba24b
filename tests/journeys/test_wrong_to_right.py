"""A focal point's first upload has wrong cells: marked, corrected, confirmed, and in the end withdrawn."""

import openpyxl
import pytest

from beneficiaries.spreadsheets.columns import DATA_SHEET
from tests.journeys.words import FAO, LANGUAGE_HERE, PASSWORD, said

WORKSPACE = "/programmes/MDGF-2097/"
BENEFICIARIES = f"{WORKSPACE}beneficiaries/"


@pytest.fixture(params=LANGUAGE_HERE)
def focal_point(request, visitor):
    return visitor(request.param).sign_in(FAO, PASSWORD)


def downloaded(page, click, path):
    with page.expect_download() as download:
        click()
    download.value.save_as(path)
    return openpyxl.load_workbook(path)


def upload(visitor, page, path):
    page.locator("#id_period").select_option("2011-S2")
    page.locator("input[name=basis][value=new]").check()
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name=said(visitor.language, "Read the file")).click()
    page.locator(".tally").wait_for()


def test_wrong_cells_are_marked_corrected_confirmed_and_withdrawn(focal_point, tmp_path):
    page, language = focal_point.page, focal_point.language
    address = f"{focal_point.address}{BENEFICIARIES}template.xlsx?agency=FAO&period=2011-S2"
    blank = tmp_path / "blank.xlsx"
    blank.write_bytes(page.request.get(address, headers={"Accept-Language": language}).body())
    book = openpyxl.load_workbook(blank)
    sheet = book[DATA_SHEET[language]]
    sheet["C10"], sheet["C11"], sheet["D10"] = 40, "muchas", -3
    book.save(tmp_path / "fao.xlsx")

    focal_point.open(f"{BENEFICIARIES}submissions/new/")
    upload(focal_point, page, tmp_path / "fao.xlsx")
    link = page.get_by_role("link", name=said(language, "Download your workbook with the errors marked"))
    marked = downloaded(page, link.click, tmp_path / "marked.xlsx")
    sheet, listed = marked[DATA_SHEET[language]], marked.worksheets[-1]
    assert listed.title == {"es": "Errores", "en": "Errors"}[language]
    places = [listed.cell(row, 1).hyperlink.location for row in (5, 6)]
    assert {place.rpartition("!")[2] for place in places} == {"C11", "D10"}
    assert sheet["C11"].comment.text.splitlines()[1] in page.locator("main").inner_text()
    assert sheet["C11"].fill.fgColor.rgb == sheet["D10"].fill.fgColor.rgb != sheet["C10"].fill.fgColor.rgb

    sheet["C11"], sheet["D10"] = 25, 3
    marked.save(tmp_path / "corrected.xlsx")
    page.get_by_role("link", name=said(language, "Choose the corrected file")).click()
    upload(focal_point, page, tmp_path / "corrected.xlsx")
    assert not link.count()
    page.locator("form[action$='/confirm/'] button").last.click()
    page.wait_for_url("**/submissions/*/")
    loaded = page.url
    # 518 women in the base, 40 and 25 new.
    assert "≥ 583" in focal_point.open(WORKSPACE).locator("#beneficiaries").inner_text()

    page.goto(f"{loaded}withdraw/")
    assert "583" in page.locator("main").inner_text()  # what the totals would lose, before anything is done
    page.locator("textarea, input[type=text]").last.fill("Las 25 mujeres eran del primer semestre")
    page.get_by_role("button", name=said(language, "Withdraw the figures")).click()
    page.wait_for_url(loaded)
    assert "primer semestre" in page.locator("main").inner_text()
    assert "583" not in focal_point.open(WORKSPACE).locator("#beneficiaries").inner_text()
