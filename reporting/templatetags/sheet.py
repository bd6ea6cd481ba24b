"""How the blocks of a sheet are laid out in one language or in two: the languages are a loop, not a copy.

``languages`` stands in the context of every block template. Inside ``{% pair %}`` the template reads as if
there were one language only: it is rendered once for each, in that language.
"""

from django import template
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from beneficiaries.templatetags.charts import in_one_line
from programmes.blocks import Block
from programmes.models import BilingualText, Performance, Translation
from reporting import passages
from reporting.status_sheet.values import Label

register = template.Library()
HEADINGS = ("h2", "h3", "h4")
#: Characters of a passage that stays on one page: three lines or so of half a page's width.
SHORT = 240


class PairNode(template.Node):
    """Its content once for each language, side by side."""

    def __init__(self, tag, classes, content):
        self.tag, self.classes, self.content = tag, classes, content

    def render(self, context):
        tag, classes = self.tag.resolve(context), self.classes.resolve(context) if self.classes else ""
        cells = []
        for language in context["languages"]:
            with override(language), context.push(language=language):
                cells.append((language, self.content.render(context).strip()))
        return side_by_side(tag, classes, cells)


def side_by_side(tag, classes, cells):
    """One row with a cell for each ``(language, HTML)``; a heading's entry in the outline names both."""
    outline = ""
    if tag in HEADINGS and len(cells) > 1:
        outline = format_html(
            ' data-outline="{}"', " · ".join(" ".join(strip_tags(text).split()) for _l, text in cells)
        )
    written = format_html_join(
        "",
        '<{} class="{}{}" lang="{}"{}>{}</{}>',
        (
            (tag, language, _hanging(classes), language, outline if first else "", mark_safe(text), tag)
            for first, (language, text) in zip([True, False], cells, strict=False)
        ),
    )
    return format_html('<div class="pair {}">{}</div>', classes, written) if tag else written


HANGING = ("li", "step", "rn", "in", "fact", "wide", "note", "soft")


def _hanging(classes):
    """What hangs out of its paragraph does so in each cell."""
    return "".join(f" {name}" for name in classes.split() if name in HANGING)


@register.tag
def pair(parser, token):
    """``{% pair "p" "fact" %}…{% endpair %}``: element and classes of a row."""
    _name, *arguments = token.split_contents()
    tag, *classes = [parser.compile_filter(argument) for argument in arguments]
    content = parser.parse(("endpair",))
    parser.delete_first_token()
    return PairNode(tag, classes[0] if classes else None, content)


@register.filter
def said(value, language):
    """A label, a translatable string, or a text (in the other language rather than not at all), in one language."""
    if isinstance(value, Label):
        return value[language]
    if isinstance(value, BilingualText):
        return value.shown_in(language)[0]
    with override(language):
        return str(value)


@register.simple_tag(takes_context=True)
def words(context, value, between=" · "):
    """A short label in every language of the sheet, in one line: once where they say the same."""
    gap = mark_safe("<br>") if between == "br" else between
    return in_one_line(context["languages"], lambda language: said(value, language), gap)


@register.filter
def performance_name(value):
    return Performance(value).label


@register.simple_tag(takes_context=True)
def note_mark(context, code):
    """The number of a note at its figure; nothing where there is none."""
    for note in context["sheet"].notes:
        if note.code == code:
            return format_html(' <sup class="note-mark">{}</sup>', note.number)
    return ""


@register.simple_tag(takes_context=True)
def plain(context, text, blank=True):
    """A text without mark-up in the language of its column; what is missing is said."""
    language = context["language"]
    if text[language]:
        return text[language]
    return _missing(text, language, context["languages"], text[_other(language)], blank)


def _other(language):
    return "en" if language == "es" else "es"


def _missing(text, language, languages, fallback, blank=True):
    """Nothing written: blank. Not translated: the other language, boxed, unless it stands beside it anyway."""
    if not text:
        return format_html('<span class="pend">{}</span>', _("blank")) if blank else ""
    if len(languages) > 1:
        return format_html('<span class="tag">{}</span>', _("not translated"))
    other = _other(language)
    return format_html('<span lang="{}">{}</span> <span class="tag fallback">{}</span>', other, fallback, other)


