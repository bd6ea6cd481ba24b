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


@pytest.mark.parametrize(
    "cell",
    [
        "María Pérez 8-123-456",
        "maría pérez cédula 8-123-456",
        "8-123-4567 Ana",
        "Luis Mora PE-12-345",
        "Ana Díaz, tel. 6612-3456",
        "Ana Díaz +507 6612-3456",
    ],
)
def test_one_name_with_a_number_among_figures_is_enough(cell):
    assert refused(HEADER, ["Coclé", 1, cell, 3])
    assert refused(HEADER, ["Coclé", cell])
    assert refused(["Lugar", "Mujeres"], ["", "3", cell])


def test_a_name_with_an_identity_number_is_refused_wherever_it_stands():
    assert refused(["Responsable: María Pérez, 8-123-456"], HEADER, ["Coclé", 1])
    assert refused(HEADER, ["Coclé", 1], others=[Sheet("notas", [["LUIS MORA 8-123-456"]], hidden=True)])


def test_days_offices_and_contacts_are_not_people():
    assert not refused(["Datos de Coclé al 31-10-2011"], HEADER, ["Coclé", 1, "hasta 31-10-2011"])
    assert not refused(["Contacto: Ana Díaz, tel. 997-1234"], HEADER, ["Coclé", 1])
    assert not refused([*HEADER, "Observaciones"], ["Coclé", 1, 2, 3, "Escuela Omar Torrijos 997-1234"])
    assert not refused(["Resolución de aprobación 5-2011-45"], HEADER, ["Coclé", 1])


def test_the_reason_says_where_and_never_who():
    with pytest.raises(Refused) as refusal:
        read_rows(book(HEADER, ["Coclé", 1, "María Pérez 8-123-456"]), COLUMNS)
    (problem,) = refusal.value.problems
    assert "C2" in problem.message
    assert not any(part in str(problem.as_json()) for part in ("María", "123"))


def test_the_reason_names_the_column():
    with pytest.raises(Refused) as refusal:
        read_rows(Workbook("csv", (Sheet("CSV", [["Cédula"], ["8-1-1"]]),)), COLUMNS)
    assert refusal.value.problems[0].column == "Cédula"
