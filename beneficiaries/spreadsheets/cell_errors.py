"""What the fast reader does not show: formulas and where they failed, rows that are hidden, cells that are merged.

Empty is not an error: each is found in the workbook's own parts. Plain standard library and defusedxml: it runs inside
the child process.
"""

import html
import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from defusedxml import ElementTree

from beneficiaries.spreadsheets import biff, biff12

NOT_COMPUTED = "="
MAX_FORMULAS = 5_000
MAX_TEXT = 200
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELLS = re.compile(rb"<(?:\w+:)?(row|c)\b([^>]*?)(/?)>")
_ATTRIBUTE = re.compile(rb"""\b(r|t)\s*=\s*["']([^"']*)["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>([^<]*)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b([^>]*?)(?:/>|>([^<]*)<)")
_SHARED = re.compile(rb"""\bsi\s*=\s*["']([^"']*)["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])[^>]*?\br\s*=\s*["'](\d+)["']""")
_ODS_REFERENCE = re.compile(r"\[\$?([^\]]*)\]")
_ODS_ERROR = re.compile(r"^(#[A-ZÁÉÍÓÚ0-9/¡¿]+[!?]?|Err:\d+)$")


@dataclass
class Found:
    """Of one sheet, by ``(row, column)`` counted from zero.

    ``formulas`` hold ``(text, row, column)``: a formula that several cells share is written as it reads at that place.
    """

    failed: dict = field(default_factory=dict)
    formulas: dict = field(default_factory=dict)
    hidden_rows: list = field(default_factory=list)  # (first, last)
    merged: list = field(default_factory=list)  # (first row, first column, last row, last column), where it is known

    def note(self, at, text, origin=None):
        if text and len(self.formulas) < MAX_FORMULAS:
            self.formulas[at] = (text[:MAX_TEXT], *(origin or at))


def found_in(data, kind):
    """``{sheet name: Found}`` for the sheets in which there is something to say."""
    if kind == "xls":
        stream = biff.workbook_stream(data)
        failed, hidden = biff.failed_cells(stream), biff.hidden_rows(stream)
        return {
            name: Found(failed.get(name, {}), hidden_rows=hidden.get(name, []))
            for name in failed.keys() | hidden.keys()
        }
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if kind == "xlsb":
            told = biff12.sheets(archive)
            return {name: Found(failed, {}, hidden, merged) for name, failed, hidden, merged in told}
        return _in_xlsx(archive) if kind == "xlsx" else _in_ods(archive)


def _in_xlsx(archive):
    found = {}
    for name, part in _sheet_parts(archive):
        if part in archive.NameToInfo:
            markup = archive.read(part)
            if b't="e"' in markup or b"t='e'" in markup or _FORMULA.search(markup):
                found[name] = _cells_of(markup)
            hidden = (
                [(int(row) - 1, int(row) - 1) for row in _HIDDEN_ROW.findall(markup)] if b"hidden=" in markup else ()
            )
            if hidden:
                found.setdefault(name, Found()).hidden_rows = hidden
    return found


def _sheet_parts(archive):
    """Each sheet's name and the part of the archive that holds it."""
    if "xl/_rels/workbook.xml.rels" not in archive.NameToInfo:
        return
    relations = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for sheet in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if sheet.tag.endswith("}sheet"):
            target = relations.get(sheet.get(_RELATION) or sheet.get("id"), "")
            yield (
                sheet.get("name"),
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}"),
            )


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
    text, origin = html.unescape((formula[2] or b"").decode("utf-8", "replace")), at
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
    found, name, row, column = {}, "", 0, 0
    for _event, element in ElementTree.iterparse(io.BytesIO(markup), events=("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if _event == "start" and tag == "table":
            name, row = _attribute(element, "name"), 0
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
