"""Counts, never lists of people: such a file is recognised wherever the people stand in it."""

import pytest

from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.spreadsheets.reading import Sheet, Workbook
from beneficiaries.spreadsheets.rows import read_rows
from tests.beneficiaries.test_rows import COLUMNS, HEADER, book


def refused(*rows, others=()):
    try:
        read_rows(book(*rows, others=others), COLUMNS)
    except Refused as refusal:
        return [problem.code for problem in refusal.problems] == ["personal_data"]
    return False


@pytest.mark.parametrize(
    "header",
    [
        "Nombres y apellidos",
        "Nombre completo",
        "Nombre del beneficiario",
        "Apellidos",
        "Full name",
        "Surname",
        "Cédula",
        "N.º de cédula",
        "Documento de identidad",
        "Passport number",
        "Teléfono",
        "Celular",
        "Phone number",
        "Dirección",
        "Domicilio",
        "Home address",
        "Correo electrónico",
        "E-mail",
        "Fecha de nacimiento",
    ],
)
def test_a_column_under_such_a_header_is_personal_data(header):
    assert refused([*HEADER, header], ["Coclé", 1, 2, 3, "x"])


def test_it_is_found_in_a_hidden_sheet_too():
    assert refused(HEADER, ["Coclé", 1], others=[Sheet("lista", [["Cédula"], ["8-123-456"]], hidden=True)])


@pytest.mark.parametrize(
    "values",
    [
        ["8-123-4567", "PE-12-345", "4-1234-567"],
        ["6612-3456", "+507 6612-3457", "6612-3458"],
        ["ana@example.org", "b@example.org", "c@example.org"],
    ],
)
def test_identity_numbers_telephones_and_addresses_are_recognised_without_a_header(values):
    assert refused(["x"], *[[value] for value in values])


def test_a_column_of_names_under_a_plain_header_is_recognised():
    assert refused(["Nombre", "Mujeres (directo)"], ["Ana Díaz", 1], ["Luis Mora", 1])


def test_names_of_areas_and_dates_are_not_people():
    assert not refused(["Nombre", *HEADER], ["Bocas del Toro", "Coclé", 1], ["Coclé", "Herrera", 1])
    assert not refused([*HEADER, "Observaciones"], *[["Coclé", 1, 2, 3, f"{day}-10-2011"] for day in range(10, 14)])


def test_a_letterhead_is_not_a_list():
    assert not refused(["Oficina de Coclé", "Teléfono: 997-1234"], [], HEADER, ["Coclé", 1, 2, 3])


def test_the_reason_names_the_column():
    with pytest.raises(Refused) as refusal:
        read_rows(Workbook("csv", (Sheet("CSV", [["Cédula"], ["8-1-1"]]),)), COLUMNS)
    assert refusal.value.problems[0].column == "Cédula"
