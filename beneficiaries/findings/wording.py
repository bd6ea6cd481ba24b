"""How a finding names what it is about: the agency, the category, the cell."""

from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Reach
from beneficiaries.totals.values import PROGRAMME
from programmes.blocks import Block
from programmes.findings import Finding, Name, say

#: Figures are mended by sending them again.
UPLOAD = "upload"
#: An agreed figure, by agreeing it anew: the field is the day it is agreed for.
AGREE = "agree"


def beneficiary_finding(level, code, seen, says, explains, suggests, anchor="", sends=("", "")):
    """``sends`` are the agency and the period whose revision mends it, as far as they are known."""
    block = Block.BENEFICIARIES
    return Finding(
        level, code, block, seen, says, explains, suggests, block.label, anchor, page=UPLOAD, field="/".join(sends)
    )


def who(agency, names):
    return names.get(agency, agency) if agency != PROGRAMME else _("The programme")


def category_name(totals, code):
    row = totals.row(code)
    return Name(row.label_es, row.label_en)


def cell_name(totals, area, category, reach):
    """“Women, direct, Coclé”: which figure is meant."""
    place = totals.facts.areas[area].name if area in totals.facts.areas else _("without area")
    values = {"category": category_name(totals, category), "reach": Reach(reach), "area": place}
    return say(_("%(category)s, %(reach)s, %(area)s"), **values)


def last_period(totals, agency):
    """The period of the agency's last figures: where a revision of what it has said to date belongs."""
    return next((report.period for report in reversed(totals.reports) if report.agency == agency), "")


def who_reported(totals, category, reach=None, area=None):
    """The agency and the last period of whoever said something of a category or an area, to be asked about it."""
    for report in reversed(totals.reports):
        for figure in report.figures:
            is_meant = figure.category in category and reach in (None, figure.reach) and area in (None, figure.area)
            if is_meant and figure.quantity.is_reported:
                return report.agency, report.period
    return "", ""
