"""Taking back figures that were loaded: the previous revision returns; first, what that changes."""

import hashlib
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db import transaction
from django.utils import timezone

from beneficiaries.dating import default_as_of
from beneficiaries.discarding import lock
from beneficiaries.findings import check
from beneficiaries.models import Reach, Submission
from beneficiaries.spreadsheets.messages import refuse
from beneficiaries.spreadsheets.preview import Total, TotalRow
from beneficiaries.spreadsheets.purpose import Purpose, must_explain
from beneficiaries.totals import Totals, count, summary
from beneficiaries.totals.agreed import agreed_changes
from beneficiaries.totals.loading import load
from programmes.access import Right, own_agencies, require
from programmes.actions.writing import writing
from programmes.models import Programme
from programmes.quantities import Sum

REASON_LENGTH = 300
NOBODY = Sum(None, 0, 0)


class Moved(Exception):
    """What the withdrawal changes is not what its person was shown: they look again before they do it."""


def require_allowed(submission, by, today):
    """Refuse what this person may not withdraw, or not in a closed period."""
    purpose = Purpose.of(submission)
    require(by, Right.UPLOAD_BENEFICIARIES, purpose.programme, purpose.agency)
    is_limited_to_agencies = own_agencies(by, Right.UPLOAD_BENEFICIARIES, purpose.programme) is not None
    if must_explain(purpose, today) and is_limited_to_agencies:
        raise refuse("period_closed", purpose.period)


def withdraw(submission, *, by, today, reason, seen=None):
    """Take loaded figures back, with the reason; nothing is deleted. They can be uploaded again as a new revision.

    ``seen`` is the digest of the effect that the person was shown. Raises ``Refused`` when it was never loaded or is
    withdrawn already, ``Moved`` when the effect has become another.
    """
    require_allowed(submission, by, today)
    reason = reason.strip()[:REASON_LENGTH]
    if not reason:
        raise refuse("withdrawal_reason")
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=submission.programme_id)
        lock(submission)
        require_loaded(submission)
        if seen is not None and effect_of(submission, today).digest != seen:
            raise Moved
        with writing(submission.programme, by, reason, is_locked=True):
            submission.status = Submission.Status.WITHDRAWN
            submission.withdrawn_by, submission.withdrawn_at = by, timezone.now()
            submission.withdrawn_reason = reason
            submission.save(update_fields=["status", "withdrawn_by", "withdrawn_at", "withdrawn_reason"])
        summary.refresh(submission.programme, today)
    return submission


def require_loaded(submission):
    if submission.status == Submission.Status.WITHDRAWN:
        raise refuse("withdrawn_already")
    if submission.status != Submission.Status.ACCEPTED:
        raise refuse("not_loaded")


@dataclass(frozen=True, slots=True)
class AreaChange:
    """The figure of one area before and after."""

    area: str  # its name; blank for what is not known by area
    category: object
    reach: str
    total: Total


@dataclass(frozen=True)
class Effect:
    """Everything that withdrawing one submission changes. ``returns`` is the revision that counts then, if any."""

    counts_now: bool
    returns: Submission | None
    before: Totals
    after: Totals
    as_of: date

    @cached_property
    def rows(self):
        return tuple(_row(row, self.after.row(row.code)) for row in self.before.rows)

    @cached_property
    def persons(self):
        return _row(self.before.persons, self.after.persons)

    @cached_property
    def changes_totals(self):
        return any(not total.is_same for row in (*self.rows, self.persons) for total in row.by_reach.values())

    @cached_property
    def areas(self):
        """Where the figures of an area differ, in the order of the areas' names."""
        before, after = self.before.by_area(), self.after.by_area()
        names = {slug: area.name for slug, area in (self.before.facts.areas | self.after.facts.areas).items()}
        found = []
        for area in sorted({*before, *after}, key=lambda slug: (not slug, names.get(slug, slug))):
            for row in self.before.rows:
                for reach in Reach:
                    key = row.code, reach
                    total = Total(before.get(area, {}).get(key, NOBODY), after.get(area, {}).get(key, NOBODY))
                    is_known = total.before.known is not None or total.after.known is not None
                    if is_known and not total.is_same:
                        found.append(AreaChange(names.get(area, area), row, reach.value, total))
        return tuple(found)

    @cached_property
    def agreed(self):
        """The agreed figures that lapse or hold again."""
        return agreed_changes(self.before, self.after)

    def findings(self, names):
        """(those that lapse, those that arise); ``names`` say an agency's acronym in both languages."""
        now, then = check(self.before, names), check(self.after, names)
        kept_now, kept_then = {one.key for one in now}, {one.key for one in then}
        return [one for one in now if one.key not in kept_then], [one for one in then if one.key not in kept_now]

    @property
    def digest(self):
        """Equal for equal effects: which revision returns, and every total before and after."""
        told = [self.counts_now, self.returns and self.returns.pk, self.as_of]
        for totals in (self.before, self.after):
            told += [(cell.area, cell.category, str(cell.reach), cell.sum) for cell in totals.cells]
            told += [(row.code, row.direct, row.indirect) for row in (*totals.rows, totals.persons)]
        told += [(change.figure.pk, change.lapses) for change in self.agreed]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def _row(before, after):
    by_reach = {reach.value: Total(before[reach], after[reach]) for reach in Reach}
    return TotalRow(before.label_es, before.label_en, by_reach)


def effect_of(submission, today):
    """What withdrawing it would change, at the date of the programme's sheet."""
    programme = submission.programme
    as_of = max(default_as_of(programme, today), submission.counted_to_on)
    sent = Purpose.of(submission).submissions().accepted().defer("reading").order_by("-revision")
    current, *earlier = sent[:2] or [submission]  # somebody else may just have withdrawn the last one
    counts_now = current.pk == submission.pk
    before = count(load(programme, as_of), as_of)
    after = count(load(programme, as_of, without=submission.pk), as_of) if counts_now else before
    returns = next(iter(earlier), None) if counts_now else current
    return Effect(counts_now, returns, before, after, as_of)
