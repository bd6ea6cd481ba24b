"""Numbers, money, dates and months as people read and type them, in Spanish and in English.

Every page, sheet and message formats here; every form reads here. ``language`` is "es" or "en".
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from programmes.quantities import Quantity, State, Sum

WORDS = {
    "es": {"nd": "nd", "na": "no aplica", "pending": "pendiente", "blank": "vacío"},
    "en": {"nd": "nd", "na": "not applicable", "pending": "pending", "blank": "blank"},
}
SPACES = "\u0020\u00a0\u2009\u202f"


def number(value):
    """A count or amount with commas, in both languages; cents only where there are any.

    >>> number(1242), number(Decimal("8000000.00")), number(Decimal("12.5")), number(-1500)
    ('1,242', '8,000,000', '12.50', '−1,500')
    """
    amount = Decimal(value)
    digits = f"{abs(amount):,.0f}" if amount == amount.to_integral_value() else f"{abs(amount):,.2f}"
    return f"−{digits}" if amount < 0 else digits


def signed(value):
    """A difference with its sign.

    >>> signed(68), signed(-15), signed(0)
    ('+68', '−15', '0')
    """
    return f"+{number(value)}" if value > 0 else number(value)


def usd(value):
    """Money reads the same in both languages.

    >>> usd(Decimal("8000000"))
    'USD 8,000,000'
    """
    return f"USD {number(value)}"


def percentage(value):
    """A rate that ``quantities.share`` has decided: one decimal, a thin space before the sign.

    >>> percentage(Decimal("65.8"))
    '65.8\u00a0%'
    """
    return f"{value:.1f}\u00a0%"


def month_name(month, language):
    """The month with a capital, as sheets write it in both languages.

    >>> month_name(12, "es"), month_name(2, "en")
    ('Diciembre', 'February')
    """
    with override(language):
        return str(MONTHS[month]).capitalize()


def day(value, language):
    """A date to the day.

    >>> day(date(2009, 12, 18), "es"), day(date(2011, 6, 18), "en")
    ('Diciembre 18, 2009', 'June 18, 2011')
    """
    return f"{month_name(value.month, language)} {value.day}, {value.year}"


def month(value, language):
    """A date of which only the month is known.

    >>> month(date(2011, 2, 1), "es"), month(date(2010, 3, 1), "en")
    ('Febrero 2011', 'March 2010')
    """
    return f"{month_name(value.month, language)} {value.year}"


def listed(items, language):
    """Names in one sentence.

    >>> listed(["Coclé", "Herrera", "Chiriquí"], "es"), listed(["Inés"], "en"), listed(["a", "Isla"], "es")
    ('Coclé, Herrera y Chiriquí', 'Inés', 'a e Isla')
    """
    *front, last = [str(item) for item in items] or [""]
    if not front:
        return last
    joint = "and" if language == "en" else "e" if re.match(r"h?[ií](?![aeou])", last, re.IGNORECASE) else "y"
    return f"{', '.join(front)} {joint} {last}"


def quantity(value: Quantity, language):
    """One figure: the number, or the letters or word of its state; never 0 for what is missing.

    >>> [quantity(Quantity(n, s), "es") for n, s in ((1242, State.REPORTED), (None, State.ND), (None, State.PENDING))]
    ['1,242', 'nd', 'pendiente']
    >>> quantity(Quantity(None, State.NA), "en"), quantity(Quantity(0), "en")
    ('not applicable', '0')
    """
    return number(value.value) if value.is_reported else WORDS[language][value.state]


def partial(value: Sum):
    """The short form of a sum: complete, at least, or no data.

    >>> partial(Sum(787, 2, 0)), partial(Sum(518, 2, 1)), partial(Sum(None, 0, 3)), partial(Sum(None, 0, 0))
    ('787', '≥ 518', 'nd', 'na')
    """
    if value.is_not_applicable:
        return "na"
    if value.known is None:
        return "nd"
    return number(value.known) if value.is_complete else f"≥ {number(value.known)}"


def missing(value: Sum, language):
    """How many parts of an incomplete sum are missing, to stand beneath it; nothing for a complete one.

    >>> missing(Sum(518, 2, 1), "en"), missing(Sum(518, 2, 1), "es"), missing(Sum(787, 2, 0), "en")
    ('1 of 3 missing', 'falta 1 de 3', '')
    >>> missing(Sum(518, 1, 2), "es")
    'faltan 2 de 3'
    """
    if value.missing == 0 or value.known is None:
        return ""
    with override(language):
        said = ngettext("%(count)s of %(parts)s missing", "%(count)s of %(parts)s missing", value.missing)
    return said % {"count": value.missing, "parts": value.reported + value.missing}


def coverage(value: Sum, language):
    """The same with the day up to which nothing is missing, where there is one.

    >>> coverage(Sum(518, 2, 1), "en"), coverage(Sum(877, 1, 4, date(2011, 10, 31)), "en")
    ('1 of 3 missing', '4 of 5 missing after October 31, 2011')
    """
    if not missing(value, language) or not value.complete_to:
        return missing(value, language)
    values = {"count": value.missing, "parts": value.reported + value.missing, "day": day(value.complete_to, language)}
    with override(language):
        return (
            ngettext(
                "%(count)s of %(parts)s missing after %(day)s",
                "%(count)s of %(parts)s missing after %(day)s",
                value.missing,
            )
            % values
        )


def in_words(value: Sum, language):
    """A sum as running text prints it.

    >>> in_words(Sum(518, 2, 1), "en"), in_words(Sum(None, 0, 2), "es"), in_words(Sum(None, 0, 0), "es")
    ('≥ 518 (1 of 3 missing)', 'nd', 'no aplica')
    >>> in_words(Sum(877, 1, 4, date(2011, 10, 31)), "en")
    '≥ 877 (4 of 5 missing after October 31, 2011)'
    """
    if value.is_not_applicable:
        return WORDS[language][State.NA]
    covered = coverage(value, language)
    return f"{partial(value)} ({covered})" if covered else partial(value)


# Reading what people type


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Digits that two conventions read differently: asked about, never guessed."""

    choices: tuple[Decimal, ...]


