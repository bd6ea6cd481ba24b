"""Agreeing how many different people were reached."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from beneficiaries.screens.agreed import AgreedScreen
from beneficiaries.views.fetching import programme_of, see_other
from programmes.access import Right, require


@require_http_methods(["GET", "HEAD", "POST"])
def agreed_edit(request, code):
    programme = programme_of(request, code)
    require(request.user, Right.SET_AGREED_FIGURE, programme)
    is_post = request.method == "POST"
    screen = AgreedScreen(programme, timezone.localdate(), request.GET, request.POST if is_post else None)
    changed = screen.act(request.user) if is_post else None
    if changed is not None:
        sentence = ngettext("%(count)s agreed figure was changed.", "%(count)s agreed figures were changed.", changed)
        messages.success(request, sentence % {"count": changed} if changed else _("Nothing was changed."))
        return see_other(f"{reverse('beneficiaries:agreed_edit', args=[code])}?on={screen.on.isoformat()}")
    if screen.has_moved:
        screen = AgreedScreen(programme, timezone.localdate(), request.GET, request.POST)
        screen.has_moved = True
    context = {"programme": programme, "screen": screen}
    return render(request, "beneficiaries/agreed_edit.html", context, status=409 if screen.has_moved else 200)
