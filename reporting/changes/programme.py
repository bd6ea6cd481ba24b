"""What the sheet says of the programme itself: identity, dates, parties, areas, targets, results."""

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.models import LifeCycle, ProgrammeArea
from reporting.changes.facts import Item, Listing, count, day, text, word, written
from reporting.status_sheet.values import Label
from reporting.templatetags.sheet_figures import target_label


def identity(identity):
    return (
        text(_("Code"), identity.code),
        text(_("Registry code"), identity.registry_code),
        text(_("Title"), identity.title),
        text(_("Country"), identity.country),
        text(_("Fund"), identity.fund),
        text(_("Thematic window"), identity.window),
        word(_("Life cycle"), identity.life_cycle, LifeCycle),
    )


def dates(dates):
    return (
        day(_("Approved"), dates.approved_on),
        day(_("Start"), dates.starts_on),
        day(_("End"), dates.ends_on),
        day(_("Extension"), dates.extended_to_on),
        count(_("Revision in force"), dates.revision),
    )


def parties(parties):
    return (text(_("Coordinator"), parties.coordinator_name), text(_("RCO"), parties.rco_contact_name))


def entities(parties):
    return Listing(Block.PARTIES, _("Government"), tuple(written(entity) for entity in parties.government_entities))


def areas(sheet):
    items = (
        Item(
            key=area.name,
            said=area.name,
            name=area.name,
            facts=(text(_("Name"), area.name), word(_("State"), area.state, ProgrammeArea.State)),
        )
        for area in sheet.areas
    )
    return Listing(Block.AREAS, _("Area"), tuple(items))


def targets(sheet):
    items = (
        Item(
            key=(row.framework, row.code),
            said=(row.name.es, row.name.en),
            name=Label(target_label(row, "es"), target_label(row, "en")),
            facts=(
                text(_("Target"), Label(target_label(row, "es"), target_label(row, "en"))),
                text(_("Name"), row.name),
            ),
        )
        for row in sheet.targets
    )
    return Listing(Block.AREAS, _("Goal or target"), tuple(items))


def results(sheet):
    return Listing(Block.RESULTS, _("Result"), tuple(_result(line) for line in sheet.results))


def _result(line):
    statement = text(_("Statement"), line.statement)
    return Item(
        key=line.label,
        said=statement.value.said or None,
        name=line.label,
        facts=(
            text(_("Label"), line.label),
            statement,
            text(_("Heading"), line.heading),
            text(_("Rating"), line.rating),
        ),
        lists=(
            Listing(Block.RESULTS, _("Indicator"), tuple(_indicator(row) for row in line.indicators)),
            Listing(Block.ACHIEVEMENTS, _("Achievement"), tuple(written(row) for row in line.achievements)),
        ),
    )


def _indicator(line):
    name = text(_("Indicator"), line.name)
    targets = (
        Item(
            row.set_on, None, day(None, row.set_on).value.shown, (day(_("Due on"), row.due_on), count(None, row.value))
        )
        for row in line.targets
    )
    readings = (
        Item(row.period, None, row.period, (count(None, row.value), text(_("Source"), row.source)))
        for row in line.readings
    )
    return Item(
        key=name.value.said,
        said=name.value.said or None,
        name=Label(line.name.shown_in("es")[0], line.name.shown_in("en")[0]),
        facts=(
            name,
            text(_("Unit"), line.unit),
            count(_("Baseline"), line.baseline),
            day(_("Baseline of"), line.baseline_on),
            text(_("Source of the baseline"), line.baseline_source),
        ),
        lists=(
            Listing(Block.RESULTS, _("Target"), tuple(targets)),
            Listing(Block.RESULTS, _("Reading"), tuple(readings)),
        ),
    )
