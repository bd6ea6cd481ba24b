"""The door for files: what is too large is refused before a byte of it is kept."""

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import Http404, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import render
from django.urls import resolve
from django.utils import translation

from programmes.models import Programme

#: Besides the file a form carries its fields and its boundaries.
FORM_BYTES = 2**20


class RefuseOversizedUploads:
    """Answer 413 from the announced length alone; a body that announces none is read only up to the limit.

    It stands before sessions and language, so it finds the language the browser keeps or prefers.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        most = settings.UPLOAD_MAX_BYTES + FORM_BYTES
        announced = announced_bytes(request)
        if announced is None:
            return HttpResponse(status=400)
        if announced > most:
            return refusal(request, 413)
        if "chunked" in request.META.get("HTTP_TRANSFER_ENCODING", "").lower():
            # Only what was announced is read: without a length the file would be lost without a word.
            return refusal(request, 411)
        return self.get_response(request)


def announced_bytes(request):
    """The length the request announces, 0 when it announces none; ``None`` when it is no length."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isascii() and length.isdigit() else None


def refusal(request, status):
    """The page that says why, in the portal's frame, with the way back to the form. The body is never read.

    In the person's own language, or that of the browser's cookie or preference.
    """
    _recognise(request)
    own = request.user.language if request.user.is_authenticated else ""
    language = own or translation.get_language_from_request(request)
    with translation.override(language):
        context = {"limit_mib": settings.UPLOAD_MAX_BYTES // 2**20, "status": status, "programme": _programme(request)}
        response = render(request, "413.html", context, status=status)
    response.headers["Content-Language"] = language
    return response


def _recognise(request):
    """Who asks, from their cookies alone: what stands behind this door has not seen the request yet."""
    for middleware in (SessionMiddleware, CsrfViewMiddleware, AuthenticationMiddleware):
        middleware(HttpResponse).process_request(request)


def _programme(request):
    """The programme whose upload form was sent, if it was one and the person can see it; otherwise ``None``."""
    try:
        request.resolver_match = resolve(request.path_info)
    except Http404:
        return None
    if request.resolver_match.view_name != "beneficiaries:submission_new" or not request.user.is_authenticated:
        return None
    return Programme.objects.visible_to(request.user).filter(code=request.resolver_match.kwargs["code"]).first()
