"""Everything that a sheet says, block by block in printing order, ready to be compared with another sheet.

Left out: what only steers how it is laid out (kinds, hints of the template), what the sheet does not print (missions to
come, accepted findings), and what follows from facts that are here (the gap, shares of a last release).
"""

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from reporting.changes.counted import beneficiaries
from reporting.changes.facts import names
from reporting.changes.judged import evaluations, missions, sections, status
from reporting.changes.money import agencies, disbursements, money, notes, transferred
from reporting.changes.programme import areas, dates, entities, identity, parties, results, targets


def statements(sheet):
    """``(block, facts, listings)`` for each block. What stands in a list carries the block it is printed in."""
    return (
        (Block.IDENTITY, identity(sheet.identity), ()),
        (Block.DATES, dates(sheet.dates), ()),
        (Block.PARTIES, parties(sheet.parties), (entities(sheet.parties),)),
        (Block.BUDGET, money(sheet.money), (agencies(sheet), notes(sheet, Block.BUDGET))),
        (Block.DISBURSEMENTS, transferred(sheet.disbursements), (disbursements(sheet.disbursements),)),
        (Block.SUMMARY, (), (sections(Block.SUMMARY, sheet.summary),)),
        (Block.RESULTS, (), (results(sheet),)),
        (Block.AREAS, (), (areas(sheet), targets(sheet))),
        (Block.BENEFICIARIES, *beneficiaries(sheet)),
        (Block.STATUS, status(sheet.status), ()),
        (Block.GENDER, (), (sections(Block.GENDER, sheet.gender),)),
        (Block.OBSERVATIONS, (), (sections(Block.OBSERVATIONS, sheet.observations),)),
        (Block.MISSIONS, (names(_("Members"), sheet.missions.members_of_unknown_mission),), (missions(sheet),)),
        (Block.EVALUATIONS, (), (evaluations(sheet),)),
    )
