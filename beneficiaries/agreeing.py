"""The programme agrees how many different people were reached: between net and complete gross, for one date."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from beneficiaries.models import AgreedFigure, Category, Reach
from beneficiaries.totals import count, summary
from beneficiaries.totals.agreed import submissions_digest
from beneficiaries.totals.loading import load
from beneficiaries.totals.submissions import choose
from programmes import figures
from programmes.access import Right, require
from programmes.actions.writing import writing
from programmes.models import Agency, Programme

REASON_LENGTH = 300


class Moved(Exception):
    """Figures were sent, withdrawn or agreed since the range was shown."""


class NotAgreed(Exception):
    """``problems``: (category, reach) → why its figure cannot be agreed; ``None`` for the reason."""

    def __init__(self, problems):
        super().__init__("not agreed")
        self.problems = problems


@dataclass(frozen=True)
class Span:
    """Between which bounds a figure can be agreed; ``why_not`` says what is missing where there are none."""

    least: int | None
    most: int | None
    why_not: str = ""

    def problem_with(self, value):
        """A sentence, or nothing."""
        if self.why_not or self.least <= value <= self.most:
            return self.why_not
        bounds = {"least": figures.number(self.least), "most": figures.number(self.most)}
        if self.least == self.most:
            return _("Only %(most)s is possible: net and gross are the same.") % bounds
        return _("Write a number from %(least)s (net) to %(most)s (gross).") % bounds


@dataclass(frozen=True)
class Basis:
    """What can be agreed for a date, on what counts then."""

    totals: object
    on: date
    in_force: dict  # (category, reach) → the figure that is agreed for this date
    digest: str  # of the submissions

    @property
    def seen(self):
        """Equal while neither what counts nor what is agreed has changed."""
        agreed = sorted(figure.pk for figure in self.in_force.values())
        return hashlib.sha256(f"{self.digest} {self.on} {agreed}".encode()).hexdigest()

    def span(self, category, reach):
        bounds = self.totals.ranges[category, reach]
        if self.totals.beside:
            return Span(None, None, _("Net is nd: cumulative figures stand beside the programme's own until every "
                                      "agency has sent later ones."))  # fmt: skip
        if bounds.gross.known is None:
            return Span(None, None, _("Nobody has reported it."))
        if not bounds.gross.is_complete:
            return Span(None, None, self._incomplete(bounds.gross))
        if not bounds.net.is_reported:
            return Span(None, None, _("Net is nd."))
        return Span(bounds.net.value, bounds.gross.known)

    def _incomplete(self, gross):
        found = {"figure": figures.partial(gross)}
        if not self.totals.owed:
            return _("The gross is not complete (%(figure)s): figures are nd or blank. Send them first.") % found
        owed = self.totals.owed
        names = {agency.acronym_en: agency for agency in Agency.objects.filter(acronym_en__in=owed)}
        language = (get_language() or "es")[:2]
        told = [f"{names[agency].acronym(language)} ({', '.join(periods)})" for agency, periods in owed.items()]
        found["owed"] = figures.listed(told, language)
        return _("The gross is not complete (%(figure)s). Missing: %(owed)s. Choose an earlier date, or wait.") % found


def basis_at(programme, on):
    """What counts and what is agreed at a date."""
    facts = load(programme, on)
    held = AgreedFigure.objects.in_force().filter(programme=programme, as_of_on=on).select_related("category")
    in_force = {(figure.category.code, figure.reach): figure for figure in held}
    return Basis(count(facts, on), on, in_force, submissions_digest(choose(facts, on)))


def agree(*, programme, on, values, reason, by, today, seen=None):
    """Set, replace or, where the value is ``None``, remove agreed figures: (category, reach) → value.

    All of them or none; returns how many changed. A figure that lapsed is set again by agreeing it anew. Raises
    ``NotAgreed`` with a sentence for each figure out of its range, ``Moved`` when ``seen`` is not what holds.
    """
    require(by, Right.SET_AGREED_FIGURE, programme)
    reason = reason.strip()[:REASON_LENGTH]
    with transaction.atomic():
        Programme.objects.select_for_update().get(pk=programme.pk)
        basis = basis_at(programme, on)
        if seen is not None and basis.seen != seen:
            raise Moved
        changed = _changed(basis, values)
        if not changed:
            return 0
        _check(basis, changed, reason, today)
        with writing(programme, by, reason, is_locked=True):
            now = timezone.now()
            for key in changed:
                if key in basis.in_force:
                    _remove(basis.in_force[key], now)
            _set(programme, basis, changed, reason, by, now)
        summary.refresh(programme, today)
    return len(changed)


def _changed(basis, values):
    """What differs from what is agreed and still holds: the same value anew renews one that has lapsed."""
    found = {}
    for key, value in values.items():
        held = basis.in_force.get(key)
        holds = held is not None and held.submissions_digest == basis.digest
        if value is None and not holds:
            continue
        if value is None or not (holds and held.value == value):
            found[key] = value
    return found


def _check(basis, changed, reason, today):
    spans = {key: basis.span(*key) for key, value in changed.items() if value is not None}
    problems = {key: span.problem_with(changed[key]) for key, span in spans.items()}
    problems = {key: sentence for key, sentence in problems.items() if sentence}
    if spans and basis.on > today:
        problems |= dict.fromkeys(spans, _("Nothing can be agreed for a day that has not come."))
    if not reason:
        problems[None] = _("Say how the figure was agreed.")
    if problems:
        raise NotAgreed(problems)


def _remove(figure, now):
    figure.removed_at = now
    figure.save(update_fields=["removed_at"])


def _set(programme, basis, changed, reason, by, now):
    categories = {category.code: category for category in Category.objects.all()}
    for (code, reach), value in changed.items():
        if value is not None:
            AgreedFigure.objects.create(
                programme=programme,
                category=categories[code],
                reach=Reach(reach),
                value=value,
                as_of_on=basis.on,
                reason=reason,
                submissions_digest=basis.digest,
                set_by=by,
                set_at=now,
            )
