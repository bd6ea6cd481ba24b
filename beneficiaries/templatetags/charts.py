"""The words of a chart, in one language or in two: the languages are those of the page, as on the sheet."""

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _

register = template.Library()


def in_one_line(languages, said, between=" · "):
    """What ``said(language)`` is in each language: once where they say the same, marked in all but the first."""
    first, *others = languages
    text = said(first)
    parts = [conditional_escape(text)]
    for language in others:
        other = said(language)
        if other != text:
            parts.append(format_html('{}<span class="other" lang="{}">{}</span>', between, language, other))
    return mark_safe("".join(parts))


@register.simple_tag(takes_context=True)
def word(context, text):
    """A short text of a chart in every language of the page."""
    return in_one_line(_languages(context), lambda language: _in(language, text))


@register.simple_tag(takes_context=True)
def plainly(context, text):
    """The same without mark-up."""
    return " · ".join(dict.fromkeys(_in(language, text) for language in _languages(context)))


@register.simple_tag(takes_context=True)
def numbers_of(context, image):
    """The numbers of an image in sentences, for those who hear it."""
    return " · ".join(_numbers(image, language) for language in _languages(context))


def _numbers(image, language):
    with override(language):
        sentence = _("%(area)s: women %(women)s, men %(men)s.")
        return " ".join(
            sentence % {"area": area.name, "women": area.bars[0].text, "men": area.bars[1].text} for area in image.areas
        )


@register.simple_tag(takes_context=True)
def further_areas(context, number):
    """How many areas have figures beyond those with most persons, which are drawn."""

    def said(language):
        with override(language):
            return ngettext(
                "%(number)s more area has figures; those with most persons are drawn.",
                "%(number)s more areas have figures; those with most persons are drawn.",
                number,
            ) % {"number": number}

    return in_one_line(_languages(context), said)


def _in(language, text):
    with override(language):
        return str(text)


def _languages(context):
    return context.get("languages") or ((get_language() or "es")[:2],)
