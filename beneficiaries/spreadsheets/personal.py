"""Lists of people are recognised and refused before they are stored. Pure."""

import re

from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.reading import address

ROWS_LOOKED_AT = 40
_PERSON = r"(?:beneficiari\w+|participantes?|participants?|personas?|persons?|jef[ea] de hogar|productor\w*)"
_NUMBER = r"(?:n |n o |no |nro |num |numero de |number of )?"
#: A column under one of these headers (folded), with anything beneath it, is personal data.
_HEADERS = re.compile(
    "|".join(
        (
            r"(?:primer |segundo )?apellidos?|nombres?(?: s)? y apellidos?|nombres|nombre completo|primer nombre",
            rf"nombres? (?:de |del |de la |de los |de las ){_PERSON}",
            rf"(?:full|first|last|middle|family) names?|names|surnames?|names? of (?:the )?{_PERSON}|{_PERSON} names?",
            rf"{_NUMBER}(?:de )?cedulas?(?: de identidad)?|{_NUMBER}(?:documento de )?identidad|dni|{_NUMBER}pasaporte",
            r"passport(?: no| number)?|(?:id|identity|national id|social security) (?:number|no|card)|national id|ssn",
            rf"{_NUMBER}(?:telefonos?|celular(?:es)?|movil|whatsapp)|tel|seguro social",
            r"(?:cell |mobile |tele)?phones?(?: no| number)?|mobile(?: no| number)?",
            r"direccion(?: exacta| domiciliaria| de residencia| del? \w+)?|domicilio|(?:home |street )?address",
            r"correo(?: electronico)?|e ?mail(?: address)?|fecha de nacimiento|date of birth|birth ?date|dob",
        )
    )
)
#: “Name” alone may head the names of places: it is personal when what stands beneath are not areas.
_DOUBTFUL_HEADERS = frozenset(
    {"nombre", "name", "beneficiario", "beneficiaria", "participante", "participant", "beneficiary"}
)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_CEDULA = re.compile(r"(?:\d{1,2}|PE|E|N|\d{1,2}AV|\d{1,2}PI)-\d{1,4}-\d{1,6}", re.IGNORECASE)
_DATE = re.compile(r"\d{1,2}-\d{1,2}-(?:\d{2}|(?:19|20)\d{2})")
_PHONE = re.compile(r"(?:\+|00)?(?:507[\s-]?)?[2-9]\d{2,3}[\s-]\d{4}")
_ENOUGH = 3
#: Each of the shapes above has an @, or digits with a dash or a space before more of them.
_MAY_IDENTIFY = re.compile(r"@|[\dEINPV][-\s]\d", re.IGNORECASE)
#: The same numbers inside a longer text: “María Pérez 8-123-456”.
_NUMBER_IN_TEXT = re.compile(
    rf"(?<![\w/.-])(?:(?P<day>{_DATE.pattern})|(?P<id>{_CEDULA.pattern})|(?P<phone>{_PHONE.pattern}))(?![\w/-])"
)
_NAME_WORD = re.compile(r"[^\W\d_]{2,}")
_NOT_IN_NAMES = re.compile(
    r"del?|las?|los|el|y|e|and|of|no|nro|num|numero|number|tel(?:efonos?)?|cel(?:ular)?|movil|whatsapp|phone|mobile"
    r"|ced(?:ula)?|cip|id|dni|identidad|documento|pasaporte|passport"
)
#: Beside one of these words a telephone is an institution's, not a person's.
_INSTITUTION = re.compile(
    r"\b(?:escuela|colegio|centro|oficina|junta|cooperativa|asociacion|instituto|ministerio|municipio|alcaldia|hospital"
    r"|school|centre|center|office|board|cooperative|association|institute|ministry|municipality|clinic|clinica)\b"
)


def personal_column(workbook, area_names):
    """The header of a column of personal data in any sheet, hidden ones too, or the place of a cell with a person.

    ``None`` when there is none. What identifies somebody is never part of the answer.
    """
    for sheet in workbook.sheets:
        for index, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            for column, cell in enumerate(row):
                if isinstance(cell, str) and _heads_people(cell, sheet.rows, index, column, area_names):
                    return cell.strip()
        suspects = _suspects(sheet.rows)
        found = _column_of_identifiers(sheet.rows, suspects)
        if found:
            return found
        place = _cell_with_a_person(sheet, area_names, suspects)
        if place:
            return place
    return None


def _suspects(rows):
    """Texts in which an identity number, a telephone or an e-mail address may stand: in most tables none."""
    texts = {cell for row in rows for cell in row if type(cell) is str}
    return {text for text in texts if _MAY_IDENTIFY.search(text)}


def _cell_with_a_person(sheet, area_names, suspects):
    """Where a name stands with an identity number or a telephone in one cell."""
    for index, row in enumerate(sheet.rows if suspects else ()):
        for column, cell in enumerate(row):
            if type(cell) is str and cell in suspects and _names_a_person(cell, row, area_names):
                return address(sheet.name, index, column)
    return None


def _names_a_person(text, row, area_names):
    """A name with an identity number, wherever it stands; with a telephone only in a row of figures.

    A letterhead may say whom to call; among figures nobody does.
    """
    found = [match for match in _NUMBER_IN_TEXT.finditer(text) if not match["day"]]
    if not found:
        return False
    words = [
        word for word in _NAME_WORD.findall(_NUMBER_IN_TEXT.sub(" ", text)) if not _NOT_IN_NAMES.fullmatch(folded(word))
    ]
    rest = folded(_NUMBER_IN_TEXT.sub(" ", text))
    if not words or rest.strip() in area_names or _INSTITUTION.search(rest):
        return False
    if any(_is_figure(cell) or (isinstance(cell, str) and folded(cell) in area_names) for cell in row):
        return True
    return any(match["id"] for match in found) and len(words) > 1 and all(word[0].isupper() for word in words)


def _is_figure(cell):
    return isinstance(cell, int | float) or (isinstance(cell, str) and cell.strip().isdigit())


def _heads_people(header, rows, index, column, area_names):
    words = folded(header)
    if _HEADERS.fullmatch(words):
        # A label with its value beside it (“Teléfono: …” in a letterhead) is not a column: it needs rows beneath.
        return len(_beneath(rows, index, column)) >= 1
    if words in _DOUBTFUL_HEADERS:
        beneath = [folded(cell) for cell in _beneath(rows, index, column) if isinstance(cell, str)]
        strangers = [cell for cell in beneath if cell and cell not in area_names and " " in cell]
        return bool(strangers)
    return False


def _beneath(rows, index, column):
    return [row[column] for row in rows[index + 1 :] if len(row) > column and row[column] not in (None, "")]


def _column_of_identifiers(rows, suspects):
    """How a column with several identity numbers, telephones or e-mail addresses begins."""
    seen = {}
    for row in rows if suspects else ():
        for column, cell in enumerate(row):
            if type(cell) is str and cell in suspects and _identifies(cell.strip()):
                seen.setdefault(column, []).append(cell.strip())
                if len(seen[column]) == _ENOUGH:
                    return f"{seen[column][0][:2]}…"
    return None


def _identifies(text):
    if _EMAIL.fullmatch(text) or _PHONE.fullmatch(text):
        return True
    return bool(_CEDULA.fullmatch(text)) and not _DATE.fullmatch(text)
