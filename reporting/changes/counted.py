"""What the sheet says of the beneficiaries to date, and of who has not reported."""

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from reporting.changes.facts import Item, Listing, count, day, names, rate, text
from reporting.changes.money import notes


def beneficiaries(sheet):
    counted = sheet.beneficiaries
    facts = (
        count(_("Persons, direct"), counted.persons.direct),
        count(_("Persons, indirect"), counted.persons.indirect),
        rate(_("Women, of direct persons"), counted.women_share_direct),
        rate(_("Women, of indirect persons"), counted.women_share_indirect),
        day(_("Counted to"), counted.counted_to_on),
        names(_("Have not reported"), counted.silent),
    )
    return facts, (
        Listing(Block.BENEFICIARIES, _("Category"), tuple(map(_category, counted.rows))),
        Listing(Block.BENEFICIARIES, _("Area"), tuple(map(_area, counted.areas))),
        Listing(Block.BENEFICIARIES, _("Source of the figures"), tuple(map(_source, counted.sources))),
        notes(sheet, Block.BENEFICIARIES),
    )


def _category(row):
    return Item(
        key=row.category,
        said=(row.label.es, row.label.en),
        name=row.label,
        facts=(text(_("Name"), row.label), count(_("Direct"), row.direct), count(_("Indirect"), row.indirect)),
    )


def _area(row):
    return Item(
        key=row.name,
        said=row.name or None,
        name=row.name or _("No area"),
        facts=(
            text(_("Name"), row.name),
            count(_("Women, direct"), row.women),
            count(_("Men, direct"), row.men),
        ),
    )


def _source(row):
    return Item(
        key=row.agency,
        said=None,
        name=row.agency or _("The programme itself"),
        facts=(day(_("Counted to"), row.counted_to_on),),
    )
