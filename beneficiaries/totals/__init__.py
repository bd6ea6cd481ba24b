"""Beneficiaries to date: which submissions count at a date, and what they add up to."""

from dataclasses import replace

from beneficiaries.totals.counting import count
from beneficiaries.totals.loading import areas_of, load
from beneficiaries.totals.values import Facts, Figure, Report, Totals

__all__ = ["Facts", "Figure", "Report", "Totals", "before_and_after", "count", "to_date", "totals_with"]


def to_date(programme, as_of, known_at=None, taking_part=None) -> Totals:
    """The programme's totals at a date; with ``known_at`` as the portal knew them at that instant.

    ``taking_part``: the agencies' acronyms and the latest end, of whoever has read the programme's revisions already.
    """
    return count(load(programme, as_of, known_at, taking_part), as_of)


def before_and_after(programme, draft: Report, as_of) -> tuple[Totals, Totals]:
    """The totals without and with figures that nobody has accepted yet. ``draft`` is no older than the date."""
    facts = load(programme, as_of)
    unknown = {figure.area for figure in draft.figures} - {"", *facts.areas}
    if unknown:
        facts = replace(facts, areas=areas_of(programme, unknown) | dict(facts.areas))
    before = count(facts, as_of)
    return before, totals_with(before, draft)


def totals_with(totals: Totals, draft: Report) -> Totals:
    """The same computation with a draft in place of what its agency had sent for the period."""
    others = tuple(report for report in totals.facts.reports if report.key != draft.key)
    return count(replace(totals.facts, reports=(*others, draft)), totals.as_of_on)
