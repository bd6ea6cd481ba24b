"""Who owes figures, and whose figures do not count yet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from beneficiaries.findings.wording import beneficiary_finding, who
from beneficiaries.totals.values import PROGRAMME
from programmes.findings import Level, say


def silent_agencies(owed, names):
    """``owed`` maps an agency to the periods it owes."""
    return [
        beneficiary_finding(
            Level.WARNING,
            "silent_agency",
            f"owed={','.join(periods)}",
            say(
                ngettext_lazy(
                    "%(agency)s has not reported for one period",
                    "%(agency)s has not reported for %(count)s periods",
                    "count",
                ),
                agency=who(agency, names), count=len(periods),
            ),
            say(_("Without its figures the totals are a lower bound. It owes: %(periods)s."), periods=periods),
            say(_("Ask the agency for its spreadsheet.")),
            agency,
        )
        for agency, periods in owed.items()
    ]  # fmt: skip


def covered_by_base(covered, names):
    """``covered`` are the (agency, period) of submissions that lie before the programme's own figures."""
    return [
        beneficiary_finding(
            Level.NOTE,
            "covered_by_base",
            f"period={period}",
            say(_("%(agency)s: figures for %(period)s do not count"), agency=who(agency, names), period=period),
            say(_("The programme's own figures speak for all agencies until their date.")),
            say(_("Later figures of the agency are added to them.")),
            agency,
        )
        for agency, period in covered
    ]


def beside_the_base(agencies, names):
    return [
        beneficiary_finding(
            Level.NOTE,
            "beside_the_base",
            "beside=1",
            say(_("%(agency)s: cumulative figures stand beside the programme's own"), agency=who(agency, names)),
            say(_("The programme's own figures are replaced once every agency has sent later cumulative ones.")),
            say(_("Ask the other agencies for cumulative figures.")),
            agency,
        )
        for agency in agencies
    ]


def overlaps_base(report, totals):
    """The day to which the base counts, when a ``new`` report that is added to it began before that day; or ``None``.

    Whoever was reached between the period's start and that day may then be counted twice. ``report`` is one of
    ``totals.reports``.
    """
    if report.is_cumulative or not totals.has_base:
        return None
    base_on = max(other.counted_to_on for other in totals.reports if other.agency == PROGRAMME and other.is_cumulative)
    starts_on = next(period.starts_on for period in totals.facts.periods if period.code == report.period)
    return base_on if starts_on <= base_on < report.counted_to_on else None
