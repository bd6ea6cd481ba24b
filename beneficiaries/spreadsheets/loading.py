"""The verbs of a spreadsheet: receive (read, load nothing), answer, confirm (one transaction)."""

import hashlib
from contextlib import ExitStack, contextmanager
from dataclasses import replace

from django.core.files.base import ContentFile
from django.db import transaction

from beneficiaries.discarding import Discarded, delete_with_file, lock
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import identity, mappings, parting, preview, reading, stored, template
from beneficiaries.spreadsheets.accepting import accept
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.identity import Expected
from beneficiaries.spreadsheets.messages import Problem, Refused, refuse
from beneficiaries.spreadsheets.purpose import Purpose, counting_of, must_explain, require_allowed
from beneficiaries.spreadsheets.rows import read_rows
from programmes import collector
from programmes.history import acting
from programmes.models import Programme
from programmes.quantities import Quantity, State


class Outdated(Exception):
    """Someone else's revision was accepted after this preview was shown: look again before you confirm."""

    def __init__(self, current):
        super().__init__("outdated")
        self.current = current


def template_for(programme, agency, period, language, basis="", prefilled=False):
    """The workbook's bytes for an agency (``None``: the programme) and period; prefilled with what counts now."""
    columns = columns_of(programme)
    current = Submission.objects.of_key(programme, agency, period).accepted().order_by("-revision").first()
    figures = {}
    if prefilled and current is not None:
        for count in current.counts.select_related("category"):
            key = (count.area_id, count.category.code, count.reach)
            figures[key] = Quantity(count.value, State(count.state))
        basis = basis or current.basis
    return template.build(programme, agency, period, columns, language, basis=basis, previous=figures)


def examine(purpose, data, name, answers=None, by=None, today=None):
    """Read a file's bytes for a purpose. Raises ``Refused`` when nothing of the file may or can be kept."""
    try:
        workbook = reading.read(data, name)
    except reading.Unreadable as unreadable:
        raise Refused(Problem("", "", unreadable.found, unreadable.code)) from unreadable
    expected = Expected(
        purpose.programme.code, purpose.names, purpose.period.code, purpose.basis, purpose.counted_to_on
    )
    if not identity.stated(workbook):
        expected = replace(expected, scope=parting.scope_of(purpose, by, today or purpose.counted_to_on))
    found = read_rows(workbook, columns_of(purpose.programme), answers, expected)
    mappings.propose(purpose, found)
    return found


@collector.paused()
def receive(*, programme, agency, period, basis, counted_to_on, file, by, today, answers=None):
    """Read and keep a file for preview: nothing in it counts yet.

    The same figures again are recognised: the submission that has them comes back, with ``unchanged`` set, and
    nothing is stored. Figures of other agencies and periods become submissions of their own, its ``others``. What is
    not kept at all raises ``Refused``.
    """
    purpose = Purpose(programme, agency, period, basis, counted_to_on)
    require_allowed(purpose, by, today)
    data = file.read()
    kept = _of_the_same_file(purpose, data)
    if kept is not None and not answers:
        return _unchanged(kept)
    found = examine(purpose, data, file.name, answers, by, today)
    divided = parting.parts(purpose, found, by, today)
    with _all_kept(divided, data, file.name, by, answers) as submissions:
        submissions[0].others = submissions[1:]
        return submissions[0]


def _of_the_same_file(purpose, data):
    """The revision that counts, if it was loaded from these very bytes for the same: nothing of it is read again."""
    counts = purpose.current()
    if counts is None or counts.file_sha256 != hashlib.sha256(data).hexdigest():
        return None
    is_for_the_same = (counts.basis, counts.counted_to_on) == (purpose.basis, purpose.counted_to_on)
    # Figures of others in the file may not have been confirmed.
    holds_no_others = Submission.objects.filter(pk=counts.pk, reading__elsewhere=[]).exists()
    return counts if is_for_the_same and holds_no_others else None


@contextmanager
def _all_kept(divided, data, name, by, answers):
    """A submission for each part of a file: all of them or none."""
    with transaction.atomic(), ExitStack() as kept:
        yield [kept.enter_context(_kept(part, found, data, name, by, answers)) for part, found in divided]


@contextmanager
def _kept(purpose, found, data, name, by, answers):
    """The submission of what was found, uploaded and not counted; or the one that already has these figures.

    What fails inside leaves nothing of a new one: no row, no line of history, no file.
    """
    digest = _digest(purpose, found)
    current = purpose.current()
    if current is not None and digest and stored.digest_of_submission(current) == digest:
        yield _unchanged(current)
        return
    submission = _uploaded(purpose, found, data, name, by, answers, digest)
    try:
        with transaction.atomic():
            with acting(by):
                submission.file.save(_stored_name(submission), ContentFile(data), save=False)
                submission.save()
            yield submission
    except BaseException:
        submission.file.delete(save=False)
        raise


