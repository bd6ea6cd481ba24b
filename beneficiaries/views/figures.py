"""Where one printed figure comes from."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beneficiaries.dating import default_as_of
from beneficiaries.screens.figure import Asked, FigureScreen, NoSuchFigure
from beneficiaries.views.fetching import programme_of


@require_safe
def figure_source(request, code):
    """Every number of workspace, preview and sheet leads here; an address that names no figure gets a clear page."""
    programme = programme_of(request, code)
    try:
        asked = Asked.of(request.GET, programme, default_as_of(programme, timezone.localdate()))
    except NoSuchFigure as problem:
        context = {"programme": programme, "problem": str(problem)}
        return render(request, "beneficiaries/figure_unknown.html", context, status=404)
    context = {"programme": programme, "screen": FigureScreen(programme, asked)}
    return render(request, "beneficiaries/figure_source.html", context)
