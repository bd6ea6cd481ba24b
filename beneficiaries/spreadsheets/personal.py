"""Lists of people are recognised and refused before they are stored. Pure."""

import re

from beneficiaries.spreadsheets.columns import folded

ROWS_LOOKED_AT = 40
#: A column under one of these headers, with anything beneath it, is personal data.
_HEADERS = frozenset(
    """nombres|nombre completo|nombre y apellido|nombres y apellidos|nombre y apellidos|nombre s|apellido|apellidos
    nombre del beneficiario|nombre de la beneficiaria|nombre del participante|nombre de la persona|nombre del jefe de hogar
    nombre de los beneficiarios|nombre de los participantes|primer nombre|primer apellido|segundo apellido|full name|first name
    last name|surname|family name|name of beneficiary|beneficiary name|participant name|name of participant|names
    cedula|cedulas|cedula de identidad|n de cedula|no cedula|numero de cedula|documento de identidad|numero de identidad
    no de identidad|identidad|dni|pasaporte|n de pasaporte|numero de pasaporte|passport|passport no|passport number
    id number|identity number|national id|id card|social security number|ssn|seguro social|telefono|telefonos|tel|celular
    movil|n de telefono|numero de telefono|numero de celular|no telefono|phone|phone number|telephone|mobile|mobile number|cell phone|whatsapp
    direccion|direccion exacta|direccion de residencia|direccion domiciliaria|domicilio|home address|address|street address
    correo|correo electronico|email|e mail|email address|fecha de nacimiento|date of birth|birth date|dob""".replace(
        "\n", "|"
    ).split("|")
)
_HEADERS = frozenset(header.strip() for header in _HEADERS)
#: “Name” alone may head the names of places: it is personal when what stands beneath are not areas.
_DOUBTFUL_HEADERS = frozenset(
    {"nombre", "name", "beneficiario", "beneficiaria", "participante", "participant", "beneficiary"}
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_CEDULA = re.compile(r"(?:\d{1,2}|PE|E|N|\d{1,2}AV|\d{1,2}PI)-\d{1,4}-\d{1,6}", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}-\d{1,2}-(?:\d{2}|(?:19|20)\d{2})")
_PHONE = re.compile(r"(?:\+|00)?(?:507[\s-]?)?[2-9]\d{2,3}[\s-]\d{4}")
_ENOUGH = 3


def personal_column(workbook, area_names):
    """The header (or first value) of a column of personal data in any sheet, hidden ones too; ``None`` if there is none."""
    for sheet in workbook.sheets:
        for index, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and _heads_people(cell, sheet.rows, index, column, area_names):
                    return cell.strip()
        found = _column_of_identifiers(sheet.rows)
        if found:
            return found
    return None


def _heads_people(header, rows, index, column, area_names):
    words = folded(header)
    if words in _HEADERS:
        # A label with its value beside it (“Teléfono: …” in a letterhead) is not a column: it needs rows beneath.
        return len(_beneath(rows, index, column)) >= 1
    if words in _DOUBTFUL_HEADERS:
        beneath = [folded(cell) for cell in _beneath(rows, index, column) if isinstance(cell, str)]
        strangers = [cell for cell in beneath if cell and cell not in area_names and " " in cell]
        return len(strangers) >= 2
    return False


def _beneath(rows, index, column):
    return [row[column] for row in rows[index + 1 :] if len(row) > column and row[column] not in (None, "")]


def _column_of_identifiers(rows):
    """The first value of a column with several identity numbers, telephones or e-mail addresses."""
    seen = {}
    for row in rows:
        for column, cell in enumerate(row):
            if isinstance(cell, str) and _identifies(cell.strip()):
                seen.setdefault(column, []).append(cell.strip())
                if len(seen[column]) == _ENOUGH:
                    return f"{seen[column][0][:2]}…"
    return None


def _identifies(text):
    if _EMAIL.fullmatch(text) or _PHONE.fullmatch(text):
        return True
    return bool(_CEDULA.fullmatch(text)) and not _DATE.fullmatch(text)
