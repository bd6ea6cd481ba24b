"""Which of the beneficiaries' figures are agreed, and between which bounds the others lie: said on screen and paper."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import override

from beneficiaries.models import Reach
from programmes import figures
from reporting.templatetags.sheet_figures import in_both

register = template.Library()


@register.filter
def kind_label(block, row):
    """``{{ block|kind_label:row }}``: (reach, the words beneath its figure) of the agreed figures of a row."""
    return {reach.value: _kind(block, row, reach.value) for reach in Reach}


def _kind(block, row, reach):
    agreed = {line.category for line in block.agreed if line.reach == reach}
    if row is not block.persons:
        return in_both(lambda _language: _("agreed")) if row.category in agreed else None
    # Persons add what is printed for the categories of persons.
    summed = {line.category for line in block.rows if line.unit == "persons"}
    if not summed & agreed:
        return None
    return in_both(lambda _language: _("agreed") if summed <= agreed else _("agreed in part"))


@register.filter
def agreed_in_words(block, language):
    """“Women, direct, for October 31, 2011”: each agreed figure, in one sentence."""
    with override(language):
        told = [
            _("%(category)s, %(reach)s, for %(day)s")
            % {
                "category": line.label[language],
                "reach": Reach(line.reach).label,
                "day": figures.day(line.as_of_on, language),
            }
            for line in block.agreed
        ]
    return "; ".join(told)


@register.filter
def ranges_in_words(block, language):
    """“Women, direct, 150 to 270”: between which bounds figures lie that may count somebody twice."""
    with override(language):
        told = [
            _("%(category)s, %(reach)s, %(least)s to %(most)s")
            % {
                "category": line.label[language],
                "reach": Reach(line.reach).label,
                "least": figures.number(line.net.value),
                "most": figures.partial(line.gross),
            }
            for line in block.ranges
        ]
    return "; ".join(told)