def parse_number(text):
    """A number as typed: ``1,839,500``, ``1.839.500``, ``1 839 500``, ``1,839.50``, ``1.839,50``.

    Returns a ``Decimal``, ``Ambiguous`` (``1.839`` is 1839 or 1.839), or ``None`` when it is no number.

    >>> parse_number("1.839.500"), parse_number("1 839 500"), parse_number("USD 8,000,000")
    (Decimal('1839500'), Decimal('1839500'), Decimal('8000000'))
    >>> parse_number("1.839,50"), parse_number("1,839.50"), parse_number("12,5"), parse_number("-12")
    (Decimal('1839.50'), Decimal('1839.50'), Decimal('12.5'), Decimal('-12'))
    >>> parse_number("1.839").choices
    (Decimal('1839'), Decimal('1.839'))
    >>> parse_number("0.250"), parse_number("12 34"), parse_number("1,2,3"), parse_number("doce")
    (Decimal('0.250'), None, None, None)
    """
    cleaned = re.sub(r"^\s*(USD|US\$|\$)|(USD)\s*$", "", str(text), flags=re.IGNORECASE).strip(SPACES)
    match = re.fullmatch(r"([-−]?)(\d[\d.,'’\u0020\u00a0\u2009\u202f]*)", cleaned)
    if not match:
        return None
    sign, digits = ("-" if match[1] else ""), re.sub(f"['’{SPACES}]", " ", match[2])
    read = _grouped(digits)
    if isinstance(read, Ambiguous):
        return Ambiguous(tuple(Decimal(sign + str(choice)) for choice in read.choices))
    return None if read is None else Decimal(sign + read)


def _grouped(digits):
    """Digits with separators → plain digits, ``Ambiguous``, or ``None`` when the groups make no number."""
    if re.fullmatch(r"\d+", digits):
        return digits
    for thousands, point in ((" ", ".,"), (",", "."), (".", ",")):
        group = re.escape(thousands)
        match = re.fullmatch(rf"(\d{{1,3}}(?:{group}\d{{3}})+)(?:[{re.escape(point)}](\d+))?", digits)
        if match:
            whole = match[1].replace(thousands, "")
            one_separator = thousands != " " and match[2] is None and match[1].count(thousands) == 1
            if one_separator and not match[1].startswith("0"):
                return Ambiguous((Decimal(whole), Decimal(match[1].replace(thousands, "."))))
            if not match[1].startswith("0"):
                return f"{whole}.{match[2]}" if match[2] else whole
    match = re.fullmatch(r"(\d+)[.,](\d+)", digits)
    return f"{match[1]}.{match[2]}" if match else None


def parse_amount(text):
    """An amount in USD as typed into a form; raises ``ValidationError`` with what to write instead.

    The portal itself groups thousands with commas, so ``1,839`` is 1839.
    ``1.839`` may be 1839 or 1.84: it is asked about.

    >>> parse_amount("1.839.500"), parse_amount("1,839"), parse_amount("") is None
    (Decimal('1839500'), Decimal('1839'), True)
    """
    if not str(text or "").strip():
        return None
    read = parse_number(text)
    if read is None:
        raise ValidationError(
            _("“%(found)s” is not an amount. Write digits, for instance 1,839,500."),
            code="not_an_amount",
            params={"found": text},
        )
    if isinstance(read, Ambiguous) and "," in str(text):
        return read.choices[0]
    if isinstance(read, Ambiguous):
        raise ValidationError(
            _(
                "“%(found)s” can be read as %(whole)s or as %(small)s. "
                "Write %(whole)s without a separator, or %(small)s with two decimals."
            ),
            code="ambiguous_amount",
            params={"found": text, "whole": f"{read.choices[0]:f}", "small": f"{read.choices[1]:.2f}"},
        )
    if read.as_tuple().exponent < -2:
        raise ValidationError(_("An amount has at most two decimals (cents)."), code="too_many_decimals")
    return read
