"""A submitted sheet as both sides see it: the Secretariat comments, sends back or issues; the office answers."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST

from programmes.access import Right, may, require
from reporting import commenting, issuing
from reporting.before_issuing import LANGUAGE_CHOICES
from reporting.forms import AnswerForm, ReviewForm
from reporting.models import IssueState, Move, SheetComment, SheetIssue
from reporting.numbering import BY_SECTION
from reporting.published import context_of
from reporting.rendering import PangoMissing
from reporting.status_sheet import from_json
from reporting.views.workspace import seen_programme


def _submitted(request, code, pk):
    programme = seen_programme(request, code)
    related = ("programme", "period", "frozen", "submitted_by", "sent_back_by")
    return get_object_or_404(SheetIssue.objects.select_related(*related), programme=programme, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)  # Back after the sheet was issued shows that it was
def sheet_review(request, code, pk):
    issue = _submitted(request, code, pk)
    form = ReviewForm(request.POST if request.method == "POST" else None, initial={"seen": issue.frozen.digest})
    if request.method == "POST":
        require(request.user, Right.ISSUE_SHEET, issue.programme)
        done = _decided(request, issue, form)
        if done:
            return done
    if issue.number:
        return redirect(issue)
    context = _context(request, issue, form)
    return render(request, "reporting/sheets/sheet_review.html", context, status=422 if form.errors else 200)


def _decided(request, issue, form):
    """Where the decision leads; ``None`` when it is refused, with the reason in the form."""
    if not form.is_valid():
        return None
    given = {"issue": issue, "by": request.user, "at": timezone.now()}
    try:
        if request.POST.get("move") == Move.ISSUE:
            issue = issuing.issue(seen_digest=form.cleaned_data["seen"], **given)
            messages.success(request, _("Issued as no. %(number)s.") % {"number": issue.number})
        else:
            issue = issuing.send_back(comments=form.comments, **given)
            messages.success(request, _("Sent back: the office sees your comments beside each block."))
    except issuing.NotNow as refused:
        if not any(form.comments.values()) or refused.issue.number:
            messages.info(request, str(refused))
            return HttpResponseRedirect(refused.issue.get_absolute_url(), status=303)
        form.add_error(None, str(refused))
    except (issuing.Refused, PangoMissing) as refused:
        form.add_error(None, str(refused))
        form.now_sees(seen=issue.frozen.digest)
    return None if form.errors else HttpResponseRedirect(issue.get_absolute_url(), status=303)


def _frozen(request, issue):
    asked = request.GET.get("languages", issue.languages)
    chosen = asked if asked in LANGUAGE_CHOICES else issue.languages
    return context_of(from_json(issue.frozen.value), chosen, get_language()[:2])


def _context(request, issue, form):
    programme, context = issue.programme, _frozen(request, issue)
    reviews = may(request.user, Right.ISSUE_SHEET, programme) and issue.state == IssueState.SUBMITTED
    said = issue.comments.select_related("by", "answered_by", "resolved_by")
    comments = [_with_form(comment, request) for comment in said]
    mends = issue.state == IssueState.SENT_BACK and may(request.user, Right.SUBMIT_SHEET, programme)
    return context | {
        **{"programme": programme, "issue": issue, "form": form, "reviews": reviews, "mends": mends},
        "may_answer": commenting.may_answer(request.user, programme),
        "offered": list(LANGUAGE_CHOICES),
        "has_comments": bool(comments),
        "open_comments": [comment for comment in comments if comment.is_open],
        "blocks": [
            (
                part,
                [comment for comment in comments if comment.block == part.block],
                form[part.block.value] if reviews or form.wrote(part.block.value) else None,
                _edit_address(part.block, programme) if mends else "",
            )
            for part in context["parts"]
        ],
    }


def _with_form(comment, request):
    initial = {"answer": comment.answer, "is_resolved": not comment.is_open}
    comment.form = AnswerForm(initial=initial, prefix=f"comment-{comment.pk}")
    return comment


def _edit_address(block, programme):
    """Where the office mends a block: its form, or its place on the live sheet where that has several."""
    if block in BY_SECTION or block == "beneficiaries":
        return f"{programme.get_absolute_url()}#{block}"
    return reverse("programmes:section_edit", args=[programme.code, block])


@require_POST
def comment_answer(request, code, pk, comment):
    issue = _submitted(request, code, pk)
    found = get_object_or_404(SheetComment.objects.select_related("issue__programme"), issue=issue, pk=comment)
    if not commenting.may_answer(request.user, issue.programme):
        require(request.user, Right.SUBMIT_SHEET, issue.programme)
    form = AnswerForm(request.POST, prefix=f"comment-{found.pk}")
    if not form.is_valid():
        return _answer_again(request, issue, found, form)
    try:
        given = {"text": form.cleaned_data["answer"], "is_resolved": form.cleaned_data["is_resolved"]}
        commenting.answer(comment=found, by=request.user, at=timezone.now(), **given)
    except issuing.Refused as refused:
        form.add_error("answer", str(refused))
        return _answer_again(request, issue, found, form)
    return HttpResponseRedirect(f"{issue.get_absolute_url()}#comment-{found.pk}", status=303)


def _answer_again(request, issue, comment, form):
    """The page with what was typed, and what is wrong with it."""
    review = ReviewForm(initial={"seen": issue.frozen.digest})
    context = _context(request, issue, review)
    for _part, comments, _box, _address in context["blocks"]:
        for shown in comments:
            if shown.pk == comment.pk:
                shown.form = form
    return render(request, "reporting/sheets/sheet_review.html", context | {"answering": form}, status=422)
