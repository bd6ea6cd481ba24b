"""Counts of people as they are said, not as they are counted: “35 familias”, “~300”, “500+”, “12 (8M, 4H)”. Pure.

None of these is a figure. Each is recognised so that the person is asked about it with a suggestion; it is never taken.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.numerals import COMMA


class Kind(StrEnum):
    UNIT = "unit"  # 35 familias: something is counted, perhaps not persons
    ABOUT = "about"  # ~300
    AT_LEAST = "at_least"  # 500+
    RANGE = "range"  # 10-15
    PARTS = "parts"  # 12 (8M, 4H)


@dataclass(frozen=True, slots=True)
class LooseCount:
    """What was said. ``suggestion`` is the count to offer; ``None`` where no number can be offered honestly."""

    kind: Kind
    number: int
    unit: str = ""
    highest: int | None = None
    women: int | None = None
    men: int | None = None

    @property
    def suggestion(self):
        if self.kind == Kind.RANGE or (self.kind == Kind.UNIT and self.unit not in PERSONS):
            return None
        return None if self.kind == Kind.PARTS and not self.adds_up else self.number

    @property
    def adds_up(self):
        """Whether women and men, where both are said, make the number."""
        return self.women is None or self.men is None or self.women + self.men == self.number


PERSONS = frozenset({
    "personas", "persona", "persons", "person", "people",
    "beneficiarios", "beneficiarias", "beneficiario", "beneficiaria", "beneficiaries", "beneficiary",
    "participantes", "participante", "participants", "participant",
    "mujeres", "mujer", "women", "woman", "hombres", "hombre", "men", "man",
})  # fmt: skip
_WOMEN = frozenset({"mujer", "mujeres", "woman", "women", "femenino", "female", "females", "f", "fem"})
_MEN = frozenset({"hombre", "hombres", "man", "men", "masculino", "male", "males", "h", "masc"})
_COUNT = r"\d{1,3}(?:[,\s]\d{3})+|\d+"
_ABOUT = (
    r"[~≈]|aprox(?:imadamente)?\.?|unos|unas|cerca de|alrededor de|casi"
    r"|about|around|approx(?:imately)?\.?|some|circa|ca?\."
)
_AT_LEAST = r"[>≥]=?|m[aá]s de|al menos|por lo menos|m[ií]nimo|more than|over|at least|min\.?"
_LETTERS = r"[^\W\d_]+"
_SHAPES = (
    (Kind.PARTS, rf"(?P<number>{_COUNT})\s*\((?P<parts>[^()]+)\)"),
    (Kind.RANGE, rf"(?:entre\s+|between\s+)?(?P<number>{_COUNT})\s*(?:[-–—]|a|to|y|and)\s*(?P<highest>{_COUNT})"),
    (Kind.AT_LEAST, rf"(?:(?:{_AT_LEAST})\s*(?P<number>{_COUNT})|(?P<before>{_COUNT})\s*(?:\+|o m[aá]s|or more))"),
    (Kind.ABOUT, rf"(?:(?:{_ABOUT})\s*(?P<number>{_COUNT})|(?P<before>{_COUNT})\s*(?:aprox\.?|approx\.?))"),
    (Kind.UNIT, rf"(?P<number>{_COUNT})\s+(?P<unit>{_LETTERS}(?:\s+{_LETTERS}){{0,3}})"),
)
_COMPILED = tuple((kind, re.compile(shape, re.IGNORECASE)) for kind, shape in _SHAPES)
#: How any of them begins: most texts do not, and are not tried five times.
_BEGINNING = re.compile(rf"\d|entre\s|between\s|{_ABOUT}|{_AT_LEAST}", re.IGNORECASE)
_PART = re.compile(
    rf"(?:(?P<count>{_COUNT})\s*(?P<sex>{_LETTERS})|(?P<sex_first>{_LETTERS})\s*[:=]?\s*(?P<after>{_COUNT}))"
)


def loose_count(text):
    """What a text says loosely, or ``None`` for a figure, a word, a date or anything else.

    >>> [(said.kind.value, said.number, said.suggestion) for said in map(loose_count, ("35 familias", "~300", "500+"))]
    [('unit', 35, None), ('about', 300, 300), ('at_least', 500, 500)]
    >>> said = loose_count("12 (8M, 4H)")
    >>> said.women, said.men, said.suggestion
    (8, 4, 12)
    >>> loose_count("1,242"), loose_count("nd"), loose_count("12/18/2009"), loose_count("1.5 familias")
    (None, None, None, None)
    """
    said = " ".join(str(text).replace("\u00a0", " ").split())
    if not _BEGINNING.match(said):
        return None
    for kind, shape in _COMPILED:
        match = shape.fullmatch(said)
        if match:
            groups = match.groupdict()
            number = _whole(groups["number"] or groups.get("before"))
            return _of_kind(kind, number, groups)
    return None


def _of_kind(kind, number, groups):
    match kind:
        case Kind.PARTS:
            sexes = _sexes(groups["parts"])
            return LooseCount(kind, number, women=sexes[0], men=sexes[1]) if sexes else None
        case Kind.RANGE:
            highest = _whole(groups["highest"])
            return LooseCount(kind, number, highest=highest) if highest > number else None
        case Kind.UNIT:
            return LooseCount(kind, number, unit=folded(groups["unit"]))
        case _:
            return LooseCount(kind, number)


def _whole(digits):
    return int(COMMA.value(digits.replace(" ", "")))


def _sexes(parts):
    """``(women, men)``; M is women beside H, men beside F, and nobody knows which when it stands alone."""
    counts = {}
    for piece in re.split(r"[,;/+]|\s+y\s+|\s+and\s+", parts):
        match = _PART.fullmatch(piece.strip())
        if not match:
            return None
        sex = folded(match["sex"] or match["sex_first"])
        if sex in counts:
            return None
        counts[sex] = _whole(match["count"] or match["after"])
    undecided = counts.pop("m", None)
    women = [count for sex, count in counts.items() if sex in _WOMEN]
    men = [count for sex, count in counts.items() if sex in _MEN]
    if len(women) + len(men) != len(counts):
        return None  # somebody else is counted there too
    if undecided is not None and (women or men):
        (men if women else women).append(undecided)
    if len(women) > 1 or len(men) > 1:
        return None
    return next(iter(women), None), next(iter(men), None)
