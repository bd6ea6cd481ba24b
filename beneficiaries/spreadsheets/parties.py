"""Whose figures, and of which period: what a file's own columns of agencies and periods may say. Pure."""

from dataclasses import dataclass, field
from datetime import date

from beneficiaries.spreadsheets.columns import PROGRAMME_LEVEL, folded
from beneficiaries.spreadsheets.header_words import span_in

PROGRAMME = "programme"  # the programme as a whole, where an agency's acronym would stand


@dataclass(frozen=True, slots=True)
class Span:
    """Months of one year, as a column or a cell names them; ``period`` is the Fund's period that holds them."""

    first: int
    last: int
    year: int
    period: str


@dataclass(frozen=True)
class Scope:
    """What was chosen in the form, and what a file may say instead. ``allowed`` is ``None`` where any agency is."""

    agency: str = PROGRAMME
    period: str = ""
    is_new: bool = True
    agencies: dict[str, str] = field(default_factory=dict)  # folded name → acronym
    allowed: frozenset[str] | None = None
    periods: tuple[tuple[str, date, date], ...] = ()

    @classmethod
    def of(cls, *, agency, period, basis, names, allowed, periods):
        """``names``: each name of an agency → its acronym."""
        agencies = {folded(name): acronym for name, acronym in names.items() if folded(name)}
        return cls(agency, period, basis == "new", agencies, allowed, periods)

    def agency_named(self, text):
        """The acronym, ``programme``, or ``None`` for a name that nobody in this programme has."""
        words = folded(text)
        if words == PROGRAMME or words in {folded(name) for name in PROGRAMME_LEVEL.values()}:
            return PROGRAMME
        return self.agencies.get(words)

    def may_send(self, agency):
        return self.allowed is None or agency in self.allowed

    def span_of(self, cell):
        """The ``Span`` a cell or header names; ``None`` when it names none, or one that no period of the Fund holds."""
        if isinstance(cell, dict):
            return self._holding(_date(cell.get("date", "")))
        words = folded(cell)
        for code, starts_on, ends_on in self.periods:
            if words == folded(code):
                return Span(starts_on.month, ends_on.month, starts_on.year, code)
        if words.isdigit() and len(words) == 4:
            return self._within(1, 12, int(words))
        named = span_in(words)
        return self._within(*named[:3]) if named else None

    def is_period(self, text):
        """Whether a text is a period's code, or a year, and nothing else."""
        words = folded(text)
        return (words.isdigit() and len(words) == 4) or words in {folded(code) for code, *_days in self.periods}

    def _holding(self, day):
        return self._within(day.month, day.month, day.year) if day else None

    def _within(self, first, last, year):
        """Where no year is written, the year of the period that was chosen."""
        if year is None:
            year = next((starts_on.year for code, starts_on, _ends_on in self.periods if code == self.period), None)
        for code, starts_on, ends_on in self.periods:
            begins, ends = (starts_on.year, starts_on.month), (ends_on.year, ends_on.month)
            if year and begins <= (year, first) and (year, last) <= ends:
                return Span(first, last, year, code)
        return None


def _date(text):
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None
