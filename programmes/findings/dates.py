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
            field="id_extended_to_on",
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
            field="id_starts_on",
        )
    ]


def approved_after_start(approved_on, starts_on):
    """The first transfer follows the approval, and the start is usually the day of the first transfer."""
    if approved_on is None or starts_on is None or approved_on <= starts_on:
        return []
    return [
        Finding(
            Level.WARNING,
            "approved_after_start",
            Block.DATES,
            f"approved={approved_on};start={starts_on}",
            say(_("The programme starts before it was approved")),
            say(_("The start is %(start)s, the approval %(approved)s."), start=starts_on, approved=approved_on),
            say(_("Check both dates against the programme document.")),
            Block.DATES.label,
            anchor="approved",
            field="id_approved_on",
        )
    ]


def past_its_end(life_cycle, ends_on, as_of):
    """``ends_on`` is the end in force: a programme that has passed it is closed, or its extension is recorded."""
    if life_cycle != "implementation" or ends_on is None or as_of <= ends_on:
        return []
    return [
        Finding(
            Level.WARNING,
            "past_its_end",
            Block.IDENTITY,
            f"life_cycle={life_cycle};end={ends_on}",
            say(_("The programme has ended, but is still said to be in implementation")),
            say(_("It ended on %(end)s."), end=ends_on),
            say(_("Close it operationally, or record the revision that extends it.")),
            Block.IDENTITY.label,
            field="id_life_cycle",
        )
    ]


def disbursement_before_start(starts_on, lines):
    """``lines`` are (ordinal, made on or ``None``)."""
    return [
        _disbursement(
            "disbursement_before_start",
            (row, ordinal),
            f"start={starts_on};made={made_on}",
            say(_("Disbursement %(ordinal)s was made before the programme starts"), ordinal=ordinal),
            say(_("It was made on %(made)s; the programme starts on %(start)s."), made=made_on, start=starts_on),
            say(_("Check both dates: the start is usually the day of the first transfer.")),
        )
        for row, (ordinal, made_on) in enumerate(lines)
        if starts_on is not None and made_on is not None and made_on < starts_on
    ]


def disbursement_after_end(ends_on, lines):
    """``ends_on`` is the latest end that was ever stated: nothing is transferred to a programme that is over."""
    return [
        _disbursement(
            "disbursement_after_end",
            (row, ordinal),
            f"end={ends_on};made={made_on}",
            say(_("Disbursement %(ordinal)s was made after the programme ended"), ordinal=ordinal),
            say(_("It was made on %(made)s; the programme ended on %(end)s."), made=made_on, end=ends_on),
            say(_("Check the date, or record the revision that extends the programme.")),
        )
        for row, (ordinal, made_on) in enumerate(lines)
        if ends_on is not None and made_on is not None and made_on > ends_on
    ]


def disbursements_out_of_order(lines):
    """A later disbursement that was made before an earlier one; ``lines`` are (ordinal, made on or ``None``)."""
    rows = {ordinal: row for row, (ordinal, _made_on) in enumerate(lines)}
    made = sorted((ordinal, made_on) for ordinal, made_on in lines if made_on is not None)
    return [
        _disbursement(
            "disbursements_out_of_order",
            (rows[later], later),
            f"{earlier}={earlier_on};{later}={later_on}",
            say(_("Disbursement %(later)s was made before disbursement %(earlier)s"), later=later, earlier=earlier),
            say(_("The dates are %(later_on)s and %(earlier_on)s."), later_on=later_on, earlier_on=earlier_on),
            say(_("Check both dates.")),
        )
        for (earlier, earlier_on), (later, later_on) in pairwise(made)
        if later_on < earlier_on
    ]


def _disbursement(code, at, seen, *words):
    row, ordinal = at
    return Finding(
        Level.WARNING, code, Block.DISBURSEMENTS, seen, *words, Block.DISBURSEMENTS.label,
        anchor=str(ordinal), field=f"id_disbursements-{row}-on",
    )  # fmt: skip
