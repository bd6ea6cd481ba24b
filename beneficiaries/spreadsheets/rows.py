"""Cells → typed rows, or every problem with its cell. Pure: a workbook and the declaration in, a reading out."""

from collections import Counter
from dataclasses import replace
from functools import partial

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets import hidden, identity, own_tables, personal, stated_day, values
from beneficiaries.spreadsheets.annotating.errors_sheet import is_ours
from beneficiaries.spreadsheets.columns import IDENTITY_SHEET, INSTRUCTIONS_SHEET, NO_AREA
from beneficiaries.spreadsheets.headers import Header, find_header, header_problems
from beneficiaries.spreadsheets.loose_counts import loose_count
from beneficiaries.spreadsheets.messages import Problem, Question, Refused
from beneficiaries.spreadsheets.reading import address
from beneficiaries.spreadsheets.table_figures import Asking, loose_figure
from beneficiaries.spreadsheets.understood import Reading, Row
from programmes.quantities import BLANK, State


def read_rows(workbook, columns, answers=None, expected=None):
    """The figures of a workbook. ``expected`` is what the person chose; a template for something else is a problem.

    Raises ``Refused`` when the file lists people: nothing of it may be kept.
    """
    # The list of errors that an annotated workbook carries is ours: nothing in it is the person's.
    workbook = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if not is_ours(sheet.rows)))
    gazetteer = places.Gazetteer(columns)
    person = personal.personal_column(workbook, gazetteer.names)
    if person:
        raise Refused(Problem("", person, person, "personal_data"))
    reading = Reading(problems=identity.differences(workbook, expected))
    stated_day.check(workbook, expected, answers or {}, reading)
    if not identity.stated(workbook):
        own_tables.read(workbook, columns, gazetteer, answers, expected and expected.scope, reading)
        return reading
    header = _only_header(workbook, columns, reading)
    if header is not None:
        reading.sheet, reading.header_row = header.sheet.name, header.row + 1
        reading.columns = len(header.by_column)
        reading.problems += header_problems(header, columns)
        _Body(header, gazetteer, reading, answers or {}).read()
    return reading


def _only_header(workbook, columns, reading):
    """The one sheet with the figures; which one it is, is never guessed."""
    instructions = set(INSTRUCTIONS_SHEET.values())
    sheets = [s for s in workbook.sheets if not s.hidden and s.name not in instructions and s.name != IDENTITY_SHEET]
    headers = [header for header in (find_header(sheet, columns) for sheet in sheets) if header is not None]
    if not headers:
        reading.problems.append(Problem(sheets[0].name if sheets else "", "", "", "no_header"))
        return None
    filled = [header for header in headers if header.has_figures]
    if len(filled) > 1:
        names = ", ".join(header.sheet.name for header in filled)
        reading.problems.append(Problem("", "", "", "several_sheets", {"sheets": names}))
        return None
    return (filled or headers)[0]


