"""The findings of a whole programme: every check, on what its sheet says, in the order in which it is printed."""

from beneficiaries import findings as figures
from programmes.blocks import Block
from programmes.findings import budget, dates, money, monitoring, narrative
from reporting.status_sheet import kept, live_sheet, live_totals

LEVELS = ("error", "warning", "note")


def check(sheet, totals=None):
    """Findings by level, then in printing order. ``totals`` of the same date add what only the submissions show."""
    found = [
        *_dates(sheet),
        *narrative.no_coordinator(sheet.parties.coordinator_name, sheet.parties.rco_contact_name),
        *_money(sheet),
        *_results(sheet),
        *_beneficiaries(sheet, totals),
        *_monitoring(sheet),
        *_sections(sheet),
        *_translations(sheet),
    ]
    places = _places(sheet)
    return sorted(found, key=lambda finding: (LEVELS.index(finding.level), places[finding.where]))


def live_findings(programme, as_of):
    """The findings as the programme stands now: worked out once for each of its versions and each date."""
    return kept(
        "findings", programme, as_of, lambda: check(live_sheet(programme, as_of), live_totals(programme, as_of))
    )


def _places(sheet):
    """Block or section → its place in printing order."""
    order = []
    for block in Block:
        order.append(block.value)
        sections = {Block.SUMMARY: sheet.summary, Block.GENDER: sheet.gender, Block.OBSERVATIONS: sheet.observations}
        order += [section.slug for section in _leaves(sections.get(block, ()))]
    return {where: place for place, where in reversed(list(enumerate(order)))}


def _leaves(sections):
    """Sections and sub-heads that hold a text of their own."""
    for section in sections:
        if section.kind != "heading":
            yield section
        yield from _leaves(section.sub_heads)


def _dates(sheet):
    stated = sheet.dates
    lines = [(line.ordinal, line.made_on) for line in sheet.disbursements.lines]
    return [
        *dates.start_after_end(stated.starts_on, stated.ends_on),
        *dates.extension_before_end(stated.ends_on, stated.extended_to_on),
        *dates.disbursement_before_start(stated.starts_on, lines),
        *dates.disbursements_out_of_order(lines),
    ]


def _money(sheet):
    stated, transfers = sheet.money, sheet.disbursements
    budgets = [(line.agency, line.acronym, line.approved_usd) for line in stated.agencies]
    held = [(line.agency, line.acronym, line.transferred, line.committed) for line in stated.agencies]
    used = [(line.agency, line.acronym, line.committed, line.spent) for line in stated.agencies]
    shares = [(line.ordinal, line.transferred.value, line.shares_usd) for line in transfers.lines]
    planned = [(line.ordinal, line.made_on, line.planned_on) for line in transfers.lines]
    return [
        *budget.budget_gap(stated.stated_usd, budgets),
        *money.disbursed_above_budget(transfers.transferred_usd, stated.stated_usd),
        *money.shares_do_not_match(shares),
        *money.disbursement_overdue(planned, sheet.as_of_on),
        *money.committed_above_transferred(held, stated.committed, transfers.transferred_usd),
        *money.spent_above_committed(used),
    ]


def _results(sheet):
    lines = [(line.label, len(line.achievements)) for line in sheet.results]
    return [*monitoring.no_results(lines), *monitoring.results_without_achievements(lines)]


def _beneficiaries(sheet, totals):
    if totals is None:
        return []
    names = {line.agency: line.acronym for line in sheet.money.agencies}
    active = tuple(area.name for area in sheet.areas if area.state == "active")
    return figures.check(totals, names, active)


def _monitoring(sheet):
    made_on = max((line.made_on for line in sheet.disbursements.lines if line.made_on), default=None)
    stated = sheet.money.stated_usd
    is_fully_paid = stated is not None and sheet.disbursements.transferred_usd >= stated
    evaluations = [(line.kind, line.period_state, bool(line.report_url)) for line in sheet.evaluations]
    return [
        *monitoring.no_assessment(sheet.status.performance),
        *monitoring.on_track_at_standstill(sheet.status.performance, made_on, is_fully_paid, sheet.as_of_on),
        *monitoring.evaluation_incomplete(evaluations),
    ]


def _sections(sheet):
    leaves = _leaves((*sheet.summary, *sheet.gender, *sheet.observations))
    return narrative.blank_sections((section.slug, section.label, section.is_blank) for section in leaves)


def _translations(sheet):
    """Texts by the place where they are edited: one finding a place, language and state."""
    results = [text for line in sheet.results for text in (line.statement, line.heading, line.rating)]
    achievements = [text for line in sheet.results for text in line.achievements]
    texts = [
        (Block.IDENTITY, Block.IDENTITY.label, [sheet.identity.title]),
        (Block.PARTIES, Block.PARTIES.label, list(sheet.parties.government_entities)),
        (Block.RESULTS, Block.RESULTS.label, results),
        (Block.STATUS, Block.STATUS.label, [sheet.status.narrative]),
        (Block.ACHIEVEMENTS, Block.ACHIEVEMENTS.label, achievements),
    ]
    leaves = _leaves((*sheet.summary, *sheet.gender, *sheet.observations))
    texts += [(section.slug, section.label, [section.text]) for section in leaves]
    return [finding for where, place, written in texts for finding in narrative.translations(where, place, written)]
