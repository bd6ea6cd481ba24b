"""What is tidied up once a week: uploads that nobody confirmed."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from beneficiaries.discarding import delete_with_file
from beneficiaries.models import Submission
from programmes.jobs import weekly

KEPT_UNCONFIRMED = timedelta(days=30)


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