def _uploaded(purpose, found, data, name, by, answers, digest):
    submission = Submission(
        programme=purpose.programme,
        agency=purpose.agency,
        period=purpose.period,
        basis=purpose.basis,
        counted_to_on=purpose.counted_to_on,
        file_name=name.replace("\\", "/").rpartition("/")[2][-200:],
        file_sha256=hashlib.sha256(data).hexdigest(),
        content_digest=digest,
        reading=stored.as_stored(found, answers),
        uploaded_by=by,
    )
    submission.unchanged = False
    return submission


def _digest(purpose, found):
    """Blank while something is open: such a reading is equal to none."""
    if found.problems or found.questions:
        return ""
    return stored.digest_of_reading(purpose.basis, purpose.counted_to_on, found)


def load_at_once(divided, data, name, *, by, today, answers=None, reason=""):
    """Keep and confirm all parts of a file that nobody looks at in between: refused, none of them is kept."""
    with _all_kept(divided, data, name, by, answers) as submissions:
        mappings.remember(*divided[0], answers, by)
        return [
            submission if submission.unchanged else confirm(submission, by=by, today=today, reason=reason)
            for submission in submissions
        ]


def _stored_name(submission):
    """A name of our own with the person's ending: theirs is kept as a fact, never as a path."""
    ending = submission.file_name.rpartition(".")[2].lower()
    return f"{submission.file_sha256[:16]}.{ending if ending.isalnum() and len(ending) <= 5 else 'bin'}"


@collector.paused()
def answer(submission, *, answers, by, today):
    """Read the kept file again with the answers to what was asked."""
    purpose = Purpose.of(submission)
    require_allowed(purpose, by, today)
    if submission.status != Submission.Status.UPLOADED or not answers:
        return submission
    given = submission.reading.get("answers", {}) | answers
    try:
        with submission.file.open("rb") as kept:
            data = kept.read()
    except FileNotFoundError:
        raise Discarded from None
    found = examine(purpose, data, submission.file_name, given, by, today)
    (_purpose, found), *others = parting.parts(purpose, found, by, today)
    with transaction.atomic():
        # Reading took its time: what was confirmed or withdrawn meanwhile keeps the reading it was loaded from.
        Programme.objects.select_for_update().get(pk=submission.programme_id)
        lock(submission)
        if submission.status == Submission.Status.UPLOADED:
            submission.reading = stored.as_stored(found, given)
            submission.content_digest = _digest(purpose, found)
            mappings.remember(purpose, found, given, by)
            with _all_kept(others, data, submission.file_name, by, given) as kept:
                submission.others = kept
            submission.save_without_historical_record(update_fields=["reading", "content_digest"])
    return submission


@collector.paused()
def confirm(submission, *, by, today, reason="", against=None, progress=None):
    """Make the figures count: all of them or none, as the next revision.

    ``against`` is the revision that the person saw (0: none). Raises ``Refused`` while something is open, ``Outdated``
    when another revision came first. Figures that already count change nothing: ``unchanged`` is then set.
    ``progress`` is told how many of how many figures are written, inside the transaction.
    """
    purpose = Purpose.of(submission)
    require_allowed(purpose, by, today)
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=submission.programme_id)
        lock(submission)
        sent = purpose.sent()
        current = counting_of(sent)
        if submission.status == Submission.Status.ACCEPTED:
            return _unchanged(submission)
        if submission.status == Submission.Status.WITHDRAWN:
            raise refuse("withdrawn")
        if current is not None and stored.digest_of_submission(current) == submission.content_digest:
            with acting(by):
                delete_with_file(submission)
            return _unchanged(current)
        columns = columns_of(purpose.programme)
        found = stored.from_stored(submission.reading, columns)
        _require_settled(submission, found)
        if against is not None and against != (current.revision if current else 0):
            raise Outdated(current)
        require_reason(purpose, found, reason, today)
        accept(submission, purpose, found, columns, sent, by=by, today=today, reason=reason, progress=progress)
    submission.unchanged = False
    return submission


def _unchanged(submission):
    submission.unchanged = True
    return submission


def _require_settled(submission, found):
    if found.problems:
        raise Refused(*found.problems)
    if found.questions:
        raise refuse("unanswered", ", ".join(question.code for question in found.questions))
    if len(found.rows) != len(submission.reading["rows"]):
        raise refuse("programme_changed")


def require_reason(purpose, found, reason, today):
    """A figure that falls and a closed period are explained."""
    if reason.strip():
        return
    if must_explain(purpose, today):
        raise refuse("period_closed_reason", purpose.period)
    if preview.falls_of(purpose, found):
        raise refuse("reason_for_fall")
