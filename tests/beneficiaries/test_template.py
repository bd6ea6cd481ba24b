"""The workbook that agencies fill in."""

import io

import openpyxl
import pytest
from django.utils.translation import override
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from beneficiaries.models import Basis
from beneficiaries.spreadsheets import reading
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.rows import read_rows
from beneficiaries.spreadsheets.template import build
from programmes.quantities import Quantity, State
from programmes.state_words import TOKENS
from tests.beneficiaries.files import csv_bytes, ods, rows_of, xlsx
from tests.beneficiaries.sending import agency, load, period

pytestmark = pytest.mark.django_db
QUANTITIES = st.one_of(
    st.integers(min_value=0, max_value=2_147_483_647).map(Quantity),
    st.sampled_from([Quantity(None, state) for state in State if state != State.REPORTED]),
)


@pytest.fixture
def columns(panama):
    return columns_of(panama)


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def made(panama, columns, language="es", of="FAO", **kwargs):
    return build(panama, agency(of), period(), columns, language, **kwargs)


@pytest.mark.parametrize(
    ("language", "title", "sheets"),
    [
        ("es", "Beneficiarios por área", ["Beneficiarios", "Instrucciones", "_ficha"]),
        ("en", "Beneficiaries by area", ["Beneficiaries", "Instructions", "_ficha"]),
    ],
)
def test_it_is_in_the_persons_language(panama, columns, language, title, sheets):
    workbook = opened(made(panama, columns, language))
    assert (workbook.worksheets[0]["A1"].value, workbook.sheetnames) == (title, sheets)


def test_it_has_a_row_for_each_area_and_one_without(panama, columns):
    rows = rows_of(made(panama, columns))
    assert [row[0] for row in rows[9:]] == ["Coclé", "Herrera", "Veraguas", "Chiriquí", "Sin área"]


def test_it_says_what_it_is_for_where_people_and_programs_read_it(panama, columns):
    workbook = opened(made(panama, columns, of="UNWTO", basis="cumulative"))
    assert [workbook.worksheets[0][f"B{row}"].value for row in range(2, 6)] == [
        "MDGF-2097",
        "OMT",
        "2011-S2",
        "acumuladas desde el inicio",
    ]
    hidden = dict(workbook["_ficha"].iter_rows(values_only=True))
    assert workbook["_ficha"].sheet_state == "hidden"
    assert hidden == {
        "version": "1",
        "programme": "MDGF-2097",
        "agency": "UNWTO",
        "period": "2011-S2",
        "basis": "cumulative",
        "language": "es",
    }


def test_only_the_figures_can_be_changed_and_no_password_is_set(panama, columns):
    sheet = opened(made(panama, columns)).worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{letter}{row}" for letter in "BCDEFGHI" for row in range(10, 15)}


def test_each_figure_offers_the_words_and_leaves_numbers_free(panama, columns):
    [choice] = opened(made(panama, columns)).worksheets[0].data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref), choice.showErrorMessage) == ('"nd,na,pendiente"', "B10:I14", False)


def test_it_prints_on_one_page_across_with_its_header_on_each(panama, columns):
    sheet = opened(made(panama, columns)).worksheets[0]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.print_title_rows) == (
        "landscape",
        1,
        "$9:$9",
    )
    assert sheet.freeze_panes == "B10"


def test_the_instructions_explain_every_column(panama, columns):
    lines = dict(row[:2] for row in opened(made(panama, columns, "en"))["Instructions"].iter_rows(values_only=True))
    with override("en"):
        for column in (columns.area, *columns.counts):
            assert lines[column.header_en] == str(column.help)


def test_prefilled_it_carries_the_figures_that_count_now(panama, columns, focal_point_fao):
    from beneficiaries.spreadsheets.loading import template_for

    load(panama, focal_point_fao, {"B10": 12, "C11": "nd", "D14": 0}, basis=Basis.CUMULATIVE)
    again = rows_of(template_for(panama, agency("FAO"), period(), "en", prefilled=True))
    assert (again[9][1], again[10][2], again[13][3], again[4][1]) == (12, "nd", 0, "cumulative since the start")


@pytest.mark.parametrize("language", ["es", "en"])
@pytest.mark.parametrize("form", ["xlsx", "ods", "csv"])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_written_into_it_is_read_back(panama, columns, form, language, data):
    """Any figures in any state, saved in any format, by area or without one."""
    keys = [
        (area, column.category.code, column.reach)
        for area in (*(area.pk for area in columns.areas), None)
        for column in columns.counts
    ]
    written = dict(zip(keys, data.draw(st.lists(QUANTITIES, min_size=len(keys), max_size=len(keys))), strict=True))
    template = made(panama, columns, language, previous=written)
    make = {"xlsx": lambda rows: template, "ods": ods, "csv": csv_bytes}[form]
    found = read_rows(reading.read(make(rows_of(template)), f"f.{form}"), columns)
    said = {area for (area, _code, _reach), quantity in written.items() if quantity.state != State.BLANK}
    expected = {key: quantity for key, quantity in written.items() if key[0] in said}
    assert [problem.code for problem in found.problems] == ([] if said else ["no_figures"])
    assert {row.key: row.quantity for row in found.rows} == expected


def test_every_word_that_a_template_offers_is_understood(columns):
    for state, words in TOKENS.items():
        for offered in (words["es"][0], words["en"][0]):
            rows = [["Área", "Mujeres (directo)"], ["Coclé", offered]]
            assert read_rows(reading.read(xlsx(rows), "f.xlsx"), columns).rows[0].quantity.state == state
