"""What the sheet says of the money: budget by agency with its notes, and disbursements."""

from django.utils.translation import gettext_lazy as _

from beneficiaries.findings.submissions import OVERLAPS_BASE
from programmes.blocks import Block
from reporting.changes.facts import Item, Listing, count, day, rate, text, usd, word
from reporting.status_sheet.values import Label


def money(money):
    return (
        usd(_("Total budget"), money.stated_usd),
        usd(_("Sum of the agencies"), money.agencies_sum_usd),
        usd(_("Committed"), money.committed),
        usd(_("Spent"), money.spent),
    )


def agencies(sheet):
    items = (
        Item(
            key=line.agency,
            said=(line.name.es, line.name.en),
            name=line.acronym,
            facts=(
                text(_("Acronym"), line.acronym),
                text(_("Name"), line.name),
                usd(_("Approved budget"), line.approved_usd),
                usd(_("Transferred"), line.transferred),
                usd(_("Committed"), line.committed),
                usd(_("Spent"), line.spent),
                day(_("Reported to"), line.reported_on),
                word(_("Basis of the report"), line.report_basis, _Basis),
            ),
        )
        for line in sheet.money.agencies
    )
    return Listing(Block.BUDGET, _("Agency"), tuple(items))


class _Basis:
    choices = (("estimated", _("estimated")), ("certified", _("certified")))


def notes(sheet, block):
    """A note stands beneath the table of its figure; its number follows from its place."""
    items = (
        Item(key=note.code, said=None, name=None, facts=(text(None, note.text),))
        for note in sheet.notes
        if (note.code == OVERLAPS_BASE) == (block == Block.BENEFICIARIES)
    )
    return Listing(block, _("Note"), tuple(items))


def transferred(disbursements):
    return (
        usd(_("Transferred"), disbursements.transferred_usd),
        rate(_("Transferred, of the total budget"), disbursements.share),
    )


def disbursements(disbursements):
    items = (
        Item(
            key=line.ordinal,
            said=(line.made_on, line.planned_on, line.transferred, line.planned_usd),
            name=Label(f"n.º {line.ordinal}", f"no. {line.ordinal}"),
            facts=(
                count(_("Ordinal"), line.ordinal),
                day(_("Date"), line.made_on),
                day(_("Planned for"), line.planned_on),
                usd(_("Amount"), line.transferred),
                usd(_("Planned amount"), line.planned_usd),
            ),
        )
        for line in disbursements.lines
    )
    return Listing(Block.DISBURSEMENTS, _("Disbursement"), tuple(items))
