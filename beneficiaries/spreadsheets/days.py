"""A date in a cell: read where only one reading is possible, asked about otherwise, never guessed. Pure."""

import re
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError

from programmes import dates


@dataclass(frozen=True, slots=True)
class Day:
    """A date, and whether it was written month first, as only one of the two languages does."""

    on: date
    month_first: bool = False


@dataclass(frozen=True, slots=True)
class TwoDays:
    """Digits that are one day in Spanish and another in English: ``03/04/2010``."""

    choices: tuple[date, date]


def read_day(cell):
    """A cell as ``Day`` or ``TwoDays``; ``None`` when it holds no date.

    >>> read_day({"date": "2011-10-31T00:00:00"}).on.isoformat(), read_day("31 de octubre de 2011").on.isoformat()
    ('2011-10-31', '2011-10-31')
    >>> [day.isoformat() for day in read_day("03/04/2010").choices]
    ['2010-04-03', '2010-03-04']
    >>> read_day("12/18/2009").on.isoformat(), read_day("12/18/2009").month_first, read_day("18/12/2009").month_first
    ('2009-12-18', True, False)
    >>> read_day("05/05/2011").on.isoformat(), read_day("03/04/10"), read_day("31/02/2011"), read_day(40847)
    ('2011-05-05', None, None, None)
    """
    if isinstance(cell, dict) and "date" in cell:
        return _stored(cell["date"])
    if not isinstance(cell, str):
        return None
    numeric = re.fullmatch(r"\s*(\d{1,2})([-/.])(\d{1,2})\2(\d{4})\s*", cell)
    if not numeric:
        return _in_words(cell)
    first, second, year = int(numeric[1]), int(numeric[3]), int(numeric[4])
    day_first, month_first = _calendar(year, second, first), _calendar(year, first, second)
    if day_first and month_first and day_first != month_first:
        return TwoDays((day_first, month_first))
    if day_first:
        return Day(day_first)
    return Day(month_first, month_first=True) if month_first else None


def _calendar(year, month, day):
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _stored(text):
    try:
        return Day(date.fromisoformat(text[:10]))
    except ValueError:
        return None


def _in_words(text):
    try:
        on = dates.parse_day(text, "es")
    except ValidationError:
        return None
    return Day(on) if on else None
