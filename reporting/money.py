"""The money of a programme, agency by agency, with rates that name their formula. Pure: everything is in the sheet."""

from dataclasses import dataclass
from decimal import Decimal

from programmes.quantities import PENDING, Quantity, Sum, share
from reporting.status_sheet.values import AgencyMoney
from reporting.tranches import made_lines


@dataclass(frozen=True, slots=True)
class Line:
    """One agency: approved → transferred → committed → spent, and what each is of the one before."""

    money: AgencyMoney
    committed_of_approved: Quantity  # committed / approved, per cent
    spent_of_transferred: Quantity  # spent / transferred, per cent
    is_own: bool  # of the agency that the person reports for


@dataclass(frozen=True, slots=True)
class Totals:
    """Of all agencies. ``transferred`` is what was paid, however it was shared out."""

    approved_usd: Decimal
    transferred: Quantity
    committed: Sum
    spent: Sum
    committed_of_approved: Quantity
    spent_of_transferred: Quantity


def lines(sheet, own=()):
    """The agencies in the order of their budgets; ``own`` are the acronyms of those the person reports for."""
    return [_line(money, money.agency in own) for money in sheet.money.agencies]


def _line(money: AgencyMoney, is_own):
    committed = share(money.committed, Quantity(money.approved_usd))
    return Line(money, committed, share(money.spent, money.transferred), is_own)


def totals(sheet):
    money = sheet.money
    transferred = Quantity(sheet.disbursements.transferred_usd) if made_lines(sheet) else PENDING
    return Totals(
        approved_usd=money.agencies_sum_usd,
        transferred=transferred,
        committed=money.committed,
        spent=money.spent,
        committed_of_approved=share(money.committed.quantity, Quantity(money.agencies_sum_usd)),
        spent_of_transferred=share(money.spent.quantity, transferred),
    )


def unshared(sheet):
    """The ordinals of the disbursements whose shares do not make up what was paid."""
    return [line.ordinal for line in made_lines(sheet) if line.shares_usd != line.transferred.value]
