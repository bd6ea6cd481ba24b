"""The words and the bars of a sheet's figures: what a date, a state or an amount is called in each language."""

from decimal import Decimal

from django import template
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext, override

from beneficiaries.charts import MEN, WOMEN, women_and_men
from beneficiaries.findings.submissions import OVERLAPS_BASE
from programmes import figures
from programmes.blocks import Block
from programmes.models import Evaluation, LifeCycle, Performance
from reporting.status_sheet.values import Label
from reporting.templatetags.sheet import said

register = template.Library()


@register.filter
def day_label(value):
    return Label(figures.day(value, "es"), figures.day(value, "en"))


@register.filter
def coverage_label(value):
    return Label(figures.coverage(value, "es"), figures.coverage(value, "en"))


@register.filter
def missing_label(value):
    return Label(figures.missing(value, "es"), figures.missing(value, "en"))


@register.filter
def life_cycle_name(value):
    return LifeCycle(value).label


@register.filter
def evaluation_name(value):
    return Evaluation.Kind(value).label


@register.simple_tag
def bar(value, whole, width, colour="#0b5563", height=2.6):
    """A horizontal bar in millimetres, its number as alternative text; nothing for what is missing."""
    if value is None or not whole:
        return ""
    filled = f"{max(Decimal(value) * width / Decimal(whole), Decimal(0)):.1f}"
    return format_html(
        '<svg class="b" viewBox="0 0 {0} {1}" width="{0}mm" height="{1}mm" role="img"><title>{2}</title>'
        '<rect width="{3}" height="{1}" fill="{4}"/></svg>',
        width,
        height,
        figures.number(value),
        filled,
        colour,
    )


@register.simple_tag(takes_context=True)
def largest_amount(context):
    """The scale of the sheet's bars of money; budget and disbursements share it."""
    sheet = context["sheet"]
    amounts = [line.approved_usd for line in sheet.money.agencies]
    if len(context["languages"]) == 1:
        amounts += [line.transferred.value for line in sheet.disbursements.lines if line.transferred.is_reported]
    return max(amounts, default=None)


@register.simple_tag(takes_context=True)
def most_persons(context):
    """The scale of the bars of persons: the largest category of persons, direct or indirect."""
    rows = [row for row in context["sheet"].beneficiaries.rows if row.unit == "persons"]
    return max((value.known for row in rows for value in (row.direct, row.indirect) if value.known), default=None)


@register.simple_tag(takes_context=True)
def areas_chart(context):
    """Women and men by area as the sheet draws them; ``None`` while fewer than two areas have a number."""
    no_area = " · ".join(said(_lazy("No area"), language) for language in context["languages"])
    areas = context["sheet"].beneficiaries.areas
    return women_and_men([(area.name, {WOMEN: area.women, MEN: area.men}) for area in areas], no_area)


@register.filter
def areas_by_state(areas):
    """``(state, names)`` in printing order: active before deferred before planned."""
    order = ("active", "deferred", "planned")
    grouped = {state: [area.name for area in areas if area.state == state] for state in order}
    return [(state, names) for state, names in grouped.items() if names]


@register.simple_tag(takes_context=True)
def areas_in_words(context, state, names):
    """``Coclé, Herrera y Veraguas, activas``."""
    message = {
        "active": ngettext("%(names)s, active", "%(names)s, active", len(names)),
        "deferred": ngettext("%(names)s, deferred", "%(names)s, deferred", len(names)),
        "planned": ngettext("%(names)s, planned", "%(names)s, planned", len(names)),
    }[state]
    return message % {"names": figures.listed(names, context["language"])}


@register.filter
def figure_label(value):
    """The word of a figure that is not a number."""
    return Label(figures.quantity(value, "es"), figures.quantity(value, "en"))


def in_both(sentence):
    """A sentence in both languages; it is asked for each while that language is the active one."""
    each = {}
    for language in ("es", "en"):
        with override(language):
            each[language] = sentence(language)
    return Label(**each)


