"""An upload with more figures than a page may load waits for a worker: as it was confirmed, and once."""

from beneficiaries.spreadsheets.messages import refuse
from programmes.models import Job

#: So many figures are loaded while the person waits; of more, a worker loads all.
AT_ONCE = 2000
LOADING = "load_submission"


def is_large(submission):
    return len(submission.reading.get("rows", ())) > AT_ONCE


def subject_of(pk):
    return f"submission {pk}"


def loadings_of(pk):
    """The jobs that load this submission or tried to, the latest first; also when the upload is no longer there."""
    return Job.objects.filter(kind=LOADING, subject=subject_of(pk))


def is_being_loaded(submission):
    return is_large(submission) and loadings_of(submission.pk).open().exists()


def refuse_while_loading(submission):
    if is_being_loaded(submission):
        raise refuse("being_loaded")
