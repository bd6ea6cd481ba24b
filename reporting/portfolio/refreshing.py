"""The portfolio's rows, worked out where nobody waits for them: the same number of queries for every two hundred."""

import logging
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from beneficiaries.models import ProgrammeTotal, Reach, Submission
from programmes.models import FinancialReport, LifeCycle, Period, Programme, StatusAssessment
from programmes.quantities import BLANK, Sum, total
from programmes.texts import progress
from reporting.models import PortfolioRow
from reporting.portfolio.columns import columns
from reporting.portfolio.counts import CODES
from reporting.portfolio.searching import LAGS, folded
from reporting.portfolio.words import words_of
from reporting.status_sheet import as_of_given, last_dated_facts

log = logging.getLogger(__name__)

CHUNK = 200
#: Of these nothing is due: they have not begun, or are over and done with.
OWE_NOTHING = frozenset({LifeCycle.PIPELINE, LifeCycle.CANCELLED, LifeCycle.FINANCIALLY_CLOSED})
NOTHING_KNOWN = Sum(None, 0, 1)
MOST_PER_CENT = 999


def refresh(today):
    """Work out the rows of programmes that have changed, and all of them on a new day; how many."""
    lagging = Programme.objects.filter(LAGS | ~Q(portfolio_row__counted_on=today))
    keys = list(lagging.order_by("pk").values_list("pk", flat=True))
    return sum(_kept(keys[start : start + CHUNK], today) for start in range(0, len(keys), CHUNK))


