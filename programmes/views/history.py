"""What was changed, by whom and why; and the way back to how a block was."""

import re

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import Right, may, require
from programmes.actions.restoring import Moved, restore
from programmes.blocks import RIGHT_TO_EDIT, Block
from programmes.edits import earlier
from programmes.edits.instants import instant, number_of
from programmes.edits.reading import edits_of, first_data_at
from programmes.edits.tracked import place_named
from programmes.forms.fields import LineField
from programmes.models import Programme


class BackForm(forms.Form):
    reason = LineField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("Why it goes back; it stays in the history. May be left blank."),
        limit=300,
    )


def _moment(number):
    """The instant that an address names; not found for one that no clock has shown."""
    found = instant(number)
    if found is None:
        raise Http404
    return found


def _programme(request, code):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    return programme


def _place(programme, name):
    found = place_named(programme, name)
    if found is None:
        raise Http404
    return found


@require_safe
def history_list(request, code, place=None):
    programme = _programme(request, code)
    asked = request.GET.get("before", "")
    before = _moment(int(asked)) if re.fullmatch("[0-9]{1,20}", asked) else None
    meant = _place(programme, place) if place else None
    page = edits_of(programme, meant, before=before)
    context = {
        "programme": programme,
        "place": meant,
        "page": page,
        "older": number_of(page.older) if page.older else None,
        "is_first": before is None,
        "first_data_at": first_data_at(programme),
        "may_go_back": meant is not None and _may_go_back(request.user, meant, programme),
        "assessments": _assessments(programme) if meant is not None and meant.block == Block.STATUS else (),
    }
    return render(request, "programmes/history_list.html", context)


def _assessments(programme):
    return programme.status_assessments.select_related("assessed_by").order_by("-assessed_on", "-pk")


def _may_go_back(user, place, programme):
    rights = (RIGHT_TO_EDIT[place.block], Right.EDIT_SECTIONS)
    return all(may(user, right, programme) for right in rights)


@require_http_methods(["GET", "POST"])
def block_restore(request, code, place, at):
    programme = _programme(request, code)
    meant = _place(programme, place)
    require(request.user, RIGHT_TO_EDIT[meant.block], programme)
    require(request.user, Right.EDIT_SECTIONS, programme)
    moment = _moment(at)
    if moment < first_data_at(programme):
        raise Http404
    form = BackForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = _restored(form, programme, meant, moment, request.user)
        if status == 303:
            messages.success(request, _("%(block)s: it is again as it was.") % {"block": meant.label})
            return HttpResponseRedirect(reverse("programmes:block_history", args=[code, place]), status=303)
    plans = earlier.plans(programme, meant, moment)
    context = {"programme": programme, "place": meant, "moment": moment, "form": form}
    context |= {"agreed": earlier.digest_of(plans), "differences": earlier.differences(programme, plans)}
    return render(request, "programmes/block_restore.html", context, status=status)


def _restored(form, programme, place, moment, person):
    """Carry out what the person agreed to: the status of the answer, with what refused it in the form."""
    if not form.is_valid():
        return 422
    agreed = form.data.get("agreed", "")
    reason = form.cleaned_data["reason"] or _("Back to an earlier state")
    try:
        restore(programme=programme, place=place, at=moment, agreed=agreed, by=person, reason=reason)
    except Moved:
        form.add_error(None, _("Somebody else has changed this meanwhile. Look at what would change now, then decide."))
        return 409
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return 422
    return 303
