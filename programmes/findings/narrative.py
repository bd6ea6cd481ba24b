"""Texts: which are blank, and which have no translation or one that fell behind."""

from typing import NamedTuple

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from programmes.blocks import Block
from programmes.findings.finding import NOTHING, Finding, Level, say
from programmes.models.narrative import LANGUAGE_CODES, Translation, digest


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
            field="id_coordinator_name",
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
            field=f"id_{slug}-text_es",
        )
        for slug, name, is_blank in sections
        if is_blank
    ]


def translations(where, place, texts):
    """``texts`` of one block or section are (its field without the language, text): one finding a language and state.

    An acceptance holds for the texts as they are: another text that falls behind is another finding.
    """
    found = []
    for language in LANGUAGE_CODES:
        for state in (Translation.STALE, Translation.UNCONFIRMED, Translation.MISSING):
            behind = [(field, text) for field, text in texts if text.state(language) == state]
            if behind:
                sources = "\n".join(text[text.source_language] for _field, text in behind)
                seen = f"{language}={len(behind)};text={digest(sources)[:12]}"
                found.append(_behind(state, where, place, language, (len(behind), seen, behind[0][0])))
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

_NOT_CONFIRMED = {
    "es": ngettext_lazy(
        "The Spanish of one text is not confirmed yet", "The Spanish of %(count)s texts is not confirmed yet", "count"
    ),
    "en": ngettext_lazy(
        "The English of one text is not confirmed yet", "The English of %(count)s texts is not confirmed yet", "count"
    ),
}


class _Gap(NamedTuple):
    """What is found about one state of translation."""

    level: Level
    code: str
    says: dict  # language → of how many texts
    explains: object
    suggests: object


_TRANSLATION = {
    Translation.MISSING: _Gap(
        Level.NOTE,
        "translation_missing",
        _MISSING,
        None,
        _("Until it is written the sheet shows the other language, marked as such."),
    ),
    Translation.UNCONFIRMED: _Gap(
        Level.WARNING,
        "translation_unconfirmed",
        _NOT_CONFIRMED,
        _("It is written, and nobody has said that it says the same as the text it was translated from."),
        _("Read both, and confirm that they say the same."),
    ),
    Translation.STALE: _Gap(
        Level.WARNING,
        "translation_stale",
        _OUT_OF_DATE,
        _("The text it was translated from has changed since."),
        _("Bring it up to date, or confirm that it still says the same."),
    ),
}


def _behind(state, where, place, language, behind):
    """``behind`` are how many texts, which of them, and the field of the first."""
    count, seen, field = behind
    gap = _TRANSLATION[state]
    return Finding(
        gap.level,
        gap.code,
        where,
        seen,
        say(gap.says[language], count=count),
        say(gap.explains) if gap.explains else NOTHING,
        say(gap.suggests),
        place,
        anchor=language,
        field=f"{field}_{language}",
    )
