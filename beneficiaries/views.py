"""Sending beneficiary figures: choose a file, look at what would change, confirm."""

from functools import wraps

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from beneficiaries import discarding
from beneficiaries.forms import UploadForm
from beneficiaries.models import Basis, Submission
from beneficiaries.screens import ListScreen, SubmissionScreen, said_of_others
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.identity import PROGRAMME_WORD
from beneficiaries.spreadsheets.messages import Refused
from programmes.access import Right, may, require
from programmes.models import Programme

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _programme(request, code):
    """The only way to fetch is the way that checks."""
    programme = get_object_or_404(Programme.objects.visible_to(request.user).for_reading(), code=code)
    require(request.user, Right.SEE_WORKSPACE, programme)
    return programme


def _submission(request, code, pk):
    programme = _programme(request, code)
    sent = Submission.objects.select_related("agency", "period", "uploaded_by")
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
            context = {"programme": _programme(request, code)}
            context["may_upload"] = may(request.user, Right.UPLOAD_BENEFICIARIES, context["programme"], any_agency=True)
            return render(request, "beneficiaries/submission_discarded.html", context, status=410)

    return answered


def see_other(url):
    return HttpResponseRedirect(url, status=303)


@require_safe
def submission_list(request, code):
    programme = _programme(request, code)
    screen = ListScreen(programme, request.user)
    return render(request, "beneficiaries/submission_list.html", {"programme": programme, "screen": screen})


@require_http_methods(["GET", "HEAD", "POST"])
def submission_new(request, code):
    programme = _programme(request, code)
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
    screen = SubmissionScreen(_submission(request, code, pk), request.user, timezone.localdate())
    return render(request, screen.template, {"programme": screen.submission.programme, "screen": screen})


@require_POST
@says_when_discarded
def submission_confirm(request, code, pk):
    submission = _submission(request, code, pk)
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
    submission = _submission(request, code, pk)
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


@require_safe
@never_cache
@says_when_discarded
def submission_file(request, code, pk):
    """The file as it was sent: always downloaded, never opened inside the portal's pages."""
    submission = _submission(request, code, pk)
    if not submission.file:
        raise Http404
    try:
        kept = submission.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        kept, as_attachment=True, filename=submission.file_name, content_type="application/octet-stream"
    )


@require_safe
@never_cache
def template_download(request, code):
    programme = _programme(request, code)
    wanted = request.GET.get("agency", PROGRAMME_WORD)
    agencies = {agency.acronym_en: agency for agency in programme.agencies_at(timezone.localdate())}
    if wanted != PROGRAMME_WORD and wanted not in agencies:
        raise Http404
    agency = agencies.get(wanted)
    require(request.user, Right.UPLOAD_BENEFICIARIES, programme, agency)
    period = {period.code: period for period in programme.fund.periods.all()}.get(request.GET.get("period"))
    if period is None:
        raise Http404
    language = (get_language() or "es")[:2]
    basis = request.GET.get("basis", "")
    basis, prefilled = basis if basis in Basis else "", request.GET.get("prefilled") == "1"
    workbook = loading.template_for(programme, agency, period, language, basis, prefilled)
    response = HttpResponse(workbook, content_type=XLSX)
    name = f"{programme.code}_{wanted}_{period.code}.xlsx".replace(" ", "-")
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
