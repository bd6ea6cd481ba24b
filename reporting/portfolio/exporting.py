"""The selection as a file: one line a programme, every figure with its state beside it."""

import tablib
from django.utils.translation import gettext as _

from beneficiaries.spreadsheets.export import WRITERS
from programmes import figures
from programmes.models import LifeCycle, Performance
from reporting.models import Trend
from reporting.portfolio.table import lines_of

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
SUMS = ("committed", "spent", "women", "men")


def written(selected, today, ending, language):
    """The file's bytes, in the order of the table; nothing in it is a formula."""
    table = tablib.Dataset(headers=_headers())
    for line in lines_of(selected.programmes, selected.sort, today, selected.acronyms):
        table.append(_row(line, language))
    return WRITERS[ending](table, language)


def _headers():
    sums = (_("Committed, USD"), _("Spent, USD"), _("Women"), _("Men"))
    return [
        _("Code"), _("Title"), _("Country"), _("Thematic window"), _("Fund"), _("Agencies"), _("Life cycle"),
        _("Status"), _("Trend"), _("Time elapsed, per cent"), _("Budget, USD"), _("Transferred, USD"),
        *(head for name in sums for head in (name, _("%(figure)s: state") % {"figure": name})),
        _("Errors"), _("Warnings"), _("Notes"), _("Texts"), _("Texts in order, es"), _("Texts in order, en"),
        _("Sheet in force"), _("Issued on"), _("On its way"), _("Due period"), _("Due on"), _("Counted on"),
    ]  # fmt: skip


def _row(line, language):
    programme, row = line.programme, line.row
    return [
        programme.code,
        line.title,
        programme.country.name,
        programme.window.name if programme.window else "",
        programme.fund.code,
        ", ".join(line.agencies),
        str(LifeCycle(programme.life_cycle).label),
        str(Performance(row.performance).label) if row and row.performance else _("Not assessed"),
        str(Trend(row.trend).label) if row and row.trend else "",
        *_cells(row, "elapsed", "budget_usd", "transferred_usd"),
        *(cell for name in SUMS for cell in _with_state(getattr(line, name), row, language)),
        *_cells(getattr(programme, "finding_count", None), "errors", "warnings", "notes"),
        *_cells(row, "texts", "texts_es", "texts_en"),
        line.sheet_number,
        _day(line.sheet_on),
        str(line.on_its_way),
        line.due_code,
        _day(line.due_on),
        _day(row and row.counted_on),
    ]


def _cells(of, *names):
    """Empty where nobody knows: missing is not zero."""
    return [_plain(getattr(of, name)) if of is not None else None for name in names]


def _with_state(value, row, language):
    if row is None:
        return None, _("not counted yet")
    if value.is_not_applicable:
        return None, _("not applicable")
    if value.known is None:
        return None, "nd"
    if value.is_complete:
        return _plain(value.known), _("complete")
    return _plain(value.known), _("at least; %(coverage)s") % {"coverage": figures.coverage(value, language)}


def _plain(value):
    """Whole amounts as whole numbers."""
    return int(value) if value is not None and value == int(value) else value


def _day(day):
    return day.isoformat() if day else ""
