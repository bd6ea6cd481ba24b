"""Which figure is printed: the agreed one while it holds, otherwise the gross. Pure.

A figure is agreed for one date, on the submissions that counted then. It holds for that date and later ones until
others count. What is missing since then leaves “at least”: the agreed figure is complete to its date.
"""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Category, Reach
from programmes.quantities import ND, Sum, share


class Kind(TextChoices):
    """What a printed figure is."""

    GROSS = "gross", _("sum over the agencies")
    AGREED = "agreed", _("agreed")
    MIXED = "mixed", _("agreed in part")


class Lapse(TextChoices):
    """Why an agreed figure does not hold any more."""

    LATER = "later", _("later figures count")
    CHANGED = "changed", _("the figures it was agreed on have changed")


@dataclass(frozen=True, slots=True)
class AgreedFacts:
    """One figure as it was agreed. ``digest`` is that of the submissions that counted then."""

    category: str
    reach: str
    value: int
    as_of_on: date
    reason: str
    digest: str
    pk: int | None = None


@dataclass(frozen=True, slots=True)
class Printed:
    """A figure as the sheet prints it, and which kind it is. ``lapsed`` is an agreed one that does not hold."""

    sum: Sum
    kind: Kind = Kind.GROSS
    agreed: AgreedFacts | None = None
    lapsed: AgreedFacts | None = None
    because: Lapse | None = None


def submissions_digest(choice):
    """Of the submissions that count, or stand beside the base: what lies before it changes nothing."""
    covered = {report.key for report in choice.covered}
    counted = sorted(f"{report.submission}" for report in choice.reports if report.key not in covered)
    return hashlib.sha256(",".join(counted).encode()).hexdigest()


def printed(facts, choice, rows, persons, as_of):
    """(category or "persons", reach) → what is printed for it."""
    digest, found = submissions_digest(choice) if facts.agreed else "", {}
    top = [row for row in rows if row.unit == Category.Unit.PERSONS and not row.part_of]
    for reach in Reach:
        for row in rows:
            asked = [one for one in facts.agreed if (one.category, one.reach) == (row.code, reach)]
            known = sorted((one for one in asked if one.as_of_on <= as_of), key=lambda one: one.as_of_on)
            found[row.code, reach] = _printed(row[reach], known, digest, choice)
        found[persons.code, reach] = _together(persons[reach], [found[row.code, reach] for row in top])
    return found


def _printed(gross, known, digest, choice):
    holds = [one for one in known if one.digest == digest]
    if holds:
        agreed = holds[-1]
        complete_to = agreed.as_of_on if gross.missing else None
        return Printed(Sum(agreed.value, gross.reported, gross.missing, complete_to), Kind.AGREED, agreed)
    if not known:
        return Printed(gross)
    is_later = any(report.counted_to_on > known[-1].as_of_on for report in choice.reports)
    return Printed(gross, lapsed=known[-1], because=Lapse.LATER if is_later else Lapse.CHANGED)


def _together(gross, parts):
    """Persons are the sum of what is printed for the categories that make them up."""
    agreed = [part for part in parts if part.agreed]
    if not agreed:
        return Printed(gross)
    known = sum(part.sum.known for part in parts if part.sum.known is not None)
    if len(agreed) < len(parts):
        return Printed(Sum(known, gross.reported, gross.missing), Kind.MIXED)
    complete_to = min(part.agreed.as_of_on for part in agreed) if gross.missing else None
    return Printed(Sum(known, gross.reported, gross.missing, complete_to), Kind.AGREED)


def women_share(women, persons):
    """Only where both are of one kind: agreed women among a gross sum of persons would be no share."""
    if women is None or women.kind != persons.kind:
        return ND
    return share(women.sum.quantity, persons.sum.quantity)


@dataclass(frozen=True, slots=True)
class AgreedChange:
    """An agreed figure that would lapse, or hold again."""

    category: object
    reach: str
    figure: object
    lapses: bool


def agreed_changes(before, after):
    """The agreed figures that lapse, or hold again, between two totals of the same day."""
    found = []
    for (code, reach), printed in before.printed.items():
        now, then = printed.agreed, after.printed[code, reach].agreed
        if now != then:
            row = before.row(code)
            ends = [AgreedChange(row, str(reach), now, True)] if now else []
            found += [*ends, AgreedChange(row, str(reach), then, False)] if then else ends
    return tuple(found)
