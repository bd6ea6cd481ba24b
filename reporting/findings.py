"""The findings of a whole programme: every check, on what its sheet says, in the order in which it is printed."""

from dataclasses import replace

from beneficiaries import findings as figures
from programmes.blocks import Block
from programmes.findings import budget, dates, delivery, mentions, money, monitoring, narrative
from reporting.completeness import leaves
from reporting.finding_facts import agencies
from reporting.status_sheet import kept, live_sheet, live_totals

LEVELS = ("error", "warning", "note")
NONE_AMBIGUOUS = {}


def check(sheet, totals=None, ambiguous=NONE_AMBIGUOUS):
    """Findings by level, then in printing order; the accepted ones with their acceptance.

    ``totals`` of the same date add what only the submissions show; ``ambiguous`` are names of several agencies.
    """
    found = [
        *_dates(sheet),
        *narrative.no_coordinator(sheet.parties.coordinator_name, sheet.parties.rco_contact_name),
        *_money(sheet),
        *_delivery(sheet),
        *_results(sheet),
        *mentions.unknown_targets([(line.framework, line.code) for line in sheet.targets]),
        *_beneficiaries(sheet, totals),
        *_monitoring(sheet),
        *_evaluations(sheet),
        *_missions(sheet),
        *_sections(sheet),
        *_texts(sheet, ambiguous),
        *mentions.ambiguous_agencies([(line.agency, line.acronym) for line in sheet.money.agencies], ambiguous),
    ]
    places = _places(sheet)
    found.sort(key=lambda finding: (LEVELS.index(finding.level), places[finding.where]))
    accepted = {acceptance.key: acceptance for acceptance in sheet.accepted}
    return [replace(finding, acceptance=accepted.get(finding.key)) for finding in found]


def live_findings(programme, as_of):
    """The findings as the programme stands now: worked out once for each of its versions and each date."""
    return kept(
        "findings",
        programme,
        as_of,
        lambda: check(
            live_sheet(programme, as_of), live_totals(programme, as_of), known_agencies(programme, as_of).ambiguous
        ),
    )


def known_agencies(programme, as_of):
    """Reference data moves the version of every programme, so what is kept under it is never out of date."""
    return kept("agencies", programme, as_of, agencies)


def _places(sheet):
    """Block or section → its place in printing order."""
    order = []
    for block in Block:
        order.append(block.value)
        sections = {Block.SUMMARY: sheet.summary, Block.GENDER: sheet.gender, Block.OBSERVATIONS: sheet.observations}
        order += [section.slug for section in leaves(sections.get(block, ()))]
    return {where: place for place, where in reversed(list(enumerate(order)))}


def _latest_end(sheet):
    """The later of both: an extension that lies before the end is a finding of its own."""
    return max((day for day in (sheet.dates.ends_on, sheet.dates.extended_to_on) if day), default=None)


def _elapsed(sheet):
    return delivery.elapsed_share(sheet.dates.starts_on, _latest_end(sheet), sheet.as_of_on)


def _dates(sheet):
    stated = sheet.dates
    lines = [(line.ordinal, line.made_on) for line in sheet.disbursements.lines]
    return [
        *dates.start_after_end(stated.starts_on, stated.ends_on),
        *dates.approved_after_start(stated.approved_on, stated.starts_on),
        *dates.extension_before_end(stated.ends_on, stated.extended_to_on),
        *dates.past_its_end(sheet.identity.life_cycle, _latest_end(sheet), sheet.as_of_on),
        *dates.disbursement_before_start(stated.starts_on, lines),
        *dates.disbursement_after_end(_latest_end(sheet), lines),
        *dates.disbursements_out_of_order(lines),
    ]


def _money(sheet):
    stated, transfers = sheet.money, sheet.disbursements
    budgets = [(line.agency, line.acronym, line.approved_usd) for line in stated.agencies]
    held = [(line.agency, line.acronym, line.transferred, line.committed) for line in stated.agencies]
    used = [(line.agency, line.acronym, line.committed, line.spent) for line in stated.agencies]
    approved = [(line.agency, line.acronym, line.approved_usd, line.committed) for line in stated.agencies]
    reported = [(line.agency, line.acronym, line.reported_on) for line in stated.agencies]
    shares = [(line.ordinal, line.transferred.value, line.shares_usd) for line in transfers.lines]
    planned = [(line.ordinal, line.made_on, line.planned_on) for line in transfers.lines]
    return [
        *budget.budget_gap(stated.stated_usd, budgets),
        *money.disbursed_above_budget(transfers.transferred_usd, stated.stated_usd),
        *money.shares_do_not_match(shares),
        *money.disbursement_overdue(planned, sheet.as_of_on),
        *money.committed_above_transferred(held, stated.committed, transfers.transferred_usd),
        *money.committed_above_approved(approved),
        *money.spent_above_approved(
            (line.agency, line.acronym, line.approved_usd, line.committed, line.spent) for line in stated.agencies
        ),
        *money.spent_above_committed(used),
        *money.finances_not_reported(reported, transfers.transferred_usd),
        *money.finances_old(reported, sheet.as_of_on),
    ]


