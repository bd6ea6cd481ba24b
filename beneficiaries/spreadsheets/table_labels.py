"""To what a row's figures belong, beside its area: by its own labels, or by a line above that says it for all. Pure."""

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.header_words import Kind, span_in
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.table_figures import Wrong

KINDS = (Kind.AGENCY, Kind.PERIOD, Kind.CATEGORY, Kind.REACH)
_UNKNOWN = {
    Kind.AGENCY: "unknown_agency",
    Kind.PERIOD: "unknown_period",
    Kind.CATEGORY: "unknown_category",
    Kind.REACH: "unknown_reach",
}


def is_written(cell):
    return cell is not None and (type(cell) is not str or bool(cell.strip()))


class RowLabels:
    """``columns`` are those of each kind of label. A section, “Directos” alone in its row, holds until the next."""

    def __init__(self, table, columns, vocabulary, asking):
        self.table, self.columns, self.asking = table, columns, asking
        self.gazetteer, self.scope = vocabulary.gazetteer, vocabulary.scope
        self.known = {
            Kind.AGENCY: self.scope.agency_named,
            Kind.PERIOD: self.scope.span_of,
            Kind.CATEGORY: vocabulary.counted,
            Kind.REACH: vocabulary.reach_named,
        }
        self.said = {kind: {} for kind in KINDS}  # what each text says: long tables say it again and again
        self.places = [(kind, columns[kind][0] if columns[kind] else None) for kind in KINDS]
        self.own = [column for _kind, column in self.places if column is not None]
        self.together = {}  # the same for all texts of a row
        self.sections = {}  # kind → (what it says, row, column)

    def of(self, number, line):
        """``(agency, months, category, reach)``, each ``None`` or blank where nothing says it. Raises ``Wrong``."""
        if self.sections:
            return self._read(number, line)
        texts = tuple([cell if type(cell := line[column]) is str else None for column in self.own])
        found = self.together.get(texts)
        if found is None:
            found = self._read(number, line)
            if None not in texts:
                self.together[texts] = found
        return found

    def _read(self, number, line):
        found = []
        for kind, column in self.places:
            if column is None:
                section = self.sections.get(kind)
                found.append(section and section[0])
            else:
                cell = line[column]
                known = self.said[kind].get(cell) if type(cell) is str else None
                found.append(known if known is not None else self._label(number, column, cell, kind))
            if kind == Kind.AGENCY and found[0] is not None and not self.scope.may_send(found[0]):
                self._not_theirs(number)
        agency, span, counted, reach = found
        category, said = counted or ("", "")
        reach = reach or said
        if said and reach != said:
            self.asking.wrong(self.table, *self._where(number, Kind.REACH), "contradicts_header")
        return agency, span, category, reach

    def _label(self, number, column, cell, kind):
        """What a cell says that says it for the first time."""
        if not is_written(cell):
            self.asking.wrong(self.table, number, column, "label_missing")
        found = self.known[kind](cell)
        if found is None:
            self.asking.wrong(self.table, number, column, _UNKNOWN[kind])
        if type(cell) is str:
            self.said[kind][cell] = found
        return found

    def _where(self, number, kind):
        """The row and column in which it is said."""
        return (number, self.columns[kind][0]) if self.columns[kind] else self.sections[kind][1:]

    def _not_theirs(self, number):
        row, column = self._where(number, Kind.AGENCY)
        at = self.table.at(row, column)
        if any((problem.cell, problem.code) == (at, "other_agency_row") for problem in self.asking.reading.problems):
            raise Wrong  # said once for a section
        self.asking.wrong(self.table, row, column, "other_agency_row", {"expected": self.scope.agency})

    def begin_section(self, number, column, text):
        """Whether a row that says only this says it for the rows beneath it."""
        if not isinstance(self.gazetteer.find(text), places.Unknown):
            return False
        found = {kind: self._in_section(kind, text) for kind in KINDS if not self.columns[kind]}
        found = {kind: value for kind, value in found.items() if value is not None}
        for kind, value in found.items():
            self.sections[kind] = (value, number, column)
        if found:
            at = self.table.at(number, column)
            self.asking.reading.notes.append(Problem(at, self.table.text(column), text, "section_row"))
        return bool(found)

    def _in_section(self, kind, text):
        if kind == Kind.PERIOD:
            # “Fuente: informe de mayo” names a month and is no section.
            named = span_in(folded(text))
            return (
                self.scope.span_of(text) if self.scope.is_period(text) or (named and named[3] == folded(text)) else None
            )
        return self.known[kind](text)
