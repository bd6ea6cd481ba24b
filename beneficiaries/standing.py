"""Where a submission stands: what may still become of it, or whether it counts. Each with its own words and mark."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Submission


class Standing(TextChoices):
    TO_CORRECT = "to_correct", _("to be corrected")
    ASKED = "asked", _("waits for answers")
    READY = "ready", _("waits for confirmation")
    REPEATED = "repeated", _("the same already counts")
    COUNTS = "counts", _("counts now")
    SUPERSEDED = "superseded", _("superseded")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def mark(self):
        """The shape beside the word: all differ in outline, so nobody needs the colour."""
        return _MARKS[self][0]

    @property
    def tone(self):
        return _MARKS[self][1]

    @property
    def place(self):
        """In a list: what counts, then what waits, then the past."""
        return 0 if self == Standing.COUNTS else 1 if self.is_waiting else 2

    @property
    def is_waiting(self):
        """Nothing of it was loaded: it can be discarded."""
        return self in (Standing.TO_CORRECT, Standing.ASKED, Standing.READY, Standing.REPEATED)


_MARKS = {
    Standing.TO_CORRECT: ("s-late", "late"),
    Standing.ASKED: ("s-watch", "late"),
    Standing.READY: ("s-none", "quiet"),
    Standing.REPEATED: ("s-remade", "quiet"),
    Standing.COUNTS: ("s-on", "on"),
    Standing.SUPERSEDED: ("s-closed", "quiet"),
    Standing.WITHDRAWN: ("s-stop", "stop"),
}


def standing_of(submission, *, current, problems, questions):
    """``current`` is the submission of the same agency and period that counts; ``None`` when there is none."""
    if submission.status == Submission.Status.WITHDRAWN:
        return Standing.WITHDRAWN
    if submission.status == Submission.Status.ACCEPTED:
        return Standing.COUNTS if current is not None and current.pk == submission.pk else Standing.SUPERSEDED
    if problems:
        return Standing.TO_CORRECT
    if questions:
        return Standing.ASKED
    same = current is not None and submission.content_digest and submission.content_digest == current.content_digest
    return Standing.REPEATED if same else Standing.READY
