"""Home: one light row a programme, worked out for a whole page in three queries.

A row says what its workspace would say, without building its sheet: status, money, women and men to date,
when it last changed, and what waits for the person who looks.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import get_language

from programmes.access import Right, may
from programmes.models import Programme
from programmes.quantities import Sum
from programmes.texts import Progress, progress
from reporting.finding_counts import is_current
from reporting.models import SheetIssue
from reporting.numbering import counts_said
from reporting.portfolio.columns import PAGE, latest_performance, page_of
from reporting.portfolio.counts import counted, reports_of
from reporting.portfolio.needs import Need, needs
from reporting.portfolio.words import words_of
from reporting.published import in_force
from reporting.status_sheet import as_of_given, last_dated_facts

__all__ = ["PAGE", "Need", "Row", "latest_performance", "page_of", "rows_of"]


@dataclass(frozen=True, slots=True)
class Row:
    """One programme on the home page. ``is_open``: the person may see its workspace, not only issued sheets."""

    programme: Programme
    title: str
    title_language: str
    is_open: bool
    performance: str = ""
    stated_usd: Decimal | None = None
    transferred_usd: Decimal | None = None
    women: Sum | None = None
    men: Sum | None = None
    as_of_on: date | None = None
    changed_on: date | None = None
    needs: tuple[Need, ...] = ()
    findings: str = ""  # “2 warnings, 3 notes”, as last counted
    findings_lag: bool = False  # the programme has changed since
    issued: SheetIssue | None = None  # for whoever only reads: the sheet in force
    progress: tuple[Progress, ...] = ()  # a language: how many of the texts are in order


def rows_of(programmes, user, today):
    """The rows of a page. Two queries, whatever the number of programmes; one more for whoever only reads some."""
    opened = [programme for programme in programmes if may(user, Right.SEE_WORKSPACE, programme)]
    words, reports = words_of(opened), reports_of(opened)
    issued = in_force([programme for programme in programmes if programme not in opened])
    return [
        _open_row(programme, words, reports, user, today)
        if programme in opened
        else _closed_row(programme, issued.get(programme.pk))
        for programme in programmes
    ]


def _closed_row(programme, issued):
    return Row(programme, *programme.title.shown_in(get_language()[:2]), is_open=False, issued=issued)


def findings_said(counted):
    return counts_said(counted.errors, counted.warnings, counted.notes) if counted else ""


def _open_row(programme, words, reports, user, today):
    dated = {name: getattr(programme, name) for name in last_dated_facts(today)}
    as_of = as_of_given(programme.life_cycle, dated, today)
    totals = counted(programme, words, reports.get(programme.pk, ()), as_of)
    return Row(
        programme,
        *programme.title.shown_in(get_language()[:2]),
        is_open=True,
        performance=programme.performance,
        stated_usd=programme.stated_usd,
        transferred_usd=programme.transferred_usd or Decimal(0),
        women=totals.row("women").direct,
        men=totals.row("men").direct,
        as_of_on=as_of,
        changed_on=programme.changed_at and timezone.localtime(programme.changed_at).date(),
        needs=tuple(needs(programme, words, totals, user, today)),
        findings=findings_said(getattr(programme, "finding_count", None)),
        findings_lag=not is_current(programme, as_of),
        progress=tuple(progress(words.all_texts(programme))),
    )
