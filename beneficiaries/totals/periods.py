"""Totals as they stood at the end of each period. Pure."""

from dataclasses import dataclass, replace
from datetime import date

from beneficiaries.totals.counting import count
from beneficiaries.totals.values import PeriodFacts, Totals


@dataclass(frozen=True, slots=True)
class AtPeriod:
    """What had been counted up to the end of a period, or to the date of the totals when that comes first."""

    period: PeriodFacts
    day: date
    totals: Totals


def by_period(facts, as_of, taking_part=None):
    """One for each period of the programme that has ended by the date, or for which somebody has counted.

    ``taking_part`` tells for a day which agencies took part then and when the programme was to end: later revisions
    do not change what was missing. Without it they are those of the facts.
    """
    found = []
    for period in sorted(facts.periods, key=lambda period: period.ends_on):
        day = min(period.ends_on, as_of)
        is_programmes = (facts.starts_on is None or period.ends_on >= facts.starts_on) and (
            facts.ends_on is None or period.starts_on <= facts.ends_on
        )
        is_counted = any(period.starts_on <= report.counted_to_on <= day for report in facts.reports)
        if is_programmes and (period.ends_on <= as_of or is_counted):
            then = facts
            if taking_part is not None:
                agencies, ends_on = taking_part(day)
                then = replace(facts, agencies=agencies, ends_on=ends_on)
            found.append(AtPeriod(period, day, count(then, day)))
    return tuple(found)
