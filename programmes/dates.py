"""Dates as people type them, in Spanish and in English: read, never guessed."""

import re
from datetime import date
from functools import cache

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes import figures

_SETIEMBRE = {"setiembre": 9, "set": 9, "sept": 9}


@cache
def _months():
    """Month names and their first three letters, of both languages → 1 to 12."""
    names = dict(_SETIEMBRE)
    for language in ("es", "en"):
        with override(language):
            for number, name in MONTHS.items():
                names[str(name).lower()] = names[str(name).lower()[:3]] = number
    return names


def _not_a_date(text):
    return ValidationError(
        _("“%(found)s” is not a date. Write it like %(example)s or 18/06/2011."),
        code="not_a_date",
        params={"found": text, "example": _("June 18, 2011")},
    )


def _made(year, month, day, text):
    """The date, or the sentence that says the calendar has no such day."""
    if not 1900 <= int(year) <= 2200:
        raise ValidationError(
            _("The year %(year)s cannot be right. Write it with four digits, for instance 2011."),
            code="year_out_of_range",
            params={"year": year},
        )
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise ValidationError(
            _("“%(found)s” is not in the calendar. Check the day and the month."),
            code="no_such_day",
            params={"found": text},
        ) from None


def _cleaned(text):
    """Lower case, without commas, full stops after words, “de”, “del” and “of”, single spaces."""
    words = re.sub(r"[,.](?=\s|$)", " ", str(text)[:80].lower())
    return " ".join(word for word in words.split() if word not in ("de", "del", "of", "the"))


def parse_day(text, language):
    """A date to the day; ``None`` when nothing is typed; ``ValidationError`` with what to write instead.

    In Spanish the day stands first. In English ``05/06/2011`` may be May 6 or June 5: it is asked about.

    >>> [parse_day(t, "es").isoformat() for t in ("2011-06-18", "18/06/2011", "18 de junio de 2011", "Junio 18, 2011")]
    ['2011-06-18', '2011-06-18', '2011-06-18', '2011-06-18']
    >>> [parse_day(t, "en").isoformat() for t in ("June 18, 2011", "18 Jun 2011", "6/18/2011", "18.6.2011")]
    ['2011-06-18', '2011-06-18', '2011-06-18', '2011-06-18']
    >>> parse_day("05/06/2011", "es"), parse_day("05/05/2011", "en"), parse_day("  ", "en")
    (datetime.date(2011, 6, 5), datetime.date(2011, 5, 5), None)
    >>> [code_of(parse_day, t, "en") for t in ("05/06/2011", "31/02/2011", "mañana", "18/06/11", "June 2011")]
    ['ambiguous_date', 'no_such_day', 'not_a_date', 'not_a_date', 'not_a_date']
    """
    words = _cleaned(text)
    if not words:
        return None
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", words):
        return _made(*match.groups(), text)
    if match := re.fullmatch(r"(\d{1,2})([-/.\s])(\d{1,2})\2(\d{4})", words):
        return _numeric(int(match[1]), int(match[3]), match[4], text, language)
    if match := re.fullmatch(r"(\d{1,2})(?:º|°|st|nd|rd|th)?[\s/-]([^\W\d]+)[\s/-](\d{4})", words):
        number, name, year = match.groups()
    elif match := re.fullmatch(r"([^\W\d]+)\s(\d{1,2})(?:º|°|st|nd|rd|th)?\s(\d{4})", words):
        name, number, year = match.groups()
    else:
        raise _not_a_date(text)
    if name not in _months():
        raise _not_a_date(text)
    return _made(year, _months()[name], number, text)


def _numeric(first, second, year, text, language):
    """Two numbers and a year: the one above 12 is the day; otherwise the language decides, or the person is asked."""
    if first > 12 or (language == "es" and second <= 12) or first == second:
        return _made(year, second, first, text)
    if second > 12:
        return _made(year, first, second, text)
    raise ValidationError(
        _("“%(found)s” can be %(one)s or %(other)s. Write the month as a word."),
        code="ambiguous_date",
        params={
            "found": text,
            "one": figures.day(_made(year, second, first, text), language),
            "other": figures.day(_made(year, first, second, text), language),
        },
    )


def parse_month(text):
    """A month as its first day; ``None`` when nothing is typed.

    >>> [parse_month(t).isoformat() for t in ("Febrero 2011", "february 2011", "2011-02", "02/2011", "feb. de 2011")]
    ['2011-02-01', '2011-02-01', '2011-02-01', '2011-02-01', '2011-02-01']
    >>> [code_of(parse_month, t) for t in ("13/2011", "febrero", "2011")]
    ['no_such_day', 'not_a_month', 'not_a_month']
    """
    words = _cleaned(text)
    if not words:
        return None
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})", words):
        return _made(match[1], match[2], 1, text)
    if match := re.fullmatch(r"(\d{1,2})[-/.\s](\d{4})", words):
        return _made(match[2], match[1], 1, text)
    match = re.fullmatch(r"([^\W\d]+)[\s/-](\d{4})", words)
    if match and match[1] in _months():
        return _made(match[2], _months()[match[1]], 1, text)
    raise ValidationError(
        _("“%(found)s” is not a month. Write it like %(example)s or 02/2011."),
        code="not_a_month",
        params={"found": text, "example": _("February 2011")},
    )


def _no_day_nor_month(text):
    return ValidationError(
        _("“%(found)s” is neither a month nor a date. Write it like %(month)s, 02/2011 or %(day)s."),
        code="not_a_date",
        params={"found": text, "month": _("February 2011"), "day": _("June 18, 2011")},
    )


def parse_day_or_month(text, language):
    """A date of which the day may be unknown: ``(date, is_month_only)``.

    >>> parse_day_or_month("Marzo 2010", "es"), parse_day_or_month("1 de marzo de 2010", "es")
    ((datetime.date(2010, 3, 1), True), (datetime.date(2010, 3, 1), False))
    """
    try:
        return parse_month(text), True
    except ValidationError as refused:
        if refused.code != "not_a_month":
            raise
    try:
        return parse_day(text, language), False
    except ValidationError as refused:
        if refused.code != "not_a_date":
            raise
        raise _no_day_nor_month(text) from None


def code_of(parse, *args):
    """The code with which a parser refuses, or the empty text when it accepts.

    >>> code_of(parse_month, "2011-02")
    ''
    """
    try:
        parse(*args)
    except ValidationError as refused:
        return refused.code
    return ""
