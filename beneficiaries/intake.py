"""The door for files: what is too large is refused before a byte of it is kept."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import translation

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
    """The page that says why, in the language of the browser's cookie or preference. The body is never read."""
    language = translation.get_language_from_request(request)
    with translation.override(language):
        context = {"limit_mib": settings.UPLOAD_MAX_BYTES // 2**20, "status": status}
        response = render(request, "413.html", context, status=status)
    response.headers["Content-Language"] = language
    return response
