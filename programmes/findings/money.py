"""Disbursements against the budget and their shares; committed and spent against what was transferred."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from programmes.blocks import Block
from programmes.findings.finding import Finding, Level, say

#: The page on which an agency reports what it has committed and spent.
FINANCES = "finances"
#: Agencies report by semester; a report that is older than two of them says nothing of the year.
OLD_REPORT = timedelta(days=366)


def disbursed_above_budget(transferred, stated):
    if stated is None or transferred <= stated:
        return []
    return [
        Finding(
            Level.WARNING,
            "disbursed_above_budget",
            Block.DISBURSEMENTS,
            f"transferred={transferred:.2f};total={stated:.2f}",
            say(_("The disbursements exceed the budget by %(amount)s"), amount=transferred - stated),
            say(
                _("%(transferred)s was transferred; the total budget is %(stated)s."),
                transferred=transferred,
                stated=stated,
            ),
            say(_("Check the amounts, or record the revision that raised the budget.")),
            Block.DISBURSEMENTS.label,
            field="list-disbursements",
        )
    ]


def shares_do_not_match(lines):
    """``lines`` are (ordinal, amount, sum of the agencies' shares or ``None`` without shares)."""
    return [
        Finding(
            Level.WARNING,
            "shares_do_not_match",
            Block.DISBURSEMENTS,
            f"amount={amount:.2f};shares={shares:.2f}",
            say(
                _("Disbursement %(ordinal)s and its shares differ by %(amount)s"),
                ordinal=ordinal,
                amount=abs(amount - shares),
            ),
            say(_("The agencies' shares add up to %(shares)s of %(amount)s."), shares=shares, amount=amount),
            say(_("Check the shares against the transfer advice.")),
            Block.DISBURSEMENTS.label,
            anchor=str(ordinal),
            lines=((_("Disbursement"), amount), (_("Sum of the shares"), shares), (_("Difference"), amount - shares)),
            field=f"id_disbursements-{row}-amount_usd",
        )
        for row, (ordinal, amount, shares) in enumerate(lines)
        if amount is not None and shares is not None and amount != shares
    ]


def disbursement_overdue(lines, as_of):
    """``lines`` are (ordinal, made on or ``None``, planned for or ``None``)."""
    return [
        Finding(
            Level.WARNING,
            "disbursement_overdue",
            Block.DISBURSEMENTS,
            f"planned={planned_on}",
            say(_("Disbursement %(ordinal)s is overdue"), ordinal=ordinal),
            say(_("It was planned for %(planned)s and is not recorded as made."), planned=planned_on),
            say(_("Record it with its date and amount, or give the new date.")),
            Block.DISBURSEMENTS.label,
            anchor=str(ordinal),
            field=f"id_disbursements-{row}-on",
        )
        for row, (ordinal, made_on, planned_on) in enumerate(lines)
        if made_on is None and planned_on is not None and planned_on < as_of
    ]


def committed_above_transferred(agencies, committed, transferred):
    """By agency where the transfers are known by agency, otherwise for all together.

    ``agencies`` are (acronym, name, transferred, committed) as quantities; ``committed`` the sum over them: what
    is known of it is enough to exceed.
    """
    found = [
        _above_transferred(acronym, name, held.value, said.value)
        for acronym, name, held, said in agencies
        if held.is_reported and said.is_reported and said.value > held.value
    ]
    if not found and committed.known is not None and committed.known > transferred:
        found.append(_above_transferred("", _("The agencies together"), transferred, committed.known))
    return found


def _above_transferred(acronym, name, transferred, committed):
    return Finding(
        Level.WARNING,
        "committed_above_transferred",
        Block.BUDGET,
        f"transferred={transferred:.2f};committed={committed:.2f}",
        say(_("%(agency)s: more is committed than was transferred"), agency=name),
        say(
            _("%(committed)s is committed, %(transferred)s was transferred."),
            committed=committed,
            transferred=transferred,
        ),
        say(_("Check the report's date and amounts, and whether a disbursement is missing.")),
        Block.BUDGET.label,
        anchor=acronym,
        page=FINANCES,
        field=f"{acronym}-committed_usd" if acronym else "",
    )


def spent_above_committed(agencies):
    """``agencies`` are (acronym, name, committed, spent) as quantities; what is committed includes what is spent."""
    return [
        Finding(
            Level.WARNING,
            "spent_above_committed",
            Block.BUDGET,
            f"committed={committed.value:.2f};spent={spent.value:.2f}",
            say(_("%(agency)s: more is spent than is committed"), agency=name),
            say(
                _("%(spent)s is spent, %(committed)s is committed. What is committed includes what is spent."),
                spent=spent.value,
                committed=committed.value,
            ),
            say(_("Correct the agency's report.")),
            Block.BUDGET.label,
            anchor=acronym,
            page=FINANCES,
            field=f"{acronym}-spent_usd",
        )
        for acronym, name, committed, spent in agencies
        if committed.is_reported and spent.is_reported and spent.value > committed.value
    ]


def committed_above_approved(agencies):
    """``agencies`` are (acronym, name, approved, committed as a quantity)."""
    return [
        Finding(
            Level.WARNING,
            "committed_above_approved",
            Block.BUDGET,
            f"approved={approved:.2f};committed={committed.value:.2f}",
            say(_("%(agency)s: more is committed than was approved"), agency=name),
            say(
                _("%(committed)s is committed, %(approved)s was approved."),
                committed=committed.value,
                approved=approved,
            ),
            say(_("Correct the report, or record the revision that moved the budget.")),
            Block.BUDGET.label,
            anchor=acronym,
            page=FINANCES,
            field=f"{acronym}-committed_usd",
        )
        for acronym, name, approved, committed in agencies
        if committed.is_reported and committed.value > approved
    ]


def spent_above_approved(agencies):
    """``agencies`` are (acronym, name, approved, committed, spent): what is committed above it has said so already."""
    return [
        Finding(
            Level.WARNING,
            "spent_above_approved",
            Block.BUDGET,
            f"approved={approved:.2f};spent={spent.value:.2f}",
            say(_("%(agency)s: more is spent than was approved"), agency=name),
            say(_("%(spent)s is spent, %(approved)s was approved."), spent=spent.value, approved=approved),
            say(_("Correct the report, or record the revision that moved the budget.")),
            Block.BUDGET.label,
            anchor=acronym,
            page=FINANCES,
            field=f"{acronym}-spent_usd",
        )
        for acronym, name, approved, committed, spent in agencies
        if spent.is_reported and spent.value > approved
        if not (committed.is_reported and committed.value > approved)
    ]


def finances_not_reported(agencies, transferred):
    """``agencies`` are (acronym, name, day of the last report or ``None``). One note for all that never reported."""
    never = [(acronym, name) for acronym, name, reported_on in agencies if reported_on is None]
    if not never or not transferred:
        return []
    return [
        Finding(
            Level.NOTE,
            "finances_not_reported",
            Block.BUDGET,
            f"agencies={','.join(acronym for acronym, _name in never)}",
            say(
                ngettext_lazy(
                    "One agency has not said what it committed and spent",
                    "%(count)s agencies have not said what they committed and spent",
                    "count",
                ),
                count=len(never),
            ),
            say(_("Money was transferred; no figures came from %(agencies)s."), agencies=tuple(n for _a, n in never)),
            say(_("Ask the agencies, or enter the figures of their last report.")),
            Block.BUDGET.label,
            page=FINANCES,
            field=f"{never[0][0]}-as_of_on",
        )
    ]


def finances_old(agencies, as_of):
    """``agencies`` as above; the sheet prints figures of another year beside this one's."""
    return [
        Finding(
            Level.NOTE,
            "finances_old",
            Block.BUDGET,
            f"reported={reported_on}",
            say(_("%(agency)s: its figures are more than a year old"), agency=name),
            say(_("It reported as of %(day)s what it committed and spent."), day=reported_on),
            say(_("Ask the agency for its latest figures.")),
            Block.BUDGET.label,
            anchor=acronym,
            page=FINANCES,
            field=f"{acronym}-as_of_on",
        )
        for acronym, name, reported_on in agencies
        if reported_on is not None and as_of - reported_on > OLD_REPORT
    ]
