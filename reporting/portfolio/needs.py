"""What of a programme waits for somebody: figures that do not fit, texts to translate, blanks, figures owed."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from programmes.access import Right, may, own_agencies
from programmes.figures import listed
from programmes.findings import budget, dates, money, monitoring
from programmes.models.narrative import LANGUAGE_CODES, Translation


@dataclass(frozen=True, slots=True)
class Need:
    """One thing that waits for somebody, as a sentence."""

    text: str
    is_warning: bool = False


def needs(programme, words, totals, user):
    """What fits the person: a focal point reads what their agency owes before everything else."""
    mine = own_agencies(user, Right.UPLOAD_BENEFICIARIES, programme)
    owed = list(_owed(programme, totals, words, mine))
    if mine:
        return owed
    found = [Need(finding.title, is_warning=True) for finding in _findings(programme, words)]
    if may(user, Right.EDIT_SECTIONS, programme):
        return [*found, *owed, *_texts(programme, words)]
    return [*found, *owed]


def _findings(programme, words):
    """The checks that need nothing but the row."""
    agencies = [(line.acronym, line.names, line.amount_usd) for line in words.budgets[programme.pk]]
    extended = programme.stated_end if programme.stated_end != programme.first_end else None
    return [
        *dates.start_after_end(programme.starts_on, programme.first_end),
        *dates.extension_before_end(programme.first_end, extended),
        *budget.budget_gap(programme.stated_usd, agencies),
        *money.disbursed_above_budget(programme.transferred_usd or 0, programme.stated_usd),
        *monitoring.no_assessment(programme.performance),
    ]


def _owed(programme, totals, words, mine):
    """Figures that agencies have not sent: only their own for a focal point."""
    language = get_language()[:2]
    names = {line.acronym: line.names[language] for line in words.budgets[programme.pk]}
    if mine:
        for agency in mine:
            periods = totals.owed.get(agency.acronym_en, ())
            if periods:
                values = {"agency": agency.acronym(language), "periods": listed(periods, language)}
                yield Need(_("%(agency)s owes figures for %(periods)s") % values, is_warning=True)
    elif totals.silent:
        values = {"agencies": listed([names.get(agency, agency) for agency in totals.silent], language)}
        yield Need(_("Figures owed by %(agencies)s") % values)


def _texts(programme, words):
    states = {language: [text.state(language) for text in words.all_texts(programme)] for language in LANGUAGE_CODES}
    states["es"].append(programme.title.state("es"))
    states["en"].append(programme.title.state("en"))
    messages = {
        ("es", Translation.MISSING): lambda n: ngettext(
            "Spanish missing in %(n)s text", "Spanish missing in %(n)s texts", n
        ),
        ("es", Translation.STALE): lambda n: ngettext(
            "Spanish out of date in %(n)s text", "Spanish out of date in %(n)s texts", n
        ),
        ("en", Translation.MISSING): lambda n: ngettext(
            "English missing in %(n)s text", "English missing in %(n)s texts", n
        ),
        ("en", Translation.STALE): lambda n: ngettext(
            "English out of date in %(n)s text", "English out of date in %(n)s texts", n
        ),
    }
    for (language, state), message in messages.items():
        count = states[language].count(state)
        if count:
            yield Need(message(count) % {"n": count})
    blank = words.blank_sections(programme)
    if blank:
        yield Need(ngettext("%(n)s blank section", "%(n)s blank sections", blank) % {"n": blank})
