"""Results and what there is to show for them; the judgement of the status; evaluations."""

from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.findings.finding import Finding, Level, Month, say
from programmes.models.monitoring import Performance, Precision
from programmes.quantities import State

#: Without a transfer for this long, money stands still.
STANDSTILL = timedelta(days=365)
#: Programmes report by semester.
OLD_ASSESSMENT = timedelta(days=184)
#: The Fund evaluates each programme at half of its time.
MID_TERM = Decimal(50)


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
            field=label,
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
            field="list-results",
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
            field="id_performance_0",
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
            field="id_performance_0",
        )
    ]


def assessment_old(performance, assessed_on, as_of):
    """A sheet goes out each semester with a judgement of that semester."""
    if not performance or assessed_on is None or as_of - assessed_on <= OLD_ASSESSMENT:
        return []
    return [
        Finding(
            Level.NOTE,
            "assessment_old",
            Block.STATUS,
            f"assessed={assessed_on}",
            say(_("The status was assessed more than half a year ago")),
            say(_("The last assessment is of %(day)s."), day=assessed_on),
            say(_("Assess it again, also when nothing has changed.")),
            Block.STATUS.label,
            field="id_assessed_on",
        )
    ]


def missions_of_the_future(missions, as_of):
    """``missions`` are (held on, precision), in their order on the edit page; those yet to come are not printed."""
    return [
        _mission(
            Level.NOTE,
            "mission_in_future",
            row,
            f"held={day}",
            say(_("A mission is dated after the sheet and is not printed")),
            say(
                _("It is dated %(day)s; the sheet says what was held by %(as_of)s."),
                day=_dated(day, precision),
                as_of=as_of,
            ),
            say(_("It is printed once a figure, payment or assessment is as late. Check its date if it is wrong.")),
        )
        for row, (day, precision) in enumerate(missions)
        if day > as_of
    ]


def missions_before_start(starts_on, missions):
    """``missions`` as above; where only the month is known, the month of the start is not too early."""
    return [
        _mission(
            Level.NOTE,
            "mission_before_start",
            row,
            f"start={starts_on};held={day}",
            say(_("A mission was held before the programme started")),
            say(
                _("It is dated %(day)s; the programme started on %(start)s."),
                day=_dated(day, precision),
                start=starts_on,
            ),
            say(_("Check the year. A mission that prepared the programme may be accepted as it is.")),
        )
        for row, (day, precision) in enumerate(missions)
        if starts_on is not None and day < (starts_on.replace(day=1) if precision == Precision.MONTH else starts_on)
    ]


def _dated(day, precision):
    return Month(day) if precision == Precision.MONTH else day


def _mission(level, code, row, seen, *words):
    return Finding(
        level, code, Block.MISSIONS, seen, *words, Block.MISSIONS.label,
        anchor=seen.rpartition("=")[2], field=f"id_missions-{row}-held",
    )  # fmt: skip


def no_evaluation(kinds, elapsed):
    """``elapsed`` is the share of the programme's time that has passed, per cent, or ``None``."""
    if kinds or elapsed is None or elapsed <= MID_TERM:
        return []
    return [
        Finding(
            Level.NOTE,
            "no_evaluation",
            Block.EVALUATIONS,
            "evaluations=0",
            say(_("No evaluation is planned, and more than half of the time has passed")),
            suggests=say(_("Enter the mid-term evaluation, with its months “to be confirmed” if need be.")),
            stands_in=Block.EVALUATIONS.label,
            field="list-evaluations",
        )
    ]


def evaluation_incomplete(evaluations):
    """``evaluations`` are (kind, state of the period, link to the report, link to the improvement plan)."""
    found = []
    for row, (kind, period_state, report_url, plan_url) in enumerate(evaluations):
        if period_state != State.REPORTED:
            title = (
                _("The period of the evaluation is to be confirmed")
                if period_state == State.PENDING
                else _("The evaluation has no period")
            )
            suggestion = _("Enter the months once they are known.")
            seen = f"period={period_state}"
            found.append(_evaluation("evaluation_without_period", kind, seen, title, suggestion, row, "starts_on"))
        if not report_url:
            title = _("The evaluation has no link to its report")
            suggestion = _("Add the link once the report is published.")
            found.append(
                _evaluation("evaluation_without_report", kind, "report=", title, suggestion, row, "report_url")
            )
        elif not plan_url:
            title = _("The evaluation has a report, but no link to the improvement plan")
            suggestion = _("Add the link to how the programme answers the evaluation.")
            at = (row, "improvement_plan_url")
            found.append(_evaluation("evaluation_without_plan", kind, "plan=", title, suggestion, *at))
    return found


def _evaluation(code, kind, seen, title, suggestion, row, field):
    return Finding(
        Level.NOTE, code, Block.EVALUATIONS, seen, say(title), suggests=say(suggestion),
        stands_in=Block.EVALUATIONS.label, anchor=kind, field=f"id_evaluations-{row}-{field}",
    )  # fmt: skip
