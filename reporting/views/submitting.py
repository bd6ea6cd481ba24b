"""The office submits a sheet: what still stops it, with the way to each field, and who endorsed it."""

from django.contrib import messages
from django.db.models import F
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from programmes.access import Right, require
from reporting import issuing, workspace
from reporting.before_issuing import LANGUAGE_CHOICES, may_be_accepted, stopping_by_kind
from reporting.findings import live_findings
from reporting.forms import SubmitForm
from reporting.models import IssueState
from reporting.numbering import Ways
from reporting.status_sheet import live_sheet
from reporting.views.workspace import date_of, seen_programme


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_submit(request, code):
    programme = seen_programme(request, code)
    require(request.user, Right.SUBMIT_SHEET, programme)
    as_of = date_of(programme)
    sheet = live_sheet(programme, as_of)
    form = _form(request, programme, sheet)
    if request.method == "POST" and form.is_valid():
        try:
            issue = _submit(form, programme, as_of, request.user)
        except issuing.NotNow as refused:
            messages.info(request, str(refused))
            return HttpResponseRedirect(refused.issue.get_absolute_url(), status=303)
        except issuing.Refused as refused:
            form.add_error(None, str(refused))
            form.now_sees(version=programme.version)
        else:
            messages.success(request, _("Submitted: the Secretariat reviews the sheet as it stands now."))
            return HttpResponseRedirect(reverse("reporting:sheet_review", args=[code, issue.pk]), status=303)
    context = _context(request, programme, sheet) | {"form": form}
    return render(request, "reporting/sheets/sheet_submit.html", context, status=422 if form.errors else 200)


def _submit(form, programme, as_of, by):
    given = form.cleaned_data
    return issuing.submit(
        programme=programme,
        period=given["period"],
        languages=given["languages"],
        endorsement=form.endorsement,
        seen_version=given["version"],
        as_of=as_of,
        by=by,
        at=timezone.now(),
        reason=given["reason"],
    )


def _form(request, programme, sheet):
    """With the period that runs at the sheet's date, or what was said when it was submitted before."""
    periods = programme.fund.periods.filter(starts_on__lte=sheet.as_of_on).order_by("-starts_on")
    if programme.starts_on:
        periods = periods.filter(ends_on__gte=programme.starts_on)
    now = workspace.current_period(sheet, [*reversed(periods)])
    before = programme.sheet_issues.filter(state=IssueState.SENT_BACK).order_by(F("sent_back_at").desc()).first()
    initial = {"period": before.period_id if before else now and now.pk, "version": programme.version}
    if before:
        names = ("languages", "resident_coordinator", "committee", "endorsed_on", "reason")
        initial |= {name: getattr(before, name) for name in names}
    data = request.POST if request.method == "POST" else None
    return SubmitForm(data, periods=periods, initial=initial)


def _context(request, programme, sheet):
    reads, ways = get_language()[:2], Ways(sheet, programme, request.user)
    findings = live_findings(programme, sheet.as_of_on)
    title, title_language = sheet.identity.title.shown_in(reads)
    return {
        "programme": programme,
        "sheet": sheet,
        "title": title,
        "title_language": title_language,
        "reads": reads,
        "stopping": [
            (heading, [(finding, ways.to_field(finding), may_be_accepted(finding)) for finding in found])
            for heading, found in stopping_by_kind(findings, LANGUAGE_CHOICES["both"])
        ],
        "waiting": programme.sheet_issues.filter(state=IssueState.SUBMITTED).select_related("programme", "period"),
    }
