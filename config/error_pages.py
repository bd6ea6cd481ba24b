"""The portal's own error pages wherever it runs."""

from django.conf import settings
from django.core.exceptions import BadRequest, MiddlewareNotUsed
from django.http import Http404
from django.urls import get_resolver


class OwnErrorPages:
    """With DEBUG on Django shows strangers its insides. The demonstration answers in the portal's words."""

    TOLD = {400: {"exception": BadRequest()}, 404: {"exception": Http404()}, 500: {}}

    def __init__(self, get_response):
        if not settings.DEBUG:
            raise MiddlewareNotUsed  # Django shows the portal's pages by itself
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code not in self.TOLD:
            return response
        page = get_resolver().resolve_error_handler(response.status_code)
        return page(request, **self.TOLD[response.status_code])
