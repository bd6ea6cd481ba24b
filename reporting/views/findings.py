"""Everything that does not fit in a programme's data: the way to mend it, or the reason why it stays."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programmes.access import Right, may, require
from programmes.actions import findings as actions
from reporting import numbering
from reporting.findings import live_findings
from reporting.forms import AcceptForm
from reporting.status_sheet import live_sheet
from reporting.views.workspace import date_of, seen_programme


@require_safe
def finding_list(request, code):
    programme = seen_programme(request, code)
    as_of = date_of(programme)
    sheet = live_sheet(programme, as_of)
    findings = live_findings(programme, as_of)
    context = {
        "programme": programme,
        "title": sheet.identity.title.shown_in(get_language()[:2])[0],
        "numbered": numbering.number_of(findings, sheet, numbering.Ways(sheet, programme, request.user)),
        "accepted": numbering.accepted_of(findings, sheet),
        "counted": numbering.counted(findings),
        "may_accept": may(request.user, Right.EDIT_SECTIONS, programme),
    }
    return render(request, "reporting/finding_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def finding_accept(request, code):
    programme = seen_programme(request, code)
    require(request.user, Right.EDIT_SECTIONS, programme)
    asked = request.POST if request.method == "POST" else request.GET
    found = _by_key(programme, asked.get("finding", ""))
    form = AcceptForm(request.POST if request.method == "POST" else None, initial={"finding": asked.get("finding")})
    if request.method == "POST" and form.is_valid() and found is not None and found.is_open:
        actions.accept(programme=programme, finding=found, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Accepted: %(finding)s.") % {"finding": found.title.rstrip(".")})
        return _back_to_list(code, "accepted")
    is_gone = found is None or not found.is_open
    refused = 409 if is_gone else 422
    status = refused if request.method == "POST" else 404 if is_gone else 200
    context = {
        "programme": programme,
        "form": form,
        "finding": found,
        "key": asked.get("finding", ""),
        "is_gone": is_gone,
    }
    return render(request, "reporting/finding_accept.html", context, status=status)


@require_POST
def finding_withdraw(request, code):
    programme = seen_programme(request, code)
    require(request.user, Right.EDIT_SECTIONS, programme)
    found = _by_key(programme, request.POST.get("finding", ""))
    if found is not None and not found.is_open:
        actions.withdraw(programme=programme, acceptance=found.acceptance, by=request.user)
        messages.success(request, _("Open again: %(finding)s.") % {"finding": found.title.rstrip(".")})
    else:
        messages.info(request, _("This finding was not accepted any more: nothing was changed."))
    return _back_to_list(code)


def _by_key(programme, key):
    return next((finding for finding in live_findings(programme, date_of(programme)) if finding.key == key), None)


def _back_to_list(code, place=""):
    address = reverse("reporting:finding_list", args=[code])
    return HttpResponseRedirect(f"{address}#{place}" if place else address, status=303)
