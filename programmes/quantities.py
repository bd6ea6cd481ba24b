"""A figure is a value plus a state. Missing is not zero.

    reported  a number was given (n ≥ 0)
    nd        asked, and there is no data
    na        not applicable: left out of every sum
    pending   not yet due
    blank     nobody has said anything

Only ``reported`` carries a number. Everything here is pure: values in, values out.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

Number = int | Decimal


class State(TextChoices):
    REPORTED = "reported", _("reported")
    ND = "nd", _("no data")
    NA = "na", _("not applicable")
    PENDING = "pending", _("pending")
    BLANK = "blank", _("blank")


MISSING_STATES = frozenset({State.ND, State.PENDING, State.BLANK})


@dataclass(frozen=True, slots=True)
class Quantity:
    """One stated figure. ``value`` is a number exactly when ``state`` is ``reported``."""

    value: Number | None
    state: State = State.REPORTED

    def __post_init__(self):
        if (self.value is not None) != (self.state == State.REPORTED):
            raise ValueError(f"A figure that is {self.state} cannot hold the value {self.value!r}")

    @property
    def is_reported(self) -> bool:
        return self.state == State.REPORTED


ND = Quantity(None, State.ND)
NA = Quantity(None, State.NA)
PENDING = Quantity(None, State.PENDING)
BLANK = Quantity(None, State.BLANK)


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that remembers what it is made of.

    ``known`` is the sum of what was reported, ``None`` when nothing was;
    ``reported`` and ``missing`` count the parts; parts that do not apply are in neither.
    ``complete_to``: up to this day nothing is missing; what is missing came later.
    """

    known: Number | None
    reported: int
    missing: int
    complete_to: date | None = None

    @property
    def is_complete(self) -> bool:
        return self.reported > 0 and self.missing == 0

    @property
    def is_not_applicable(self) -> bool:
        return self.reported == 0 and self.missing == 0

    @property
    def quantity(self) -> Quantity:
        """The sum as a figure: a number only when it is complete."""
        if self.is_complete:
            return Quantity(self.known)
        return NA if self.is_not_applicable else ND

    def __add__(self, other: "Sum") -> "Sum":
        return together((self, other))


def together(sums: Iterable[Sum]) -> Sum:
    """Add up sums, many of them in one go."""
    known, reported, missing = None, 0, 0
    for part in sums:
        if part.known is not None:
            known = part.known if known is None else known + part.known
        reported += part.reported
        missing += part.missing
    return Sum(known, reported, missing)


def total(quantities: Iterable[Quantity]) -> Sum:
    """Add up figures; ``na`` is left out, missing ones are counted and not taken for zero."""
    known, reported, missing = 0, 0, 0
    for part in quantities:
        if part.value is not None:
            known += part.value
            reported += 1
        elif part.state in MISSING_STATES:
            missing += 1
    return Sum(known if reported else None, reported, missing)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """``part / whole`` in per cent, one decimal, from complete figures only; x / 0 does not apply."""
    if State.NA in (part.state, whole.state):
        return NA
    if not (part.is_reported and whole.is_reported):
        return ND
    if whole.value == 0:
        return NA
    rate = Decimal(part.value) * 100 / Decimal(whole.value)
    return Quantity(rate.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def difference(after: Quantity, before: Quantity) -> Quantity:
    """``after - before`` from complete figures; it may be negative, so it is not a count."""
    if State.NA in (after.state, before.state):
        return NA
    if not (after.is_reported and before.is_reported):
        return ND
    return Quantity(after.value - before.value)
