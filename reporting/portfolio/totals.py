"""What a selection of programmes adds up to, and what of it is known. One query, whatever its size."""

from dataclasses import dataclass

from django.db.models import Count, Min, Q, Sum
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes import quantities

ONE_PART = ("budget", "transferred")
PARTS = ("committed", "spent", "women", "men")
COLUMNS = {
    "budget": "budget_usd",
    "transferred": "transferred_usd",
    "committed": "committed_usd",
    "spent": "spent_usd",
    "women": "women",
    "men": "men",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """A total with its coverage: each programme is in one of the five. ``known`` is ``None`` when nobody knows."""

    known: object
    complete: int
    partial: int  # at least so much
    nd: int
    na: int = 0
    uncounted: int = 0  # no worker has looked at them yet

    @property
    def programmes(self):
        return self.complete + self.partial + self.nd + self.na + self.uncounted

    @property
    def sum(self):
        """As a sum whose parts are programmes; those to which it does not apply are left out."""
        return quantities.Sum(self.known, self.complete, self.partial + self.nd + self.uncounted)

    @property
    def said(self):
        """“7 of 12 programmes, 3 in part, 2 nd”."""
        said = ngettext("%(n)s of %(all)s programme", "%(n)s of %(all)s programmes", self.programmes)
        parts = [said % {"n": self.complete, "all": self.programmes}]
        for number, words in (
            (self.partial, _("%(n)s in part")),
            (self.nd, _("%(n)s nd")),
            (self.na, _("%(n)s not applicable")),
            (self.uncounted, _("%(n)s not counted yet")),
        ):
            if number:
                parts.append(words % {"n": number})
        return ", ".join(parts)

    def __add__(self, other):
        known = [value for value in (self.known, other.known) if value is not None]
        counts = (
            getattr(self, name) + getattr(other, name) for name in ("complete", "partial", "nd", "na", "uncounted")
        )
        return Covered(sum(known) if known else None, *counts)


COUNTS = ("complete", "partial", "nd", "na", "uncounted")
NOTHING = Covered(None, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Group:
    """The programmes of a selection that share window, status, time elapsed and what they have delivered."""

    window: str
    performance: str
    elapsed: int | None
    delivered: int | None
    programmes: int
    code: str  # of the first of them
    totals: dict


def groups_of(programmes):
    """The groups of a selection; summed up they are its totals and its charts."""
    name = f"window__name_{get_language()[:2]}"
    row = [f"portfolio_row__{column}" for column in ("performance", "elapsed", "delivered")]
    found = programmes.order_by().values_list(name, *row).annotate(n=Count("pk"), first=Min("code"), **AGGREGATES)
    return [_group(*values) for values in found]


def _aggregates():
    counted = {"counted": Count("portfolio_row")}
    for name, column in COLUMNS.items():
        path = f"portfolio_row__{column}"
        counted[f"{name}_known"], counted[f"{name}_n"] = Sum(path), Count(path)
    for name in PARTS:
        known, missing, path = f"portfolio_row__{COLUMNS[name]}__isnull", f"portfolio_row__{name}_missing", "pk"
        counted[f"{name}_partial"] = Count(path, filter=Q(**{known: False, f"{missing}__gt": 0}))
        counted[f"{name}_nd"] = Count(path, filter=Q(**{known: True, f"{missing}__gt": 0}))
    return counted


AGGREGATES = _aggregates()


def _group(window, performance, elapsed, delivered, n, first, *values):
    found = dict(zip(AGGREGATES, values, strict=True))
    counted = found["counted"]
    totals = {}
    for name in ONE_PART:
        known = found[f"{name}_n"]
        totals[name] = Covered(found[f"{name}_known"], known, 0, counted - known, 0, n - counted)
    for name in PARTS:
        partial, nd = found[f"{name}_partial"], found[f"{name}_nd"]
        complete = found[f"{name}_n"] - partial
        na = counted - complete - partial - nd
        totals[name] = Covered(found[f"{name}_known"], complete, partial, nd, na, n - counted)
    return Group(window or "", performance or "", elapsed, delivered, n, first, totals)


def summed(groups):
    """Name → total over the groups."""
    return {name: sum((group.totals[name] for group in groups), NOTHING) for name in COLUMNS}
