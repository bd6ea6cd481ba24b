"""Home and the portfolio: the programmes a person may see, with what waits for them."""

import re
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes.access import Right, may
from reporting.portfolio import PAGE, charts, exporting, page_of, rows_of, selecting, table, totals


class Counted(Paginator):
    """A page whose number of programmes came with its rows: no query of its own."""

    def __init__(self, count):
        super().__init__(range(count), PAGE)


def page_number(asked):
    """The page as the address names it; the first when that is no number a list could have."""
    return max(int(asked), 1) if re.fullmatch("[0-9]{1,5}", asked) else 1


def _first_page(request):
    """The list has grown shorter, or the address was typed."""
    return redirect(f"{request.path}?{urlencode({**request.GET.dict(), 'page': 1})}")


@require_safe
def portfolio_list(request):
    """The whole portfolio for whoever looks after it; for everybody else what waits for them in their programmes."""
    if selecting.keeps_portfolio(request.user):
        return _table(request, selecting.Selected(request.GET, request.user, timezone.localdate()))
    return _home(request, selecting.HomeFilter(request.GET, request.user), timezone.localdate())


@require_safe
def country_detail(request, iso2):
    """The portfolio of one country: the same table, narrowed to it."""
    return _table(request, selecting.Selected(request.GET, request.user, timezone.localdate(), country=iso2))


@require_safe
def window_detail(request, slug):
    """The portfolio of one thematic window."""
    return _table(request, selecting.Selected(request.GET, request.user, timezone.localdate(), window=slug))


@require_safe
def portfolio_export(request, ending):
    """The selection as a file: all of it, not one page."""
    if ending not in exporting.TYPES:
        raise Http404
    today = timezone.localdate()
    selected = selecting.Selected(request.GET, request.user, today)
    if not selected.everything:  # nothing of what the person may see has a workspace
        raise Http404
    content = exporting.written(selected, today, ending, get_language()[:2])
    name = f"portfolio-{today:%Y-%m-%d}.{ending}"
    return HttpResponse(
        content,
        content_type=exporting.TYPES[ending],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
    )


def _table(request, selected):
    if selected.fixed and not selected.everything:
        raise Http404
    groups = totals.groups_of(selected.programmes)
    count = sum(group.programmes for group in groups)
    number = page_number(request.GET.get("page", ""))
    if number > 1 and number > -(-count // PAGE):
        return _first_page(request)
    lines = table.page_of(selected.programmes, selected.sort, number, selected.today, selected.acronyms)
    context = {
        "language": get_language()[:2],
        "selected": selected,
        "lines": lines,
        "count": count,
        "page": Page(lines, number, Counted(count)),
        "heads": table.sort_links(selected.sort),
        "totals": totals.summed(groups),
        "status_chart": charts.status_by_window(groups),
        "delivery_chart": charts.delivery_against_time(groups),
        "sex_chart": charts.by_sex(groups),
        "endings": exporting.TYPES,
        "may_create": may(request.user, Right.CREATE_PROGRAMME),
    }
    return render(request, "reporting/portfolio_table.html", context)


def _home(request, chosen, today):
    number = page_number(request.GET.get("page", ""))
    found, count = page_of(chosen.qs, number, today)
    if not found and number > 1:
        return _first_page(request)
    rows = rows_of(found, request.user, today)
    context = {
        "language": get_language()[:2],
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "rows": rows,
        "only_reads": bool(rows) and not any(row.is_open for row in rows),
        "countries": sorted({row.programme.country for row in rows if row.is_open}, key=lambda place: place.name)
        if len(rows) > 1
        else [],
        "count": count,
        "page": Page(found, number, Counted(count)),
        "may_create": may(request.user, Right.CREATE_PROGRAMME),
    }
    return render(request, "reporting/portfolio_list.html", context)
