"""What changed between two sheets of a programme, as a page and as a PDF."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programmes.access import Right, may, require
from programmes.figures import day
from programmes.models import Programme
from programmes.models.narrative import LANGUAGE_CODES
from reporting.compared import Side, between
from reporting.rendering import STATIC_BASE, STYLESHEET, PangoMissing, render_pdf
from reporting.status_sheet import last_dated_facts, live_sheet
from reporting.views.sheets import about
from reporting.views.workspace import date_of

LIVE = "live"


class ComparisonForm(forms.Form):
    """Any two sheets of one programme. Not chosen: from the last issue to now, or the last two issues to a reader."""

    def __init__(self, asked, issues, *, may_see_live):
        numbers = [str(issue.number) for issue in issues]
        offered = [(str(issue.number), _issue_label(issue)) for issue in issues]
        later = [(LIVE, _("The live sheet")), *offered] if may_see_live else offered
        usual = {"from": numbers[0] if may_see_live or len(numbers) < 2 else numbers[1], "to": later[0][0]}
        super().__init__({name: asked.get(name) or usual[name] for name in usual})
        wrong = {"invalid_choice": gettext_lazy("“%(value)s” is none of the sheets that can be compared: choose one.")}
        self.fields["from"] = forms.ChoiceField(label=_("Earlier sheet"), choices=offered, error_messages=wrong)
        self.fields["to"] = forms.ChoiceField(label=_("Later sheet"), choices=later, error_messages=wrong)


def _issue_label(issue):
    values = {"n": issue.number, "day": day(issue.as_of_on, get_language()[:2])}
    return _("No. %(n)s, data as of %(day)s") % values


def _comparison(request, code):
    """What page and PDF show; without ``blocks`` there is nothing to compare, or the question cannot be read."""
    seen = Programme.objects.visible_to(request.user).for_reading().annotate(**last_dated_facts(timezone.localdate()))
    programme = get_object_or_404(seen, code=code)
    require(request.user, Right.DOWNLOAD_ISSUED, programme)
    may_see_live = may(request.user, Right.SEE_WORKSPACE, programme)
    if LIVE in (request.GET.get("to"), request.GET.get("from")):
        require(request.user, Right.SEE_WORKSPACE, programme)
    reads = get_language()[:2]
    title, title_language = programme.title.shown_in(reads)
    context = about(request, programme) | {
        "of": programme,
        "title": title,
        "title_language": title_language,
        "reads": reads,
    }
    issues = list(programme.sheet_issues.published().order_by("-number"))
    if not issues or (len(issues) == 1 and not may_see_live):
        return context | {"issues": issues}
    form = ComparisonForm(request.GET, issues, may_see_live=may_see_live)
    return context | {"issues": issues, "form": form} | (_sides(programme, issues, form) if form.is_valid() else {})


def _sides(programme, issues, form):
    numbered = {str(issue.number): issue for issue in issues}

    def side(chosen):
        if chosen == LIVE:
            return Side.now(live_sheet(programme, date_of(programme)))
        return Side.issued(numbered[chosen])

    earlier, later = side(form.cleaned_data["from"]), side(form.cleaned_data["to"])
    blocks = between(earlier, later)
    return {
        "earlier": earlier,
        "later": later,
        "blocks": blocks,
        "count": sum(len(part.changes) for part in blocks),
        "asked": f"from={form.cleaned_data['from']}&to={form.cleaned_data['to']}",
    }


def _page(request, context):
    form = context.get("form")
    return render(request, "reporting/changes/sheet_changes.html", context, status=422 if form and form.errors else 200)


@require_safe
@cache_control(private=True, no_cache=True)
def sheet_changes(request, code):
    """``?from=1&to=2``, or ``to=live``."""
    return _page(request, _comparison(request, code))


@require_safe
@cache_control(private=True, no_cache=True)
def sheet_changes_pdf(request, code):
    """The same on paper; where there is nothing to print, the page that says so."""
    context = _comparison(request, code)
    if "blocks" not in context:
        return _page(request, context)
    reads = context["reads"]
    printed = {
        "languages": (reads, *(language for language in LANGUAGE_CODES if language != reads)),
        "dated": context["later"].as_of_on,
        "author": context["of"].fund.acronym,
        "stylesheet": f"{STATIC_BASE}{STYLESHEET}",
    }
    try:
        content = render_pdf(render_to_string("reporting/changes/sheet_changes_print.html", context | printed))
    except PangoMissing as missing:
        return HttpResponse(f"{missing}\n", status=503, content_type="text/plain; charset=utf-8")
    numbers = "_".join(
        str(side.issue.number) if side.issue else LIVE for side in (context["earlier"], context["later"])
    )
    headers = {"Content-Disposition": content_disposition_header(False, f"{code}_changes_{numbers}.pdf")}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
