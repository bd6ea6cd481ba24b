"""Which tables hold a programme's data, which rows in each are its own, and in which block a column is printed."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Model, Q

from programmes.blocks import Block
from programmes.models import (
    Achievement,
    AgencyBudget,
    Disbursement,
    DisbursementShare,
    Evaluation,
    FinancialReport,
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
)

#: Columns of the programme and of its revisions that another block prints than the rest of the row.
PLACES = {
    (Programme, "starts_on"): Block.DATES,
    (Programme, "coordinator_name"): Block.PARTIES,
    (Programme, "rco_contact_name"): Block.PARTIES,
    (Revision, "approved_on"): Block.DATES,
    (Revision, "ends_on"): Block.DATES,
}


@dataclass(frozen=True, slots=True)
class Table:
    """One model with a history. ``scope`` tells a programme's rows, those of today or of the history, by a ``Q``."""

    model: type[Model]
    block: Block
    scope: Callable
    number: str = ""  # the column that puts rows in order and may stand only once

    def history_of(self, programme):
        return self.model.history.filter(self.scope(programme))

    def rows_of(self, programme):
        return self.model._default_manager.filter(self.scope(programme))

    def columns_of(self, block):
        """The columns that the block prints; ``None``: all of them."""
        split = {column: place for (model, column), place in PLACES.items() if model is self.model}
        if not split:
            return None
        own = {column for column, place in split.items() if place == block}
        return own if block != self.block else {f.attname for f in self.model._meta.concrete_fields} - set(split)

    def prints_in(self, block):
        if self.model is SectionText:
            return block in Section.Block.values
        return block == self.block or any(m is self.model and place == block for (m, _c), place in PLACES.items())


def _own(programme):
    return Q(programme_id=programme.pk)


def _below(column, model):
    """Rows under rows of the programme: those that are gone count too."""
    return lambda programme: Q(**{f"{column}__in": model.history.filter(programme_id=programme.pk).values("id")})


def _measured(programme):
    results = Result.history.filter(programme_id=programme.pk).values("id")
    return Q(indicator_id__in=Indicator.history.filter(result_id__in=results).values("id"))


def _written(programme):
    return Q(programme_id=programme.pk) | Q(country_id=programme.country_id, section__fund_id=programme.fund_id)


#: Parents before the rows that hang on them.
TABLES = (
    Table(Programme, Block.IDENTITY, lambda programme: Q(id=programme.pk)),
    Table(Revision, Block.BUDGET, _own, number="number"),
    Table(AgencyBudget, Block.BUDGET, _below("revision_id", Revision)),
    Table(Disbursement, Block.DISBURSEMENTS, _own, number="ordinal"),
    Table(DisbursementShare, Block.DISBURSEMENTS, _below("disbursement_id", Disbursement)),
    Table(FinancialReport, Block.BUDGET, _own),
    Table(GovernmentEntity, Block.PARTIES, _own),
    Table(ProgrammeArea, Block.AREAS, _own),
    Table(ProgrammeTarget, Block.AREAS, _own),
    Table(Result, Block.RESULTS, _own, number="number"),
    Table(Achievement, Block.ACHIEVEMENTS, _below("result_id", Result)),
    Table(Indicator, Block.RESULTS, _below("result_id", Result)),
    Table(IndicatorFigure, Block.RESULTS, _measured),
    Table(SectionText, Block.OBSERVATIONS, _written),
    Table(StatusAssessment, Block.STATUS, _own),
    Table(Mission, Block.MISSIONS, _own),
    Table(MissionMember, Block.MISSIONS, _own),
    Table(Evaluation, Block.EVALUATIONS, _own),
)


def tables_of(block):
    """The tables a block of the sheet prints from."""
    return [table for table in TABLES if table.prints_in(block)]


@dataclass(frozen=True, slots=True)
class Place:
    """A block of the sheet, or one section of the Fund's template with its sub-heads, whose history is asked for."""

    name: str
    label: object
    block: Block
    sections: tuple[Section, ...] = ()

    @property
    def slugs(self):
        return frozenset(section.slug for section in self.sections) if self.block == Block.OBSERVATIONS else frozenset()

    @property
    def section_keys(self):
        return frozenset(section.pk for section in self.sections)


def place_named(programme, name):
    """The place of this name, as edit pages are named; ``None`` where the sheet has none or figures have their own."""
    sections = list(Section.objects.filter(fund_id=programme.fund_id).order_by("position"))
    if name in Block.values and name != Block.BENEFICIARIES:
        block = Block(name)
        return Place(name, block.label, block, tuple(section for section in sections if section.block == block))
    found = next((section for section in sections if section.slug == name), None)
    if found is None:
        return None
    below = tuple(section for section in sections if section.parent_id == found.pk)
    return Place(name, found.label, Block(found.block), (found, *below))
