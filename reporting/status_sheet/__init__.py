"""The status sheet: built from a programme's facts at a date, as a value that screen, PDF and exports read."""

from django.core.cache import caches

from beneficiaries.dating import as_of_given, default_as_of, last_dated_facts
from beneficiaries.totals import to_date
from programmes.models import Precision
from reporting.status_sheet import monitoring, programme
from reporting.status_sheet.beneficiaries import beneficiaries
from reporting.status_sheet.facts import load
from reporting.status_sheet.money import disbursements, money
from reporting.status_sheet.narrative import sections
from reporting.status_sheet.notes import notes
from reporting.status_sheet.serialising import from_json, to_json
from reporting.status_sheet.values import StatusSheet

__all__ = [
    "StatusSheet",
    "as_of_given",
    "build_status_sheet",
    "default_as_of",
    "from_json",
    "kept",
    "last_dated_facts",
    "live_sheet",
    "live_totals",
    "sheet_known_at",
    "to_json",
]


def build_status_sheet(of, as_of, known_at=None):
    """The sheet of a programme at a date; with ``known_at`` as the portal knew it at that instant.

    ``as_of`` selects dated facts; texts are those of ``known_at``, otherwise today's.
    """
    facts = load(of, known_at)
    return _assembled(facts, as_of, to_date(facts.programme, as_of, known_at))


def sheet_known_at(of, known_at, day):
    """The sheet as the portal knew it at an instant, of the date it had by itself; ``day`` is the instant's."""
    facts = load(of, known_at)
    counted = to_date(facts.programme, day, known_at)
    as_of = as_of_given(facts.programme.life_cycle, _dated(facts, counted, day), day)
    return _assembled(facts, as_of, to_date(facts.programme, as_of, known_at))


def _dated(facts, counted, day):
    """The columns of ``last_dated_facts``, from facts at hand."""
    kinds = {
        "last_assessed": [row.assessed_on for row in facts.assessments],
        "last_paid": [row.made_on for row in facts.disbursements],
        "last_visited": [row.held_on for row in facts.missions if row.precision == Precision.DAY],
        "last_reported": [row.as_of_on for row in facts.financial_reports],
        "last_revised": [row.approved_on for row in facts.revisions],
    }
    found = {name: max((on for on in days if on and on <= day), default=None) for name, days in kinds.items()}
    last_end = max((row.ends_on for row in facts.revisions), default=None)
    return found | {"last_end": last_end, "last_counted": counted.counted_to_on}


def _assembled(facts, as_of, counted):
    dates = programme.dates(facts, as_of)
    figures = money(facts, as_of)
    return StatusSheet(
        as_of_on=as_of,
        version=facts.programme.version,
        identity=programme.identity(facts),
        dates=dates,
        parties=programme.parties(facts),
        money=figures,
        disbursements=disbursements(facts, as_of, figures.stated_usd),
        summary=sections(facts, "summary"),
        results=programme.results(facts, as_of),
        prints_indicators=facts.fund.prints_indicators,
        areas=programme.areas(facts),
        targets=programme.targets(facts),
        beneficiaries=beneficiaries(counted, facts.areas),
        status=monitoring.status(facts, as_of),
        gender=sections(facts, "gender"),
        observations=sections(facts, "observations"),
        missions=monitoring.missions(facts, as_of),
        evaluations=monitoring.evaluations(facts),
        notes=notes(dates, figures, counted),
        accepted=monitoring.accepted(facts),
    )


def live_sheet(of, as_of):
    """The sheet as it stands now: built once for each version of the programme and each date."""

    def build():
        facts = load(of)
        known = facts.taking_part(as_of)
        counted = kept("totals", of, as_of, lambda: to_date(of, as_of, taking_part=known))
        return _assembled(facts, as_of, counted)

    return kept("sheet", of, as_of, build)


def live_totals(of, as_of):
    """The beneficiaries' totals behind it."""
    return kept("totals", of, as_of, lambda: to_date(of, as_of))


def kept(what, of, as_of, build):
    """What was worked out for this version of the programme and this date, or is now."""
    key = f"{what}:{of.code}:{of.version}:{as_of.isoformat()}"
    found = caches["sheets"].get(key)
    if found is None:
        found = build()
        caches["sheets"].set(key, found)
    return found
