"""Editing one block of a programme's sheet."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from programmes.forms import edit_page
from programmes.models import Programme


@require_http_methods(["GET", "POST"])
def section_edit(request, code, section):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)
    data = request.POST if request.method == "POST" else None
    page = edit_page(programme, section, request.user, timezone.localdate(), data)
    page.require()
    if data is not None and not page.act() and page.save():
        messages.success(request, page.saved_message())
        return HttpResponseRedirect(reverse("reporting:block_detail", args=[programme.code, page.place]), status=303)
    return render(request, page.template, {"page": page, "programme": programme}, status=page.status)
