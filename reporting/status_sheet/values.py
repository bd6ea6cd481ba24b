"""The status sheet as a value: frozen, JSON-serialisable, every figure decided, nothing left to a template.

Screen, PDF and exports read the same ``StatusSheet``. It is the same in every language:
labels carry both, texts carry both with the state of their translation.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programmes.findings import Acceptance
from programmes.models.narrative import BilingualText
from programmes.quantities import ND, Quantity, Sum
from reporting.status_sheet.labels import Label
from reporting.status_sheet.reached import Beneficiaries


@dataclass(frozen=True, slots=True)
class Note:
    """Printed at a figure by its number: stated as it is although it does not add up."""

    number: int
    code: str  # the finding's code: "budget_gap", "extension_before_end", …
    text: Label


@dataclass(frozen=True, slots=True)
class Identity:
    code: str
    registry_code: str
    title: BilingualText
    country: Label
    country_code: str
    fund: Label
    window: Label | None
    life_cycle: str


@dataclass(frozen=True, slots=True)
class Dates:
    """``ends_on`` is the end as first approved; ``extended_to_on`` the last revision's, when it is another."""

    approved_on: date | None
    starts_on: date | None
    ends_on: date | None
    extended_to_on: date | None
    revision: int | None


@dataclass(frozen=True, slots=True)
class Parties:
    government_entities: tuple[BilingualText, ...]
    coordinator_name: str
    rco_contact_name: str


@dataclass(frozen=True, slots=True)
class AgencyMoney:
    """One agency's line: approved → transferred → committed → spent, USD."""

    agency: str  # acronym in English, the agency's key
    acronym: Label
    name: Label
    approved_usd: Decimal
    transferred: Quantity
    committed: Quantity
    spent: Quantity
    reported_on: date | None
    report_basis: str  # "estimated", "certified" or "" without a report
    last_release: Quantity = ND  # its share of the last disbursement made


@dataclass(frozen=True, slots=True)
class Money:
    """``stated_usd`` is printed as stated; ``gap_usd`` is stated minus the agencies' sum."""

    agencies: tuple[AgencyMoney, ...]
    agencies_sum_usd: Decimal
    stated_usd: Decimal | None
    gap_usd: Decimal
    committed: Sum
    spent: Sum


@dataclass(frozen=True, slots=True)
class DisbursementLine:
    ordinal: int
    made_on: date | None
    planned_on: date | None
    transferred: Quantity  # pending until it is made
    planned_usd: Decimal | None  # announced amount of one not made yet
    shares_usd: Decimal | None = None  # sum of the agencies' shares; none when it was not shared out on paper


@dataclass(frozen=True, slots=True)
class Disbursements:
    """``transferred_usd`` adds up what was made; ``share`` is transferred ÷ stated total budget, per cent."""

    lines: tuple[DisbursementLine, ...]
    transferred_usd: Decimal
    share: Quantity


@dataclass(frozen=True, slots=True)
class Reading:
    """Where an indicator stood in a reporting period."""

    period: str  # 2011-S2
    ends_on: date
    value: Quantity
    source: str


@dataclass(frozen=True, slots=True)
class TargetSet:
    """Where an indicator shall go: each target that was set, the last of them in force."""

    set_on: date
    due_on: date | None
    value: Quantity


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    name: BilingualText
    unit: BilingualText
    baseline: Quantity
    baseline_on: date | None
    baseline_source: str
    targets: tuple[TargetSet, ...]
    readings: tuple[Reading, ...]

    @property
    def target(self):
        return self.targets[-1] if self.targets else None

    @property
    def latest(self):
        """The last reading that says a number; ``None`` when none does."""
        return next((reading for reading in reversed(self.readings) if reading.value.is_reported), None)


@dataclass(frozen=True, slots=True)
class ResultLine:
    label: str  # R1
    statement: BilingualText
    heading: BilingualText
    rating: BilingualText
    achievements: tuple[BilingualText, ...]
    indicators: tuple[IndicatorLine, ...]


@dataclass(frozen=True, slots=True)
class AreaLine:
    name: str
    state: str  # planned, active, deferred


@dataclass(frozen=True, slots=True)
class TargetLine:
    framework: str  # MDG, SDG
    code: str  # 1.B
    name: Label


@dataclass(frozen=True, slots=True)
class Status:
    """The last assessment by the date: judged by a person. ``performance`` is "" when nobody has judged."""

    performance: str
    narrative: BilingualText
    reason: str
    assessed_on: date | None
    assessed_by: str


@dataclass(frozen=True, slots=True)
class SectionValue:
    """A section of the Fund's template with what is written under it."""

    slug: str
    kind: str  # heading, text, plan
    label: Label
    question: Label
    hint: Label
    text: BilingualText
    answer: str  # "", "yes", "no"
    not_applicable: bool
    is_country_level: bool
    sub_heads: tuple["SectionValue", ...]

    @property
    def is_blank(self):
        return not (self.text or self.answer or self.not_applicable or self.sub_heads)


@dataclass(frozen=True, slots=True)
class MissionLine:
    held_on: date
    precision: str  # day, month
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missions:
    """``later`` ones are recorded but had not been held by the date: never printed."""

    lines: tuple[MissionLine, ...]
    members_of_unknown_mission: tuple[str, ...]
    later: tuple[MissionLine, ...]


@dataclass(frozen=True, slots=True)
class EvaluationLine:
    kind: str  # mid_term, final
    evaluator: str
    period_state: str  # reported, pending, blank
    starts_on: date | None
    ends_on: date | None
    report_url: str
    improvement_plan_url: str


@dataclass(frozen=True, slots=True)
class StatusSheet:
    """Everything one sheet says, at one date."""

    as_of_on: date
    version: int
    identity: Identity
    dates: Dates
    parties: Parties
    money: Money
    disbursements: Disbursements
    summary: tuple[SectionValue, ...]
    results: tuple[ResultLine, ...]
    prints_indicators: bool  # whether the Fund's template asks for them on paper
    areas: tuple[AreaLine, ...]
    targets: tuple[TargetLine, ...]
    beneficiaries: Beneficiaries
    status: Status
    gender: tuple[SectionValue, ...]
    observations: tuple[SectionValue, ...]
    missions: Missions
    evaluations: tuple[EvaluationLine, ...]
    notes: tuple[Note, ...]
    accepted: tuple[Acceptance, ...]  # findings that stay as they are, with the reason
