"""Home: the programmes a person may see, with what waits for them."""

import re
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programmes.access import Right, may
from programmes.models import LifeCycle, Performance, Programme
from reporting.portfolio import PAGE, latest_performance, page_of, rows_of

NOT_ASSESSED = "none"


class ProgrammeFilter(django_filters.FilterSet):
    """A word of the title, the code or the country; a status; a place in the life cycle."""

    q = django_filters.CharFilter(label=_("Title, code or country"), method="search", widget=forms.SearchInput)
    status = django_filters.ChoiceFilter(
        label=_("Status"),
        empty_label=_("Any"),
        choices=[*Performance.choices, (NOT_ASSESSED, _("Not assessed"))],
        method="judged",
    )
    life_cycle = django_filters.ChoiceFilter(label=_("Life cycle"), empty_label=_("Any"), choices=LifeCycle.choices)

    class Meta:
        model = Programme
        fields = ()

    def search(self, queryset, name, value):
        for word in value.split():
            queryset = queryset.filter(
                Q(code__icontains=word)
                | Q(title_es__icontains=word)
                | Q(title_en__icontains=word)
                | Q(country__name_es__icontains=word)
                | Q(country__name_en__icontains=word)
            )
        return queryset

    def judged(self, queryset, name, value):
        return queryset.alias(judged_as=latest_performance()).filter(judged_as="" if value == NOT_ASSESSED else value)


class Counted(Paginator):
    """A page whose number of programmes came with its rows: no query of its own."""

    def __init__(self, count):
        super().__init__(range(count), PAGE)


def page_number(asked):
    """The page as the address names it; the first when that is no number a list could have."""
    return max(int(asked), 1) if re.fullmatch("[0-9]{1,5}", asked) else 1


@require_safe
def portfolio_list(request):
    chosen = ProgrammeFilter(request.GET, Programme.objects.visible_to(request.user))
    today = timezone.localdate()
    number = page_number(request.GET.get("page", ""))
    found, count = page_of(chosen.qs, number, today)
    if not found and number > 1:  # the list has grown shorter, or the address was typed
        return redirect(f"{request.path}?{urlencode({**request.GET.dict(), 'page': 1})}")
    context = {
        "language": get_language()[:2],
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "rows": rows_of(found, request.user, today),
        "count": count,
        "page": Page(found, number, Counted(count)),
        "may_create": may(request.user, Right.CREATE_PROGRAMME),
    }
    return render(request, "reporting/portfolio_list.html", context)
