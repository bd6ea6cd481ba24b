"""Programmes of Panama as the portfolio's tests need them: one line each, with what differs."""

from datetime import date

from beneficiaries.models import ProgrammeTotal
from programmes.models import (
    Agency,
    AgencyBudget,
    Disbursement,
    FinancialReport,
    Programme,
    Revision,
    StatusAssessment,
)
from reporting.portfolio import refreshing


def programme_of(panama, number, *, performance="", budget=None, spent=(), women=None, **columns):
    """With a budget shared by as many agencies as ``spent`` has figures (``None``: not reported), and totals of women.

    ``women``: (known, reported, missing).
    """
    programme = Programme.objects.create(
        **{
            "code": f"MDGF-9{number:03}",
            "title_en": f"Water {number}",
            "title_es": f"Agua {number}",
            "country": panama.country,
            "fund": panama.fund,
            "starts_on": date(2010, 1, 1),
        }
        | columns
    )
    if budget is not None:
        revision = Revision.objects.create(
            programme=programme, number=1, total_budget_usd=budget, ends_on=date(2012, 12, 31)
        )
        for agency, amount in zip(Agency.objects.order_by("pk"), spent, strict=False):
            AgencyBudget.objects.create(revision=revision, agency=agency, amount_usd=100)
            if amount is not None:
                FinancialReport.objects.create(
                    programme=programme, agency=agency, as_of_on=date(2011, 6, 30), spent_usd=amount,
                    spent_state="reported",
                )  # fmt: skip
        Disbursement.objects.create(programme=programme, ordinal=1, made_on=date(2010, 2, 1), amount_usd=budget / 2)
    if performance:
        StatusAssessment.objects.create(programme=programme, assessed_on=date(2011, 6, 30), performance=performance)
    if women is not None:
        _totals(panama, programme, women)
    return programme


def _totals(panama, programme, women):
    for name, counted in (("women", women), ("men", (10, 1, 0))):
        known, reported, missing = counted
        like = ProgrammeTotal.objects.get(programme=panama, category__code=name, reach="direct")
        ProgrammeTotal.objects.create(
            programme=programme, category=like.category, reach="direct", known=known, reported=reported,
            missing=missing, as_of_on=like.as_of_on, version=programme.version,
        )  # fmt: skip


def refreshed(today):
    refreshing.refresh(today)
