"""The workbook that an agency (or the programme) fills in for a period, drawn from the declared columns."""

import io

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from beneficiaries.models import Reach
from beneficiaries.spreadsheets import columns as declared
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from programmes import figures
from programmes.quantities import State
from programmes.state_words import TOKENS

DEEP, ACCENT, PALE, MIST, INK, SOFT, RULE, BAD_PALE = (
    "073B46", "0B5563", "E4EFF1", "F3F6F6", "14242B", "46565E", "7C8B92", "FBEAE7",
)  # fmt: skip
FONT = "Calibri"
HEADER_ROW = 9
_LINE = Side(style="thin", color=RULE)
_HAIR = Side(style="hair", color=RULE)


def build(programme, agency, period, columns, language, basis="", previous=None):
    """The workbook's bytes. ``agency`` is ``None`` for the programme as a whole; ``previous`` fills figures in.

    ``previous`` is ``{(area pk or None, category code, reach): Quantity}``.
    """
    with override(language):
        workbook = Workbook()
        sheet = workbook.active
        _draw_title(sheet, programme, agency, period, language, basis)
        _draw_header(sheet, columns, language)
        _draw_body(sheet, columns, language, previous or {})
        _set_up(sheet, columns, language)
        _draw_instructions(workbook.create_sheet(declared.INSTRUCTIONS_SHEET[language]), columns, language)
        _write_identity(workbook, programme, agency, period, language, basis)
        workbook.properties.title = f"{declared.TITLE[language]} · {programme.code} · {period.code}"
        workbook.properties.creator, workbook.properties.language = "Ficha", language
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _draw_title(sheet, programme, agency, period, language, basis):
    sheet["A1"] = declared.TITLE[language]
    sheet["A1"].font = Font(name=FONT, size=18, bold=True, color=DEEP)
    title = programme.title.shown_in(language)[0]
    lines = [
        ("programme", programme.code, title),
        (
            "agency",
            agency.acronym(language) if agency else declared.PROGRAMME_LEVEL[language],
            _agency_name(agency, language),
        ),
        ("period", period.code, _days(period, language)),
        ("basis", declared.BASIS_WORDS[basis][language] if basis else "", ""),
    ]
    for number, (part, value, more) in enumerate((line for line in lines if line[1]), start=2):
        label, stated, further = sheet.cell(number, 1), sheet.cell(number, 2), sheet.cell(number, 4)
        label.value, stated.value, further.value = declared.IDENTITY[part][language], value, str(more)
        label.font = Font(name=FONT, size=11, color=SOFT)
        stated.font = Font(name=FONT, size=11, bold=True, color=INK)
        further.font = Font(name=FONT, size=11, color=INK)
    hint = sheet.cell(
        HEADER_ROW - 2,
        1,
        _("Write whole numbers; nd: no data; na: does not apply; 0: none. An empty row says nothing."),
    )
    hint.font = Font(name=FONT, size=10, italic=True, color=SOFT)


def _days(period, language):
    return f"{figures.day(period.starts_on, language)} – {figures.day(period.ends_on, language)}"


def _agency_name(agency, language):
    if agency is None:
        return ""
    return agency.name_es if language == "es" else agency.name_en


def _draw_header(sheet, columns, language):
    for place, column in enumerate((columns.area, *columns.counts), start=1):
        cell = sheet.cell(HEADER_ROW, place, column.header(language))
        direct = column.reach != Reach.INDIRECT
        cell.font = Font(name=FONT, size=11, bold=True, color="FFFFFF")
        cell.fill = PatternFill("solid", fgColor=DEEP if direct else ACCENT)
        cell.alignment = Alignment(wrap_text=True, vertical="bottom", horizontal="left" if place == 1 else "right")
    sheet.row_dimensions[HEADER_ROW].height = 34


def _draw_body(sheet, columns, language, previous):
    rows = [*((area.pk, area.name) for area in columns.areas), (None, declared.NO_AREA[language][0])]
    for number, (area_pk, name) in enumerate(rows, start=HEADER_ROW + 1):
        label = sheet.cell(number, 1, name)
        label.font = Font(name=FONT, size=11, bold=area_pk is not None, italic=area_pk is None, color=INK)
        label.fill = PatternFill("solid", fgColor=MIST)
        label.border = Border(bottom=_HAIR if area_pk is not None else _LINE, right=_LINE)
        for place, column in enumerate(columns.counts, start=2):
            cell = sheet.cell(number, place)
            cell.value = _written(previous.get((area_pk, column.category.code, column.reach)), language)
            cell.protection = Protection(locked=False)
            cell.number_format = "#,##0"
            cell.alignment = Alignment(horizontal="right")
            cell.font = Font(name=FONT, size=11, color=INK)
            cell.border = Border(bottom=_HAIR if area_pk is not None else _LINE, left=_HAIR, right=_HAIR)
        sheet.row_dimensions[number].height = 20
    _guide(sheet, f"B{HEADER_ROW + 1}:{get_column_letter(len(columns.counts) + 1)}{HEADER_ROW + len(rows)}", language)


