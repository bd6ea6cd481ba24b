"""Each programme's totals as its sheet prints them, kept and read in one query for any number of programmes.

Verbs that change what counts call ``refresh`` in their transaction, after ``writing``, so that it knows the version.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Max, Min, OuterRef, Q, Subquery, Sum

from beneficiaries.dating import as_of_given, default_as_of, is_running, last_dated_facts
from beneficiaries.models import ProgrammeTotal, Reach
from beneficiaries.totals.counting import PERSONS, count, sums_to_date
from beneficiaries.totals.loading import load
from programmes.models import Programme

log = logging.getLogger(__name__)


def refresh(programme, today, at_hand=None):
    """Count a programme's totals anew, as of its sheet's date.

    ``at_hand``: the report of the submission that was just written and the facts of its areas, not to be read again.
    """
    facts, as_of = load(programme, today, at_hand=at_hand), today
    if not is_running(programme.life_cycle, facts.ends_on, today):
        as_of = default_as_of(programme, today)
        facts = facts if as_of == today else load(programme, as_of, at_hand=at_hand)
    store(programme, facts, as_of)


def store(programme, facts, as_of):
    """Put the totals of these facts in the place of the earlier ones."""
    rows, counted_to_on = sums_to_date(facts, as_of)
    printed = count(facts, as_of).printed if facts.agreed else {}
    sums = {(row.code, reach): row[reach] for row in rows for reach in Reach}
    sums |= {key: figure.sum for key, figure in printed.items()}
    category = {known.code: known.pk for known in facts.categories}
    ProgrammeTotal.objects.filter(programme=programme).delete()
    ProgrammeTotal.objects.bulk_create(
        ProgrammeTotal(
            programme=programme,
            category_id=category.get(code),
            reach=reach.value,
            known=found.known,
            reported=found.reported,
            missing=found.missing,
            complete_to_on=found.complete_to,
            as_of_on=as_of,
            counted_to_on=counted_to_on,
            version=programme.version,
        )
        for (code, reach), found in sums.items()
    )


def catch_up(today):
    """Refresh those whose programme has changed, or whose sheet has another date today; how many.

    One that cannot be counted, or was deleted meanwhile, keeps nobody else waiting.
    """
    refreshed = 0
    for pk in _lagging(today):
        try:
            with transaction.atomic():
                programme = Programme.objects.select_for_update().filter(pk=pk).first()
                if programme is not None:
                    refresh(programme, today)
                    refreshed += 1
        except Exception:
            log.exception("The totals of programme %s could not be counted", pk)
    return refreshed


def _lagging(today):
    dated = last_dated_facts(today)
    kept = ProgrammeTotal.objects.filter(programme=OuterRef("pk")).order_by()
    facts = {name: Subquery(kept.values(name)[:1]) for name in ("version", "as_of_on")}
    rows = Programme.objects.order_by("pk").values(
        *("pk", "version", "life_cycle"), **dated, kept_version=facts["version"], kept_as_of=facts["as_of_on"]
    )
    for row in list(rows):
        as_of = as_of_given(row["life_cycle"], {name: row[name] for name in dated}, today)
        if (row["kept_version"], row["kept_as_of"]) != (row["version"], as_of):
            yield row["pk"]


@dataclass(frozen=True, slots=True)
class SelectionTotal:
    """What a selection of programmes adds up to, with its coverage: each programme is in exactly one of the four.

    ``known`` is the sum of what the complete and the partial ones know; ``None``, never 0, when none knows anything.
    """

    known: int | None
    complete: int
    partial: int  # at least so many
    nd: int
    na: int
    as_of_on: tuple[date, date]  # the earliest and the latest date of the programmes' totals

    @property
    def programmes(self):
        return self.complete + self.partial + self.nd + self.na


@dataclass(frozen=True, slots=True)
class Selection:
    """Totals over a set of programmes. ``uncounted`` are those that no worker has counted yet: missing, not zero."""

    totals: Mapping[tuple[str, str], SelectionTotal]  # by category's code (or "persons") and reach
    uncounted: int

    def __getitem__(self, key):
        return self.totals[key]


def over(programmes):
    """The totals of a queryset of programmes, in one query. Direct is never added to indirect."""
    known, missing = Q(totals__known__isnull=False), Q(totals__missing__gt=0)
    rows = (
        Programme.objects.filter(pk__in=programmes.order_by().values("pk"))
        .order_by()
        .values_list("totals__category__code", "totals__reach")
        .annotate(
            total=Sum("totals__known"),
            complete=Count("pk", filter=known & ~missing),
            partial=Count("pk", filter=known & missing),
            nd=Count("pk", filter=~known & missing),
            everyone=Count("pk"),
            earliest=Min("totals__as_of_on"),
            latest=Max("totals__as_of_on"),
        )
    )
    totals, uncounted = {}, 0
    for code, reach, total, complete, partial, nd, everyone, *dates in rows:
        if reach is None:
            uncounted = everyone
            continue
        na = everyone - complete - partial - nd
        totals[code or PERSONS, reach] = SelectionTotal(total, complete, partial, nd, na, tuple(dates))
    return Selection(totals, uncounted)
