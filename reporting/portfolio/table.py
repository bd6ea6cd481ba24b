"""The lines of one page of the portfolio. One query, whatever the number of programmes."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.models import Programme
from programmes.quantities import Sum
from reporting.models import PortfolioRow, SheetIssue
from reporting.models.issues import OPEN, IssueState
from reporting.numbering import counts_said
from reporting.portfolio.columns import PAGE
from reporting.portfolio.selecting import SORTS, due, due_on, order, with_issued

UNKNOWN = Sum(None, 0, 1)


@dataclass(frozen=True, slots=True)
class Line:
    """A programme as the table and the files show it. ``row`` is ``None`` until a worker has looked at it."""

    programme: Programme
    row: PortfolioRow | None
    title: str
    title_language: str
    agencies: tuple[str, ...]
    lags: bool
    committed: Sum
    spent: Sum
    women: Sum
    men: Sum
    findings: str
    findings_level: str
    sheet_number: int | None
    sheet_url: str
    sheet_age: str
    sheet_on: date | None
    on_its_way: str  # submitted or sent back
    due_code: str
    due_on: date | None
    is_overdue: bool


def page_of(programmes, sort, number, today, acronyms):
    """The lines of a page: which programmes first, then everything of these."""
    start = (number - 1) * PAGE
    keys = with_issued(programmes).order_by(*order(sort)).values("pk")[start : start + PAGE]
    return lines_of(Programme.objects.filter(pk__in=Subquery(keys)), sort, today, acronyms)


def lines_of(programmes, sort, today, acronyms):
    way = SheetIssue.objects.filter(programme=OuterRef("pk"), state__in=OPEN).order_by("-submitted_at")
    found = (
        with_issued(programmes)
        .annotate(
            sheet_number=F("issued__number"),
            sheet_at=F("issued__issued_at"),
            on_its_way=Coalesce(Subquery(way.values("state")[:1]), Value("")),
            is_due=due(),
            due_on=due_on(),
            due_code=F("portfolio_row__due_period__code"),
        )
        .select_related("country", "fund", "window", "portfolio_row", "finding_count")
        .order_by(*order(sort))
    )
    language = get_language()[:2]
    return [_line(programme, today, acronyms, language) for programme in found]


def _line(programme, today, acronyms, language):
    row, counted = getattr(programme, "portfolio_row", None), getattr(programme, "finding_count", None)
    title, title_language = programme.title.shown_in(language)
    issued_on = programme.sheet_at and timezone.localdate(programme.sheet_at)
    names = row.agencies.strip("|").split("|") if row and row.agencies else ()
    return Line(
        programme=programme,
        row=row,
        title=title,
        title_language=title_language,
        agencies=tuple(acronyms.get(name, name) for name in names),
        lags=row is None or (row.version, row.counted_on) != (programme.version, today),
        **{name: row.sum_of(name) if row else UNKNOWN for name in ("committed", "spent", "women", "men")},
        findings=counts_said(counted.errors, counted.warnings, counted.notes) if counted else "",
        findings_level=_level(counted),
        sheet_number=programme.sheet_number,
        sheet_url=reverse("reporting:sheet_detail", args=[programme.code, programme.sheet_number])
        if programme.sheet_number
        else "",
        sheet_age=age((today - issued_on).days) if issued_on else "",
        sheet_on=issued_on,
        on_its_way=IssueState(programme.on_its_way).label if programme.on_its_way else "",
        due_code=programme.due_code if programme.is_due else "",
        due_on=programme.due_on if programme.is_due else None,
        is_overdue=bool(programme.is_due and programme.due_on < today),
    )


def _level(counted):
    if counted is None:
        return ""
    return "error" if counted.errors else "warning" if counted.warnings else "note" if counted.notes else ""


def age(days):
    """How long ago, in the unit that a person would use."""
    if days < 1:
        return _("today")
    if days < 60:
        return ngettext("%(n)s day ago", "%(n)s days ago", days) % {"n": days}
    if days < 730:
        months = days * 12 // 365
        return ngettext("%(n)s month ago", "%(n)s months ago", months) % {"n": months}
    years = days // 365
    return ngettext("%(n)s year ago", "%(n)s years ago", years) % {"n": years}


@dataclass(frozen=True, slots=True)
class SortLink:
    """A column's head: where a click leads, and how it is sorted now (as ``aria-sort`` says it)."""

    name: str
    asked: str
    sorted: str

    @property
    def is_falling(self):
        return self.asked.startswith("-")

    @property
    def is_sorted(self):
        return self.sorted != "none"


def sort_links(sort):
    """Column → its link. Another click on the sorted one turns it round; figures begin with the largest."""
    links = {}
    for name, (_expression, downwards) in SORTS.items():
        first, second = (f"-{name}", name) if downwards else (name, f"-{name}")
        state = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
        links[name] = SortLink(name, second if sort == first else first, state)
    return links