@register.simple_tag(takes_context=True)
def stale_mark(context, text):
    """Says that a translation is older than its source, or not confirmed yet; nothing otherwise."""
    state = text.state(context["language"])
    if not state.is_old:
        return ""
    if state == Translation.UNCONFIRMED:
        warning = _("translation not confirmed yet")
    elif text.source_language == "es":
        warning = _("out of date: the Spanish changed")
    else:
        warning = _("out of date: the English changed")
    return format_html(' <span class="tag stale">{}</span>', warning)


@register.simple_tag(takes_context=True)
def rich_text(context, text, classes="p"):
    """A rich text: whole in one language, in two paragraph against paragraph."""
    languages = context["languages"]
    if len(languages) == 1 or not (text["es"] and text["en"]):
        return mark_safe("".join(_whole(text, languages, classes)))
    rows = []
    for cells in passages.paired(*(text[language] for language in languages)):
        tag = "p" if all(cell.is_plain and "<p>" not in cell.html for cell in cells) else "div"
        kind = _ITEMS[cells[0].list_tag] or ("" if tag == "p" else " rich")
        hanging = f"{classes} {_breaking(cells)}{kind}"
        with_markers = [
            (language, format_html('<span class="m">{}</span>', cell.marker) + mark_safe(cell.html))
            if cell.marker
            else (language, cell.html)
            for language, cell in zip(languages, cells, strict=True)
        ]
        rows.append(side_by_side(tag, hanging, with_markers))
    return mark_safe("".join(rows))


#: How a row hangs, by the kind of list its passages are items of.
_ITEMS = {"": "", "ul": " li", "ol": " li step"}


def _breaking(cells):
    """Short passages stay on one page; long ones may run over."""
    return "avoid" if max(len(cell.html) for cell in cells) < SHORT else "long"


def _whole(text, languages, classes):
    cells = []
    for language in languages:
        with override(language):
            shown = mark_safe(passages.joined(text[language]))
            if not shown:
                fallback = mark_safe(passages.joined(text[_other(language)]))
                shown = _missing_block(text, language, languages, fallback)
            cells.append((language, shown))
    yield side_by_side("div", f"rich {classes}", cells)


def _missing_block(text, language, languages, fallback):
    if not text or len(languages) > 1:
        return format_html("<p>{}</p>", _missing(text, language, languages, ""))
    other = _other(language)
    mark = format_html('<p class="falls-back"><span class="tag fallback">{}</span></p>', other)
    return format_html('{}<div lang="{}">{}</div>', mark, other, fallback)


@register.filter
def of_unit(rows, unit):
    """The categories of one unit."""
    return [row for row in rows if row.unit == unit]


@register.simple_tag(takes_context=True)
def plain_words(context, value):
    """The same label in every language, without mark-up: for attributes and running heads."""
    return " · ".join(dict.fromkeys(said(value, language) for language in context["languages"]))


@register.simple_tag(takes_context=True)
def outline(context, value):
    return plain_words(context, value)


@register.simple_tag(takes_context=True)
def block_title(context, block):
    """A block's title in the language of its column."""
    return said(Block(block).label, context["language"])


@register.simple_tag(takes_context=True)
def shared_head(context, block):
    """The one heading of a table that both languages share."""
    title = Block(block).label
    return format_html(
        '<h2 class="shared" data-outline="{}">{}</h2>', plain_words(context, title), words(context, title, " ")
    )


@register.filter
def fact_words(fact, language):
    """What a fact of a sheet says, without mark-up, in one language."""
    value = fact.value
    if hasattr(value, "shown"):
        covered = getattr(value, "coverage", None)
        return f"{said(value.shown, language)} ({covered[language]})" if covered else said(value.shown, language)
    other = "en" if language == "es" else "es"
    return strip_tags(getattr(value, language) or getattr(value, other))
