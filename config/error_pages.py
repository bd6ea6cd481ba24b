"""The portal's own error pages wherever it runs."""

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed, RequestDataTooBig
from django.http import Http404
from django.shortcuts import render
from django.urls import get_resolver
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def bad_request(request, exception):
    """What cannot be read; text above the limit is told how much may be sent, and that Back still has it."""
    limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    most = f"{limit / 2**20:g} MB" if isinstance(exception, RequestDataTooBig) else ""
    return render(request, "400.html", {"most": most}, status=400)


def _is_too_long(request):
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_text = request.content_type == "application/x-www-form-urlencoded"
    return is_text and length.isdecimal() and int(length) > settings.DATA_UPLOAD_MAX_MEMORY_SIZE


class OwnErrorPages:
    """With DEBUG on Django shows strangers its insides. The demonstration answers in the portal's words."""

    TOLD = {400: {"exception": BadRequest()}, 404: {"exception": Http404()}, 500: {}}

    def __init__(self, get_response):
        if not settings.DEBUG:
            raise MiddlewareNotUsed  # Django shows the portal's pages by itself
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in self.TOLD or self._is_a_views_own(request, response):
            return response
        told = self.TOLD[response.status_code]
        if response.status_code == 400 and _is_too_long(request):
            told = {"exception": RequestDataTooBig()}
        page = get_resolver().resolve_error_handler(response.status_code)
        return page(request, **told)

    def process_exception(self, request, exception):
        request.has_failed = True

    def _is_a_views_own(self, request, response):
        """A page that a view answers with itself, as that of a finding that is no longer there."""
        found = request.resolver_match is not None and not getattr(request, "has_failed", False)
        return response.status_code == 404 and found
