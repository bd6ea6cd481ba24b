"""Money at a date: the revision in force, what was transferred, what the agencies last reported."""

from decimal import Decimal

from programmes.models import approved_by
from programmes.quantities import BLANK, ND, PENDING, Quantity, share, total
from reporting.status_sheet.values import AgencyMoney, DisbursementLine, Disbursements, Label, Money


def made_by(disbursements, as_of):
    """The disbursements that had been made by a date."""
    return [row for row in disbursements if row.made_on is not None and row.made_on <= as_of]


def money(facts, as_of):
    """Approved, transferred, committed and spent by agency; the stated total beside their sum."""
    revisions = approved_by(facts.revisions, as_of)
    revision = revisions[-1] if revisions else None
    made = made_by(facts.disbursements, as_of)
    reports = {row.agency_id: row for row in facts.financial_reports if row.as_of_on <= as_of}
    agencies = tuple(
        _agency_money(budget, made, facts.shares, reports.get(budget.agency_id))
        for budget in facts.agency_budgets
        if revision is not None and budget.revision_id == revision.pk
    )
    agencies_sum = sum((line.approved_usd for line in agencies), Decimal(0))
    stated = revision.total_budget_usd if revision else None
    return Money(
        agencies=agencies,
        agencies_sum_usd=agencies_sum,
        stated_usd=stated,
        gap_usd=stated - agencies_sum if stated is not None and agencies else Decimal(0),
        committed=total(line.committed for line in agencies),
        spent=total(line.spent for line in agencies),
    )


def _agency_money(budget, made, shares, report):
    agency = budget.agency
    return AgencyMoney(
        agency=agency.acronym_en,
        acronym=Label(agency.acronym_es, agency.acronym_en),
        name=Label(agency.name_es, agency.name_en),
        approved_usd=budget.amount_usd,
        transferred=_transferred(agency.pk, made, shares),
        committed=report.committed if report else BLANK,
        spent=report.spent if report else BLANK,
        reported_on=report.as_of_on if report else None,
        report_basis=report.basis if report else "",
        last_release=_transferred(agency.pk, made[-1:], shares),
    )


def _transferred(agency_pk, made, shares):
    """An agency's part of what was paid: without a stated share nothing only where the shares make up the payment."""
    if not made:
        return PENDING
    amounts = []
    for disbursement in made:
        by_agency = {row.agency_id: row.amount_usd for row in shares if row.disbursement_id == disbursement.pk}
        if agency_pk not in by_agency and sum(by_agency.values()) != disbursement.amount_usd:
            return ND
        amounts.append(by_agency.get(agency_pk, Decimal(0)))
    return Quantity(sum(amounts, Decimal(0)))


def disbursements(facts, as_of, stated_usd):
    """Every disbursement in order: paid ones with their amount, the others pending."""
    made = made_by(facts.disbursements, as_of)
    transferred = sum((row.amount_usd for row in made), Decimal(0))
    return Disbursements(
        lines=tuple(_disbursement_line(row, row in made, facts.shares) for row in facts.disbursements),
        transferred_usd=transferred,
        share=share(Quantity(transferred), Quantity(stated_usd) if stated_usd is not None else ND),
    )


def _disbursement_line(row, is_made, shares):
    parts = [share.amount_usd for share in shares if share.disbursement_id == row.pk]
    return DisbursementLine(
        ordinal=row.ordinal,
        made_on=row.made_on if is_made else None,
        planned_on=row.planned_on,
        transferred=Quantity(row.amount_usd) if is_made else PENDING,
        # What was paid after the date was an announcement to nobody yet.
        planned_usd=row.amount_usd if row.made_on is None else None,
        shares_usd=sum(parts, Decimal(0)) if parts else None,
    )
