"""What the fast reader does not show: formulas and where they failed, hidden rows and columns, cells that are merged.

Empty is not an error: each is found in the workbook's own parts. Plain standard library and defusedxml: it runs inside
the child process.
"""

import io
import re

from beneficiaries.spreadsheets import biff, biff12, parts
from beneficiaries.spreadsheets.archive import Archive

NOT_COMPUTED = "="
MAX_FORMULAS = 5_000
MAX_TEXT = 200
#: How a cell begins that failed or has a formula: told at once, where the shapes take their time.
_SIGNS = (b"<f", b":f", b't="e"', b"t='e'")
_CELLS = re.compile(rb"<(?:\w+:)?(row|c)\b([^<>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb"""\b(r|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*?)(?:/>|>([^<]*)<)")
_SHARED = re.compile(rb"""\bsi\s*=\s*["']([^"']*)["']""")
_ROW_OR_COLUMN = re.compile(rb"<(?:\w+:)?(row|col)\b([^<>]*)>")
_NUMBERED = re.compile(rb"""\b(r|min|max)\s*=\s*["'](\d{1,7})["']""")
_IS_HIDDEN = re.compile(rb"""\bhidden\s*=\s*["'](?:1|true)["']""")
_ODS_REFERENCE = re.compile(r"\[\$?([^\]]*)\]")
_ODS_ERROR = re.compile(r"^(#[A-ZÁÉÍÓÚ0-9/¡¿]+[!?]?|Err:\d+)$")


class Found:
    """Of one sheet, by ``(row, column)`` counted from zero.

    ``formulas`` hold ``(text, row, column)``: a formula that several cells share is written as it reads at that place.
    """

    def __init__(self, failed=None, hidden_rows=None, hidden_columns=None, merged=None):
        self.failed, self.formulas = failed or {}, {}
        self.hidden_rows, self.hidden_columns = hidden_rows or [], hidden_columns or []  # (first, last)
        self.merged = merged or []  # (first row, first column, last row, last column), where it is known

    def note(self, at, text, origin=None):
        if text and len(self.formulas) < MAX_FORMULAS:
            self.formulas[at] = (text[:MAX_TEXT], *(origin or at))


def found_in(data, kind):
    """``{sheet name: Found}`` for the sheets in which there is something to say."""
    if kind == "xls":
        return {name: Found(*facts) for name, *facts in biff.sheets(biff.workbook_stream(data))}
    archive = Archive(data)
    if kind == "xlsb":
        return {name: Found(*facts) for name, *facts in biff12.sheets(archive)}
    return _in_xlsx(archive) if kind == "xlsx" else _in_ods(archive)


def _in_xlsx(archive):
    found = {}
    for name, part in parts.sheets(archive):
        if part in archive:
            markup = archive.read(part)
            here = found[name] = Found()
            if any(sign in markup for sign in _SIGNS):
                here = found[name] = _cells_of(markup)
            if b"hidden=" in markup:
                _note_hidden(markup, here)
    return found


def _note_hidden(markup, found):
    """Rows say that they are hidden one by one, columns from one to another."""
    row = 0
    for tag in _ROW_OR_COLUMN.finditer(markup):
        numbers = {name: int(digits) - 1 for name, digits in _NUMBERED.findall(tag[2])}
        is_row = tag[1] == b"row"
        row = numbers.get(b"r", row + 1) if is_row else row
        if _IS_HIDDEN.search(tag[2]):
            if is_row:
                found.hidden_rows.append((row, row))
            elif b"min" in numbers:
                found.hidden_columns.append((numbers[b"min"], numbers.get(b"max", numbers[b"min"])))


def _cells_of(markup):
    """Cells of type error, cells with a formula and no stored value, and every formula's text."""
    found, shared, row, column = Found(), {}, -1, -1
    for tag in _CELLS.finditer(markup):
        attributes = dict(_ATTRIBUTE.findall(tag[2]))
        if tag[1] == b"row":
            row, column = int(attributes.get(b"r", row + 2)) - 1, -1
            continue
        address = re.fullmatch(rb"([A-Z]{1,3})(\d+)", attributes.get(b"r", b""))
        row, column = (int(address[2]) - 1, column_number(address[1].decode())) if address else (row, column + 1)
        if tag[3]:
            continue
        inside = markup[tag.end() : markup.find(b"c>", tag.end()) + 2]
        value, formula = _VALUE.search(inside), _FORMULA.search(inside)
        if formula:
            _note_formula(found, (row, column), formula, shared)
        if attributes.get(b"t") == b"e":
            found.failed[row, column] = value[1].decode("utf-8", "replace") if value else "#VALUE!"
        elif formula and (value is None or not value[1]) and attributes.get(b"t") != b"str":
            found.failed[row, column] = NOT_COMPUTED
    return found


def _note_formula(found, at, formula, shared):
    """A shared formula is written out in its first cell; the others name its number."""
    text, origin = parts.unescaped((formula[2] or b"").decode("utf-8", "replace")), at
    number = _SHARED.search(formula[1])
    if number and text:
        shared[number[1]] = (text, at)
    elif number:
        text, origin = shared.get(number[1], ("", at))
    found.note(at, text and f"={text.lstrip('=')}", origin)


def column_number(letters):
    """Counted from zero.

    >>> column_number("A"), column_number("AA")
    (0, 26)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _in_ods(archive):
    """LibreOffice stores a failed formula as a value and shows the error only in its text."""
    markup = archive.read("content.xml")
    if not any(sign in markup for sign in (b":formula=", b":visibility=", b"-spanned=")):
        return {}
    from defusedxml import ElementTree

    found, name, row, column = {}, "", 0, 0
    for _event, element in ElementTree.iterparse(io.BytesIO(markup), events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if _event == "start" and tag == "table":
            name, row, column = _attribute(element, "name"), 0, 0
            found[name] = Found()
        elif _event == "end" and tag == "table-column":
            width = int(_attribute(element, "number-columns-repeated") or 1)
            if _attribute(element, "visibility") in ("collapse", "filter"):
                found[name].hidden_columns.append((column, column + width - 1))
            column += width
        elif _event == "start" and tag == "table-row":
            column = 0
        elif _event == "end" and tag in ("table-cell", "covered-table-cell"):
            _note_ods_cell(found, name, (row, column), element)
            column += int(_attribute(element, "number-columns-repeated") or 1)
        elif _event == "end" and tag == "table-row":
            height = int(_attribute(element, "number-rows-repeated") or 1)
            if _attribute(element, "visibility") in ("collapse", "filter"):
                found.setdefault(name, Found()).hidden_rows.append((row, row + height - 1))
            row += height
            element.clear()
    return found


def _note_ods_cell(found, name, at, element):
    formula = _attribute(element, "formula")
    if formula:
        here = found.setdefault(name, Found())
        here.note(at, _as_people_write(formula))
        text = "".join(element.itertext()).strip()
        if _ODS_ERROR.match(text):
            here.failed[at] = text
    height, width = (int(_attribute(element, f"number-{part}-spanned") or 1) for part in ("rows", "columns"))
    if height > 1 or width > 1:
        merged = (*at, at[0] + height - 1, at[1] + width - 1)
        found.setdefault(name, Found()).merged.append(merged)


def _as_people_write(formula):
    """An OpenDocument formula as LibreOffice shows it.

    >>> _as_people_write("of:=SUM([.B2:.B5])/[$Hoja2.C1]")
    '=SUM(B2:B5)/Hoja2.C1'
    """
    text = formula.partition(":")[2] if not formula.startswith("=") else formula
    return _ODS_REFERENCE.sub(lambda reference: reference[1].replace(":.", ":").lstrip("."), text)


def _attribute(element, name):
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
