"""Results and what there is to show for them; the judgement of the status; evaluations."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.findings.finding import Finding, Level, say
from programmes.models.monitoring import Performance
from programmes.quantities import State

#: Without a transfer for this long, money stands still.
STANDSTILL = timedelta(days=365)


def results_without_achievements(results):
    """``results`` are (label, number of achievements)."""
    return [
        Finding(
            Level.NOTE,
            "result_without_achievements",
            Block.ACHIEVEMENTS,
            f"{label}=0",
            say(_("%(result)s has no achievements"), result=label),
            suggests=say(_("Write what was achieved; the sheet prints the result without any until then.")),
            stands_in=Block.ACHIEVEMENTS.label,
            anchor=label,
        )
        for label, achievements in results
        if not achievements
    ]


def no_results(results):
    """``results`` as above: a programme without any has nothing to report against."""
    if results:
        return []
    return [
        Finding(
            Level.NOTE,
            "no_results",
            Block.RESULTS,
            "results=0",
            say(_("The programme has no results yet")),
            suggests=say(_("Enter the results of the programme document.")),
            stands_in=Block.RESULTS.label,
        )
    ]


def no_assessment(performance):
    if performance:
        return []
    return [
        Finding(
            Level.WARNING,
            "no_assessment",
            Block.STATUS,
            "performance=",
            say(_("Nobody has assessed the status")),
            suggests=say(_("Assess it: the sheet prints “not assessed” until then.")),
            stands_in=Block.STATUS.label,
        )
    ]


def on_track_at_standstill(performance, made_on, is_fully_paid, as_of):
    """``made_on`` is the day of the last disbursement or ``None``; a fully paid programme waits for no other."""
    if performance != Performance.ON_TRACK or is_fully_paid or made_on is None or as_of - made_on <= STANDSTILL:
        return []
    return [
        Finding(
            Level.WARNING,
            "on_track_at_standstill",
            Block.STATUS,
            f"performance={performance};made={made_on}",
            say(_("On track, but no money has been transferred since %(day)s"), day=made_on),
            say(_("Part of the budget has not been disbursed, and the last disbursement is more than a year old.")),
            say(_("Check the status, or record the disbursements that are missing.")),
            Block.STATUS.label,
        )
    ]


def evaluation_incomplete(evaluations):
    """``evaluations`` are (kind, state of the period, whether there is a link to the report)."""
    found = []
    for kind, period_state, has_report in evaluations:
        if period_state != State.REPORTED:
            title = (
                _("The period of the evaluation is to be confirmed")
                if period_state == State.PENDING
                else _("The evaluation has no period")
            )
            suggestion = _("Enter the months once they are known.")
            found.append(_evaluation("evaluation_without_period", kind, f"period={period_state}", title, suggestion))
        if not has_report:
            title = _("The evaluation has no link to its report")
            suggestion = _("Add the link once the report is published.")
            found.append(_evaluation("evaluation_without_report", kind, "report=", title, suggestion))
    return found


def _evaluation(code, kind, seen, title, suggestion):
    return Finding(
        Level.NOTE, code, Block.EVALUATIONS, seen, say(title), suggests=say(suggestion),
        stands_in=Block.EVALUATIONS.label, anchor=kind,
    )  # fmt: skip