def _written(quantity, language):
    """A figure as the template writes it: a number, the first word of its state, or an empty cell."""
    if quantity is None or quantity.state == State.BLANK:
        return None
    return quantity.value if quantity.is_reported else TOKENS[quantity.state][language][0]


def _guide(sheet, cells, language):
    """A drop-down with the words, numbers free; whatever is neither turns red at once."""
    words = [TOKENS[state][language][0] for state in (State.ND, State.NA, State.PENDING)]
    choice = DataValidation(type="list", formula1=f'"{",".join(words)}"', allow_blank=True, showErrorMessage=False)
    choice.showInputMessage = True
    choice.promptTitle = _("Figure")
    choice.prompt = _("A whole number from 0 on, or: nd, no data; na, does not apply; pending, not yet due.")[:250]
    choice.add(cells)
    sheet.add_data_validation(choice)
    first = cells.partition(":")[0]
    accepted = ",".join(f'LOWER(TRIM({first}))="{word}"' for word in words)
    wrong = f"IF(ISNUMBER({first}),OR({first}<0,{first}<>INT({first})),AND(LEN(TRIM({first}))>0,NOT(OR({accepted}))))"
    red = PatternFill(bgColor=BAD_PALE)
    sheet.conditional_formatting.add(
        cells, FormulaRule(formula=[wrong], fill=red, font=Font(color="A3231F", bold=True))
    )


def _set_up(sheet, columns, language):
    """Names, widths, what stays in sight, what is locked, and how it prints."""
    sheet.title = declared.DATA_SHEET[language]
    sheet.column_dimensions["A"].width = 26
    for place in range(2, len(columns.counts) + 2):
        sheet.column_dimensions[get_column_letter(place)].width = 15
    sheet.freeze_panes = f"B{HEADER_ROW + 1}"
    sheet.sheet_view.showGridLines = False
    _lock(sheet)
    sheet.protection.formatColumns = False
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    sheet.oddFooter.left.text, sheet.oddFooter.right.text = "Ficha", "&P / &N"


def _lock(sheet):
    """Against slips, not against people: there is no password."""
    sheet.protection.sheet = True
    sheet.protection.selectLockedCells = False


def _draw_instructions(sheet, columns, language):
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 30, 96
    sheet.sheet_view.showGridLines = False
    lines = [(_("How to fill this in"), None), *_steps(columns, language), ("", ""), (_("Columns"), None)]
    lines += [(column.header(language), str(column.help)) for column in (columns.area, *columns.counts)]
    lines += [("", ""), (_("What may stand in a cell"), None), *_what_may_stand(language)]
    for number, (left, right) in enumerate(lines, start=1):
        first, second = sheet.cell(number, 1, left), sheet.cell(number, 2, right)
        heading = right is None
        first.font = Font(name=FONT, size=14 if heading else 11, bold=True, color=DEEP if heading else INK)
        second.font = Font(name=FONT, size=11, color=INK)
        first.alignment = second.alignment = Alignment(wrap_text=True, vertical="top")
        if not heading and left:
            first.border = second.border = Border(bottom=_HAIR)
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    _lock(sheet)


def _steps(columns, language):
    steps = [
        _("Fill in the sheet “%(sheet)s”: one row for each area, direct and indirect beneficiaries apart.")
        % {"sheet": declared.DATA_SHEET[language]},
        _(
            "Use the row “%(row)s” for figures that are not known by area. A "
            "figure stands by area or there, not in both."
        )
        % {"row": declared.NO_AREA[language][0]},
        _(
            "Write counts only: never names, identity numbers, telephones or "
            "addresses of persons. Such a file is refused."
        ),
        _(
            "Save the file as xlsx, ods or csv, upload it, look at what would "
            "change, and confirm. Nothing counts before that."
        ),
    ]
    return [(str(number), step) for number, step in enumerate(steps, start=1)]


def _what_may_stand(language):
    return [
        (_("a whole number"), _("The count, from 0 on. 0 means: none.")),
        (
            TOKENS[State.ND][language][0],
            _("No data: it was asked, and nobody knows. It is not 0. A typed dash means the same."),
        ),
        (TOKENS[State.NA][language][0], _("Does not apply here: it is left out of every sum.")),
        (TOKENS[State.PENDING][language][0], _("Not yet due: it will come later.")),
        (_("an empty cell"), _("Nobody has said anything. A row that is wholly empty is left out.")),
    ]


def _write_identity(workbook, programme, agency, period, language, basis):
    """What the template is for, where nobody changes it by mistake."""
    sheet = workbook.create_sheet(declared.IDENTITY_SHEET)
    stated = {
        "version": declared.TEMPLATE_VERSION,
        "programme": programme.code,
        "agency": agency.acronym_en if agency else PROGRAMME_WORD,
        "period": period.code,
        "basis": basis,
        "language": language,
    }
    for line in stated.items():
        sheet.append(line)
    sheet.sheet_state = "hidden"
    _lock(sheet)
