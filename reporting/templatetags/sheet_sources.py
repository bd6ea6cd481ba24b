"""A number as the quiet link to where it comes from, on pages of people who may see that."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

register = template.Library()


class SourcedNode(template.Node):
    """Its content, the number; a link where the page has ``sources``."""

    def __init__(self, place, content):
        self.place, self.content = place, content

    def render(self, context):
        number = self.content.render(context)
        sources = context.get("sources")
        if sources is None:
            return number
        first, *reach = (part.resolve(context) for part in self.place)
        address = sources.figure(first, *reach) if reach else sources.block(first)
        return linked(address, number)


def linked(address, number):
    """Its name says what it is and what it does: “509: where it comes from”."""
    return format_html(
        '<a class="from" href="{}">{}<span class="u-hide">: {}</span></a>',
        address,
        mark_safe(number.strip()),
        _("where it comes from"),
    )


@register.tag
def sourced(parser, token):
    """``{% sourced row.category "direct" %}…{% endsourced %}``: a figure; ``{% sourced "budget" %}``: an amount."""
    _name, *place = token.split_contents()
    content = parser.parse(("endsourced",))
    parser.delete_first_token()
    return SourcedNode([parser.compile_filter(part) for part in place], content)
