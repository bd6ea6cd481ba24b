"""The cycle of a sheet: submit, send back, issue, withdraw. Submitting freezes its value; exactly that is issued.

A withdrawn sheet leaves its place empty: the one before it was superseded for a reason and stays so until the
programme's next sheet is issued.
"""

import secrets
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes.access import require
from programmes.history import acting
from programmes.models import Programme
from reporting.before_issuing import LANGUAGE_CHOICES, what_stops
from reporting.findings import live_findings
from reporting.imprint import Imprint, verify_address
from reporting.issued_files import rendered
from reporting.letters import tell
from reporting.models import MOVES, RIGHT_TO, FrozenSheet, IssueState, Move, SheetComment, SheetFile, SheetIssue
from reporting.rendering import render_html
from reporting.status_sheet import from_json, live_sheet, to_json


class Refused(Exception):
    """What was asked cannot be done: the sentence says why, and what to do."""


class NotNow(Refused):
    """The sheet is no longer in a state in which that can be done; ``issue`` is as it stands."""

    def __init__(self, issue):
        self.issue = issue
        state = IssueState(issue.state).label
        super().__init__(_("This sheet is %(state)s by now: nothing was changed.") % {"state": state})


class Incomplete(Refused):
    """Errors, unaccepted warnings, or texts that are missing or out of date in a language to be issued."""

    def __init__(self, findings):
        self.findings = findings
        super().__init__(_("The sheet cannot be submitted yet: see what stops it."))


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Who stands behind the sheet: the Resident Coordinator, and the committee on a day."""

    resident_coordinator: str
    committee: str
    endorsed_on: date


def is_closed(period, today):
    return period.closed_on is not None and period.closed_on <= today


@contextmanager
def _cycle(programme, move, by, reason=""):
    """All or nothing, in this person's name, one after the other in each programme. No fact of the sheet changes."""
    require(by, RIGHT_TO[move], programme)
    with transaction.atomic(), acting(by, reason):
        yield Programme.objects.select_for_update().get(pk=programme.pk)


def _take(programme, issue, move):
    """The sheet as it stands under the lock, if the move is legal."""
    issue = SheetIssue.objects.select_related("programme", "period", "frozen").get(pk=issue.pk, programme=programme)
    if not issue.allows(move):
        raise NotNow(issue)
    issue.state = MOVES[issue.state][move]
    return issue


def submit(*, programme, period, languages, endorsement, seen_version, as_of, by, at, reason=""):
    """Freeze the live sheet as it will be issued. What was sent back is submitted anew in its place."""
    with _cycle(programme, Move.SUBMIT, by, reason) as locked:
        if locked.version != seen_version:
            raise Refused(_("The sheet has changed since you opened this page: look at it again, then submit it."))
        if is_closed(period, timezone.localdate(at)) and not reason:
            raise Refused(_("%(period)s is closed: say why a sheet is submitted now.") % {"period": period.code})
        stopping = what_stops(live_findings(locked, as_of), LANGUAGE_CHOICES[languages])
        if stopping:
            raise Incomplete(stopping)
        waiting = SheetIssue.objects.open().filter(programme=locked, period=period).first()
        issue = _take(locked, waiting, Move.SUBMIT) if waiting else SheetIssue(programme=locked, period=period)
        issue.state, issue.reason, issue.languages = IssueState.SUBMITTED, reason, languages
        issue.as_of_on, issue.frozen = as_of, freeze(live_sheet(locked, as_of))
        issue.resident_coordinator, issue.committee = endorsement.resident_coordinator, endorsement.committee
        issue.endorsed_on = endorsement.endorsed_on
        issue.submitted_by, issue.submitted_at = by, at
        issue.save()
        tell("submitted", issue, by)
    return issue


def freeze(sheet):
    """The value of a sheet under its digest."""
    value = to_json(sheet)
    frozen, _is_new = FrozenSheet.objects.get_or_create(
        digest=sha256(value.encode()).hexdigest(), defaults={"value": value}
    )
    return frozen


def send_back(*, issue, comments, by, at):
    """Return it to the office with what is to be mended: ``comments`` by block, one at least."""
    said = {block: text.strip() for block, text in comments.items() if text.strip()}
    if not said:
        raise Refused(_("Write at least one comment: the office must know what to mend."))
    with _cycle(issue.programme, Move.SEND_BACK, by) as programme:
        issue = _take(programme, issue, Move.SEND_BACK)
        issue.sent_back_by, issue.sent_back_at = by, at
        issue.save()
        for block, text in said.items():
            SheetComment.objects.create(issue=issue, block=block, text=text, by=by, at=at)
        tell("sent_back", issue, by)
    return issue


def issue(*, issue, seen_digest, by, at):
    """Give it its number and its PDFs, in one step or not at all; the sheet in force until now is superseded.

    The files are made before the programme is locked, for the number that will be next: should somebody else have
    taken it meanwhile, they are made for the one after.
    """
    token = secrets.token_urlsafe(16)
    while True:
        number = next_number(issue.programme)
        imprint = Imprint(number, timezone.localdate(at), verify_address(token))
        _refuse_unless(issue, Move.ISSUE, by, seen_digest)
        files = print_files(issue, imprint)
        with _cycle(issue.programme, Move.ISSUE, by) as programme:
            taken = _take(programme, issue, Move.ISSUE)
            if taken.frozen.digest != seen_digest or next_number(programme) != number:
                continue
            put_in_force(taken, number=number, token=token, files=files, by=by, at=at)
            tell("issued", taken, by)
            return taken


def _refuse_unless(issue, move, by, seen_digest):
    """Before anything costly is done."""
    require(by, RIGHT_TO[move], issue.programme)
    issue.refresh_from_db()
    if not issue.allows(move):
        raise NotNow(issue)
    if issue.frozen.digest != seen_digest:
        raise Refused(_("The office has submitted this sheet anew since you opened the page: look at it again."))


def next_number(programme):
    return (SheetIssue.objects.filter(programme=programme).aggregate(last=Max("number"))["last"] or 0) + 1


def print_files(issue, imprint):
    """The PDFs of its languages, in the file store: ``{language: (SHA-256, size)}``."""
    sheet = from_json(issue.frozen.value)
    choices = ("es", "en", "both") if issue.languages == "both" else (issue.languages,)
    return {choice: rendered(render_html(sheet, LANGUAGE_CHOICES[choice], imprint=imprint)) for choice in choices}


def put_in_force(issue, *, number, token, files, by, at):
    """Within the programme's lock: what was in force is superseded, then this one stands."""
    before = SheetIssue.objects.filter(programme=issue.programme, state=IssueState.ISSUED).first()
    if before is not None:
        before.state, before.superseded_by = MOVES[before.state][Move.SUPERSEDE], issue
        before.save()
    issue.state = IssueState.ISSUED
    issue.number, issue.token, issue.issued_by, issue.issued_at = number, token, by, at
    issue.save()
    SheetFile.objects.bulk_create(
        SheetFile(issue=issue, language=language, sha256=digest, size_bytes=size)
        for language, (digest, size) in files.items()
    )


def withdraw(*, issue, reason, by, at):
    """Take an issued sheet out of force, with the reason that its link shows from now on. Nothing takes its place."""
    if not reason.strip():
        raise Refused(_("Say why the sheet is withdrawn: whoever opens its link reads it."))
    with _cycle(issue.programme, Move.WITHDRAW, by, reason) as programme:
        issue = _take(programme, issue, Move.WITHDRAW)
        issue.withdrawn_by, issue.withdrawn_at, issue.withdrawn_reason = by, at, reason
        issue.save()
        tell("withdrawn", issue, by)
    return issue
