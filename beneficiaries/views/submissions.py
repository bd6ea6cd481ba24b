"""Sending beneficiary figures: choose a file, look at what would change, confirm."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beneficiaries import discarding
from beneficiaries.forms import UploadForm
from beneficiaries.models import Submission
from beneficiaries.screens import ListScreen, SubmissionScreen, said_of_others
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.views.fetching import programme_of, says_when_discarded, see_other, submission_of
from beneficiaries.waiting import is_being_loaded
from programmes.access import Right, require


@require_safe
def submission_list(request, code):
    programme = programme_of(request, code)
    screen = ListScreen(programme, request.user)
    return render(request, "beneficiaries/submission_list.html", {"programme": programme, "screen": screen})


@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request, code):
    programme = programme_of(request, code)
    require(request.user, Right.UPLOAD_BENEFICIARIES, programme, any_agency=True)
    form = UploadForm(
        request.POST or None,
        request.FILES or None,
        programme=programme,
        user=request.user,
        today=timezone.localdate(),
        initial={"agency": request.GET.get("agency"), "period": request.GET.get("period")},
    )
    if form.wants_template and (query := form.template_query()):
        # The browser downloads it and stays on the page, with everything as it was chosen.
        return see_other(f"{reverse('beneficiaries:template_download', args=[code])}?{urlencode(query)}")
    submission = form.receive() if not form.wants_template and form.is_valid() else None
    if submission is None:
        return render(request, "beneficiaries/submission_new.html", {"programme": programme, "form": form})
    if submission.unchanged:
        messages.info(request, _("These are the figures that already count: nothing was changed."))
    for sentence in said_of_others(submission):
        messages.info(request, sentence)
    return see_other(submission.get_absolute_url())


@require_safe
@says_when_discarded
def submission_detail(request, code, pk):
    submission = submission_of(request, code, pk)
    if is_being_loaded(submission):
        return see_other(reverse("beneficiaries:submission_progress", args=[code, pk]))
    screen = SubmissionScreen(submission, request.user, timezone.localdate(), query=request.GET)
    return render(request, screen.template, {"programme": screen.submission.programme, "screen": screen})


@require_POST
@says_when_discarded
def submission_confirm(request, code, pk):
    submission = submission_of(request, code, pk)
    require(request.user, Right.UPLOAD_BENEFICIARIES, submission.programme, submission.agency)
    screen = SubmissionScreen(submission, request.user, timezone.localdate(), request.POST)
    try:
        done = screen.act()
    except Refused as refusal:
        for problem in refusal.problems:
            screen.form.add_error(None, problem.message)
        done = None
    except loading.Outdated as outdated:
        context = {"programme": submission.programme, "submission": submission, "current": outdated.current}
        return render(request, "beneficiaries/submission_outdated.html", context, status=409)
    if done is None:
        return render(request, screen.template, {"programme": submission.programme, "screen": screen})
    for sentence in screen.said:
        messages.success(request, sentence)
    return see_other(done.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@says_when_discarded
def submission_discard(request, code, pk):
    """Asks on a page of its own, then takes an upload away that was not loaded."""
    submission = submission_of(request, code, pk)
    require(request.user, Right.UPLOAD_BENEFICIARIES, submission.programme, submission.agency)
    if request.method != "POST" and submission.status == Submission.Status.UPLOADED:
        context = {"programme": submission.programme, "submission": submission}
        return render(request, "beneficiaries/submission_discard.html", context)
    if request.method != "POST":
        return see_other(submission.get_absolute_url())
    try:
        discarding.discard(submission, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.problems[0].message)
        return see_other(submission.get_absolute_url())
    messages.success(request, _("The upload was discarded. What counts has not changed."))
    return see_other(reverse("beneficiaries:submission_list", args=[code]))
