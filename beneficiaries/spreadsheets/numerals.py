"""Numbers typed as text: a whole column has one way of writing them, or the person is asked. Pure.

A way of writing is tried on every cell of the column. What all cells allow, and what gives the same values, is settled;
ways that give different values are an ambiguity; a column that no single way can read is mixed.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from programmes.figures import SPACES

APOSTROPHES = "'’‘`´"
_SIGNS = str.maketrans(dict.fromkeys(SPACES, " ") | dict.fromkeys(APOSTROPHES, "'"))


@dataclass(frozen=True, slots=True)
class Convention:
    """Which sign groups thousands, and which begins the decimals."""

    thousands: str
    decimal: str

    def value(self, text):
        """What a text says when it is written so; ``None`` when it cannot be.

        >>> COMMA.value("1,242.50"), POINT.value("1.242"), SPACE.value("1 242"), COMMA.value("12,42"), COMMA.value("-7")
        (Decimal('1242.50'), Decimal('1242'), Decimal('1242'), None, Decimal('-7'))
        """
        match = _shape(self.thousands, self.decimal).fullmatch(_plain(text))
        if not match:
            return None
        sign, digits, decimals = match.groups()
        written = digits.replace(self.thousands, "") + (f".{decimals}" if decimals else "")
        return Decimal(f"-{written}" if sign else written)


@cache
def _shape(thousands, decimal):
    """How numbers of a convention look: sign, whole part, decimals."""
    group, point = re.escape(thousands), re.escape(decimal)
    whole = rf"[1-9]\d{{0,2}}(?:{group}\d{{3}})+|\d+"
    return re.compile(rf"([-−]?)({whole})(?:{point}(\d+))?")


COMMA, POINT = Convention(",", "."), Convention(".", ",")
SPACE, SPACE_COMMA = Convention(" ", "."), Convention(" ", ",")
_DIGITS_AND_SIGNS = re.compile(rf"\s*[-−]?[\d.,{SPACES}{APOSTROPHES}]*\d[\d.,{SPACES}{APOSTROPHES}]*\s*")
APOSTROPHE, APOSTROPHE_COMMA = Convention("'", "."), Convention("'", ",")
#: The portal writes as the first: where nothing else in a column is at odds with it, a comma groups thousands.
CONVENTIONS = (COMMA, POINT, SPACE, SPACE_COMMA, APOSTROPHE, APOSTROPHE_COMMA)


def is_number(text):
    """Whether a text is a number in any way of writing.

    >>> [is_number(text) for text in ("1,242", "1 242.5", "-7", "nd", "12 personas", "1,2,3")]
    [True, True, True, False, False, False]
    """
    return bool(_DIGITS_AND_SIGNS.fullmatch(text)) and any(way.value(text) is not None for way in CONVENTIONS)


@dataclass(frozen=True, slots=True)
class Settled:
    """One reading: ``values`` in the column's order, ``None`` for what is no number."""

    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class TwoWays:
    """The readings that the whole column allows; ``place`` is the first cell in which they differ."""

    place: int
    readings: tuple[tuple[Decimal | None, ...], ...]

    @property
    def choices(self):
        """What the first cell in doubt may mean, in the readings' order."""
        return tuple(values[self.place] for values in self.readings)


@dataclass(frozen=True, slots=True)
class Mixed:
    """No single way of writing reads the column: ``places`` are the cells at odds with most of the others."""

    places: tuple[int, ...]


def read_column(texts):
    """A column's typed numbers as ``Settled``, ``TwoWays`` or ``Mixed``. What is no number in any way is left out.

    >>> read_column(["1,242", "nd", "87"]).values
    (Decimal('1242'), None, Decimal('87'))
    >>> read_column(["1.242", "12,5"]).values, read_column(["1.242", "12"]).choices
    ((Decimal('1242'), Decimal('12.5')), (Decimal('1242'), Decimal('1.242')))
    >>> read_column(["1.242,50", "2.100,00", "1,300.5"]).places
    (2,)
    """
    numbers = [text if is_number(text) else None for text in texts]
    written = [place for place, text in enumerate(numbers) if text is not None]
    ways = [way for way in CONVENTIONS if all(way.value(numbers[place]) is not None for place in written)]
    if not ways:
        return Mixed(_at_odds(numbers, written))
    readings = dict.fromkeys(tuple(None if text is None else way.value(text) for text in numbers) for way in ways)
    as_the_portal_writes = COMMA in ways and not any("." in numbers[place] for place in written)
    if len(readings) == 1 or as_the_portal_writes:
        return Settled(next(iter(readings)))
    # The thousands' reading is offered first: most counts are whole numbers.
    whole_first = sorted(readings, key=lambda values: sum(value % 1 != 0 for value in values if value is not None))
    first, second = whole_first[:2]
    place = next(place for place in written if first[place] != second[place])
    return TwoWays(place, tuple(whole_first))


def _at_odds(numbers, written):
    """Cells that the way which reads most of the column cannot read."""
    most = max(CONVENTIONS, key=lambda way: sum(way.value(numbers[place]) is not None for place in written))
    return tuple(place for place in written if most.value(numbers[place]) is None)


def _plain(text):
    """One kind of space and one kind of apostrophe."""
    return str(text).translate(_SIGNS).strip()