class _Body:
    """The rows beneath a header, read one after the other."""

    def __init__(self, header: Header, gazetteer, reading: Reading, answers):
        self.header, self.gazetteer, self.reading, self.answers = header, gazetteer, reading, answers
        self.first_of_area = {}
        self.thousands = {}
        self.commas = {}  # the first row of each column with a comma that groups thousands
        self.totals = []  # (row number, {column: Quantity}) of rows called total

    def read(self):
        body = self._in_sight(list(enumerate(self.header.sheet.rows))[self.header.row + 1 :])
        for column, declared in self.header.counts.items():
            self.thousands[column] = self._convention(column, declared, body)
        for number, row in body:
            self.reading.rows += self._line(number, row)
        self._check_totals()
        if not any(row.quantity.state != State.BLANK for row in self.reading.rows) and not self.reading.problems:
            self.reading.problems.append(Problem(self.header.sheet.name, "", "", "no_figures"))

    def _in_sight(self, body):
        """Rows without the hidden ones, unless the person says that they count; hidden columns likewise."""
        sheet, asking = self.header.sheet, Asking(self.answers, self.reading)
        filled = [number for number, row in body if any(cell is not None for cell in row)]
        at = partial(address, sheet.name)
        left_out = hidden.rows_left_out(at, hidden.among(filled, sheet.hidden_rows), asking)
        columns = {
            column: self.header.text(column) for column in hidden.among(self.header.counts, sheet.hidden_columns)
        }
        columns = {
            c: text for c, text in columns.items() if any(len(row) > c and row[c] is not None for _n, row in body)
        }
        for column in hidden.columns_left_out(at, self.header.row, columns, asking):
            del self.header.counts[column]
        return [(number, row) for number, row in body if number not in left_out]

    def _convention(self, column, declared, body):
        """How this column groups thousands; a question when only the person can tell."""
        cells = [(number, row[column]) for number, row in body if len(row) > column]
        grouping = values.grouping_of([cell for _number, cell in cells])
        if grouping is not None:
            return grouping
        number, found, readings = next(
            (number, cell, readings) for number, cell in cells if (readings := values.doubtful(cell))
        )
        sign, other = (".", ",") if "." in found else (",", ".")
        whole, small = (f"{reading:f}" for reading in readings)
        code = f"numbers:{declared.name}"
        answer = self.answers.get(code)
        if answer in (whole, small):
            return sign if answer == whole else other
        self.reading.questions.append(
            Question(code, self._at(number, column), self.header.text(column), found, (whole, small))
        )
        return sign

    def _line(self, number, row):
        """The figures of one row; none when nothing is written in it: an empty row says nothing."""
        cells = {column: (row[column] if len(row) > column else None) for column in self.header.counts}
        written = {column for column, cell in cells.items() if cell is not None and str(cell).strip()}
        named = row[self.header.area] if len(row) > self.header.area else None
        named = "" if named is None else str(named).strip()
        if not written:
            self._left_out(number, named)
            return []
        area = self._area(number, named)
        if area is places.TOTAL:
            self.totals.append((number, cells))
            self._note(number, self.header.area, named, "total_row")
            return []
        self.reading.cells += len(written)
        figures = {column: self._figure(number, column, cell) for column, cell in cells.items()}
        self._check_parts(number, figures)
        if isinstance(area, places.Unknown):
            return []
        return [
            Row(area, declared.category, declared.reach, figures[column], self._at(number, column))
            for column, declared in self.header.counts.items()
        ]

    def _left_out(self, number, named):
        found = self.gazetteer.find(named) if named else places.NONE
        if isinstance(found, places.Unknown) and number > self.header.row:
            self._note(number, self.header.area, named, "text_row")
        else:
            self.reading.empty_rows += 1

    def _area(self, number, named):
        """The row's area, ``None`` for the row without area, ``TOTAL``, or ``Unknown`` with its problem noted."""
        if not named:
            return self._unknown(number, named, "area_missing", {"no_area": NO_AREA["es"][0]})
        found = self.gazetteer.find(named)
        if isinstance(found, places.Doubtful):
            found = self._asked(number, named, found)
        if isinstance(found, places.Unknown):
            return self._unknown(number, named, found.code, found.params) if found.code else found
        if found is places.TOTAL:
            return found
        area = None if found is places.NONE else found
        key = area.pk if area else None
        if key in self.first_of_area:
            return self._unknown(number, named, "duplicate_area", {"first": self.first_of_area[key]})
        self.first_of_area[key] = self._at(number, self.header.area)
        return area

    def _asked(self, number, named, doubtful):
        """The area that was answered, or a question about the code (one for all its cells)."""
        code = f"area:{named}"
        choices = tuple(area.name for area in doubtful.areas)
        if self.answers.get(code) in choices:
            answered = self.gazetteer.named(self.answers[code])
            return self.gazetteer.find(answered.name)
        if all(question.code != code for question in self.reading.questions):
            column = self.header.area
            self.reading.questions.append(
                Question(code, self._at(number, column), self.header.text(column), named, choices)
            )
        return places.Unknown("", {})

    def _unknown(self, number, named, code, params):
        self.reading.problems.append(
            Problem(self._at(number, self.header.area), self.header.text(self.header.area), named, code, params)
        )
        return places.Unknown(code, params)

    def _figure(self, number, column, cell):
        """A quantity; what is none is noted as a problem and stands as blank: missing, never left out of a sum."""
        try:
            quantity = values.figure(cell, self.thousands[column])
        except values.NotAFigure as wrong:
            said = loose_count(cell) if wrong.code == "not_a_number" and isinstance(cell, str) else None
            if said is not None:
                asking = Asking(self.answers, self.reading)
                return loose_figure(said, cell.strip(), self._at(number, column), self.header.text(column), asking)
            self.reading.problems.append(
                Problem(
                    self._at(number, column),
                    self.header.text(column),
                    self.header.sheet.quoted(number, column),
                    wrong.code,
                )
            )
            return BLANK
        code = values.note_of(quantity, cell)
        # That a comma groups thousands is said once for a column, at its first cell.
        if code and (code != "comma_groups" or self.commas.setdefault(column, number) == number):
            self._note(number, column, cell, code, {"read": str(quantity.value)})
        return quantity

    def _check_parts(self, number, figures):
        """A part is never more than its whole."""
        by_name = {declared.name: (column, declared) for column, declared in self.header.counts.items()}
        for column, declared in self.header.counts.items():
            whole = declared.category.part_of
            whole_column, _declared = (
                by_name.get(f"{whole.code}_{declared.reach}", (None, None)) if whole else (None, None)
            )
            part_figure, whole_figure = figures.get(column), figures.get(whole_column)
            if not (part_figure and whole_figure and part_figure.is_reported and whole_figure.is_reported):
                continue
            if part_figure.value > whole_figure.value:
                params = {
                    "part": self.header.text(column),
                    "whole": self.header.text(whole_column),
                    "limit": whole_figure.value,
                    "first": self._at(number, whole_column),
                }
                self.reading.problems.append(
                    Problem(
                        self._at(number, column),
                        self.header.text(column),
                        str(part_figure.value),
                        "part_above_whole",
                        params,
                    )
                )

    def _check_totals(self):
        """A stated total is checked against the rows, and never loaded."""
        sums = Counter()
        for row in self.reading.rows:
            if row.quantity.is_reported:
                sums[row.category.code, row.reach] += row.quantity.value
        for number, cells in self.totals:
            for column, cell in cells.items():
                declared = self.header.counts[column]
                expected = sums[declared.category.code, declared.reach]
                if isinstance(cell, int | float) and not isinstance(cell, bool) and cell != expected:
                    self._note(number, column, cell, "total_differs", {"sum": expected})

    def _note(self, number, column, cell, code, params=None):
        self.reading.notes.append(
            Problem(self._at(number, column), self.header.text(column), values.shown(cell), code, params or {})
        )

    def _at(self, number, column):
        return address(self.header.sheet.name, number, column)
