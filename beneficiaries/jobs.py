"""What a worker does: load more figures than a page may, and tidy up uploads that nobody confirmed."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django_tasks import task

from beneficiaries import discarding
from beneficiaries.discarding import delete_with_file
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Problem, Refused
from beneficiaries.totals import summary
from beneficiaries.waiting import LOADING, subject_of
from programmes import jobs
from programmes.access import MissingRight
from programmes.jobs import every_minute, weekly

KEPT_UNCONFIRMED = timedelta(days=30)
#: Taken by a worker, being written, written. All figures are written at once: no part of them can be seen or counted.
TAKEN, WRITING, STEPS = 1, 2, 3


def confirm_later(submission, *, by, today, reason, against):
    """Have a worker confirm it as this person saw it. Asked twice, it is done once. Raises ``Discarded``."""
    with transaction.atomic():
        discarding.lock(submission)
        if submission.status != Submission.Status.UPLOADED:
            return None
        facts = {
            "programme": submission.programme.code,
            "submission": submission.pk,
            "file_name": submission.file_name,
            "figures": len(submission.reading["rows"]),
            "content_digest": submission.content_digest,
            "today": today.isoformat(),
            "reason": reason,
            "against": against,
        }
        return jobs.start(LOADING, asked_by=by, subject=subject_of(submission.pk), facts=facts)


def _title(job):
    count = job.facts["figures"]
    said = ngettext("Load %(count)s figure of %(file)s", "Load %(count)s figures of %(file)s", count)
    return said % {"count": f"{count:,}", "file": job.facts["file_name"] or _("a file")}


def _address(job):
    return reverse("beneficiaries:submission_progress", args=[job.facts["programme"], job.facts["submission"]])


def _doing(job):
    if job.done < WRITING:
        return _("A worker has taken it and looks at what was confirmed.")
    return _("All %(count)s figures are being checked and written at once.") % {"count": f"{job.facts['figures']:,}"}


def problems_of(job):
    """What a refused job met, each with a message in the language of the page."""
    return [Problem(*problem) for problem in job.result.get("problems", ())]


@jobs.handler(
    LOADING,
    title=_title,
    address=_address,
    doing=_doing,
    failures={
        "refused": gettext_lazy("Something stood in the way, so nothing was loaded. Its page says what."),
        "outdated": gettext_lazy(
            "Another revision came first, so nothing was loaded. Look at what would change now, then confirm again."
        ),
        "changed": gettext_lazy(
            "The upload was read anew after it was confirmed, so nothing was loaded. Look at it again, then confirm."
        ),
        "discarded": gettext_lazy(
            "The upload is no longer there: it was discarded, or the same figures were loaded meanwhile. "
            "Nothing of it was loaded."
        ),
        "missing_right": gettext_lazy(
            "Whoever confirmed it may no longer load these figures, so nothing was loaded. Who may can confirm it."
        ),
    },
)
def load_submission(run):
    """Confirm an upload in one transaction, with the end of the job in it: killed at any point, nothing is left."""
    run.step(TAKEN, STEPS)
    seen = run.facts
    sent = Submission.objects.select_related("programme", "agency", "period")
    submission = sent.filter(pk=seen["submission"]).first()
    if submission is None:
        raise jobs.Failed("discarded")
    run.step(WRITING, STEPS)
    try:
        with transaction.atomic():
            loaded = loading.confirm(
                submission,
                by=run.job.asked_by,
                today=date.fromisoformat(seen["today"]),
                reason=seen["reason"],
                against=seen["against"],
            )
            if submission.content_digest != seen["content_digest"]:  # as it was found under lock
                raise jobs.Failed("changed")
            run.finish(submission=loaded.pk, revision=loaded.revision, unchanged=loaded.unchanged)
    except discarding.Discarded:
        raise jobs.Failed("discarded") from None
    except loading.Outdated as outdated:
        raise jobs.Failed("outdated", current=outdated.current and outdated.current.pk) from None
    except MissingRight:
        raise jobs.Failed("missing_right") from None
    except Refused as refused:
        raise jobs.Failed("refused", problems=[problem.as_stored() for problem in refused.problems]) from None


def unconfirmed_before(now: datetime):
    """Files that were read and previewed, but never loaded, within the time a person has for it."""
    return Submission.objects.filter(status=Submission.Status.UPLOADED, uploaded_at__lt=now - KEPT_UNCONFIRMED)


def forget_unconfirmed(now: datetime):
    """Delete such uploads with their files; how many. Figures that were accepted or withdrawn are never touched."""
    forgotten = 0
    for pk in unconfirmed_before(now).values_list("pk", flat=True):
        with transaction.atomic():
            # Looked at again under lock: it may have been confirmed since the list was made.
            upload = unconfirmed_before(now).select_for_update().filter(pk=pk).first()
            if upload is None:
                continue
            delete_with_file(upload)
        forgotten += 1
    return forgotten


@weekly
@task()
def forget_unconfirmed_uploads():
    return forget_unconfirmed(timezone.now())


@every_minute
@task()
def keep_totals():
    """The summary of totals follows the calendar, and whatever else than counts has changed in a programme."""
    return summary.catch_up(timezone.localdate())
