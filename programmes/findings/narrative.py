"""Texts: which are blank, and which have no translation or one that fell behind."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from programmes.blocks import Block
from programmes.findings.finding import NOTHING, Finding, Level, say
from programmes.models.narrative import LANGUAGE_CODES, Translation


def no_coordinator(coordinator_name, rco_contact_name=""):
    if coordinator_name:
        return []
    return [
        Finding(
            Level.NOTE,
            "no_coordinator",
            Block.PARTIES,
            "coordinator=",
            say(_("There is no programme coordinator")),
            say(_("Only the RCO contact is given.")) if rco_contact_name else NOTHING,
            say(_("Name the coordinator once one is appointed; until then the sheet prints it as blank.")),
            Block.PARTIES.label,
            anchor="coordinator",
        )
    ]


def blank_sections(sections):
    """``sections`` are (slug, name, whether it is blank); one that is marked not applicable is not blank."""
    return [
        Finding(
            Level.NOTE,
            "blank_section",
            slug,
            "text=",
            say(_("“%(section)s” is blank"), section=name),
            suggests=say(_("Write the text, or mark the section as not applicable.")),
            stands_in=name,
        )
        for slug, name, is_blank in sections
        if is_blank
    ]


def translations(where, place, texts):
    """``texts`` are the bilingual texts of one block or section: at most one finding a language and state."""
    found = []
    for language in LANGUAGE_CODES:
        states = [text.state(language) for text in texts]
        for state in (Translation.STALE, Translation.MISSING):
            count = states.count(state)
            if count:
                found.append(_TRANSLATION[state](where, place, language, count))
    return found


_MISSING = {
    "es": ngettext_lazy("Spanish is missing in one text", "Spanish is missing in %(count)s texts", "count"),
    "en": ngettext_lazy("English is missing in one text", "English is missing in %(count)s texts", "count"),
}
_OUT_OF_DATE = {
    "es": ngettext_lazy(
        "The Spanish of one text is out of date", "The Spanish of %(count)s texts is out of date", "count"
    ),
    "en": ngettext_lazy(
        "The English of one text is out of date", "The English of %(count)s texts is out of date", "count"
    ),
}


def _missing(where, place, language, count):
    return Finding(
        Level.NOTE,
        "translation_missing",
        where,
        f"{language}={count}",
        say(_MISSING[language], count=count),
        suggests=say(_("Until it is written the sheet shows the other language, marked as such.")),
        stands_in=place,
        anchor=language,
    )


def _stale(where, place, language, count):
    return Finding(
        Level.WARNING,
        "translation_stale",
        where,
        f"{language}={count}",
        say(_OUT_OF_DATE[language], count=count),
        say(_("The text it was translated from has changed since.")),
        say(_("Bring it up to date, or confirm that it still says the same.")),
        place,
        anchor=language,
    )


_TRANSLATION = {Translation.MISSING: _missing, Translation.STALE: _stale}
