"""The next tranche: how far the last release is committed, and which agency holds it back by how much. Pure.

The Fund looks at all agencies together: (committed to date, what was spent included, minus the earlier releases) / last
release. The same sum for one agency, from its shares of the releases, says what it still has to commit to do its part.
"""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.figures import listed
from programmes.quantities import MISSING_STATES, ND, Quantity, State, Sum, difference, share
from reporting.status_sheet.values import Label

WIDTH = 304


@dataclass(frozen=True, slots=True)
class Tranche:
    """How far the last release is committed. Amounts leave out the earlier releases; bars are in units of 304."""

    released_usd: Decimal
    threshold_usd: Decimal
    share: Quantity  # per cent of the last release that is needed
    committed: Sum
    rate: Quantity  # per cent of the last release that is committed, once all agencies have reported
    short: Quantity  # what all agencies together still have to commit
    missing: tuple  # the agencies that have not said
    is_reached: bool
    is_above_already: bool  # what is known reaches the threshold; those who have not said can only add to it
    bar: int
    tick: int
    ordinal: int
    next_ordinal: int

    @property
    def rest(self):
        return WIDTH - self.bar

    @property
    def tick_left(self):
        return self.tick - 4

    @property
    def missing_names(self):
        language = get_language()[:2]
        return listed([name[language] for name in self.missing], language)


@dataclass(frozen=True, slots=True)
class Part:
    """One agency's part in the next tranche. ``committed`` leaves out what it received earlier."""

    agency: str
    acronym: Label
    name: Label
    release: Quantity  # its share of the last release
    committed: Quantity
    rate: Quantity  # committed / release, per cent
    target: Quantity  # what it has to have committed to reach the Fund's share of its release
    still: Quantity  # what it still has to commit for that
    is_silent: bool  # nobody has said what it committed
    without_share: bool  # its share of a release is not recorded

    @property
    def holds_back(self):
        return self.still.is_reported and self.still.value > 0

    @property
    def why(self):
        """Why what it still has to commit is not known; "" where it is."""
        if self.still.state != State.ND:
            return ""
        if self.without_share and self.is_silent:
            return _("its share of the disbursements is not recorded, and it has not reported what it committed")
        if self.without_share:
            return _("its share of the disbursements is not recorded")
        if self.is_silent:
            return _("it has not reported what it committed")
        return _("it has no data on what it committed")


def made_lines(sheet):
    return [line for line in sheet.disbursements.lines if line.transferred.is_reported]


def is_all_released(sheet):
    """Whether everything that the stated total promises was paid, and nothing else is announced."""
    lines, stated = sheet.disbursements.lines, sheet.money.stated_usd
    is_paid = stated is not None and sheet.disbursements.transferred_usd >= stated
    return bool(lines) and is_paid and len(made_lines(sheet)) == len(lines)


def tranche(sheet, needed_share):
    """The meter of the next tranche; ``None`` before anything was transferred or with nothing left to release."""
    made = made_lines(sheet)
    if not made or is_all_released(sheet):
        return None
    last, earlier = made[-1].transferred.value, sum((line.transferred.value for line in made[:-1]), Decimal(0))
    committed, threshold = sheet.money.committed, last * needed_share
    known = None if committed.known is None else max(committed.known - earlier, Decimal(0))
    short = difference(Quantity(earlier + threshold), committed.quantity)
    return Tranche(
        released_usd=last,
        threshold_usd=threshold.quantize(Decimal(1)),
        share=Quantity((needed_share * 100).quantize(Decimal("0.1"))),
        committed=Sum(known, committed.reported, committed.missing),
        rate=share(Quantity(known) if committed.is_complete else ND, Quantity(last)),
        short=_not_below_zero(short),
        missing=tuple(line.acronym for line in sheet.money.agencies if line.committed.state in MISSING_STATES),
        is_reached=committed.is_complete and known >= threshold,
        is_above_already=not committed.is_complete and known is not None and known >= threshold,
        bar=0 if known is None else min(WIDTH, int(known * WIDTH / last)),
        tick=int(threshold * WIDTH / last),
        ordinal=made[-1].ordinal,
        next_ordinal=next(
            (line.ordinal for line in sheet.disbursements.lines if line not in made), made[-1].ordinal + 1
        ),
    )


def parts(sheet, needed_share):
    """Each agency's part: who has most still to commit first, those of whom it is not known last."""
    found = [_part(line, needed_share) for line in sheet.money.agencies]
    return sorted(found, key=lambda part: (not part.still.is_reported, -(part.still.value or 0)))


def is_shared_out(sheet):
    """Whether anybody's share of the last release is recorded."""
    return any(line.last_release.is_reported for line in sheet.money.agencies)


def _part(line, needed_share):
    earlier = difference(line.transferred, line.last_release)
    held = difference(line.committed, earlier)
    target = Quantity(line.last_release.value * needed_share) if line.last_release.is_reported else line.last_release
    committed = _not_below_zero(held)
    return Part(
        agency=line.agency,
        acronym=line.acronym,
        name=line.name,
        release=line.last_release,
        committed=committed,
        rate=share(committed, line.last_release),
        target=target,
        still=_not_below_zero(difference(target, held)),
        is_silent=line.committed.state in (State.BLANK, State.PENDING),
        without_share=not (line.last_release.is_reported and line.transferred.is_reported),
    )


def _not_below_zero(quantity):
    """To the cent; who is ahead has nothing left to do."""
    return Quantity(max(quantity.value, Decimal(0)).quantize(Decimal("0.01"))) if quantity.is_reported else quantity
