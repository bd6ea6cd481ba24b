"""The live sheet as a PDF, marked as a draft."""

from datetime import date
from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.access import Right, require
from programmes.models import Programme
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.findings import live_findings
from reporting.rendering import PangoMissing, render_html, render_pdf
from reporting.status_sheet import default_as_of, live_sheet


@require_safe
def sheet_pdf(request, code):
    """``?language=es|en|both``, and ``?as_of=2011-10-31`` for another date than the usual one."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user), code=code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    language = request.GET.get("language", "both")
    if language not in LANGUAGE_CHOICES:
        return _plain(_("A sheet is printed in es, en or both."), 400)
    try:
        as_of = date.fromisoformat(request.GET["as_of"]) if "as_of" in request.GET else None
    except ValueError:
        return _plain(_("A date is written 2011-10-31."), 400)
    sheet = live_sheet(programme, as_of or default_as_of(programme, timezone.localdate()))
    html = render_html(sheet, LANGUAGE_CHOICES[language], findings=live_findings(programme, sheet.as_of_on))
    etag = f'"{sha256(html.encode()).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or _pdf(html, f"{programme.code}_{language}.pdf")
    response.headers["Cache-Control"] = "private, no-cache"
    if response.status_code == 200:
        response.headers["ETag"] = etag
    return response


def _pdf(html, name):
    try:
        content = render_pdf(html)
    except PangoMissing as missing:
        return _plain(missing, 503)
    headers = {"Content-Disposition": content_disposition_header(False, name)}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _plain(sentence, status):
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
