"""The person's own language, once they have chosen one."""

from django.conf import settings
from django.utils import translation


class PersonsLanguage:
    """A signed-in person's choice goes before the browser's."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        chosen = request.user.language if request.user.is_authenticated else ""
        if not chosen or chosen == request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME):
            return self.get_response(request)
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response.headers["Content-Language"] = chosen
        return response
