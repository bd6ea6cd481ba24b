"""A spreadsheet of more than 2,000 figures: confirmed, waited for across a reload, and loaded by a worker."""

import io
import re
import subprocess
import sys

import openpyxl
import pytest

from tests.journeys import server
from tests.journeys.words import FAO, LANGUAGE_HERE, PASSWORD, said

VILLAGES = 260
BENEFICIARIES = "/programmes/MDGF-2097/beneficiaries/"
#: The programme comes to work in many places.
MANY_PLACES = f"""
from programmes.models import Area, Programme, ProgrammeArea
panama = Programme.objects.get(code="MDGF-2097")
names = [f"Pueblo {{number:03}}" for number in range({VILLAGES})]
Area.objects.bulk_create(
    Area(country=panama.country, slug=name.lower().replace(" ", "-"), name=name, kind="pueblo") for name in names
)
villages = Area.objects.filter(kind="pueblo")
ProgrammeArea.objects.bulk_create([ProgrammeArea(programme=panama, area=area, position=100) for area in villages])
"""


@pytest.fixture
def office(seeded, tmp_path):
    """The portal's address and environment. No worker runs yet."""
    database, static_root = seeded
    with database.copy() as url, server.serving(url, tmp_path, static_root) as (address, environment):
        server.manage(environment, "shell", "--no-imports", "-c", MANY_PLACES)
        yield address, environment


@pytest.fixture
def portal(office):
    return office[0]


def filled(template):
    """New figures for every village: women and men, direct and indirect, as many cells as the template has."""
    workbook = openpyxl.load_workbook(io.BytesIO(template))
    sheet = next(sheet for sheet in workbook if sheet.sheet_state == "visible")
    for row in sheet.iter_rows():
        name = next((cell for cell in row if str(cell.value).startswith("Pueblo ")), None)
        if name is not None:
            for cell in row[name.column : name.column + 8]:
                cell.value = 3
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def send(focal_point):
    page = focal_point.sign_in(FAO, PASSWORD).page
    asked = page.context.request.get(f"{focal_point.address}{BENEFICIARIES}template.xlsx?agency=FAO&period=2011-S2")
    focal_point.open(f"{BENEFICIARIES}submissions/new/?agency=FAO&period=2011-S2")
    page.locator("input[name=basis][value=new]").check()
    big = {"name": "grande.xlsx", "mimeType": "application/octet-stream", "buffer": filled(asked.body())}
    page.locator("#id_file").set_input_files(big)
    page.get_by_role("button", name=said(focal_point.language, "Read the file")).click()
    page.locator("form[action$='/confirm/'] button").last.click()
    page.wait_for_url("**/progress/")
    return page


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
def test_a_big_import_waits_survives_a_reload_and_arrives(office, visitor, javascript):
    _address, environment = office
    focal_point = visitor(LANGUAGE_HERE[0], javascript=javascript)
    page = send(focal_point)
    assert page.get_by_role("progressbar").count() == 1
    page.reload()
    assert page.get_by_role("progressbar").count() == 1
    focal_point.open("/jobs/")
    page.get_by_role("link", name=re.compile("grande.xlsx")).click()
    worker = [sys.executable, "manage.py", "db_worker", "--no-reload", "--batch", "--no-startup-delay", "--verbosity=0"]
    subprocess.run(worker, cwd=server.ROOT, env=environment, check=True)
    page.wait_for_url(re.compile(r"/submissions/\d+/$"), timeout=15_000)  # by itself
    assert "Pueblo 001" in page.locator("main").inner_text()
    focal_point.open("/jobs/")
    assert page.get_by_role("progressbar").count() == 0
