"""An upload that nobody confirmed is taken away with its file; figures that were loaded never are."""

from django.db import transaction

from beneficiaries.models import Submission
from beneficiaries.spreadsheets.messages import refuse
from beneficiaries.waiting import refuse_while_loading
from programmes.access import Right, require
from programmes.history import acting
from programmes.models import Programme


class Discarded(Exception):
    """The upload was taken away since it was shown: its file has to be sent again."""


def lock(submission):
    """What the database holds of it now; nobody else changes it until this is done. Raises ``Discarded``."""
    try:
        submission.refresh_from_db(from_queryset=Submission.objects.select_for_update())
    except Submission.DoesNotExist:
        raise Discarded from None


def discard(submission, *, by):
    """Take an upload away. Raises ``Refused`` when it was loaded meanwhile, ``Discarded`` when it is gone already.

    It waits for whoever is confirming the same upload, and they for it: one of the two happens.
    """
    require(by, Right.UPLOAD_BENEFICIARIES, submission.programme, submission.agency)
    with transaction.atomic(), acting(by):
        Programme.objects.select_for_update().get(pk=submission.programme_id)
        lock(submission)
        if submission.status != Submission.Status.UPLOADED:
            raise refuse("already_loaded")
        refuse_while_loading(submission)
        delete_with_file(submission)


def discard_the_same(loaded):
    """What waits with the figures that have just come to count would change nothing: it is not kept."""
    waiting = Submission.objects.filter(
        programme=loaded.programme_id,
        agency=loaded.agency_id,
        period=loaded.period_id,
        status=Submission.Status.UPLOADED,
        content_digest=loaded.content_digest,
    )
    for upload in waiting.exclude(pk=loaded.pk).select_for_update():
        delete_with_file(upload)


def delete_with_file(upload):
    """The row now, the file once that is certain."""
    file = upload.file
    upload.delete()
    if file:
        transaction.on_commit(lambda: file.storage.delete(file.name))
