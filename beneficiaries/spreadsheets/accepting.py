"""A settled reading becomes the revision that counts: in one go, in as many statements for a figure as for many."""

from dataclasses import replace

from django.utils import timezone

from beneficiaries.discarding import discard_the_same
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import preview, writing_counts
from beneficiaries.totals import summary
from beneficiaries.totals.loading import facts_of_areas
from programmes.actions.writing import writing


def accept(submission, purpose, found, columns, sent, *, by, today, reason="", progress=None):
    """Within the transaction that checked it and holds the programme's lock; the superseded revision stays as it is.

    ``sent`` is everything that was sent for the same; ``progress`` is told how many of how many figures are written.
    """
    figures = len(found.rows)
    if progress:
        progress(0, figures)
    with writing(purpose.programme, by, reason, is_locked=True):
        _number(submission, sent, reason)
        writing_counts.write(submission, found.rows)
        if any(other != submission and other.content_digest == submission.content_digest for other in sent):
            discard_the_same(submission)
    written = replace(preview.report_of(purpose, found), revision=submission.revision, submission=submission.pk)
    summary.refresh(purpose.programme, today, (written, facts_of_areas(columns.country_areas)))
    if progress:
        progress(figures, figures)


def _number(submission, sent, reason):
    submission.revision = max((other.revision or 0 for other in sent), default=0) + 1
    submission.status = Submission.Status.ACCEPTED
    submission.reason = reason.strip()[:300]
    submission.accepted_at = timezone.now()
    submission.save(update_fields=["revision", "status", "reason", "accepted_at"])
