"""The money of a programme, agency by agency, and who holds the next tranche back."""

from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes.access import Right, may, own_agencies
from reporting import money, tranches
from reporting.status_sheet import live_sheet
from reporting.views.workspace import date_of, seen_programme


@require_safe
def money_detail(request, code):
    programme = seen_programme(request, code)
    sheet, reads = live_sheet(programme, date_of(programme)), get_language()[:2]
    title, title_language = sheet.identity.title.shown_in(reads)
    own = {agency.acronym_en for agency in own_agencies(request.user, Right.REPORT_FINANCES, programme) or ()}
    context = {
        "programme": programme,
        "title": title,
        "title_language": title_language,
        "sheet": sheet,
        **{"reads": reads, "language": reads, "languages": (reads,)},
        "own": own,
        "lines": money.lines(sheet, own),
        "totals": money.totals(sheet),
        "unshared": money.unshared(sheet),
        "may_report": may(request.user, Right.REPORT_FINANCES, programme, any_agency=True),
        "may_share_out": may(request.user, Right.RECORD_DISBURSEMENT, programme),
    }
    context |= _next_tranche(sheet, programme.fund.tranche_share)
    return render(request, "reporting/money_detail.html", context)


def _next_tranche(sheet, needed_share):
    return {
        "tranche": tranches.tranche(sheet, needed_share),
        "parts_of_tranche": tranches.parts(sheet, needed_share),
        "is_shared_out": tranches.is_shared_out(sheet),
        "is_all_released": tranches.is_all_released(sheet),
    }
