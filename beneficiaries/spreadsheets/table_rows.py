"""The rows of somebody's own table: each figure with the area, category, reach, agency and months it is of. Pure."""

from dataclasses import dataclass, field

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets import hidden
from beneficiaries.spreadsheets.header_words import Kind, says_total
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.reading import column_letters
from beneficiaries.spreadsheets.table_areas import RowAreas
from beneficiaries.spreadsheets.table_figures import ColumnFigures, Wrong
from beneficiaries.spreadsheets.table_labels import KINDS, RowLabels, is_written
from beneficiaries.spreadsheets.table_states import RowStates
from beneficiaries.spreadsheets.values import shown
from programmes.quantities import BLANK, Quantity

MAX_PROBLEMS = 10_000


@dataclass(slots=True)
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
        labels = {kind: self._columns(kind) for kind in KINDS}
        self.counts, self.sums, self.area_columns = map(self._columns, (Kind.COUNT, Kind.TOTAL, Kind.AREA))
        self.label_columns = [*self.area_columns, *(column for columns in labels.values() for column in columns)]
        self.seen, self.since, self.says_total = {}, [], _Totals()
        is_long = any(labels[kind] for kind in (Kind.CATEGORY, Kind.REACH, Kind.PERIOD))
        self.names_only_areas = not any(labels.values())
        self.areas = RowAreas(self.table, self.area_columns, self.vocabulary.gazetteer, self.asking, is_long)
        self.labels = RowLabels(self.table, labels, self.vocabulary, self.asking)
        self.states = RowStates(self.table, self.counts, self._columns(Kind.STATE), self.asking)

    def _columns(self, kind):
        return [column for column, meaning in self.meanings.items() if meaning.kind == kind]

    def read(self):
        left_out = self._hidden_left_out()
        rows = [number for number in self.table.body if number not in left_out] if left_out else list(self.table.body)
        for column in (*self.counts, *self.sums):
            cells = list(zip(rows, self.table.column(column, rows), strict=True))
            self.figures[column] = ColumnFigures(self.table, column, self._name(column), cells, self.asking)
        for column in self.counts:
            if self.meanings[column].agency and not self.scope.may_send(self.meanings[column].agency):
                self._not_theirs(column)
        for number in range(self.table.headers[-1] + 1, self.table.body.start):
            if number != self.table.tags:
                self._section(number)
        for number in rows:
            self._row(number)
            if len(self.reading.problems) > MAX_PROBLEMS:
                self.reading.problems.append(Problem(self.table.at(number, 0), "", "", "too_many_problems"))
                return

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
        return hidden.rows_left_out(self.table.at, self.table.hidden_rows, self.asking)

    def _row(self, number):
        line = self.table.line(number)
        written = [column for column in self.counts if is_written(line[column]) or self.states.say(number, column)]
        if not written and not any(is_written(line[column]) for column in self.sums):
            if not self._section(number):
                self._left_out(number)
            return
        if self._is_total(number, line):
            self.totals.append((number, tuple(self.since)))
            self.since = []
            self._note(number, self._first_label(number), "total_row")
            return
        self.reading.cells += len(written)
        self.data.append(number)
        self.since.append(number)
        try:
            belongs = self._belongs(number, line)
        except Wrong:
            belongs = None
        for column in self.counts:
            quantity = self.figures[column].figure(number, line[column])
            is_silent = False
            if column in self.states.columns:
                quantity = self.states.apply(number, column, quantity)
                is_silent = self.states.are_silent(number, column, quantity)
            self.quantities[number, column] = quantity
            if belongs is not None and not is_silent:
                self._place(number, column, quantity, belongs)
        for column in self.sums:
            self.quantities[number, column] = self._sum(number, column, line[column])

    def _section(self, number):
        """Whether a row says one thing only, and says it for the rows beneath."""
        cells = [(column, cell) for column, cell in enumerate(self.table.sheet.rows[number]) if is_written(cell)]
        if len(cells) != 1 or type(cells[0][1]) is not str:
            return False
        return self.labels.begin_section(number, cells[0][0], cells[0][1].strip())

    def _sum(self, number, column, cell):
        """A stated total: only what can be read as a number is held against its parts."""
        problems, questions = len(self.reading.problems), len(self.reading.questions)
        quantity = self.figures[column].figure(number, cell)
        del self.reading.problems[problems:], self.reading.questions[questions:]
        return quantity

    def _is_total(self, number, line):
        labels = [line[column] for column in self.label_columns]
        first = line[0] if is_written(line[0]) else next(filter(is_written, line), None)
        for label in (first, *labels):
            if type(label) is str and self.says_total[label]:
                return True
        return not any(map(is_written, labels)) and self._adds_up(number)

    def _adds_up(self, number):
        """A row without a label whose every figure is the sum of two rows or more above it."""
        numbers = {column: self.figures[column].number(number) for column in (*self.counts, *self.sums)}
        numbers = {column: said for column, said in numbers.items() if said is not None}
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
        if not is_place or label not in (None, *self.area_columns):
            self._note(number, label, "text_row")
        else:
            self.reading.empty_rows += 1

    def _first_label(self, number):
        return next((column for column in range(self.table.width) if is_written(self.table.cell(number, column))), 0)

    def _belongs(self, number, line):
        """Area, agency, months, category and reach, as far as the row says."""
        area = self.areas.of(number, line)
        labels = self.labels.of(number, line)
        first = self.seen.setdefault((id(area), labels), number)
        if first != number:
            code = "duplicate_area" if self.names_only_areas and self.area_columns else "duplicate_figure"
            params = {"first": self.table.at(first, self._naming(first))}
            self.asking.wrong(self.table, number, self._naming(number), code, params)
        return (area, *labels)

    def _naming(self, number):
        """The column that says what a row is of."""
        return self.area_columns[0] if self.area_columns else self._first_label(number)

    def _place(self, number, column, quantity, belongs):
        meaning = self.meanings[column]
        area, agency, span, category, reach = belongs
        # A long table's header says none of them.
        says = meaning.category or meaning.reach or meaning.agency
        if says and (
            _differ(category, meaning.category) or _differ(reach, meaning.reach) or _differ(agency, meaning.agency)
        ):
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


class _Totals(dict):
    """Whether a text says that its row is a total: long tables say the same texts again and again."""

    def __missing__(self, text):
        said = self[text] = says_total(text)
        return said
