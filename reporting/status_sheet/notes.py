"""What is printed as stated although it does not add up, said in a note at the figure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override

from beneficiaries.findings.submissions import OVERLAPS_BASE, overlaps_base
from beneficiaries.models import Reach
from beneficiaries.totals.agreed import Kind
from programmes.figures import day, usd
from programmes.findings.budget import budget_gap
from programmes.findings.dates import extension_before_end
from reporting.status_sheet.values import Label, Note

EXTENSION = gettext_noop("The extension falls before the end; printed as stated.")
OVERLAP = gettext_noop(
    "Whoever was reached before %(day)s may be counted twice: in the programme's base and in the new figures of the "
    "same period."
)
GAP = gettext_noop("Total and sum differ by %(amount)s; both are printed.")


def notes(dates, money, counted):
    """Numbered in the order in which the sheet prints their figures; what is found is the findings' rule."""
    budgets = [(line.agency, line.acronym, line.approved_usd) for line in money.agencies]
    before_end = extension_before_end(dates.ends_on, dates.extended_to_on)
    gap = budget_gap(money.stated_usd, budgets)
    found = [(finding.code, _in_both(EXTENSION)) for finding in before_end]
    found += [(finding.code, _in_both(GAP, amount=usd(abs(money.gap_usd)))) for finding in gap]
    overlap = max(filter(None, (overlaps_base(report, counted) for report in counted.reports)), default=None)
    is_agreed = counted.printed[counted.persons.code, Reach.DIRECT].kind == Kind.AGREED
    if overlap and not is_agreed:  # in what was agreed nobody is counted twice
        found.append((OVERLAPS_BASE, _in_both(OVERLAP, day=overlap)))
    return tuple(Note(number, code, text) for number, (code, text) in enumerate(found, start=1))


def _in_both(msgid, **values):
    """A message in both languages at once: the sheet is the same whoever builds it."""
    said = {}
    for language in ("es", "en"):
        with override(language):
            written = {name: day(value, language) if name == "day" else value for name, value in values.items()}
            said[language] = _(msgid) % written if values else _(msgid)
    return Label(**said)
