"""Who owes figures, and whose figures do not count yet."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from beneficiaries.findings.wording import AGREE, beneficiary_finding, category_name, who
from beneficiaries.models import Reach
from beneficiaries.totals.values import PROGRAMME
from programmes.blocks import Block
from programmes.figures import number
from programmes.findings import Finding, Level, say

OVERLAPS_BASE = "overlaps_base"


def silent_agencies(owed, names):
    """``owed`` maps an agency to the periods it owes: one finding a period, for all that are silent in it."""
    silent = {}
    for agency, periods in owed.items():
        for period in periods:
            silent.setdefault(period, []).append(agency)
    return [
        beneficiary_finding(
            Level.WARNING,
            "silent_agency",
            f"agencies={','.join(agencies)}",
            say(
                ngettext_lazy(
                    "%(agencies)s has not reported for %(period)s",
                    "%(count)s agencies have not reported for %(period)s",
                    "count",
                ),
                agencies=who(agencies[0], names), period=period, count=len(agencies),
            ),
            say(_NO_FIGURES, agencies=tuple(who(agency, names) for agency in agencies), count=len(agencies)),
            say(_ASK, count=len(agencies)),
            period,
            (agencies[0], period),
        )
        for period, agencies in sorted(silent.items())
    ]  # fmt: skip


_NO_FIGURES = ngettext_lazy(
    "Until %(agencies)s sends its figures the totals read “at least”.",
    "Until %(agencies)s send their figures the totals read “at least”.",
    "count",
)
_ASK = ngettext_lazy("Ask the agency for its spreadsheet.", "Ask each of them for its spreadsheet.", "count")


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
            (agency, period),
        )
        for agency, period in covered
    ]


def beside_the_base(agencies, names, others=()):
    """``others`` are all agencies that take part: those that are not beside the base are still awaited."""
    return [
        beneficiary_finding(
            Level.NOTE,
            "beside_the_base",
            "beside=1",
            say(_("%(agency)s: cumulative figures stand beside the programme's own"), agency=who(agency, names)),
            say(_("The programme's own figures are replaced once every agency has sent later cumulative ones.")),
            say(_("Ask the other agencies for cumulative figures.")),
            agency,
            (next((other for other in others if other not in agencies), agency), ""),
        )
        for agency in agencies
    ]


def lapsed_agreements(totals):
    """Agreed figures that do not hold any more: the sheet prints the gross instead, and somebody should know."""
    lapsed = {key: printed.lapsed for key, printed in totals.printed.items() if printed.lapsed}
    return [
        Finding(
            Level.NOTE,
            "agreed_figure_lapsed",
            Block.BENEFICIARIES,
            f"agreed={agreed.pk}",
            say(
                _("%(category)s, %(reach)s: the agreed figure has lapsed"),
                category=category_name(totals, category),
                reach=Reach(reach),
            ),
            say(
                _("%(value)s was agreed for %(day)s; other submissions count now, and the sheet prints their sum."),
                value=number(agreed.value),
                day=agreed.as_of_on,
            ),
            say(_("Agree the figure anew, or leave the sum.")),
            Block.BENEFICIARIES.label,
            category,
            page=AGREE,
            field=agreed.as_of_on.isoformat(),
        )
        for (category, reach), agreed in lapsed.items()
    ]


def overlaps_base(report, totals):
    """The day to which the base counts, when a ``new`` report that is added to it began before that day; or ``None``.

    Whoever was reached between the period's start and that day may then be counted twice. ``report`` is one of
    ``totals.reports``.
    """
    if report.is_cumulative or not totals.has_base:
        return None
    base_on = max(other.counted_to_on for other in totals.reports if other.agency == PROGRAMME and other.is_cumulative)
    starts_on = next((period.starts_on for period in totals.facts.periods if period.code == report.period), None)
    return base_on if starts_on and starts_on <= base_on < report.counted_to_on else None


def overlapping_the_base(totals, names):
    """Persons reached between the start of a period and the base's day are in the base and in the new figures."""
    overlaps = [(report, overlaps_base(report, totals)) for report in totals.reports]
    return [
        beneficiary_finding(
            Level.WARNING,
            OVERLAPS_BASE,
            f"period={report.period};base={base_on}",
            say(
                _("%(agency)s: some persons may be counted twice in %(period)s"),
                agency=who(report.agency, names),
                period=report.period,
            ),
            say(
                _("The programme's own figures count to %(day)s; those of the whole period are added to them."),
                day=base_on,
            ),
            say(_("Send a revision that counts only who was reached after that day.")),
            report.agency,
            (report.agency, report.period),
        )
        for report, base_on in overlaps
        if base_on is not None
    ]
