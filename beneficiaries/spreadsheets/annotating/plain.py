"""A workbook drawn from what was read of a file that cannot be given back marked: xls, xlsb, ods, csv.

Every text is a text: nothing in it can become a formula. Plain standard library: it runs inside the bounded child
process.
"""

import io
import zipfile
from datetime import datetime

from beneficiaries.spreadsheets.annotating.cells import place
from beneficiaries.spreadsheets.annotating.markup import HEAD, MAIN, RELATIONS, escaped, inline, quoted
from beneficiaries.spreadsheets.annotating.package import SHEET_TYPE

MAX_CELLS = 400_000  # more of them are not drawn again: the list alone is given
_TEXT, _DATE, _MOMENT = 1, 2, 3
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_STYLES = (
    f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="1"><font><sz val="11"/><color rgb="FF14242B"/><name val="Calibri"/><family val="2"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" quotePrefix="1" applyNumberFormat="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook_of(sheets):
    """The bytes of a workbook with these sheets, each as the reader answers: name, rows, hidden, merged, …"""
    parts = {f"xl/worksheets/sheet{number}.xml": _sheet(sheet) for number, sheet in enumerate(sheets, start=1)}
    lines = "".join(
        f'<sheet name={quoted(sheet["name"])} sheetId="{number}"{_hidden(sheet)} r:id="rId{number}"/>'
        for number, sheet in enumerate(sheets, start=1)
    )
    relations = {f"rId{number}": ("worksheet", part) for number, part in enumerate(parts, start=1)}
    relations["rIdStyles"] = ("styles", "xl/styles.xml")
    overrides = "".join(f'<Override PartName="/{part}" ContentType="{SHEET_TYPE}"/>' for part in parts)
    types = (
        f'{HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_MAIN_TYPE}"/>'
        '<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        f'spreadsheetml.styles+xml"/>{overrides}</Types>'
    )
    book = f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>{lines}</sheets></workbook>'
    parts |= {"xl/workbook.xml": book, "xl/styles.xml": _STYLES, "xl/_rels/workbook.xml.rels": _related(relations)}
    parts["_rels/.rels"] = _related({"rId1": ("officeDocument", "xl/workbook.xml")})
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"[Content_Types].xml": types, **parts}.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def _hidden(sheet):
    return ' state="hidden"' if sheet.get("hidden") else ""


def _related(relations):
    lines = "".join(
        f'<Relationship Id="{identity}" Type="{RELATIONS}/{kind}" Target="/{target}"/>'
        for identity, (kind, target) in relations.items()
    )
    return f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{lines}</Relationships>'


def _sheet(sheet):
    rows = sheet["rows"]
    hidden = {row for first, last in sheet.get("hidden_rows") or () for row in range(first, min(last, len(rows)) + 1)}
    drawn = "".join(
        f'<row r="{number + 1}"{_unseen(number in hidden)}>{_cells(number + 1, row)}</row>'
        for number, row in enumerate(rows)
    )
    width = max(map(len, rows), default=0)
    merged = [
        f"{place(top + 1, left + 1)}:{place(bottom + 1, right + 1)}"
        for top, left, bottom, right in sheet.get("merged") or ()
    ]
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in merged)
    quiet = f"A1:{place(max(len(rows), 1), max(width, 1))}"
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}">{_columns(rows, width, sheet.get("hidden_columns") or ())}'
        f"<sheetData>{drawn}</sheetData>"
        + (f'<mergeCells count="{len(merged)}">{areas}</mergeCells>' if merged else "")
        + f'<ignoredErrors><ignoredError sqref="{quiet}" numberStoredAsText="1"/></ignoredErrors></worksheet>'
    )


def _unseen(hidden):
    return ' hidden="1"' if hidden else ""


def _columns(rows, width, hidden):
    """As wide as what stands in them, within what a screen can show."""
    if not width:
        return ""
    hidden = {column for first, last in hidden for column in range(first, min(last, width) + 1)}
    longest = [9] * width
    for row in rows[:500]:
        for column, value in enumerate(row):
            longest[column] = max(longest[column], len(value) if isinstance(value, str) else 9)
    lines = (
        f'<col min="{n}" max="{n}" width="{min(length + 2, 44)}" customWidth="1"{_unseen(n - 1 in hidden)}/>'
        for n, length in enumerate(longest, start=1)
    )
    return f"<cols>{''.join(lines)}</cols>"


def _cells(number, row):
    return "".join(_cell(place(number, n), value) for n, value in enumerate(row, start=1) if value is not None)


def _cell(at, value):
    match value:
        case bool():
            return f'<c r="{at}" t="b"><v>{int(value)}</v></c>'
        case int() | float():
            return f'<c r="{at}"><v>{value!r}</v></c>'
        case {"error": text} if text.startswith("#"):
            return f'<c r="{at}" t="e"><v>{escaped(text)}</v></c>'
        case {"date": text}:
            return _date(at, text)
        case {"error": text}:
            return _text(at, text)
    return _text(at, value)


def _text(at, text):
    return f'<c r="{at}" s="{_TEXT}" t="inlineStr">{inline(text)}</c>'


def _date(at, text):
    """A day or a moment as the workbook counts days; what Excel cannot count stays a text."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _text(at, text)
    since = moment.replace(tzinfo=None) - datetime(1899, 12, 30)
    days = since.days + since.seconds / 86_400
    if days < 61:
        return _text(at, text)
    return f'<c r="{at}" s="{_MOMENT if since.seconds else _DATE}"><v>{days!r}</v></c>'
