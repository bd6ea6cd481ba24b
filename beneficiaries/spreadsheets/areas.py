"""Which area a cell names: by name without accents, by another name, or by one of three lists of codes. Pure."""

import difflib
import re
from dataclasses import dataclass

from beneficiaries.spreadsheets.columns import NO_AREA, TOTAL_WORDS, folded

NAMES_LISTED, NAMES_COMPARED = 60, 5_000
_CODES = ("iso_code", "ocha_code", "census_code")


@dataclass(frozen=True, slots=True)
class Unknown:
    """No area of the programme; ``code`` and ``params`` make the problem."""

    code: str
    params: dict


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A code that stands for different areas in different lists."""

    areas: tuple


NONE = object()  # the row without area
TOTAL = object()  # a row of totals
_NO_AREA = frozenset(folded(word) for words in NO_AREA.values() for word in words)


class Gazetteer:
    """The programme's areas under all their names; the country's areas under all their codes."""

    def __init__(self, columns):
        self.areas = columns.areas
        self._found, self._compared = {}, 0
        self.own = {area.pk for area in columns.areas}
        self.listed = ", ".join(area.name for area in columns.areas[:NAMES_LISTED])
        self.listed += ", …" if len(columns.areas) > NAMES_LISTED else ""
        everywhere = {area.pk: area for area in (*columns.country_areas, *columns.areas)}.values()
        self.by_name, self.by_code, self.by_digits, self.countries = {}, {}, {}, {""}
        kinds = {area.kind: folded(area.kind) for area in everywhere}
        for area in everywhere:
            name, kind = folded(area.name), kinds[area.kind]
            for words in (name, folded(area.slug), f"{kind} {name}", f"{kind} de {name}", *map(folded, area.aliases)):
                words = words.strip()
                known = self.by_name.get(words)
                # Two levels may share a name (province and district): the programme's own area is meant.
                if known is None or (known.pk not in self.own and area.pk in self.own):
                    self.by_name[words] = area
            for code in filter(None, (getattr(area, field) for field in _CODES)):
                self.by_code.setdefault(code.casefold(), {})[area.pk] = area
                self.countries.add(_country(code))
                self.by_digits.setdefault(_bare(code), {})[area.pk] = area

    @property
    def names(self):
        """All folded names, to tell places from people."""
        return self.by_name.keys()

    def find(self, text):
        """An area, ``NONE``, ``TOTAL``, ``Doubtful`` or ``Unknown``. Long tables name an area many times."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._looked_up(text)
        return found

    def _looked_up(self, text):
        words = folded(text)
        if words in _NO_AREA:
            return NONE
        if words in TOTAL_WORDS:
            return TOTAL
        if words in self.by_name:
            return self._own_or_unknown(self.by_name[words])
        written = str(text).strip().casefold()
        # A code with letters and its own punctuation belongs to one list; digits alone may belong to several.
        candidates = {} if written.isdigit() else self.by_code.get(written, {})
        if not candidates and _country(written) in self.countries:
            candidates = self.by_digits.get(_bare(written), {})
        if len(candidates) == 1:
            return self._own_or_unknown(next(iter(candidates.values())))
        if candidates:
            return Doubtful(tuple(candidates.values()))
        return self._unknown(words)

    def named(self, name):
        """The programme's or country's area of this name, for answers."""
        return self.by_name.get(folded(name))

    def _own_or_unknown(self, area):
        if area.pk in self.own:
            return area
        return Unknown("area_of_another_programme", {"area": area.name, "areas": self.listed})

    def _unknown(self, words):
        # Where many names are strange, or may be meant, nobody waits until the closest of all is found.
        self._compared += len(self.areas)
        if self._compared <= NAMES_COMPARED:
            names = {folded(area.name): area.name for area in self.areas}
            close = difflib.get_close_matches(words[:80], names, n=1, cutoff=0.6)
            if close:
                return Unknown("unknown_area_suggestion", {"suggestion": names[close[0]]})
        return Unknown("unknown_area", {"areas": self.listed})


def _country(code):
    """The letters before a code's number: ET01 is no code of a country whose codes begin with PA.

    >>> _country("PA-2"), _country("pa02"), _country("02")
    ('pa', 'pa', '')
    """
    return re.match(r"[^\W\d_]*", code.casefold())[0]


def _bare(code):
    """A code's number: what is left of PA-2, PA02 and 02 when people shorten it.

    >>> _bare("PA-2"), _bare("PA02"), _bare("02"), _bare("2"), _bare("PA-EM")
    ('2', '2', '2', '2', 'em')
    """
    without_country = re.sub(r"^[a-z]{2}(?=[-\s]?\d|-)", "", code.casefold())
    return without_country.strip("- ").lstrip("0") or "0"
