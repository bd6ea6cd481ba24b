"""Editing one block of a programme's sheet: a page of its own, or in place on the workspace under the same address."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from programmes.access import Right, may
from programmes.edits.instants import number_of
from programmes.forms import edit_page
from programmes.models import Programme, Section

#: The form of a whole page, which a script sends and brings back in pieces.
FORM_ID = "edit-page"


@vary_on_headers("HX-Request", "HX-Target")
@require_http_methods(["GET", "POST"])
def section_edit(request, code, section):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)
    data = request.POST if request.method == "POST" else None
    page = edit_page(programme, section, request.user, timezone.localdate(), data)
    page.require()
    key = page.section.slug if page.section else section
    if data is not None and not page.act() and page.save():
        said = said_of(page, programme)
        messages.success(request, said, extra_tags=f"saved-{key}")
        for notice in page.notices():
            messages.warning(request, notice)
        shown = reverse("reporting:block_detail", args=[programme.code, page.place])
        if request.htmx and not is_in_place(request):
            return HttpResponseClientRedirect(shown)
        return HttpResponseRedirect(shown, status=303)
    context = {"page": page, "programme": programme, "key": key, "form_id": FORM_ID, "opens_in": whole(page)}
    if is_in_place(request):
        keep_ids_apart(page, key)
        context |= {"in_place": True, "page_base": "programmes/edit/in_place.html"}
    return render(request, page.template, context, status=page.status)


def said_of(page, programme):
    """That it is saved; and, where rows were removed and the person may, the way back to how the block was."""
    count = sum(len(part.removed) for part in page.lists.values())
    rights = (page.right, Right.EDIT_SECTIONS)
    if not count or not all(may(page.person, right, programme) for right in rights):
        return page.saved_message()
    back = reverse("programmes:block_restore", args=[programme.code, page.place, number_of(page.locked_at)])
    undo = ngettext("Undo removing %(count)s row", "Undo removing %(count)s rows", count) % {"count": count}
    return format_html('{} <a href="{}">{}</a>', page.saved_message(), back, undo)


def is_in_place(request):
    """Asked for by the workspace, to stand where the block stands."""
    return bool(request.htmx) and not request.htmx.history_restore_request and request.htmx.target != FORM_ID


def whole(page):
    """The id of what the form takes the place of on the workspace: a block, or a section with all its sub-heads."""
    section = page.section
    if section is None:
        return page.block.value
    return f"section-{section.slug}" if section.block == Section.Block.OBSERVATIONS else section.block


def keep_ids_apart(page, key):
    """Several blocks may be open at once on one workspace: ids carry the name of the block."""
    for form in page.forms:
        form.auto_id = f"id_{key}_%s"
