"""What a draft still lacks before it can be issued: what does not add up, what is blank, what is not translated.

What somebody accepted with a reason is no gap.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, override

from programmes.blocks import Block
from programmes.figures import listed
from programmes.findings.finding import Level
from programmes.models import Translation
from reporting.completeness import blank_places, places
from reporting.findings import check
from reporting.numbering import TRANSLATION_CODES
from reporting.status_sheet.values import Label

LANGUAGES = ("es", "en")
#: What one chooses to issue → the languages in which every text must be complete.
LANGUAGE_CHOICES = {"es": ("es",), "en": ("en",), "both": LANGUAGES}
BEHIND = {
    ("es", Translation.MISSING): gettext_noop("Not in Spanish yet: %(names)s"),
    ("en", Translation.MISSING): gettext_noop("Not in English yet: %(names)s"),
    ("es", Translation.STALE): gettext_noop("Spanish out of date: %(names)s"),
    ("en", Translation.STALE): gettext_noop("English out of date: %(names)s"),
    ("es", Translation.UNCONFIRMED): gettext_noop("Spanish not confirmed yet: %(names)s"),
    ("en", Translation.UNCONFIRMED): gettext_noop("English not confirmed yet: %(names)s"),
}


def gaps(sheet, languages, findings=None):
    """One sentence for each, in both languages; none when the sheet could be issued as it is.

    ``findings`` are those of the programme; without them, what the sheet itself shows.
    """
    found = [
        Label(**{language: finding.in_language(language).title for language in LANGUAGES})
        for finding in (check(sheet) if findings is None else findings)
        if finding.is_open and finding.level != Level.NOTE and finding.code not in TRANSLATION_CODES
    ]
    blank = [name for anchor, place in blank_places(sheet) for name in _names(sheet, anchor, place)]
    if blank:
        found.append(_in_both(_blank_sentence, blank))
    for (language, state), message in BEHIND.items():
        names = [name for _anchor, name in places(sheet, language, state)] if language in languages else []
        if names:
            found.append(_in_both(lambda said, wanted=message: _(wanted) % {"names": said}, names))
    return found


def what_stops(findings, languages):
    """The findings that keep a sheet from being submitted: errors, warnings that nobody accepted, and in the languages
    to be issued every text without a current translation. Neither an error nor a gap in a language can be accepted.
    """
    return [finding for finding in findings if _stops(finding, languages)]


def stopping_by_kind(findings, languages):
    """The same under headings, those without any left out: what does not fit, then language by language."""
    found = what_stops(findings, languages)
    kinds = [(_("What does not fit"), [finding for finding in found if finding.code not in TRANSLATION_CODES])]
    names = {"es": _("In Spanish"), "en": _("In English")}
    for language in languages:
        behind = [finding for finding in found if finding.code in TRANSLATION_CODES and finding.anchor == language]
        kinds.append((names[language], behind))
    return [(heading, behind) for heading, behind in kinds if behind]


def may_be_accepted(finding):
    """Only a warning, and none about a translation."""
    return finding.level == Level.WARNING and finding.code not in TRANSLATION_CODES


def _stops(finding, languages):
    if finding.code in TRANSLATION_CODES:
        return finding.anchor in languages
    return finding.level == Level.ERROR or (may_be_accepted(finding) and finding.is_open)


def _names(sheet, anchor, place):
    """What is blank in a place: of the parties those that are, of others the place itself."""
    if anchor != Block.PARTIES:
        return [place]
    parties = {
        gettext_lazy("Coordinator"): sheet.parties.coordinator_name,
        gettext_lazy("RCO"): sheet.parties.rco_contact_name,
        gettext_lazy("Government"): sheet.parties.government_entities,
    }
    return [name for name, value in parties.items() if not value]


def _in_both(sentence, names):
    """A sentence about names, which are labels or translatable strings."""
    said = {}
    for language in LANGUAGES:
        with override(language):
            each = [name[language] if isinstance(name, Label) else str(name) for name in names]
            said[language] = sentence(listed(each, language))
    return Label(**said)


def _blank_sentence(names):
    return _("Blank: %(names)s") % {"names": names}
