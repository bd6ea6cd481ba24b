"""What of a programme waits for somebody: figures that do not fit, texts to translate, blanks, figures owed."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language, ngettext, ngettext_lazy
from django.utils.translation import gettext as _

from beneficiaries.totals import count
from programmes.access import Right, may, own_agencies
from programmes.figures import day, listed
from programmes.findings import budget, dates, money, monitoring
from programmes.models.narrative import LANGUAGE_CODES, Translation


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for somebody: a sentence that leads to where it is done, or that ends with several links."""

    text: str
    url: str = ""
    links: tuple[tuple[str, str], ...] = ()
    is_warning: bool = False


def needs(programme, words, totals, user, today):
    """What fits the person: a focal point reads what their agency has to send, the RCO also which texts wait."""
    mine = own_agencies(user, Right.UPLOAD_BENEFICIARIES, programme)
    if mine:
        owed = count(totals.facts, today).owed
        return [need for agency in mine for need in _of_agency(programme, words, agency, owed, totals.as_of_on)]
    found = [*_findings(programme, words), *_silent(programme, totals, words)]
    return [*found, *_texts(programme, words)] if may(user, Right.EDIT_SECTIONS, programme) else found


def _of_agency(programme, words, agency, owed, as_of):
    """What a focal point's agency has not sent: figures of each period that has ended and is open, and its money."""
    language, code = get_language()[:2], agency.acronym_en
    values = {"agency": agency.acronym(language)}
    upload = reverse("beneficiaries:submission_new", args=[programme.code])
    periods = [period for period in owed.get(code, ()) if period not in words.closed[programme.fund_id]]
    if periods:
        links = tuple((period, f"{upload}?{urlencode({'agency': code, 'period': period})}") for period in periods)
        yield Need(_("Send the figures of %(agency)s:") % values, links=links, is_warning=True)
    takes_part = any(line.acronym == code for line in words.budgets[programme.pk])
    if not (programme.transferred_usd and takes_part):
        return
    finances = reverse("programmes:section_edit", args=[programme.code, money.FINANCES])
    reported_on = words.finances.get((programme.pk, code))
    if reported_on is None:
        yield Need(_("Say what %(agency)s has committed and spent") % values, finances, is_warning=True)
    elif as_of - reported_on > money.OLD_REPORT:
        values["day"] = day(reported_on, language)
        text = _("Bring up to date what %(agency)s has committed and spent: it is of %(day)s") % values
        yield Need(text, finances)


def _findings(programme, words):
    """The checks that need nothing but the row, without what somebody has left as it is."""
    agencies = [(line.acronym, line.names, line.amount_usd) for line in words.budgets[programme.pk]]
    extended = programme.stated_end if programme.stated_end != programme.first_end else None
    found = [
        *dates.start_after_end(programme.starts_on, programme.first_end),
        *dates.extension_before_end(programme.first_end, extended),
        *budget.budget_gap(programme.stated_usd, agencies),
        *money.disbursed_above_budget(programme.transferred_usd or 0, programme.stated_usd),
        *monitoring.no_assessment(programme.performance),
    ]
    page, accepted = reverse("reporting:finding_list", args=[programme.code]), words.accepted[programme.pk]
    return [Need(finding.title, page, is_warning=True) for finding in found if finding.key not in accepted]


def _silent(programme, totals, words):
    """The agencies that owe figures at the sheet's date."""
    if totals.silent:
        language = get_language()[:2]
        names = {line.acronym: line.names[language] for line in words.budgets[programme.pk]}
        values = {"agencies": listed([names.get(agency, agency) for agency in totals.silent], language)}
        sent = reverse("beneficiaries:submission_list", args=[programme.code])
        yield Need(_("Figures owed by %(agencies)s") % values, sent)


#: A language and the state of its texts → how many of them wait.
_BEHIND = {
    ("es", Translation.MISSING): ngettext_lazy("Spanish missing in %(n)s text", "Spanish missing in %(n)s texts", "n"),
    ("es", Translation.STALE): ngettext_lazy(
        "Spanish out of date in %(n)s text", "Spanish out of date in %(n)s texts", "n"
    ),
    ("es", Translation.UNCONFIRMED): ngettext_lazy(
        "Spanish not confirmed yet in %(n)s text", "Spanish not confirmed yet in %(n)s texts", "n"
    ),
    ("en", Translation.MISSING): ngettext_lazy("English missing in %(n)s text", "English missing in %(n)s texts", "n"),
    ("en", Translation.STALE): ngettext_lazy(
        "English out of date in %(n)s text", "English out of date in %(n)s texts", "n"
    ),
    ("en", Translation.UNCONFIRMED): ngettext_lazy(
        "English not confirmed yet in %(n)s text", "English not confirmed yet in %(n)s texts", "n"
    ),
}


def _texts(programme, words):
    states = {language: [text.state(language) for text in words.all_texts(programme)] for language in LANGUAGE_CODES}
    for (language, state), message in _BEHIND.items():
        number = states[language].count(state)
        if number:
            yield Need(message % {"n": number}, reverse("programmes:translation_list", args=[programme.code]))
    blank = words.blank_sections(programme)
    if blank:
        text = ngettext("%(n)s blank section", "%(n)s blank sections", blank) % {"n": blank}
        yield Need(text, reverse("reporting:programme_detail", args=[programme.code]) + "#observations")
