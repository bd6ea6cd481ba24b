"""Which submissions count at a date, which lie before a base or stand beside it, and which agencies owe one. Pure."""

from dataclasses import dataclass
from datetime import date

from beneficiaries.totals.values import PROGRAMME, Report


@dataclass(frozen=True, slots=True)
class Choice:
    """``reports`` is what was counted by the date; ``counting`` what goes into the totals."""

    reports: tuple[Report, ...]
    counting: tuple[Report, ...]
    covered: tuple[Report, ...] = ()
    beside: tuple[str, ...] = ()
    base_on: date | None = None

    @property
    def counted_to_on(self):
        """The last day of what counts; ``None`` when nothing does."""
        return max((report.counted_to_on for report in self.counting), default=None)

    @property
    def own_to(self):
        """The last day for which the programme's own figures, a base and what it added, speak for all agencies."""
        if self.base_on is None:
            return None
        return max(report.counted_to_on for report in self.counting if report.agency == PROGRAMME)


def latest(reports):
    """Of each key (agency, period) the highest revision: the others are superseded."""
    by_key = {}
    for report in sorted(reports, key=lambda report: report.revision):
        by_key[report.key] = report
    return list(by_key.values())


def choose(facts, as_of):
    """A base, a programme-level cumulative, speaks for all agencies until its date.

    What agencies counted up to then is covered by it; later ``new`` adds to it; their later cumulatives
    stand beside it and replace it once every agency that takes part has one.
    """
    known = [report for report in latest(facts.reports) if report.counted_to_on <= as_of]
    reports = tuple(sorted(known, key=lambda report: (report.counted_to_on, report.period, report.agency)))
    own = [report for report in reports if report.agency == PROGRAMME]
    bases = [report for report in own if report.is_cumulative]
    if not bases:
        return Choice(reports, reports)
    base_on = max(report.counted_to_on for report in bases)
    covered = tuple(report for report in reports if report.agency and report.counted_to_on <= base_on)
    later = [report for report in reports if report.agency and report.counted_to_on > base_on]
    cumulative_to = {report.agency: report.counted_to_on for report in later if report.is_cumulative}
    if facts.agencies and all(agency in cumulative_to for agency in facts.agencies):
        # What the programme as a whole counted before the agencies' own cumulatives is in them.
        after = max(cumulative_to.values())
        later += [report for report in own if not report.is_cumulative and report.counted_to_on > after]
        return Choice(reports, tuple(later), covered)
    counting = own + [report for report in later if not report.is_cumulative]
    beside = tuple(agency for agency in facts.agencies if agency in cumulative_to)
    return Choice(reports, tuple(counting), covered, beside, base_on)


def owed_by_agency(facts, choice, as_of):
    """Agency → periods that have ended, since the start or the base, for which nothing of it has come."""
    due = [
        period
        for period in facts.periods
        if period.ends_on <= as_of
        and (facts.starts_on is None or period.ends_on >= facts.starts_on)
        and (facts.ends_on is None or period.starts_on <= facts.ends_on)
        and (choice.base_on is None or period.ends_on > choice.base_on)
    ]
    owed = {
        agency: tuple(period.code for period in due if not _heard(agency, period, choice)) for agency in facts.agencies
    }
    return {agency: periods for agency, periods in owed.items() if periods}


def _heard(agency, period, choice):
    """By a report for the period, by a later cumulative one, or by the programme's own new figures."""
    for report in choice.reports:
        is_for_it = report.period == period.code
        if report.agency == PROGRAMME and is_for_it and not report.is_cumulative:
            return True
        reaches_it = report.is_cumulative and report.counted_to_on >= period.ends_on
        if report.agency == agency and (is_for_it or reaches_it):
            return True
    return False
