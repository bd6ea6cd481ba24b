"""How a page gets its programme or submission: the only way to fetch is the way that checks."""

from functools import wraps

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render

from beneficiaries import discarding
from beneficiaries.models import Submission
from programmes.access import Right, may, require
from programmes.models import Programme


def programme_of(request, code):
    programme = get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    return programme


def submission_of(request, code, pk):
    programme = programme_of(request, code)
    sent = Submission.objects.select_related("agency", "period", "uploaded_by", "withdrawn_by")
    submission = sent.filter(programme=programme, pk=pk).first()
    if submission is None:
        raise discarding.Discarded if Submission.history.filter(programme=programme, id=pk).exists() else Http404
    submission.programme = programme
    return submission


def says_when_discarded(view):
    """An upload that was taken away since its page was shown, by a person or by the weekly job, gets a clear page."""

    @wraps(view)
    def answered(request, code, pk):
        try:
            return view(request, code, pk)
        except discarding.Discarded:
            context = {"programme": programme_of(request, code)}
            context["may_upload"] = may(request.user, Right.UPLOAD_BENEFICIARIES, context["programme"], any_agency=True)
            return render(request, "beneficiaries/submission_discarded.html", context, status=410)

    return answered


def see_other(url):
    return HttpResponseRedirect(url, status=303)
