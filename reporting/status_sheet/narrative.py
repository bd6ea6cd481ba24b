"""The sections of the Fund's template with what is written under them."""

from programmes.models import BilingualText, Section
from reporting.status_sheet.programme import label
from reporting.status_sheet.values import SectionValue


def sections(facts, block):
    """One block's sections in printing order, sub-heads under their heading."""
    written = _written(facts)
    return tuple(
        _section(section, facts.sections, written)
        for section in facts.sections
        if section.block == block and section.parent_id is None
    )


def _written(facts):
    """Section → text: the programme's own; the country's where it has none and the section is shared."""
    shared_sections = {section.pk for section in facts.sections if section.is_country_level}
    shared = {
        row.section_id: row
        for row in facts.section_texts
        if row.programme_id is None and row.section_id in shared_sections
    }
    return shared | {row.section_id: row for row in facts.section_texts if row.programme_id is not None}


def _section(section, every, written):
    text = written.get(section.pk)
    return SectionValue(
        slug=section.slug,
        kind=str(section.kind),
        label=label(section, "label"),
        question=label(section, "question"),
        hint=label(section, "hint"),
        text=text.text if text and section.kind != Section.Kind.HEADING else BilingualText(),
        answer=str(text.answer) if text and section.kind == Section.Kind.PLAN else "",
        not_applicable=bool(text and text.not_applicable),
        is_country_level=section.is_country_level,
        sub_heads=tuple(_section(child, every, written) for child in every if child.parent_id == section.pk),
    )
