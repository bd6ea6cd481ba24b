"""What a joint programme is."""

from programmes.models.findings import FindingAcceptance
from programmes.models.indicators import Indicator, IndicatorFigure
from programmes.models.invitations import Invitation, InvitationState
from programmes.models.jobs import Job, JobState
from programmes.models.money import AgencyBudget, Disbursement, DisbursementShare, FinancialReport
from programmes.models.monitoring import Evaluation, Mission, MissionMember, Performance, Precision, StatusAssessment
from programmes.models.narrative import Answer, BilingualText, SectionText, TextSource, Translation
from programmes.models.people import Membership, Role, User
from programmes.models.places import Area, Country
from programmes.models.programme import (
    GovernmentEntity,
    LifeCycle,
    Programme,
    ProgrammeArea,
    ProgrammeTarget,
    Revision,
    approved_by,
)
from programmes.models.reference import Agency, Fund, Period, Section, Target, ThematicWindow
from programmes.models.results import Achievement, Result

__all__ = [
    "Achievement",
    "Agency",
    "AgencyBudget",
    "Answer",
    "Area",
    "BilingualText",
    "Country",
    "Disbursement",
    "DisbursementShare",
    "Evaluation",
    "FinancialReport",
    "FindingAcceptance",
    "Fund",
    "GovernmentEntity",
    "Indicator",
    "IndicatorFigure",
    "Invitation",
    "InvitationState",
    "Job",
    "JobState",
    "LifeCycle",
    "Membership",
    "Mission",
    "MissionMember",
    "Performance",
    "Period",
    "Precision",
    "Programme",
    "ProgrammeArea",
    "ProgrammeTarget",
    "Result",
    "Revision",
    "Role",
    "Section",
    "SectionText",
    "StatusAssessment",
    "Target",
    "TextSource",
    "ThematicWindow",
    "Translation",
    "User",
    "approved_by",
]
