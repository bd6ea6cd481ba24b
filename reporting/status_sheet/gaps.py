"""What a draft still lacks before it can be issued: what does not add up, what is blank, what is not translated."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext, override

from programmes.blocks import Block
from programmes.figures import listed
from programmes.models import Translation
from reporting.status_sheet.values import Label, SectionValue

LANGUAGES = ("es", "en")
TITLE, START, END = gettext_lazy("Title"), gettext_lazy("Start"), gettext_lazy("End")
COORDINATOR, RCO, GOVERNMENT = gettext_lazy("Coordinator"), gettext_lazy("RCO"), gettext_lazy("Government")
MISSING_IN = {"es": gettext_noop("Not in Spanish yet: %(names)s"), "en": gettext_noop("Not in English yet: %(names)s")}
STALE_IN = {
    "es": gettext_noop("Spanish out of date: %(names)s"),
    "en": gettext_noop("English out of date: %(names)s"),
}


def gaps(sheet, languages):
    """One sentence for each, in both languages; nothing when the sheet could be issued as it is."""
    found = [note.text for note in sheet.notes]
    empty = blanks(sheet)
    if empty:
        found.append(_in_both(lambda language: _blank_sentence([name(language) for name in empty], language)))
    for wanted in languages:
        for state, message in ((Translation.MISSING, MISSING_IN), (Translation.STALE, STALE_IN)):
            names = [name for name, text in texts(sheet) if text.state(wanted) == state]
            if names:
                found.append(
                    _in_both(lambda language, m=message[wanted], n=names: _(m) % {"names": _names(n, language)})
                )
    return found


def _in_both(sentence):
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = sentence(language)
    return Label(**said)


def _blank_sentence(names, language):
    message = ngettext("%(count)s blank: %(names)s", "%(count)s blanks: %(names)s", len(names))
    return message % {"count": len(names), "names": listed(names, language)}


def _names(names, language):
    """Each name once, in the order of the sheet."""
    return listed(dict.fromkeys(name(language) for name in names), language)


def _said(label):
    """A name in a language that is only known later."""
    if isinstance(label, Label):
        return lambda language: label[language]
    return lambda _language: str(label)


def blanks(sheet):
    """The names of what nobody has filled in, in printing order."""
    parties, money = sheet.parties, sheet.money
    plain = [
        (_said(START), sheet.dates.starts_on),
        (_said(END), sheet.dates.ends_on),
        (_said(COORDINATOR), parties.coordinator_name),
        (_said(RCO), parties.rco_contact_name),
        (_said(GOVERNMENT), parties.government_entities),
        (_said(Block.BUDGET.label), money.agencies and money.stated_usd is not None),
        (_said(Block.RESULTS.label), sheet.results),
        (_said(Block.AREAS.label), sheet.areas and sheet.targets),
        (_said(Block.STATUS.label), sheet.status.performance),
    ]
    return [name for name, value in plain if not value] + [
        _said(section.label) for section in leaves(sheet) if section.is_blank
    ]


def leaves(sheet) -> list[SectionValue]:
    """The sections that hold a text, in printing order: headings stand only over their sub-heads."""
    found = []
    for section in (*sheet.summary, *sheet.gender, *sheet.observations):
        found += section.sub_heads if section.kind == "heading" else (section,)
    return found


def texts(sheet):
    """``(name, text)`` of every text of the sheet that is written in two languages."""
    yield _said(TITLE), sheet.identity.title
    for entity in sheet.parties.government_entities:
        yield _said(GOVERNMENT), entity
    for result in sheet.results:
        yield from ((_said(Block.RESULTS.label), text) for text in (result.statement, result.heading, result.rating))
        yield from ((_said(Block.ACHIEVEMENTS.label), text) for text in result.achievements)
    yield _said(Block.STATUS.label), sheet.status.narrative
    for section in leaves(sheet):
        yield _said(section.label), section.text
