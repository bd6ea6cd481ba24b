"""Money against time: whether a programme spends as it goes, and whether its status says the same."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.figures import percentage
from programmes.findings.finding import Finding, Level, say
from programmes.findings.money import FINANCES
from programmes.models.monitoring import Performance

#: Until the first yearly tranche is at work every programme looks late: a quarter of a three-year programme.
TOO_EARLY = Decimal(25)
#: Two semesters of a three-year programme, in points per cent: one is lost to any purchase that is tendered.
FAR_APART = Decimal(33)


def elapsed_share(starts_on, ends_on, as_of):
    """How much of the programme's time has passed, per cent from 0 to 100; ``None`` without both dates.

    >>> from datetime import date
    >>> elapsed_share(date(2010, 1, 1), date(2010, 12, 31), date(2010, 7, 2))
    Decimal('50.0')
    """
    if starts_on is None or ends_on is None or ends_on <= starts_on:
        return None
    passed = Decimal((as_of - starts_on).days) * 100 / Decimal((ends_on - starts_on).days)
    return min(max(passed, Decimal(0)), Decimal(100)).quantize(Decimal("0.1"))


def delivered_share(committed, stated):
    """What is committed, spent included, of the total budget, per cent; only from complete figures."""
    if not committed.is_complete or not stated:
        return None
    return (committed.known * 100 / stated).quantize(Decimal("0.1"))


def delivery_behind_time(elapsed, delivered):
    """Shares in per cent, or ``None`` where they are not known."""
    if elapsed is None or delivered is None or elapsed < TOO_EARLY or elapsed - delivered < FAR_APART:
        return []
    says = say(_("Delivery is far behind the time that has passed"))
    suggests = say(_("Check the agencies' figures, or say under the status what is being done."))
    return [_delivery(Level.WARNING, "delivery_behind_time", elapsed, delivered, says, suggests)]


def delivery_ahead_of_time(elapsed, delivered):
    """The budget will be used up long before the end."""
    if elapsed is None or delivered is None or delivered - elapsed < FAR_APART or delivered > 100:
        return []
    says = say(_("The budget is being used up well before the end"))
    suggests = say(_("Check the agencies' figures and the end date."))
    return [_delivery(Level.NOTE, "delivery_ahead_of_time", elapsed, delivered, says, suggests)]


def _delivery(level, code, elapsed, delivered, says, suggests):
    shares = say(
        _("%(delivered)s of the budget is committed; %(elapsed)s of the time has passed."),
        delivered=percentage(delivered),
        elapsed=percentage(elapsed),
    )
    seen = f"delivered={delivered}"
    return Finding(level, code, Block.BUDGET, seen, says, shares, suggests, Block.BUDGET.label, page=FINANCES)


def on_track_behind_time(performance, elapsed, delivered):
    """The judgement stays a person's: the finding only sets the figures beside it."""
    if performance != Performance.ON_TRACK or not delivery_behind_time(elapsed, delivered):
        return []
    return [
        Finding(
            Level.WARNING,
            "on_track_behind_time",
            Block.STATUS,
            f"performance={performance};delivered={delivered}",
            say(_("On track, but delivery is far behind the time that has passed")),
            say(
                _("%(delivered)s of the budget is committed; %(elapsed)s of the time has passed."),
                delivered=percentage(delivered),
                elapsed=percentage(elapsed),
            ),
            say(_("Check the status, or explain it in its text.")),
            Block.STATUS.label,
            field="id_performance_0",
        )
    ]
