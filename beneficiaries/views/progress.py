"""A submission that a worker loads: how far it is, until its figures count or it is clear why they do not."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from beneficiaries.jobs import problems_of
from beneficiaries.models import Submission
from beneficiaries.views.fetching import programme_of, see_other
from beneficiaries.waiting import loadings_of
from programmes.access import Right, may
from programmes.job_words import Told
from programmes.models import JobState
from programmes.views.jobs import unless_seen


@require_safe
def submission_progress(request, code, pk):
    """Whoever may see the submission sees it, in every tab and after every reload. It ends where its figures are."""
    programme = programme_of(request, code)
    job = loadings_of(pk).filter(facts__programme=programme.code).select_related("asked_by").first()
    if job is None or job.state == JobState.DONE:
        return _elsewhere(request, code, job.result["submission"] if job else pk)
    told = Told(job, request.user)
    if job.is_open:
        context = {"programme": programme, "told": told, "is_open": True}
        pages = ("beneficiaries/submission_progress.html", "beneficiaries/_loading.html")
        return unless_seen(request, told.marker, *pages, context)
    if request.htmx:
        return _elsewhere(request, code, pk, "submission_progress")
    return _not_loaded(request, programme, pk, told)


def _elsewhere(request, code, pk, name="submission_detail"):
    """Also for the part of a page that asks how far it is: the whole page goes there."""
    address = reverse(f"beneficiaries:{name}", args=[code, pk])
    return HttpResponse(headers={"HX-Redirect": address}) if request.htmx else see_other(address)


def _not_loaded(request, programme, pk, told):
    """Why not, and what to do; what the person decided is not lost."""
    submission = programme.submissions.filter(pk=pk).first()
    context = {"programme": programme, "told": told, "submission": submission, "problems": problems_of(told.job)}
    context["may_upload"] = may(request.user, Right.UPLOAD_BENEFICIARIES, programme, any_agency=True)
    if told.job.failure == "outdated" and submission is not None:
        sent = Submission.objects.select_related("uploaded_by")
        context["current"] = sent.filter(programme=programme, pk=told.job.result["current"]).first()
        return render(request, "beneficiaries/submission_outdated.html", context)
    return render(request, "beneficiaries/submission_progress.html", context)
