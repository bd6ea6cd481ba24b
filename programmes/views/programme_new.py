"""Making a programme: one page, one transaction, then its workspace."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programmes.access import Right, require
from programmes.forms.creation import NewProgrammePage


@require_http_methods(["GET", "POST"])
def programme_new(request):
    require(request.user, Right.CREATE_PROGRAMME)
    data = request.POST if request.method == "POST" else None
    page = NewProgrammePage(None, request.user, data, today=timezone.localdate())
    if data is not None and not page.act() and page.save():
        messages.success(request, page.saved_message())
        return HttpResponseRedirect(page.programme.get_absolute_url(), status=303)
    return render(request, page.template, {"page": page}, status=page.status)
