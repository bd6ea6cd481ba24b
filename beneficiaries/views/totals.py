"""Beneficiaries to date."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from beneficiaries.dating import default_as_of
from beneficiaries.screens.charts import charts_of
from beneficiaries.screens.totals import TotalsScreen
from beneficiaries.views.fetching import programme_of


@require_safe
def total_list(request, code):
    programme = programme_of(request, code)
    screen = TotalsScreen(programme, request.user, request.GET, default_as_of(programme, timezone.localdate()))
    context = {"programme": programme, "screen": screen, "charts": charts_of(screen)}
    return render(request, "beneficiaries/total_list.html", context)
