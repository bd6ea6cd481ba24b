"""How the programme is judged, at a date: status, the Secretariat's missions, evaluations."""

from django.utils import timezone

from programmes.findings import Acceptance
from programmes.models import BilingualText
from reporting.status_sheet.values import EvaluationLine, MissionLine, Missions, Status


def status(facts, as_of):
    """The last assessment by the date."""
    judged = [row for row in facts.assessments if row.assessed_on <= as_of]
    if not judged:
        return Status(performance="", narrative=BilingualText(), reason="", assessed_on=None, assessed_by="")
    last = judged[-1]
    return Status(
        performance=str(last.performance),
        narrative=last.narrative,
        reason=last.reason,
        assessed_on=last.assessed_on,
        assessed_by=last.assessed_by.name if last.assessed_by else "",
    )


def missions(facts, as_of):
    """The missions held by the date, and the members of whom nobody knows which one they joined."""
    lines = [
        MissionLine(
            held_on=mission.held_on,
            precision=str(mission.precision),
            members=tuple(row.name for row in facts.mission_members if row.mission_id == mission.pk),
        )
        for mission in facts.missions
    ]
    return Missions(
        lines=tuple(line for line in lines if line.held_on <= as_of),
        members_of_unknown_mission=tuple(row.name for row in facts.mission_members if row.mission_id is None),
        later=tuple(line for line in lines if line.held_on > as_of),
    )


def evaluations(facts):
    """The mid-term evaluation before the final one."""
    return tuple(
        EvaluationLine(
            kind=str(row.kind),
            evaluator=row.evaluator,
            period_state=str(row.period_state),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            report_url=row.report_url,
            improvement_plan_url=row.improvement_plan_url,
        )
        for row in sorted(facts.evaluations, key=lambda row: row.kind != row.Kind.MID_TERM)
    )


def accepted(facts):
    """The findings that somebody accepted, with who, when and why."""
    return tuple(
        Acceptance(
            code=row.code,
            where=row.where,
            anchor=row.anchor,
            seen=row.seen,
            reason=row.reason,
            accepted_by=row.accepted_by.name if row.accepted_by else "",
            accepted_on=timezone.localtime(row.accepted_at).date(),
        )
        for row in facts.acceptances
    )