@register.filter
def planned_label(day):
    return in_both(lambda language: _("planned for %(day)s") % {"day": figures.day(day, language)})


@register.filter
def target_label(target, language):
    """``ODM, meta 1.B``; a whole goal by its number alone."""
    with override(language):
        framework = _("MDG") if target.framework == "MDG" else _("SDG")
        if "." in target.code:
            return _("%(framework)s target %(code)s") % {"framework": framework, "code": target.code}
        return f"{framework} {target.code}"


@register.filter
def mission_date(line, language):
    """As exactly as it is known."""
    return figures.day(line.held_on, language) if line.precision == "day" else figures.month(line.held_on, language)


@register.filter
def uses_nd(block):
    """Whether a figure without any data stands in the table, so that the legend is needed."""
    return any(value.known is None and not value.is_not_applicable for value in _figures_of(block))


@register.filter
def complete_to(block):
    """Up to which day figures of the table are the whole, so that its legend says so; ``None``: nothing to say."""
    return next((value.complete_to for value in _figures_of(block) if value.complete_to), None)


def _figures_of(block):
    return [value for row in (*block.rows, block.persons) for value in (row.direct, row.indirect)]


@register.filter
def acronyms_of_silent(sheet, language):
    """The agencies that have not reported, as the reader calls them."""
    acronyms = _acronyms(sheet, language)
    return figures.listed([acronyms.get(agency, agency) for agency in sheet.beneficiaries.silent], language)


def _acronyms(sheet, language):
    return {line.agency: line.acronym[language] for line in sheet.money.agencies}


@register.filter
def base_and_later(sheet, language):
    """Where the figures come from that start from the programme's own: what they are, and what came later."""
    acronyms, later = _acronyms(sheet, language), []
    with override(language):
        for source in sheet.beneficiaries.sources:
            values = {
                "agency": acronyms.get(source.agency, source.agency),
                "day": figures.day(source.counted_to_on, language),
            }
            if source.agency:
                later.append(_("%(agency)s to %(day)s") % values)
            else:
                base = values["day"]
        if not later:
            return _("The programme's base to %(day)s.") % {"day": base}
        return _("The programme's base to %(day)s and later figures of %(agencies)s.") % {
            "day": base,
            "agencies": figures.listed(later, language),
        }


@register.filter
def notes_of(sheet, block):
    """The notes that are printed beneath a table: persons counted twice with the persons, all others with the money."""
    return [note for note in sheet.notes if (note.code == OVERLAPS_BASE) == (block == Block.BENEFICIARIES)]


@register.filter
def data_as_of(day):
    """Up to which day the sheet's data reach."""
    return in_both(lambda language: _("Data as of %(day)s") % {"day": figures.day(day, language)})


@register.filter
def is_above_total(sheet):
    """Whether more was transferred than the stated total: the rate is then no figure to print."""
    stated = sheet.money.stated_usd
    return stated is not None and sheet.disbursements.transferred_usd > stated


@register.filter
def share_of_total(sheet):
    """What was transferred as a share of the stated total; nothing where that is not known."""
    if is_above_total(sheet):
        return _("more than the stated total")
    share = sheet.disbursements.share
    return _("%(share)s of the stated total") % {"share": figures.percentage(share.value)} if share.is_reported else ""


@register.filter
def transferred_label(sheet):
    """What was transferred, with its share of the stated total budget."""
    if is_above_total(sheet):
        return in_both(lambda _language: _("Transferred, more than the total"))
    share = sheet.disbursements.share
    if not share.is_reported:
        return in_both(lambda _language: _("Transferred"))
    return in_both(lambda _language: _("Transferred, %(share)s") % {"share": figures.percentage(share.value)})


@register.simple_tag(takes_context=True)
def spoken_status(context, performance):
    """What the shape of a status is called, for those who hear the sheet."""
    return said(Performance(performance).label if performance else _lazy("Not assessed"), context["languages"][0])
