"""A focal point sends the agency's own table: its columns are mapped once, and recognised the next time."""

import openpyxl
import pytest
from openpyxl.utils import get_column_letter

from tests.journeys.words import FAO, LANGUAGE_HERE, PASSWORD, said

WORKSPACE = "/programmes/MDGF-2097/"
UPLOAD = f"{WORKSPACE}beneficiaries/submissions/new/"
#: header → what the person says of it; the others are recognised.
MAPPED = {"Señoras capacitadas": "women_direct", "Costo": "leave_out"}


@pytest.fixture(params=LANGUAGE_HERE)
def language(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["javascript", "without javascript"])
def javascript(request):
    return request.param


def own_table(path, cocle, herrera):
    """Titles, two header rows with merged cells, typed thousands, a subtotal, a note: as the office keeps it."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    for row in (
        ["Informe semestral de la FAO"],
        [],
        ["Provincia", "Beneficiarios directos", None, None],
        [None, "Señoras capacitadas", "Hombres", "Costo"],
        ["Coclé", cocle, 12, 300],
        ["Herrera", herrera, "nd", 40],
        ["Total", None, None, 340],
        ["Fuente: informes de campo"],
    ):
        sheet.append(row)
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:C3")
    sheet.column_dimensions[get_column_letter(1)].width = 30
    workbook.save(path)
    return path


def upload(visitor, path):
    page = visitor.open(UPLOAD)
    page.locator("#id_period").select_option("2011-S2")
    page.locator("input[name=basis][value=new]").check()
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name=said(visitor.language, "Read the file")).click()
    page.locator(".mapping").wait_for()
    return page


def chosen(page, header):
    return page.locator(".mapping tr", has_text=header).locator("select")


def answer_and_confirm(visitor, page):
    page.get_by_role("button", name=said(visitor.language, "Answer and read again")).click()
    page.locator(".mapping").wait_for(state="detached")
    page.locator("form[action$='/confirm/'] button").last.click()


def test_a_foreign_layout_is_mapped_once_and_proposed_next_time(visitor, language, javascript, tmp_path):
    focal_point = visitor(language, javascript=javascript).sign_in(FAO, PASSWORD)
    page = upload(focal_point, own_table(tmp_path / "primero.xlsx", "1 040", 25))
    assert "300 · 40" in page.locator(".mapping").inner_text()
    for header, choice in MAPPED.items():
        assert chosen(page, header).input_value() == ""
        chosen(page, header).select_option(choice)
    answer_and_confirm(focal_point, page)
    figures = focal_point.open(WORKSPACE).locator("#beneficiaries").inner_text()
    assert "≥ 1,583" in figures  # 518 in the base, 1,040 and 25 new

    page = upload(focal_point, own_table(tmp_path / "segundo.xlsx", "1 050", 25))
    assert {header: chosen(page, header).input_value() for header in MAPPED} == MAPPED
    answer_and_confirm(focal_point, page)
    assert "≥ 1,593" in focal_point.open(WORKSPACE).locator("#beneficiaries").inner_text()
