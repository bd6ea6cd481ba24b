"""What a sheet is assembled from, read in a fixed number of queries: from today's tables, or from the history.

``known_at`` reads what the portal knew at that instant. Reference data (agencies, areas, targets, the
Fund's template) has no history: its names are always today's.
"""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import Q

from programmes.models import (
    Achievement,
    AgencyBudget,
    Country,
    Disbursement,
    DisbursementShare,
    Evaluation,
    FinancialReport,
    FindingAcceptance,
    Fund,
    GovernmentEntity,
    Indicator,
    IndicatorFigure,
    Mission,
    MissionMember,
    Programme,
    ProgrammeArea,
    ProgrammeTarget,
    Result,
    Revision,
    Section,
    SectionText,
    StatusAssessment,
    ThematicWindow,
    approved_by,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """One programme's rows, each list in printing order."""

    programme: Programme
    country: Country
    fund: Fund
    window: ThematicWindow | None
    revisions: list[Revision]
    agency_budgets: list[AgencyBudget]
    disbursements: list[Disbursement]
    shares: list[DisbursementShare]
    financial_reports: list[FinancialReport]
    government_entities: list[GovernmentEntity]
    areas: list[ProgrammeArea]
    targets: list[ProgrammeTarget]
    results: list[Result]
    achievements: list[Achievement]
    assessments: list[StatusAssessment]
    missions: list[Mission]
    mission_members: list[MissionMember]
    evaluations: list[Evaluation]
    sections: list[Section]
    section_texts: list[SectionText]
    indicator_figures: list[IndicatorFigure]
    acceptances: list[FindingAcceptance]

    def taking_part(self, as_of):
        """The acronyms of who has a budget in the revision in force at a date, and the latest end approved by then."""
        approved = approved_by(self.revisions, as_of)
        last = approved[-1].pk if approved else None
        acronyms = tuple(row.agency.acronym_en for row in self.agency_budgets if row.revision_id == last)
        return acronyms, max((row.ends_on for row in approved), default=None)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows of today (``known_at`` is ``None``) or of an instant, with the reference data they name."""

    known_at: datetime | None

    def rows(self, model, *conditions, order, related=(), **values):
        """The rows that fulfil the conditions, in order; ``related`` names what is read along with them."""
        if self.known_at is None:
            found = list(model._default_manager.filter(*conditions, **values).select_related(*related).order_by())
        else:
            found = self._remembered(model, related, *conditions, **values)
        return sorted(found, key=attrgetter(*order))

    def _remembered(self, model, related, *conditions, **values):
        """From the history, one query more for each name in ``related``."""
        found = list(model.history.as_of(self.known_at).filter(*conditions, **values))
        for name in related:
            target = model._meta.get_field(name).related_model
            wanted = {getattr(row, f"{name}_id") for row in found} - {None}
            named = target._default_manager.in_bulk(wanted) if wanted else {}
            for row in found:
                setattr(row, name, named.get(getattr(row, f"{name}_id")))
        return found


def load(programme, known_at=None):
    """Every row the sheet of this programme needs. Raises ``Programme.DoesNotExist`` for an instant before it."""
    reader = Reader(known_at)
    head = _head(reader, programme)
    own = {"programme_id": head.pk}
    revisions = reader.rows(Revision, order=["number"], **own)
    disbursements = reader.rows(Disbursement, order=["ordinal"], **own)
    results = reader.rows(Result, order=["number"], **own)
    of_ones = [("revision_id__in", revisions), ("disbursement_id__in", disbursements), ("result_id__in", results)]
    in_revision, in_disbursement, in_result = ({key: [row.pk for row in rows]} for key, rows in of_ones)
    return Facts(
        programme=head,
        country=head.country,
        fund=head.fund,
        window=head.window,
        revisions=revisions,
        agency_budgets=reader.rows(AgencyBudget, order=["position", "pk"], related=["agency"], **in_revision),
        disbursements=disbursements,
        shares=reader.rows(DisbursementShare, order=["pk"], **in_disbursement),
        financial_reports=reader.rows(FinancialReport, order=["as_of_on", "pk"], **own),
        government_entities=reader.rows(GovernmentEntity, order=["position", "pk"], **own),
        areas=reader.rows(ProgrammeArea, order=["position", "pk"], related=["area"], **own),
        targets=reader.rows(ProgrammeTarget, order=["position", "pk"], related=["target"], **own),
        results=results,
        achievements=reader.rows(Achievement, order=["position", "pk"], **in_result),
        assessments=reader.rows(StatusAssessment, order=["assessed_on", "pk"], related=["assessed_by"], **own),
        missions=reader.rows(Mission, order=["held_on", "pk"], **own),
        mission_members=reader.rows(MissionMember, order=["position", "pk"], **own),
        evaluations=reader.rows(Evaluation, order=["pk"], **own),
        sections=list(Section.objects.filter(fund_id=head.fund_id).order_by("position")),
        section_texts=reader.rows(SectionText, Q(programme_id=head.pk) | Q(country_id=head.country_id), order=["pk"]),
        indicator_figures=_indicator_figures(reader, results),
        acceptances=reader.rows(FindingAcceptance, order=["pk"], related=["accepted_by"], withdrawn_at=None, **own),
    )


def _indicator_figures(reader, results):
    """The figures with their indicators and periods: each indicator has a baseline, be it blank."""
    keys = [row.pk for row in results]
    if reader.known_at is None:
        related = ["indicator", "period"]
        return reader.rows(IndicatorFigure, order=["pk"], related=related, indicator__result_id__in=keys)
    then = {row.pk: row for row in reader.rows(Indicator, order=["pk"], result_id__in=keys)}
    figures = reader.rows(IndicatorFigure, order=["pk"], related=["period"], indicator_id__in=list(then))
    for figure in figures:
        figure.indicator = then[figure.indicator_id]
    return figures


_NAMED = ("country", "fund", "window")


def _head(reader, programme):
    """The programme's own row: as it was handed over when it came with all that it names."""
    if reader.known_at is None and all(Programme._meta.get_field(name).is_cached(programme) for name in _NAMED):
        return programme
    found = reader.rows(Programme, order=["code"], related=_NAMED, pk=programme.pk)
    if not found:
        raise Programme.DoesNotExist(f"{programme.code} was not in the portal at that time.")
    if reader.known_at is not None:
        found[0].version = programme.version
    return found[0]
