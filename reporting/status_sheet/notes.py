"""What is printed as stated although it does not add up, said in a note at the figure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from programmes.figures import usd
from reporting.status_sheet.values import Label, Note

EXTENSION_BEFORE_END = "extension_before_end"
BUDGET_GAP = "budget_gap"


def notes(dates, money):
    """Numbered in the order in which the sheet prints their figures."""
    found = []
    if dates.extended_to_on and dates.ends_on and dates.extended_to_on < dates.ends_on:
        text = gettext_noop("The extension falls before the end; printed as stated.")
        found.append((EXTENSION_BEFORE_END, in_both(text)))
    if money.gap_usd:
        text = gettext_noop("Total and sum differ by %(amount)s; both are printed.")
        found.append((BUDGET_GAP, in_both(text, amount=usd(abs(money.gap_usd)))))
    return tuple(Note(number, code, text) for number, (code, text) in enumerate(found, start=1))


def in_both(msgid, **values):
    """A message in both languages at once: the sheet is the same whoever builds it."""
    said = {}
    for language in ("es", "en"):
        with override(language):
            said[language] = _(msgid) % values if values else _(msgid)
    return Label(**said)
