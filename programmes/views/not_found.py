"""The page that is shown where there is none."""

from django.shortcuts import render
from django.views import defaults

from programmes.access import Right, may
from programmes.models import Programme


def page_not_found(request, exception):
    """Inside a programme that the person may see, something of it is missing; otherwise nobody learns what there is."""
    code = request.resolver_match.kwargs.get("code") if request.resolver_match else None
    programme = Programme.objects.visible_to(request.user).filter(code=code).first() if code else None
    if programme is None or not may(request.user, Right.SEE_WORKSPACE, programme):
        return defaults.page_not_found(request, exception)
    return render(request, "404.html", {"programme": programme}, status=404)
