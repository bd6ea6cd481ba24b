"""The stated total against the agencies' budgets, and which of them may hold a typing error."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.findings.finding import NOTHING, Finding, Level, Suggested, say

#: Joint programmes add 7 % indirect costs to what an agency implements: 2,493,100 is 2,330,000 and 7 %.
INDIRECT_COSTS = Decimal("1.07")
ROUND_TO = 1000
LESS = _("The agencies add up to %(amount)s less than the stated total")
MORE = _("The agencies add up to %(amount)s more than the stated total")


def budget_gap(stated, agencies):
    """``agencies`` are (acronym, name, amount). The total is kept as stated, and so is each budget."""
    added_up = sum((amount for _acronym, _name, amount in agencies), Decimal(0))
    if stated is None or not agencies or stated == added_up:
        return []
    gap = stated - added_up
    culprit, suggestion = likely_culprit(gap, agencies)
    row = [acronym for acronym, _name, _amount in agencies].index(culprit[0]) if culprit else None
    return [
        Finding(
            Level.WARNING,
            "budget_gap",
            Block.BUDGET,
            f"total={stated:.2f};sum={added_up:.2f}",
            say(LESS if gap > 0 else MORE, amount=abs(gap)),
            say(
                _("The total budget is stated as %(stated)s; the agencies' budgets add up to %(sum)s."),
                stated=stated,
                sum=added_up,
            ),
            suggestion,
            Block.BUDGET.label,
            anchor=culprit[0] if culprit else "",
            lines=(
                (_("Stated total"), stated),
                (_("Sum of the agencies"), added_up),
                (_("Difference"), abs(gap)),
            ),
            suggested=Suggested(culprit[2], culprit[3]) if culprit else None,
            field="id_total_budget_usd" if row is None else f"id_budgets-{row}-amount_usd",
        )
    ]


def likely_culprit(gap, agencies):
    """``((acronym, name, stated, meant) or None, what to say)``.

    A budget that closes the gap exactly when two neighbouring digits change places; of several, the one that is
    then a round amount plus the indirect costs. When no swap closes it, the indirect costs of one agency or of all.
    """
    found = [
        (acronym, name, amount, meant)
        for acronym, name, amount in agencies
        for meant in swapped_neighbours(amount)
        if meant - amount == gap
    ]
    rounded = [candidate for candidate in found if net_of_indirect_costs(candidate[3])]
    if len(rounded) == 1:
        culprit = rounded[0]
        text = _(
            "Likely cause: two digits swapped in %(agency)s. %(meant)s closes the gap and is %(net)s plus 7 %% "
            "indirect costs."
        )
        net = net_of_indirect_costs(culprit[3])
        return culprit, say(text, agency=culprit[1], meant=culprit[3], net=net)
    if len(found) == 1:
        text = _("Likely cause: two digits swapped in %(agency)s. %(meant)s closes the gap.")
        return found[0], say(text, agency=found[0][1], meant=found[0][3])
    if found:
        names = tuple(dict.fromkeys(candidate[1] for candidate in found))
        return None, say(_("Possible cause: two digits swapped in one of these budgets: %(agencies)s."), agencies=names)
    return explained_by_indirect_costs(gap, agencies)


def explained_by_indirect_costs(gap, agencies):
    """The same for a gap that 7 % explains: stated without them where the others include them, or the reverse."""
    added_up = sum(amount for _acronym, _name, amount in agencies)
    if _is_about(added_up * INDIRECT_COSTS - added_up, gap):
        text = _("Likely cause: only the total includes indirect costs. The agencies' %(sum)s plus 7 %% is %(stated)s.")
        return None, say(text, sum=added_up, stated=added_up + gap)
    if _is_about(added_up / INDIRECT_COSTS - added_up, gap):
        text = _("Likely cause: only the agencies' budgets include indirect costs. %(stated)s plus 7 %% is %(sum)s.")
        return None, say(text, sum=added_up, stated=added_up + gap)
    for acronym, name, amount in agencies:
        if _is_about(amount * INDIRECT_COSTS - amount, gap):
            text = _("Likely cause: the 7 %% indirect costs of %(agency)s are left out. %(meant)s closes the gap.")
            return (acronym, name, amount, amount + gap), say(text, agency=name, meant=amount + gap)
        if _is_about(amount / INDIRECT_COSTS - amount, gap):
            text = _("Likely cause: the 7 %% indirect costs of %(agency)s are counted twice. %(meant)s closes the gap.")
            return (acronym, name, amount, amount + gap), say(text, agency=name, meant=amount + gap)
    return None, NOTHING


def _is_about(amount, gap):
    """Documents round to the dollar."""
    return abs(amount - gap) <= 1


def swapped_neighbours(amount):
    """The amounts that result when two neighbouring digits change places.

    >>> [f"{meant:f}" for meant in swapped_neighbours(Decimal("120"))]
    ['210', '102']
    """
    digits = f"{int(amount)}"
    cents = amount - int(amount)
    for index in range(len(digits) - 1):
        pair = digits[index : index + 2]
        turned = digits[:index] + pair[::-1] + digits[index + 2 :]
        if pair[0] != pair[1] and turned[0] != "0":
            yield Decimal(turned) + cents


def net_of_indirect_costs(amount):
    """What an agency implements when the amount is a round sum plus 7 %; ``None`` when it is not.

    >>> net_of_indirect_costs(Decimal(2493100)), net_of_indirect_costs(Decimal(2439100))
    (Decimal('2330000'), None)
    """
    net = amount / INDIRECT_COSTS
    is_round = net == net.to_integral_value() and net % ROUND_TO == 0
    return Decimal(int(net)) if is_round else None
