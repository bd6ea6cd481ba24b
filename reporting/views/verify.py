"""The public page behind a sheet's QR code: what was issued when, and whether a file is it. No account is needed."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reporting.models import SheetIssue
from reporting.status_sheet import from_json


@login_not_required
@never_cache
@require_safe
def sheet_verify(request, token):
    found = SheetIssue.objects.select_related("programme", "period", "frozen", "superseded_by")
    issue = found.filter(token=token).first()
    context = {"issue": issue, "reads": get_language()[:2]}
    if issue is not None:
        identity = from_json(issue.frozen.value).identity
        title, title_language = identity.title.shown_in(context["reads"])
        context |= {"identity": identity, "title": title, "title_language": title_language, "files": issue.files.all()}
    response = render(request, "reporting/sheets/sheet_verify.html", context, status=200 if issue else 404)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
