"""How templates print figures, dates and texts: each filter takes the language it prints in."""

from django import template
from django.utils.safestring import mark_safe

from programmes import figures
from programmes.models.narrative import sanitise

register = template.Library()

register.filter("number", figures.number)
register.filter("signed", figures.signed)
register.filter("usd", figures.usd)
register.filter("percentage", figures.percentage)
register.filter("day", figures.day)
register.filter("month", figures.month)
register.filter("quantity", figures.quantity)
register.filter("partial", figures.partial)
register.filter("coverage", figures.coverage)
register.filter("missing_of", figures.missing)
register.filter("in_words", figures.in_words)
register.filter("listed", figures.listed)


@register.filter
def rich(html):
    """A stored text as HTML: sanitised again, whatever the database holds."""
    return mark_safe(sanitise(html))


@register.filter
def shown_in(text, language):
    """``(text, language it is really in)`` of a bilingual text."""
    return text.shown_in(language)


@register.filter
def translation_state(text, language):
    return text.state(language)


@register.filter
def acronym(agency, language):
    return agency.acronym(language)


@register.filter
def item(mapping, key):
    """The entry under a key that is only known when the page is laid out; a name in one of its languages."""
    return mapping.get(key) if isinstance(mapping, dict) else mapping[key]


@register.filter
def label_in(row, language):
    """What a row is called in one language."""
    return row.label(language)
