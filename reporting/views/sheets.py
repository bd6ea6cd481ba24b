"""Issued sheets: the list of a programme, one as a page, its PDFs, and its withdrawal."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import Right, may, require
from programmes.models import Programme
from reporting import issuing, published
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.byte_ranges import part_of
from reporting.forms import WithdrawForm
from reporting.issued_files import path_of
from reporting.models import IssueState, Move, SheetFile

FOR_EVER = "private, max-age=31536000, immutable"


def _known(request):
    return Programme.objects.visible_to(request.user)


def _issued(request, code, number):
    """An issued sheet, for those who may read it. One query."""
    found = published.issues_of(request.user, _known(request))
    issue = get_object_or_404(found, programme__code=code, number=number)
    require(request.user, Right.DOWNLOAD_ISSUED, issue.programme)
    return issue


def about(request, programme):
    """The programme for the bar at the top: to a reader its workspace is not offered."""
    return {"programme": programme} if may(request.user, Right.SEE_WORKSPACE, programme) else {}


@require_safe
def sheet_list(request, code):
    programme = get_object_or_404(_known(request).for_reading(), code=code)
    require(request.user, Right.DOWNLOAD_ISSUED, programme)
    context = about(request, programme)
    reads = get_language()[:2]
    numbered = programme.sheet_issues.numbered().select_related("programme", "period", "superseded_by")
    title, title_language = programme.title.shown_in(reads)
    context |= {
        "of": programme,
        "title": title,
        "title_language": title_language,
        "reads": reads,
        "issues": numbered if context else numbered.published(),
        "waiting": programme.sheet_issues.open().select_related("programme", "period") if context else (),
    }
    return render(request, "reporting/sheets/sheet_list.html", context)


@require_safe
@cache_control(private=True, no_cache=True)
def sheet_detail(request, code, number):
    issue = _issued(request, code, number)
    reads = get_language()[:2]
    context = about(request, issue.programme) | {"issue": issue, "reads": reads}
    if issue.state == IssueState.WITHDRAWN:
        return render(request, "reporting/sheets/withdrawn.html", context, status=410)
    offered = LANGUAGE_CHOICES if issue.languages == "both" else {issue.languages: LANGUAGE_CHOICES[issue.languages]}
    asked = request.GET.get("languages", reads)
    chosen = asked if asked in offered else next(iter(offered))
    context |= {
        "offered": list(offered),
        "chosen": chosen,
        "paper": published.paper(issue, chosen, reads),
        "may_withdraw": issue.allows(Move.WITHDRAW) and may(request.user, Right.ISSUE_SHEET, issue.programme),
    }
    return render(request, "reporting/sheets/sheet_detail.html", context)


@require_safe
def sheet_file(request, code, number, language):
    """The bytes that were issued, for ever the same: a browser that has them need not ask again."""
    found = SheetFile.objects.select_related("issue__programme").filter(issue__programme__in=_known(request))
    file = get_object_or_404(found, issue__programme__code=code, issue__number=number, language=language)
    require(request.user, Right.DOWNLOAD_ISSUED, file.issue.programme)
    if file.issue.state == IssueState.WITHDRAWN:
        context = about(request, file.issue.programme) | {"issue": file.issue, "reads": get_language()[:2]}
        return render(request, "reporting/sheets/withdrawn.html", context, status=410)
    return _bytes(request, file)


def _bytes(request, file):
    """The file, a part of it, or word that the browser has it already."""
    etag = f'"{file.sha256}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            response = HttpResponse(path_of(file.sha256).read_bytes(), content_type="application/pdf")
        except FileNotFoundError:
            sentence = _("The file of this sheet is not in the file store. Tell the administrator of the portal.")
            return HttpResponse(f"{sentence}\n", status=503, content_type="text/plain; charset=utf-8")
    name = f"{file.issue.programme.code}_{file.issue.number}_{file.language}.pdf"
    response.headers["ETag"], response.headers["Cache-Control"] = etag, FOR_EVER
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["Content-Disposition"] = content_disposition_header(False, name)
    return part_of(request, response, etag) if response.status_code == 200 else response


@require_http_methods(["GET", "HEAD", "POST"])
def sheet_withdraw(request, code, number):
    issue = _issued(request, code, number)
    require(request.user, Right.ISSUE_SHEET, issue.programme)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            issuing.withdraw(issue=issue, reason=reason, by=request.user, at=timezone.now())
            messages.success(request, _("Withdrawn: no. %(number)s.") % {"number": number})
        except issuing.NotNow as refused:
            messages.info(request, str(refused))
        return HttpResponseRedirect(issue.get_absolute_url(), status=303)
    context = {"programme": issue.programme, "issue": issue, "form": form, "is_legal": issue.allows(Move.WITHDRAW)}
    return render(request, "reporting/sheets/sheet_withdraw.html", context, status=422 if form.errors else 200)
