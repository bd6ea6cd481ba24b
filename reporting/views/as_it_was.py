"""The whole sheet as the portal knew it at an instant: to read, never to edit."""

import re
from datetime import datetime, time, timedelta

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_safe

from programmes.edits.instants import instant, number_of
from programmes.forms.fields import DAY_HINT, DayField
from programmes.models import Programme
from reporting import workspace
from reporting.status_sheet import sheet_known_at
from reporting.views.workspace import LANGUAGES, seen_programme


class DayForm(forms.Form):
    """The end of a day; an address from the history names an instant instead."""

    on = DayField(label=gettext_lazy("As it was on"), help_text=DAY_HINT, required=False)


def _known_at(asked, form, now):
    """The instant that was asked for, never one to come; ``None`` where the question cannot be read."""
    found = None
    if re.fullmatch("[0-9]{1,20}", asked):
        found = instant(int(asked))
    elif form.is_valid() and form.cleaned_data.get("on"):
        found = timezone.make_aware(datetime.combine(form.cleaned_data["on"] + timedelta(days=1), time.min))
    return min(found, now) if found else None


@require_safe
def sheet_as_it_was(request, code):
    programme = seen_programme(request, code)
    form = DayForm(request.GET if "on" in request.GET else None)
    known_at = _known_at(request.GET.get("at", ""), form, timezone.now())
    form.fields["on"].initial = timezone.localdate(known_at) if known_at else None
    context = {"programme": programme, "form": form, "known_at": known_at}
    if known_at is not None:
        context |= _sheet(request, programme, known_at)
    return render(request, "reporting/sheet_as_it_was.html", context, status=422 if form.errors else 200)


def _sheet(request, programme, known_at):
    """What the page shows of the sheet; nothing when the portal did not know the programme yet."""
    day = timezone.localdate(known_at)
    try:
        sheet = sheet_known_at(programme, known_at, day)
    except Programme.DoesNotExist:
        return {"sheet": None}
    reads = get_language()[:2]
    chosen = request.GET.get("languages") if request.GET.get("languages") in LANGUAGES else reads
    return {
        "sheet": sheet,
        "at": number_of(known_at),
        "reads": reads,
        "chosen": chosen,
        "languages": LANGUAGES[chosen],
        "language": LANGUAGES[chosen][0],
        "screen": True,
        "parts": workspace.parts(sheet, [], AnonymousUser(), programme),
    }
