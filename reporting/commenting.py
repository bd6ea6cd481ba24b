"""What becomes of a comment on a submitted sheet: answered by the office, resolved by either side, in its place."""

from django.db import transaction
from django.utils.translation import gettext as _

from programmes.access import MissingRight, Right, may
from programmes.history import acting
from reporting.issuing import NotNow, Refused
from reporting.models import SheetComment
from reporting.models.issues import OPEN


def may_answer(person, programme):
    """The office that submits and the Secretariat that reviews: nobody else takes part."""
    return may(person, Right.SUBMIT_SHEET, programme) or may(person, Right.ISSUE_SHEET, programme)


def answer(*, comment, text, is_resolved, by, at):
    """Write under a comment what was done, and say whether that settles it. An answer may be written anew."""
    programme = comment.issue.programme
    if not may_answer(by, programme):
        raise MissingRight(Right.SUBMIT_SHEET)
    with transaction.atomic(), acting(by):
        comment = SheetComment.objects.select_for_update(of=("self",)).select_related("issue").get(pk=comment.pk)
        if comment.issue.state not in OPEN:
            raise NotNow(comment.issue)
        if not text and not is_resolved and comment.is_open:
            raise Refused(_("Write an answer, or say that the comment is resolved."))
        if text and text != comment.answer:
            comment.answer, comment.answered_by, comment.answered_at = text, by, at
        if is_resolved and comment.is_open:
            comment.resolved_by, comment.resolved_at = by, at
        elif not is_resolved:
            comment.resolved_by = comment.resolved_at = None
        comment.save()
    return comment