def _kept(keys, today):
    """One that cannot be worked out, or was deleted meanwhile, keeps nobody else waiting."""
    try:
        with transaction.atomic():
            rows = rows_of(list(Programme.objects.filter(pk__in=keys).order_by("pk")), today)
            PortfolioRow.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=["programme"],
                update_fields=[field.name for field in PortfolioRow._meta.fields if not field.primary_key],
            )
            return len(rows)
    except Exception:
        if len(keys) > 1:
            return sum(_kept([key], today) for key in keys)
        log.exception("The portfolio's row of programme %s could not be worked out", keys[0])
        return 0


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is known of the programmes at hand, by programme."""

    words: object
    judged: dict
    money: dict
    counted: dict
    periods: dict  # fund → its periods, the latest first
    sent: dict  # programme → (period, agency, day counted to) of each accepted submission


def rows_of(programmes, today):
    keys = [programme.pk for programme in programmes]
    found = Programme.objects.filter(pk__in=keys).annotate(**columns(today)).for_reading().order_by("pk")
    programmes = list(found)
    facts = _Facts(
        words_of(programmes), _judged(keys, today), _money(keys, today), _counted(keys), _periods(), _sent(keys)
    )
    return [_row(programme, facts, today) for programme in programmes]


def _row(programme, facts, today):
    # The agency with the largest budget stands first.
    budgets = sorted(facts.words.budgets[programme.pk], key=lambda line: (-line.amount_usd, line.acronym))
    spent = _sum(programme, budgets, facts.money, "spent")
    committed = _sum(programme, budgets, facts.money, "committed")
    dated = {name: getattr(programme, name) for name in last_dated_facts(today)}
    now, before = facts.judged.get(programme.pk, ("", ""))
    texts = {line.language: line for line in progress(facts.words.all_texts(programme))}
    period = _due_period(programme, facts.periods[programme.fund_id], today)
    totals = facts.counted.get(programme.pk, {})
    return PortfolioRow(
        programme=programme,
        version=min([programme.version, *(total.version for total in totals.values())]) if totals else 0,
        counted_on=today,
        as_of_on=as_of_given(programme.life_cycle, dated, today),
        sought=_sought(programme, budgets),
        agencies=f"|{'|'.join(line.acronym for line in budgets)}|" if budgets else "",
        performance=now,
        performance_before=before,
        elapsed=_elapsed(programme.starts_on, programme.latest_end, today),
        budget_usd=programme.stated_usd,
        transferred_usd=programme.transferred_usd or Decimal(0),
        delivered=_per_cent(spent.quantity.value, programme.stated_usd),
        texts=texts["es"].whole,
        texts_es=texts["es"].in_order,
        texts_en=texts["en"].in_order,
        due_period=period,
        due_agencies=_owing(budgets, period, facts.sent[programme.pk]) if period else 0,
        **_parts("committed", committed),
        **_parts("spent", spent),
        **_persons(totals),
    )


def _sought(programme, budgets):
    titles = (programme.title_es, programme.title_en)
    named = [place for place in (programme.country, programme.window) if place is not None]
    names = [name for place in named for name in (place.name_es, place.name_en)]
    acronyms = [name for line in budgets for name in line.names.values()]
    return folded(" ".join([programme.code, programme.registry_code, *titles, *names, *acronyms]))


def _elapsed(starts_on, ends_on, today):
    if starts_on is None or ends_on is None or ends_on <= starts_on:
        return None
    return min(max(100 * (today - starts_on).days // (ends_on - starts_on).days, 0), 100)


def _per_cent(part, whole):
    if part is None or not whole:
        return None
    return min(round(100 * part / whole), MOST_PER_CENT)


def _judged(keys, today):
    """Programme → its last judgement and the one before."""
    found = {}
    judged = StatusAssessment.objects.filter(programme__in=keys, assessed_on__lte=today)
    for programme, performance in judged.order_by("assessed_on", "pk").values_list("programme", "performance"):
        found[programme] = (performance, found.get(programme, ("", ""))[0])
    return found


def _money(keys, today):
    """(Programme, agency) → its last financial report."""
    reports = FinancialReport.objects.filter(programme__in=keys, as_of_on__lte=today).select_related("agency")
    return {(report.programme_id, report.agency.acronym_en): report for report in reports.order_by("as_of_on")}


def _sum(programme, budgets, money, name):
    """Over the agencies of the last revision; one that has not reported is missing, and so are all of them unknown."""
    if not budgets:
        return NOTHING_KNOWN
    reports = [money.get((programme.pk, line.acronym)) for line in budgets]
    return total(getattr(report, name) if report else BLANK for report in reports)


def _parts(name, value):
    return {f"{name}_usd": value.known, f"{name}_reported": value.reported, f"{name}_missing": value.missing}


def _counted(keys):
    """Programme → category → its total, direct."""
    found = defaultdict(dict)
    totals = ProgrammeTotal.objects.filter(programme__in=keys, reach=Reach.DIRECT, category__code__in=CODES)
    for counted in totals.select_related("category"):
        found[counted.programme_id][counted.category.code] = counted
    return found


def _persons(totals):
    values = {}
    for name in CODES:
        counted = totals[name].sum if name in totals else NOTHING_KNOWN
        values |= {
            name: counted.known,
            f"{name}_reported": counted.reported,
            f"{name}_missing": counted.missing,
            f"{name}_complete_to_on": counted.complete_to,
        }
    return values


def _periods():
    found = defaultdict(list)
    for period in Period.objects.order_by("-ends_on"):
        found[period.fund_id].append(period)
    return found


def _due_period(programme, periods, today):
    """The last period of the programme's life that has ended, unless it is closed: what is due is its sheet."""
    if programme.life_cycle in OWE_NOTHING or programme.starts_on is None or programme.latest_end is None:
        return None
    lived = (
        period
        for period in periods
        if period.ends_on < today and period.ends_on >= programme.starts_on and period.starts_on <= programme.latest_end
    )
    last = next(lived, None)
    return last if last is not None and last.closed_on is None else None


def _sent(keys):
    found = defaultdict(list)
    sent = Submission.objects.accepted().filter(programme__in=keys)
    for programme, *key in sent.values_list("programme", "period", "agency__acronym_en", "counted_to_on"):
        found[programme].append(key)
    return found


def _owing(budgets, period, sent):
    """How many agencies have sent nothing for the period; the programme's own figures speak for all until their day."""
    if any(agency is None and counted_to_on >= period.ends_on for _period, agency, counted_to_on in sent):
        return 0
    came = {agency for key, agency, _counted_to_on in sent if key == period.pk}
    return sum(line.acronym not in came for line in budgets)
