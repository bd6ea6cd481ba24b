"""What a sheet lacks, block by block: texts without a translation, blanks, figures without data, what is pending."""

from programmes.blocks import Block
from programmes.models.narrative import Translation
from programmes.quantities import State

COMPLETE = frozenset({Translation.ORIGINAL, Translation.CURRENT, Translation.SAME, Translation.EMPTY})


def leaves(sections):
    """Sections and sub-heads that hold a text of their own."""
    for section in sections:
        if section.kind != "heading":
            yield section
        yield from leaves(section.sub_heads)


def sections_of(sheet, block):
    sections = {Block.SUMMARY: sheet.summary, Block.GENDER: sheet.gender, Block.OBSERVATIONS: sheet.observations}
    return list(leaves(sections.get(block, ())))


def block_of_each_section(sheet):
    """A section's slug → the block it stands in."""
    blocks = (Block.SUMMARY, Block.GENDER, Block.OBSERVATIONS)
    return {section.slug: block for block in blocks for section in sections_of(sheet, block)}


def texts(sheet, block):
    """The bilingual texts of a block that hold anything."""
    match block:
        case Block.IDENTITY:
            found = [sheet.identity.title]
        case Block.PARTIES:
            found = sheet.parties.government_entities
        case Block.RESULTS:
            found = [text for line in sheet.results for text in (line.statement, line.heading, line.rating)]
            found += [text for line in sheet.results for row in line.indicators for text in (row.name, row.unit)]
        case Block.ACHIEVEMENTS:
            found = [text for line in sheet.results for text in line.achievements]
        case Block.STATUS:
            found = [sheet.status.narrative]
        case _:
            found = [section.text for section in sections_of(sheet, block)]
    return [text for text in found if text]


def blanks(sheet, block):
    """How many things of a block nobody has filled in."""
    match block:
        case Block.IDENTITY:
            return int(not sheet.identity.title)
        case Block.DATES:
            return [sheet.dates.starts_on, sheet.dates.ends_on].count(None)
        case Block.PARTIES:
            parties = sheet.parties
            filled = (parties.coordinator_name, parties.rco_contact_name, parties.government_entities)
            return sum(not value for value in filled)
        case Block.BUDGET:
            return int(not sheet.money.agencies) + int(sheet.money.stated_usd is None)
        case Block.DISBURSEMENTS:
            return int(not sheet.disbursements.lines)
        case Block.RESULTS:
            return int(not sheet.results)
        case Block.AREAS:
            return int(not sheet.areas) + int(not sheet.targets)
        case Block.BENEFICIARIES:
            return int(not sheet.beneficiaries.sources)
        case Block.STATUS:
            return int(not sheet.status.performance)
        case Block.ACHIEVEMENTS:
            return sum(not line.achievements for line in sheet.results)
        case Block.EVALUATIONS:
            return sum(line.period_state == State.BLANK for line in sheet.evaluations)
        case _:
            return sum(section.is_blank for section in sections_of(sheet, block))


def without_data(sheet, block):
    """How many figures of a block are nd, or known only in part."""
    if block == Block.BUDGET:
        return sum(line.committed.state in (State.ND, State.BLANK) for line in sheet.money.agencies)
    if block == Block.BENEFICIARIES:
        return sum(value.missing > 0 for row in sheet.beneficiaries.rows for value in (row.direct, row.indirect))
    return 0


def pending(sheet, block):
    if block == Block.DISBURSEMENTS:
        return sum(line.transferred.state == State.PENDING for line in sheet.disbursements.lines)
    if block == Block.EVALUATIONS:
        return sum(line.period_state == State.PENDING for line in sheet.evaluations)
    return 0


def is_complete(sheet, block, language):
    """Whether a block is filled in and each of its texts is current in the language."""
    return not blanks(sheet, block) and all(text.state(language) in COMPLETE for text in texts(sheet, block))


def places(sheet, language, state):
    """``(anchor, name)`` of the blocks, or sections of a block, that hold a text in this state of translation."""
    for block in Block:
        if block == Block.OBSERVATIONS:
            for section in sections_of(sheet, block):
                if section.text.state(language) == state:
                    yield f"section-{section.slug}", section.label
        elif any(text.state(language) == state for text in texts(sheet, block)):
            yield block.value, block.label


def blank_places(sheet):
    """``(anchor, name)`` of what is blank."""
    for block in Block:
        if block == Block.OBSERVATIONS:
            for section in sections_of(sheet, block):
                if section.is_blank:
                    yield f"section-{section.slug}", section.label
        elif blanks(sheet, block):
            yield block.value, block.label
