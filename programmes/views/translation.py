"""Keeping both languages: what lacks a translation, in printing order, and the page that translates one text."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import Right, may, require
from programmes.forms.translation import TextGone, TranslationPage, typed_in
from programmes.models import Programme
from programmes.texts import next_gap, progress, texts_of


def _programme(request, code):
    return get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)


@require_safe
def translation_list(request, code):
    programme = _programme(request, code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    texts = texts_of(programme)
    shows_all = "all" in request.GET
    context = {
        "programme": programme,
        "progress": progress([written.text for written in texts]),
        "texts": [written for written in texts if shows_all or written.is_gap],
        "gaps": sum(written.is_gap for written in texts),
        "shows_all": shows_all,
        "first": next_gap(texts),
        "may_edit": may(request.user, Right.EDIT_SECTIONS, programme),
    }
    return render(request, "programmes/translation_list.html", context)


@require_http_methods(["GET", "POST"])
def translation_edit(request, code, text):
    programme = _programme(request, code)
    require(request.user, Right.EDIT_SECTIONS, programme)
    data = request.POST if request.method == "POST" else None
    try:
        page = TranslationPage(programme, request.user, data, today=timezone.localdate(), section=text)
        page.require()
        saved = data is not None and page.save()
    except TextGone:
        if data is None or not typed_in(data):
            raise
        context = {"programme": programme, "typed": typed_in(data)}
        return render(request, "programmes/translation_gone.html", context, status=409)
    if saved:
        messages.success(request, page.saved_message())
        return HttpResponseRedirect(page.next_address, status=303)
    return render(request, page.template, {"page": page, "programme": programme}, status=page.status)
