"""How a finding names what it is about: the agency, the category, the cell."""

from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Reach
from beneficiaries.totals.values import PROGRAMME
from programmes.blocks import Block
from programmes.findings import Finding, Name, say


def beneficiary_finding(level, code, seen, says, explains, suggests, anchor=""):
    block = Block.BENEFICIARIES
    return Finding(level, code, block, seen, says, explains, suggests, block.label, anchor)


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
