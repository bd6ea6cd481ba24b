"""The rows of somebody's own table: each figure with the area, category, reach, agency and months it is of. Pure."""

from dataclasses import dataclass, field

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets.header_words import Kind, says_total
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.reading import column_letters
from beneficiaries.spreadsheets.table_areas import RowAreas, is_written
from beneficiaries.spreadsheets.table_figures import ColumnFigures, Wrong
from beneficiaries.spreadsheets.values import shown
from programmes.quantities import BLANK, Quantity

KEPT, LEFT_OUT = "include", Kind.LEAVE_OUT.value


@dataclass(frozen=True, slots=True)
class Placed:
    """One figure and to what it belongs. ``area`` is ``None`` for figures without area."""

    area: object
    category: str
    reach: str
    agency: str
    span: object
    period: str
    quantity: Quantity
    row: int
    column: int

    @property
    def key(self):
        return self.agency, self.period, self.area and self.area.pk, self.category, self.reach


@dataclass
class TableRows:
    """What is read of a table whose columns are known, row after row."""

    table: object
    meanings: dict
    vocabulary: object
    asking: object
    placed: list = field(default_factory=list)
    totals: list = field(default_factory=list)  # (row, rows of which it is the total by its place)
    data: list = field(default_factory=list)  # rows with figures, in order
    figures: dict = field(default_factory=dict)  # column → ColumnFigures
    quantities: dict = field(default_factory=dict)  # (row, column) → Quantity

    def __post_init__(self):
        self.reading, self.scope = self.asking.reading, self.vocabulary.scope
        self.labels = {
            kind: self._columns(kind) for kind in (Kind.AREA, Kind.AGENCY, Kind.PERIOD, Kind.CATEGORY, Kind.REACH)
        }
        self.counts, self.sums = self._columns(Kind.COUNT), self._columns(Kind.TOTAL)
        self.seen, self.since = {}, []
        is_long = any(self.labels[kind] for kind in (Kind.CATEGORY, Kind.REACH, Kind.PERIOD))
        self.areas = RowAreas(self.table, self.labels[Kind.AREA], self.vocabulary.gazetteer, self.asking, is_long)

    def _columns(self, kind):
        return [column for column, meaning in self.meanings.items() if meaning.kind == kind]

    def read(self):
        rows = [number for number in self.table.body if number not in self._hidden_left_out()]
        for column in (*self.counts, *self.sums):
            cells = [(number, self.table.cell(number, column)) for number in rows]
            self.figures[column] = ColumnFigures(self.table, column, self._name(column), cells, self.asking)
        for column in self.counts:
            if self.meanings[column].agency and not self.scope.may_send(self.meanings[column].agency):
                self._not_theirs(column)
        for number in rows:
            self._row(number)

    def _not_theirs(self, column):
        at, header = self.table.at(self.table.headers[-1], column), self.table.text(column)
        params = {"expected": self.scope.agency}
        self.reading.problems.append(Problem(at, header, header, "other_agency_row", params))

    def _name(self, column):
        meaning = self.meanings[column]
        declared = f"{meaning.category}_{meaning.reach}"
        plain = meaning.span is None and meaning.area is None and not meaning.agency
        return declared if plain and meaning.category and meaning.reach else column_letters(column)

    def _hidden_left_out(self):
        """Hidden rows are read only when the person says so."""
        hidden = self.table.hidden_rows
        if not hidden:
            return frozenset()
        found = ", ".join(str(number + 1) for number in hidden)
        at = self.table.at(hidden[0], 0)
        answer = self.asking.ask("hidden_rows", at, "", found, (LEFT_OUT, KEPT))
        return frozenset() if answer == KEPT else frozenset(hidden)

    def _row(self, number):
        cells = {column: self.table.cell(number, column) for column in (*self.counts, *self.sums)}
        written = [column for column in self.counts if is_written(cells[column])]
        if not any(is_written(cell) for cell in cells.values()):
            self._left_out(number)
            return
        if self._is_total(number, cells):
            self.totals.append((number, tuple(self.since)))
            self.since = []
            self._note(number, self._first_label(number), "total_row")
            return
        self.reading.cells += len(written)
        self.data.append(number)
        self.since.append(number)
        try:
            belongs = self._belongs(number)
        except Wrong:
            belongs = None
        for column in (*self.counts, *self.sums):
            quantity = self.figures[column].figure(number) if column in self.counts else self._sum(number, column)
            self.quantities[number, column] = quantity
            if belongs is not None and column in self.counts:
                self._place(number, column, quantity, belongs)

    def _sum(self, number, column):
        """A stated total: only what can be read as a number is held against its parts."""
        problems, questions = len(self.reading.problems), len(self.reading.questions)
        quantity = self.figures[column].figure(number)
        del self.reading.problems[problems:], self.reading.questions[questions:]
        return quantity

    def _is_total(self, number, cells):
        labels = [self.table.cell(number, self._first_label(number))]
        labels += [self.table.cell(number, column) for columns in self.labels.values() for column in columns]
        if any(isinstance(label, str) and says_total(label) for label in labels):
            return True
        unlabelled = not any(is_written(self.table.cell(number, c)) for cs in self.labels.values() for c in cs)
        return unlabelled and self._adds_up(cells)

    def _adds_up(self, cells):
        """A row without a label whose every figure is the sum of two rows or more above it."""
        numbers = {column: cell for column, cell in cells.items() if isinstance(cell, int | float)}
        if len(self.since) < 2 or not numbers or not any(numbers.values()):
            return False
        return all(
            cell == sum(self.quantities[row, column].value or 0 for row in self.since)
            for column, cell in numbers.items()
        )

    def _left_out(self, number):
        label = next(
            (column for column in range(self.table.width) if is_written(self.table.cell(number, column))), None
        )
        text = None if label is None else shown(self.table.cell(number, label))
        is_place = text is None or not isinstance(self.vocabulary.gazetteer.find(text), places.Unknown)
        if not is_place or label not in (None, *self._areas):
            self._note(number, label, "text_row")
        else:
            self.reading.empty_rows += 1

    @property
    def _areas(self):
        return self.labels[Kind.AREA]

    def _first_label(self, number):
        return next((column for column in range(self.table.width) if is_written(self.table.cell(number, column))), 0)

    def _belongs(self, number):
        """Area, agency, months, category and reach, as far as the row says."""
        area = self.areas.of(number)
        agency = self._label(number, Kind.AGENCY, self.scope.agency_named, "unknown_agency")
        if agency is not None and not self.scope.may_send(agency):
            column = self.labels[Kind.AGENCY][0]
            self.asking.wrong(self.table, number, column, "other_agency_row", {"expected": self.scope.agency})
        span = self._label(number, Kind.PERIOD, self.scope.span_of, "unknown_period")
        category, said = self._label(number, Kind.CATEGORY, self.vocabulary.counted, "unknown_category") or ("", "")
        reach = self._label(number, Kind.REACH, self.vocabulary.reach_named, "unknown_reach") or said
        if _differ(reach, said):
            self.asking.wrong(self.table, number, self.labels[Kind.REACH][0], "contradicts_header")
        belongs = (area, agency, span, category, reach)
        key = (getattr(area, "pk", area), *belongs[1:])
        if key in self.seen:
            alone = not any(self.labels[kind] for kind in (Kind.AGENCY, Kind.PERIOD, Kind.CATEGORY, Kind.REACH))
            code = "duplicate_area" if alone and self._areas else "duplicate_figure"
            column = (self._areas or [self._first_label(number)])[0]
            self.asking.wrong(self.table, number, column, code, {"first": self.seen[key]})
        self.seen[key] = self.table.at(number, (self._areas or [self._first_label(number)])[0])
        return belongs

    def _label(self, number, kind, known, code):
        """What a label column says in a row; ``None`` where there is no such column."""
        for column in self.labels[kind][:1]:
            cell = self.table.cell(number, column)
            if not is_written(cell):
                self.asking.wrong(self.table, number, column, "label_missing")
            found = known(cell)
            return self.asking.wrong(self.table, number, column, code) if found is None else found
        return None

    def _place(self, number, column, quantity, belongs):
        meaning = self.meanings[column]
        area, agency, span, category, reach = belongs
        if _differ(category, meaning.category) or _differ(reach, meaning.reach) or _differ(agency, meaning.agency):
            if quantity != BLANK:
                at, header = self.table.at(number, column), self.table.text(column)
                self.reading.problems.append(Problem(at, header, str(quantity.value), "contradicts_header"))
            return
        area, span = meaning.area if meaning.area is not None else area, meaning.span or span
        self.placed.append(
            Placed(
                None if area is places.NONE else area,
                meaning.category or category,
                meaning.reach or reach,
                meaning.agency or agency or self.scope.agency,
                span,
                span.period if span else self.scope.period,
                quantity,
                number,
                column,
            )
        )

    def _note(self, number, column, code):
        found = shown(self.table.cell(number, column))
        self.reading.notes.append(Problem(self.table.at(number, column), self.table.text(column), found, code))


def _differ(mine, theirs):
    return mine and theirs and mine != theirs