def _delivery(sheet):
    elapsed = _elapsed(sheet)
    delivered = delivery.delivered_share(sheet.money.committed, sheet.money.stated_usd)
    return [
        *delivery.delivery_behind_time(elapsed, delivered),
        *delivery.delivery_ahead_of_time(elapsed, delivered),
        *delivery.on_track_behind_time(sheet.status.performance, elapsed, delivered),
    ]


def _results(sheet):
    lines = [(line.label, len(line.achievements)) for line in sheet.results]
    return [*monitoring.no_results(lines), *monitoring.results_without_achievements(lines)]


def _beneficiaries(sheet, totals):
    if totals is None:
        return []
    names = {line.agency: line.acronym for line in sheet.money.agencies}
    return figures.check(totals, names, {area.name: area.state for area in sheet.areas})


def _monitoring(sheet):
    made_on = max((line.made_on for line in sheet.disbursements.lines if line.made_on), default=None)
    stated, status = sheet.money.stated_usd, sheet.status
    is_fully_paid = stated is not None and sheet.disbursements.transferred_usd >= stated
    return [
        *monitoring.no_assessment(status.performance),
        *monitoring.assessment_old(status.performance, status.assessed_on, sheet.as_of_on),
        *monitoring.on_track_at_standstill(status.performance, made_on, is_fully_paid, sheet.as_of_on),
    ]


def _missions(sheet):
    missions = [(line.held_on, line.precision) for line in (*sheet.missions.lines, *sheet.missions.later)]
    return [
        *monitoring.missions_of_the_future(missions, sheet.as_of_on),
        *monitoring.missions_before_start(sheet.dates.starts_on, missions),
    ]


def _evaluations(sheet):
    lines = [(line.kind, line.period_state, line.report_url, line.improvement_plan_url) for line in sheet.evaluations]
    links = [
        (f"id_evaluations-{row}-{name}", getattr(line, name))
        for row, line in enumerate(sheet.evaluations)
        for name in ("report_url", "improvement_plan_url")
    ]
    return [
        *monitoring.no_evaluation([line.kind for line in sheet.evaluations], _elapsed(sheet)),
        *monitoring.evaluation_incomplete(lines),
        *mentions.broken_links(Block.EVALUATIONS, Block.EVALUATIONS.label, links),
    ]


def _sections(sheet):
    sections = leaves((*sheet.summary, *sheet.gender, *sheet.observations))
    return narrative.blank_sections((section.slug, section.label, section.is_blank) for section in sections)


def _texts(sheet, ambiguous):
    """What texts say and in which languages, by the place where they are edited."""
    return [
        finding
        for where, place, texts in _texts_by_place(sheet)
        for finding in (
            *narrative.translations(where, place, texts),
            *mentions.unknown_targets_in_texts(where, place, texts),
            *mentions.ambiguous_acronyms(where, place, texts, ambiguous),
            *mentions.broken_links_in_texts(where, place, texts),
        )
    ]


def _texts_by_place(sheet):
    """(block or section, its name, its texts with their fields on the edit page)."""
    results, achievements = [], []
    for row, line in enumerate(sheet.results):
        results += [(f"id_results-{row}-{name}", getattr(line, name)) for name in ("statement", "heading", "rating")]
        measured = [text for indicator in line.indicators for text in (indicator.name, indicator.unit)]
        results += [(f"id_results-{row}-statement", text) for text in measured]  # edited on a page of their own
        achievements += [(f"{line.label}-{n}-text", text) for n, text in enumerate(line.achievements)]
    entities = [(f"id_entities-{row}-name", text) for row, text in enumerate(sheet.parties.government_entities)]
    yield Block.IDENTITY, Block.IDENTITY.label, [("id_title", sheet.identity.title)]
    yield Block.PARTIES, Block.PARTIES.label, entities
    yield Block.RESULTS, Block.RESULTS.label, results
    yield Block.STATUS, Block.STATUS.label, [("id_narrative", sheet.status.narrative)]
    yield Block.ACHIEVEMENTS, Block.ACHIEVEMENTS.label, achievements
    for section in leaves((*sheet.summary, *sheet.gender, *sheet.observations)):
        yield section.slug, section.label, [(f"id_{section.slug}-text", section.text)]
