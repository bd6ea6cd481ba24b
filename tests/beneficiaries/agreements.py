"""Figures of the Panama programme that its agencies have all sent, so that some of them can be agreed."""

from datetime import date

from beneficiaries import agreeing
from beneficiaries.totals import to_date
from tests.beneficiaries.test_totals_loading import submit

DECEMBER = date(2011, 12, 31)
TODAY = date(2012, 1, 20)
WOMEN, MEN, INSTITUTIONS = ("women", "direct"), ("men", "direct"), ("institutions", "direct")
WHY = "Lists of participants compared."


def all_send(programme, women=20, men=10, agencies=("UNWTO", "FAO", "UNIDO", "UNCTAD", "UNDP"), period="2011-S2"):
    """Each the same in one area, beside the programme's base of 518 women and 269 men."""
    return [
        submit(programme, agency, period, counts=[("cocle", "women", women), ("cocle", "men", men)])
        for agency in agencies
    ]


def agree(programme, by, values, on=DECEMBER, reason=WHY, today=TODAY, **others):
    return agreeing.agree(programme=programme, on=on, values=values, reason=reason, by=by, today=today, **others)


def printed(programme, key=WOMEN, as_of=DECEMBER, known_at=None):
    return to_date(programme, as_of, known_at).printed[key]
