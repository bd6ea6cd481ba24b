"""Dates that do not follow one another."""

from datetime import date
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from programmes.blocks import Block
from programmes.findings.finding import NOTHING, Finding, Level, say

#: An extension without cost is granted for a year at most.
LONGEST_EXTENSION_YEARS = 1


def extension_before_end(ends_on, extended_to_on):
    """An extension that lies before the end it extends: most often the year is mistyped."""
    if ends_on is None or extended_to_on is None or extended_to_on >= ends_on:
        return []
    meant = likely_extension(ends_on, extended_to_on)
    title, suggestion = say(_("The extension falls before the end")), NOTHING
    if meant:
        title = say(_("The extension falls before the end. Is it %(day)s?"), day=meant)
        cause = _("Likely cause: the year. %(day)s is the same day of the year, within a year after the end.")
        suggestion = say(cause, day=meant)
    return [
        Finding(
            Level.WARNING,
            "extension_before_end",
            Block.DATES,
            f"end={ends_on};extension={extended_to_on}",
            title,
            say(_("The end is %(end)s, the extension %(extension)s."), end=ends_on, extension=extended_to_on),
            suggestion,
            Block.DATES.label,
            anchor="extended_to",
        )
    ]


def likely_extension(ends_on, extended_to_on):
    """The same day of the year within a year after the end; ``None`` when there is none.

    >>> likely_extension(date(2012, 12, 18), date(2011, 6, 18))
    datetime.date(2013, 6, 18)
    """
    latest = _in_year(ends_on, ends_on.year + LONGEST_EXTENSION_YEARS)
    for year in (ends_on.year, ends_on.year + 1):
        meant = _in_year(extended_to_on, year)
        if ends_on < meant <= latest:
            return meant
    return None


def _in_year(day, year):
    is_leap_day = (day.month, day.day) == (2, 29)
    return date(year, 2, 28) if is_leap_day else day.replace(year=year)


def start_after_end(starts_on, ends_on):
    """``ends_on`` is the end as first approved."""
    if starts_on is None or ends_on is None or starts_on <= ends_on:
        return []
    return [
        Finding(
            Level.ERROR,
            "start_after_end",
            Block.DATES,
            f"start={starts_on};end={ends_on}",
            say(_("The programme starts after it ends")),
            say(_("The start is %(start)s, the end %(end)s."), start=starts_on, end=ends_on),
            say(_("Correct the date that is wrong.")),
            Block.DATES.label,
        )
    ]


def disbursement_before_start(starts_on, lines):
    """``lines`` are (ordinal, made on or ``None``)."""
    return [
        Finding(
            Level.WARNING,
            "disbursement_before_start",
            Block.DISBURSEMENTS,
            f"start={starts_on};made={made_on}",
            say(_("Disbursement %(ordinal)s was made before the programme starts"), ordinal=ordinal),
            say(_("It was made on %(made)s; the programme starts on %(start)s."), made=made_on, start=starts_on),
            say(_("Check both dates: the start is usually the day of the first transfer.")),
            Block.DISBURSEMENTS.label,
            anchor=str(ordinal),
        )
        for ordinal, made_on in lines
        if starts_on is not None and made_on is not None and made_on < starts_on
    ]


def disbursements_out_of_order(lines):
    """A later disbursement that was made before an earlier one; ``lines`` are (ordinal, made on or ``None``)."""
    made = sorted((ordinal, made_on) for ordinal, made_on in lines if made_on is not None)
    return [
        Finding(
            Level.WARNING,
            "disbursements_out_of_order",
            Block.DISBURSEMENTS,
            f"{earlier}={earlier_on};{later}={later_on}",
            say(_("Disbursement %(later)s was made before disbursement %(earlier)s"), later=later, earlier=earlier),
            say(_("The dates are %(later_on)s and %(earlier_on)s."), later_on=later_on, earlier_on=earlier_on),
            say(_("Check both dates.")),
            Block.DISBURSEMENTS.label,
            anchor=str(later),
        )
        for (earlier, earlier_on), (later, later_on) in pairwise(made)
        if later_on < earlier_on
    ]
