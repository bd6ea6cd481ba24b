"""Many sheets as one ZIP: what to put into it, how far it is, and the file for whoever asked for it."""

from django import forms
from django.http import FileResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from programmes.access import Right, may
from programmes.job_words import Told
from programmes.models import Job, JobState, Programme
from programmes.views.jobs import unless_seen
from reporting.exports import batch
from reporting.exports.batch import What

#: So many programmes are offered to choose from; of more, the portfolio's filters choose.
OFFERED = 200


class BatchForm(forms.Form):
    """Programmes, languages, and whether issued sheets or drafts."""

    codes = forms.MultipleChoiceField(
        label=gettext_lazy("Programmes"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose one programme at least: an empty ZIP is of no use to anybody."),
            "invalid_choice": gettext_lazy("“%(value)s” is none of your programmes. Choose from the list."),
        },
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        choices=[("es", "Español"), ("en", "English"), ("both", gettext_lazy("Side by side"))],
        widget=forms.CheckboxSelectMultiple,
        initial=["both"],
        error_messages={"required": gettext_lazy("Choose one language at least.")},
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Sheets"), choices=What, widget=forms.RadioSelect, initial=What.ISSUED,
        error_messages={"required": gettext_lazy("Choose issued sheets or drafts.")},
    )  # fmt: skip

    def __init__(self, posted, programmes, *, chosen, may_draft):
        super().__init__(posted, initial={"codes": chosen})
        reads = get_language()[:2]
        self.fields["codes"].choices = [
            (one.code, f"{one.country.name} · {one.code} · {one.title.shown_in(reads)[0]}") for one in programmes
        ]
        if not may_draft:
            self.fields["what"].choices = [(What.ISSUED, What.ISSUED.label)]

    def clean_codes(self):
        codes = self.cleaned_data["codes"]
        if len(codes) > batch.MOST:
            said = _("%(count)s programmes are too many for one ZIP: choose %(most)s at most.")
            raise forms.ValidationError(said % {"count": len(codes), "most": batch.MOST})
        return codes


def _offered(request, codes):
    """The programmes to choose from: those of the selection, or the first of all; and whether there are more."""
    seen = Programme.objects.visible_to(request.user).for_reading().order_by("country__iso2", "code")
    seen = seen.filter(code__in=codes) if codes else seen
    most = batch.MOST + 1 if codes else OFFERED
    found = list(seen[: most + 1])
    return found[:most], len(found) > most


@require_http_methods(["GET", "HEAD", "POST"])
def batch_new(request):
    """``?code=…`` for each programme of a selection: they are ticked already."""
    selection = [code for code in request.GET.getlist("code") if "\0" not in code]  # no database looks that up
    programmes, are_more = _offered(request, selection)
    may_draft = may(request.user, Right.SEE_WORKSPACE)
    posted = request.POST if request.method == "POST" else None
    form = BatchForm(posted, programmes, chosen=selection, may_draft=may_draft)
    if form.is_valid():
        asked = form.cleaned_data
        today, reads = timezone.localdate(), get_language()[:2]
        job = batch.start(**asked, today=today, reads=reads, by=request.user)
        return HttpResponseRedirect(batch.address_of(job), status=303)
    context = {"form": form, "programmes": programmes, "are_more": are_more, "offered": len(programmes)}
    return render(request, "reporting/batch/batch_new.html", context, status=422 if form.errors else 200)


def _own(request, pk):
    """A ZIP holds what its owner may see: nobody else opens it."""
    return get_object_or_404(Job.objects.filter(kind=batch.KIND, asked_by=request.user), pk=pk)


@require_safe
def batch_detail(request, pk):
    told = Told(_own(request, pk), request.user)
    job = told.job
    context = {"told": told, "is_open": job.is_open, "is_done": job.state == JobState.DONE}
    context["is_there"] = context["is_done"] and batch.path_of(pk).exists()
    return unless_seen(
        request, told.marker, "reporting/batch/batch_detail.html", "reporting/batch/_state.html", context
    )


@require_safe
@cache_control(private=True, no_cache=True)
def batch_file(request, pk):
    job = _own(request, pk)
    try:
        file = batch.path_of(pk).open("rb") if job.state == JobState.DONE else None
    except FileNotFoundError:
        file = None
    if file is None:
        context = {"told": Told(job, request.user), "is_open": job.is_open, "is_done": job.state == JobState.DONE}
        return render(request, "reporting/batch/batch_detail.html", context, status=404)
    headers = {"ETag": f'"{job.result["sha256"]}"'}
    return FileResponse(file, as_attachment=True, filename=f"fichas_{pk}.zip", headers=headers)
