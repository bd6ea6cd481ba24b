"""Home: the programmes a person may see, with what waits for them."""

import re
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.paginator import Page, Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programmes.access import Right, may
from programmes.models import LifeCycle, Performance, Programme, Role
from reporting.portfolio import PAGE, latest_performance, page_of, rows_of
from reporting.portfolio.searching import searched

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

    def __init__(self, asked, person):
        super().__init__(asked, Programme.objects.visible_to(person))
        self.person = person
        if not may(person, Right.SEE_WORKSPACE):
            del self.filters["status"], self.filters["life_cycle"]

    def filter_queryset(self, queryset):
        """Whoever only reads sheets does not learn a programme's status by asking which ones have it."""
        chosen = super().filter_queryset(queryset)
        if not (self.form.cleaned_data.get("status") or self.form.cleaned_data.get("life_cycle")):
            return chosen
        read = {held.programme_id for held in self.person.current_memberships if held.role == Role.READER}
        programmes = Programme.objects.filter(pk__in=read)
        hidden = [programme.pk for programme in programmes if not may(self.person, Right.SEE_WORKSPACE, programme)]
        return chosen.exclude(pk__in=hidden)

    def search(self, queryset, name, value):
        return searched(queryset, value)

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
    chosen = ProgrammeFilter(request.GET, request.user)
    today = timezone.localdate()
    number = page_number(request.GET.get("page", ""))
    found, count = page_of(chosen.qs, number, today)
    if not found and number > 1:  # the list has grown shorter, or the address was typed
        return redirect(f"{request.path}?{urlencode({**request.GET.dict(), 'page': 1})}")
    rows = rows_of(found, request.user, today)
    context = {
        "language": get_language()[:2],
        "filter": chosen,
        "is_filtered": any(request.GET.get(name) for name in chosen.filters),
        "rows": rows,
        "only_reads": bool(rows) and not any(row.is_open for row in rows),
        "count": count,
        "page": Page(found, number, Counted(count)),
        "may_create": may(request.user, Right.CREATE_PROGRAMME),
    }
    return render(request, "reporting/portfolio_list.html", context)
