"""The live sheet of a programme, which is its workspace."""

from urllib.parse import urlsplit

from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from programmes.access import Right, may, require
from programmes.blocks import Block
from programmes.models import Programme
from reporting import numbering, tranches, workspace
from reporting.compared import standing
from reporting.findings import live_findings
from reporting.sources import Sources
from reporting.status_sheet import as_of_given, last_dated_facts, live_sheet, live_totals

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
    """The languages of the sheet: asked for here, or by the page that a piece is for."""
    asked = request.GET.get("languages")
    if asked is None and request.htmx:
        asked = QueryDict(urlsplit(request.htmx.current_url or "").query).get("languages")
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
        "sources": Sources.of(programme.code, as_of),
        "parts": workspace.parts(sheet, findings, request.user, programme),
    }


def _workspace(request, programme):
    """The sheet with all that stands around it."""
    context = _context(request, programme)
    sheet, findings = context["sheet"], context["findings"]
    period = workspace.current_period(sheet, live_totals(programme, sheet.as_of_on).facts.periods)
    issues, since = standing(programme, sheet)
    numbered = numbering.number_of(findings, sheet, numbering.Ways(sheet, programme, request.user))
    return context | {
        "period": period,
        "period_name": workspace.period_name(period) if period else "",
        "first_findings": numbering.first_ones(numbered),
        "counted": numbering.counted(findings),
        "accepted": numbering.accepted_of(findings, sheet),
        "tranche": tranches.tranche(sheet, programme.fund.tranche_share),
        "progress": workspace.progress(sheet),
        "to_send": workspace.to_send(sheet),
        "on_the_way": issues,
        "since": since,
        "may_submit": may(request.user, Right.SUBMIT_SHEET, programme),
        "may_issue": may(request.user, Right.ISSUE_SHEET, programme),
        "may_report_finances": may(request.user, Right.REPORT_FINANCES, programme, any_agency=True),
    }


@require_safe
@cache_control(private=True, no_store=True)  # Back after a save shows what is stored now
def programme_detail(request, code):
    programme = seen_programme(request, code)
    return render(request, "reporting/programme_detail.html", _workspace(request, programme))


@require_safe
@vary_on_headers("HX-Request")
def block_detail(request, code, block):
    """One block as it will print, for the place of an edited one, with all that it may have changed around it.

    Without a script: its place on the workspace.
    """
    programme = seen_programme(request, code)
    if not request.htmx:
        anchor = block if block in Block.values else f"section-{block}"
        return redirect(f"{reverse('reporting:programme_detail', args=[code])}#{anchor}")
    context = _workspace(request, programme)
    context["section"] = None if block in Block.values else _observation(context["sheet"], block)
    name = block if context["section"] is None else Block.OBSERVATIONS
    context["part"] = next(part for part in context["parts"] if part.block == name)
    return render(request, "reporting/block_detail.html", context)


def _observation(sheet, slug):
    """The section of the observations of this short name, or the one it is a sub-head of."""
    for section in sheet.observations:
        if slug in (section.slug, *(sub_head.slug for sub_head in section.sub_heads)):
            return section
    raise Http404
