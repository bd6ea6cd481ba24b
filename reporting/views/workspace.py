"""The live sheet of a programme, which is its workspace."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes.access import Right, require
from programmes.blocks import Block
from programmes.models import Period, Programme
from reporting import workspace
from reporting.findings import live_findings
from reporting.status_sheet import as_of_given, last_dated_facts, live_sheet

LANGUAGES = {"es": ("es",), "en": ("en",), "both": ("es", "en")}


def seen_programme(request, code):
    """The programme for someone who may see its workspace; a stranger learns nothing, a reader the missing right."""
    seen = Programme.objects.visible_to(request.user).for_reading().annotate(**last_dated_facts(timezone.localdate()))
    programme = get_object_or_404(seen, code=code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    return programme


def date_of(programme):
    """The date of its live sheet, from what was read along with it."""
    today = timezone.localdate()
    dated = {name: getattr(programme, name) for name in last_dated_facts(today)}
    return as_of_given(programme.life_cycle, dated, today)


def _chosen(request):
    asked = request.GET.get("languages")
    return asked if asked in LANGUAGES else get_language()[:2]


def _context(request, programme):
    as_of = date_of(programme)
    chosen = _chosen(request)
    sheet = live_sheet(programme, as_of)
    findings = live_findings(programme, as_of)
    reads = get_language()[:2]
    title, title_language = sheet.identity.title.shown_in(reads)
    return {
        "programme": programme,
        "title": title,
        "title_language": title_language,
        "reads": reads,
        "sheet": sheet,
        "findings": findings,
        "chosen": chosen,
        "languages": LANGUAGES[chosen],
        "language": LANGUAGES[chosen][0],
        "screen": True,
        "parts": workspace.parts(sheet, findings, request.user, programme),
    }


@require_safe
def programme_detail(request, code):
    programme = seen_programme(request, code)
    context = _context(request, programme)
    sheet, findings = context["sheet"], context["findings"]
    period = Period.objects.filter(fund=programme.fund_id, starts_on__lte=sheet.as_of_on).last()
    numbered = workspace.number_of(findings, sheet)
    context |= {
        "period": period,
        "period_name": workspace.period_name(period) if period else "",
        "first_findings": workspace.first_ones(numbered),
        "counted": workspace.counted(findings),
        "tranche": workspace.tranche(sheet, programme.fund.tranche_share),
        "progress": workspace.progress(sheet),
        "to_send": workspace.to_send(sheet),
        "may_report_finances": workspace.may_report_finances(request.user, programme),
    }
    return render(request, "reporting/programme_detail.html", context)


@require_safe
def block_detail(request, code, block):
    """One block as it will print: the piece that replaces an edited one, or its place on the workspace."""
    programme = seen_programme(request, code)
    if block not in Block.values:
        return redirect(f"{reverse('reporting:programme_detail', args=[code])}#section-{block}")
    if not request.htmx:
        return redirect(f"{reverse('reporting:programme_detail', args=[code])}#{block}")
    context = _context(request, programme)
    context["part"] = next(part for part in context["parts"] if part.block == block)
    context["may_report_finances"] = workspace.may_report_finances(request.user, programme)
    return render(request, "reporting/block_detail.html", context)
