"""Withdrawing figures that were loaded, on a page that shows first what that changes."""

from django.contrib import messages
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from beneficiaries.models import Submission
from beneficiaries.screens.withdrawal import WithdrawScreen
from beneficiaries.spreadsheets.messages import Refused, refuse
from beneficiaries.views.fetching import says_when_discarded, see_other, submission_of
from programmes.access import Right, require


@require_http_methods(["GET", "HEAD", "POST"])
@says_when_discarded
def submission_withdraw(request, code, pk):
    submission = submission_of(request, code, pk)
    require(request.user, Right.UPLOAD_BENEFICIARIES, submission.programme, submission.agency)
    if submission.status != Submission.Status.ACCEPTED:
        return _not_any_more(request, submission)
    is_post = request.method == "POST"
    screen = WithdrawScreen(submission, request.user, timezone.localdate(), request.POST if is_post else None)
    sentence = screen.said if is_post and not screen.refusal else ""
    try:
        is_done = bool(sentence) and screen.act()
    except Refused as refused:  # somebody else was first
        messages.info(request, refused.problems[0].message)
        return see_other(submission.get_absolute_url())
    if is_done:
        messages.success(request, sentence)
        return see_other(submission.get_absolute_url())
    if screen.has_moved:
        screen = WithdrawScreen(submission, request.user, timezone.localdate(), request.POST)
        screen.has_moved = True
    context = {"programme": submission.programme, "screen": screen}
    return render(request, "beneficiaries/submission_withdraw.html", context, status=409 if screen.has_moved else 200)


def _not_any_more(request, submission):
    code = "withdrawn_already" if submission.status == Submission.Status.WITHDRAWN else "not_loaded"
    messages.info(request, refuse(code).problems[0].message)
    return see_other(submission.get_absolute_url())
