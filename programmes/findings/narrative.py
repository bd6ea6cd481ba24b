"""Texts: which are blank, and which have no translation or one that fell behind."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy as _n

from programmes.blocks import Block
from programmes.findings.finding import Finding, Level, say
from programmes.models.narrative import LANGUAGE_CODES, Translation


def no_coordinator(coordinator_name):
    if coordinator_name:
        return []
    return [
        Finding(
            Level.NOTE,
            "no_coordinator",
            Block.PARTIES,
            "coordinator=",
            say(_("There is no programme coordinator")),
            suggests=say(_("Name the coordinator once one is appointed; until then the sheet prints it as blank.")),
            stands_in=Block.PARTIES.label,
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


_LANGUAGE = {"es": _("Spanish"), "en": _("English")}


def _missing(where, place, language, count):
    return Finding(
        Level.NOTE,
        "translation_missing",
        where,
        f"{language}={count}",
        say(_n("%(language)s is missing in one text", "%(language)s is missing in %(count)s texts", "count"),
            count=count, language=_LANGUAGE[language]),
        suggests=say(_("Until it is written the sheet shows the other language, marked as such.")),
        stands_in=place,
        anchor=language,
    )  # fmt: skip


def _stale(where, place, language, count):
    return Finding(
        Level.WARNING,
        "translation_stale",
        where,
        f"{language}={count}",
        say(_n("%(language)s is out of date in one text", "%(language)s is out of date in %(count)s texts", "count"),
            count=count, language=_LANGUAGE[language]),
        say(_("The text it was translated from has changed since.")),
        say(_("Bring it up to date, or confirm that it still says the same.")),
        place,
        anchor=language,
    )  # fmt: skip


_TRANSLATION = {Translation.MISSING: _missing, Translation.STALE: _stale}
