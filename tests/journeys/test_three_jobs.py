"""The three jobs the portal exists for, by three people, one after the other on the same portal."""

import io

import openpyxl
import pypdf
import pytest

from tests.journeys.words import FAO, OFFICER, PASSWORD, SECRETARIAT, said

WORKSPACE = "/programmes/MDGF-2097/"
#: What the focal point of FAO counted anew: area → (women, men), direct.
COUNTED = {"Coclé": (40, 12), "Herrera": (25, "nd"), "Veraguas": (0, 5)}
ACHIEVEMENT = {
    "es": "Se firmó el convenio con AMPYME y REDNOMIPEM.",
    "en": "The agreement with AMPYME and REDNOMIPEM was signed.",
}


@pytest.fixture(params=["es", "en"])
def language(request):
    return request.param


@pytest.fixture(params=[True, False], ids=["javascript", "without javascript"])
def javascript(request):
    return request.param


def edit_progress(officer):
    """The officer adds an achievement to R2, records the third disbursement and assesses the status."""
    language, page = officer.language, officer.sign_in(OFFICER, PASSWORD).page
    page.get_by_role("link", name="Red de Oportunidades" if language == "es" else "Entrepreneurial").click()

    page.locator("#achievements .edit").first.click()
    page.locator("#list-result2").get_by_role("button", name=said(language, "Add an achievement")).click()
    row = page.locator("#result2-2")
    row.locator("[name$=text_es]").fill(ACHIEVEMENT["es"])
    row.locator("[name$=text_en]").fill(ACHIEVEMENT["en"])
    row.locator("[name$=text_same]").check()
    page.get_by_role("button", name=said(language, "Save achievements")).last.click()
    assert ACHIEVEMENT[language] in page.locator("#achievements:not(.editing)").inner_text()

    page.locator("#disbursements .edit").first.click()
    third = page.get_by_role("group", name="3")
    third.locator("select").first.select_option("made")
    third.locator("input[name$='-on']").fill("15 de junio de 2012" if language == "es" else "June 15, 2012")
    third.locator("input[name$=amount_usd]").fill("1.500.000")
    page.get_by_role("button", name=said(language, "Save disbursements")).last.click()
    assert "6,623,115" in page.locator("#disbursements:not(.editing)").inner_text()


def upload_beneficiaries(focal_point, folder):
    """The focal point takes the template, fills it, uploads it, looks at the change and confirms."""
    language, page = focal_point.language, focal_point.sign_in(FAO, PASSWORD).page
    focal_point.open(WORKSPACE)
    page.locator("#beneficiaries .edit").click()
    page.locator("#id_period").select_option(label_of(page, "#id_period", "2011-S2"))
    with page.expect_download() as download:
        page.get_by_role("button", name=said(language, "Download the template")).click()
    path = folder / "conteo_fao.xlsx"
    download.value.save_as(path)
    fill(path)

    assert (page.locator("#id_agency").input_value(), page.locator("#id_period").input_value()) == ("FAO", "2011-S2")
    page.locator("input[name=basis][value=new]").check()
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name=said(language, "Read the file")).click()
    assert "583" in page.locator("main").inner_text()  # women: 518 in the base and 65 new
    page.locator("form[action$='/confirm/'] button").last.click()
    focal_point.open(WORKSPACE)
    figures = page.locator("#beneficiaries").inner_text()
    assert "≥ 583" in figures
    assert "≥ 286" in figures


def label_of(page, select, start):
    """The visible label of the option that begins so: people choose by words."""
    labels = page.locator(f"{select} option").all_inner_texts()
    return next(label for label in labels if label.startswith(start))


def fill(path):
    """Type the counts into the template, finding rows and columns by what they are called."""
    workbook = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in workbook if sheet.sheet_state == "visible" and find(sheet, "Coclé"))
    women, men = (find(sheet, *words).column for words in (("Mujeres", "Women"), ("Hombres", "Men")))
    for area, figures in COUNTED.items():
        row = find(sheet, area).row
        for column, figure in zip((women, men), figures, strict=True):
            sheet.cell(row, column).value = figure
    workbook.save(path)


def find(sheet, *beginnings):
    """The first cell, reading by rows, that begins with one of the words."""
    cells = (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))
    return next((cell for cell in cells if cell.value.strip().startswith(beginnings)), None)


def download_sheet(secretariat):
    """The Secretariat opens the bilingual draft from the workspace; the text of its pages."""
    page = secretariat.sign_in(SECRETARIAT, PASSWORD).page
    secretariat.open(WORKSPACE)
    link = page.locator("a[href*='sheet.pdf'][href*='language=both']").first
    answer = page.context.request.get(secretariat.address + link.get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    text = " ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(answer.body())).pages)
    return " ".join(text.split())


def test_an_officer_edits_a_focal_point_uploads_and_the_secretariat_downloads(visitor, language, javascript, tmp_path):
    edit_progress(visitor(language, javascript=javascript))
    upload_beneficiaries(visitor(language, javascript=javascript), tmp_path)
    text = download_sheet(visitor(language, javascript=javascript))
    for expected in (ACHIEVEMENT["es"], ACHIEVEMENT["en"], "6,623,115", "≥ 583", "Red de Oportunidades", "Delayed"):
        assert expected in text
