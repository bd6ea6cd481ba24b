"""Anybody's own table → figures, questions and problems: what the template's reader leaves to a person. Pure."""

from dataclasses import replace

from beneficiaries.spreadsheets import matching, monthly, table_purposes, table_titles, table_totals
from beneficiaries.spreadsheets.columns import IDENTITY_SHEET, INSTRUCTIONS_SHEET
from beneficiaries.spreadsheets.header_words import Kind
from beneficiaries.spreadsheets.headers import find_header
from beneficiaries.spreadsheets.layouts import Layout
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.table_figures import Asking
from beneficiaries.spreadsheets.table_rows import TableRows
from beneficiaries.spreadsheets.tables import MAX_TABLES, find_tables


def read(workbook, columns, gazetteer, answers, scope, reading):
    """Fill ``reading`` with what a table of any layout says."""
    vocabulary = matching.Vocabulary(columns, gazetteer, scope or Scope())
    asking = Asking(answers, reading)
    layout = _the_one(workbook, vocabulary, asking)
    if layout is None:
        return
    reading.sheet, reading.header_row = layout.table.sheet.name, layout.table.headers[-1] + 1
    reading.shape = layout.shape
    table_titles.check(layout.table, vocabulary.scope, reading)
    if layout.is_elsewhere(reading):
        layout.ask_about_tags(asking)
        return
    layout.ask(asking)
    reading.columns = sum(kind not in (Kind.UNKNOWN, Kind.LEAVE_OUT) for kind in layout.kinds)
    if Kind.COUNT not in layout.kinds and reading.questions:
        return
    rows = TableRows(layout.table, layout.meanings, vocabulary, asking)
    rows.read()
    table_purposes.note(rows)
    _settle(rows, asking, columns)
    if (
        not any(row.quantity != monthly.BLANK for row in reading.rows)
        and not reading.problems
        and not reading.questions
    ):
        reading.problems.append(Problem(layout.table.sheet.name, "", "", "no_figures"))


def _settle(rows, asking, columns):
    """What neither header nor row says is asked once for the table; then months become periods."""
    first = rows.placed[0] if rows.placed else None
    for name, choices in (("reach", ("direct", "indirect")), ("category", tuple(columns.category_by_code))):
        missing = next((placed for placed in rows.placed if not getattr(placed, name)), None)
        if missing is not None:
            at, header = rows.table.at(missing.row, missing.column), rows.table.text(missing.column)
            answer = asking.ask(name, at, header, "", choices)
            kept = [placed for placed in rows.placed if answer or getattr(placed, name)]
            rows.placed = [replace(placed, **{name: getattr(placed, name) or answer}) for placed in kept]
    if not asking.reading.questions:  # an answer may be a part of a total
        table_totals.check(rows, columns)
    if first is not None:
        monthly.into_periods(rows, columns)


def _the_one(workbook, vocabulary, asking):
    """The table with the figures; which one it is, is asked when there are several, or when nobody sees it."""
    instructions = {*INSTRUCTIONS_SHEET.values(), IDENTITY_SHEET}
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in instructions]
    tables = [table for sheet in sheets for table in find_tables(sheet)]
    if len(tables) > MAX_TABLES:
        asking.reading.problems.append(Problem(sheets[0].name, "", str(len(tables)), "too_many_tables"))
        return None
    layouts = [Layout(table, vocabulary) for table in tables]
    layouts = [layout for layout in layouts if layout.is_recognised and layout.may_hold_figures]
    layouts = [layout for layout in layouts if layout.is_whole] or layouts
    seen = [layout for layout in layouts if not layout.table.sheet.hidden]
    for layout in layouts:
        if layout not in seen and seen:
            asking.reading.notes.append(Problem(layout.table.at(0, 0), "", layout.table.sheet.name, "hidden_sheet"))
    if len(seen) == 1:
        return seen[0]
    if not layouts:
        asking.reading.problems.append(_nothing(sheets, vocabulary.columns))
        return None
    named = {_name(layout, layouts): layout for layout in seen or layouts}
    first = next(iter(named.values())).table
    code = "sheet" if seen else "hidden_sheet"
    answer = asking.ask(
        code, first.at(first.headers[-1], 0), "", ", ".join(named), (*named, *([] if seen else [Kind.LEAVE_OUT.value]))
    )
    if answer == Kind.LEAVE_OUT.value:
        asking.reading.problems.append(Problem(first.sheet.name, "", "", "no_figures"))
    return named.get(answer)


def _name(layout, layouts):
    """A sheet's name; with the table's first cell where the sheet has more tables than one."""
    table = layout.table
    alone = sum(other.table.sheet is table.sheet for other in layouts) == 1
    return table.sheet.name if alone else table.at(table.headers[0], 0)


def _nothing(sheets, columns):
    visible = [sheet for sheet in sheets if not sheet.hidden]
    name = visible[0].name if visible else ""
    has_header = any(find_header(sheet, columns) for sheet in visible)
    return Problem(name, "", "", "no_figures" if has_header else "no_header")
