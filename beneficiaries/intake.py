"""The door for files: what is too large is refused before a byte of it is kept."""

from django.conf import settings
from django.shortcuts import render


class RefuseOversizedUploads:
    """Answer 413 from the announced length alone, before anything reads the body."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if int(request.META.get("CONTENT_LENGTH") or 0) > settings.UPLOAD_MAX_BYTES:
            return render(request, "413.html", {"limit_mib": settings.UPLOAD_MAX_BYTES // 2**20}, status=413)
        return self.get_response(request)
