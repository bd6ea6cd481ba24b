"""The rows of somebody's own table: each figure with the area, category, reach, agency and months it is of. Pure."""

from dataclasses import dataclass, field

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets.columns import NO_AREA
from beneficiaries.spreadsheets.header_words import Kind, says_total
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.table_figures import ColumnFigures
from beneficiaries.spreadsheets.values import shown
from programmes.quantities import BLANK, Quantity

ABOVE, NOWHERE = "above", "none"
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


class Wrong(Exception):
    """A row that belongs to nothing: its problem or question is noted, its figures are not taken."""


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
        self.seen, self.since, self.area_above = {}, [], None

    def _columns(self, kind):
        return [column for column, meaning in self.meanings.items() if meaning.kind == kind]

    def read(self):
        rows = [number for number in self.table.body if number not in self._hidden_left_out()]
        for column in (*self.counts, *self.sums):
            cells = [(number, self.table.cell(number, column)) for number in rows]
            self.figures[column] = ColumnFigures(self.table, column, self._name(column), cells, self.asking)
        for number in rows:
            self._row(number)

    def _name(self, column):
        meaning = self.meanings[column]
        declared = f"{meaning.category}_{meaning.reach}"
        plain = meaning.span is None and meaning.area is None and not meaning.agency
        return (
            declared
            if plain and meaning.category and meaning.reach
            else self.table.at(0, column).rpartition("!")[2][:-1]
        )

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
        written = [column for column in self.counts if _is_written(cells[column])]
        if not any(_is_written(cell) for cell in cells.values()):
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
        before = len(self.reading.problems)
        quantity = self.figures[column].figure(number)
        del self.reading.problems[before:]
        return quantity

    def _is_total(self, number, cells):
        labels = [self.table.cell(number, column) for column in range(min(cells))]
        labels += [self.table.cell(number, column) for columns in self.labels.values() for column in columns]
        if any(isinstance(label, str) and says_total(label) for label in labels):
            return True
        unlabelled = not any(_is_written(self.table.cell(number, c)) for cs in self.labels.values() for c in cs)
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
            (column for column in range(self.table.width) if _is_written(self.table.cell(number, column))), None
        )
        text = None if label is None else shown(self.table.cell(number, label))
        if (text and isinstance(self.vocabulary.gazetteer.find(text), places.Unknown)) or label not in (
            None,
            *self._areas,
        ):
            self._note(number, label, "text_row")
        else:
            self.reading.empty_rows += 1

    @property
    def _areas(self):
        return self.labels[Kind.AREA]

    def _first_label(self, number):
        return next((column for column in range(self.table.width) if _is_written(self.table.cell(number, column))), 0)

    def _belongs(self, number):
        """Area, agency, months, category and reach, as far as the row says."""
        area = self._area(number)
        agency = self._label(number, Kind.AGENCY, self.scope.agency_named, "unknown_agency")
        if agency is not None and not self.scope.may_send(agency):
            column = self.labels[Kind.AGENCY][0]
            self._problem(number, column, "other_agency_row", {"expected": self.scope.agency})
        span = self._label(number, Kind.PERIOD, self.scope.span_of, "unknown_period")
        category = self._label(number, Kind.CATEGORY, self.vocabulary.category_named, "unknown_category")
        reach = self._label(number, Kind.REACH, self.vocabulary.reach_named, "unknown_reach")
        belongs = (area, agency, span, category, reach)
        key = (getattr(area, "pk", area), *belongs[1:])
        if key in self.seen:
            alone = not any(self.labels[kind] for kind in (Kind.AGENCY, Kind.PERIOD, Kind.CATEGORY, Kind.REACH))
            code = "duplicate_area" if alone and self._areas else "duplicate_figure"
            column = (self._areas or [self._first_label(number)])[0]
            self._problem(number, column, code, {"first": self.seen[key]})
        self.seen[key] = self.table.at(number, (self._areas or [self._first_label(number)])[0])
        return belongs

    def _label(self, number, kind, known, code):
        """What a label column says in a row; blank is what was chosen in the form, or what the header says."""
        for column in self.labels[kind][:1]:
            cell = self.table.cell(number, column)
            if _is_written(cell):
                found = known(cell)
                return self._problem(number, column, code, {}) if found is None else found
            if kind in (Kind.CATEGORY, Kind.REACH):
                self._problem(number, column, code, {})
        return None

    def _area(self, number):
        """The row's area, ``NONE`` for the row without area, ``None`` where the columns tell it."""
        if not self._areas:
            return None
        said = [(column, self.table.cell(number, column)) for column in self._areas]
        said = [(column, cell) for column, cell in said if _is_written(cell)]
        if not said:
            return self._area_from_above(number)
        self.area_above = None
        found = [(column, cell, self.vocabulary.gazetteer.find(shown(cell))) for column, cell in said]
        areas = [area for _column, _cell, area in found if not isinstance(area, places.Unknown | places.Doubtful)]
        if not areas:
            return self._doubtful(number, *found[0])
        for column, _cell, area in found:
            if isinstance(area, places.Doubtful) and areas[0] not in area.areas:
                areas.append(area)
            elif area not in areas and not isinstance(area, places.Doubtful):
                self._problem(number, column, area.code, area.params)
        if any(area is not areas[0] and area != areas[0] for area in areas):
            return self._disagreeing(number, found)
        self.area_above = areas[0]
        return areas[0]

    def _area_from_above(self, number):
        column = self._areas[0]
        if self.area_above is None or not any(self.labels[kind] for kind in (Kind.CATEGORY, Kind.REACH, Kind.PERIOD)):
            self._problem(number, column, "area_missing", {"no_area": NO_AREA["es"][0]})
        name = getattr(self.area_above, "name", NO_AREA["es"][0])
        answer = self.asking.ask(
            "blank_areas",
            self.table.at(number, column),
            self.table.text(column),
            name,
            (ABOVE, NOWHERE),
            ABOVE,
        )
        if answer is None:
            raise Wrong
        return self.area_above if answer == ABOVE else places.NONE

    def _doubtful(self, number, column, cell, found):
        if isinstance(found, places.Unknown):
            self._problem(number, column, found.code, found.params)
        names = tuple(area.name for area in found.areas)
        return self._answered(number, column, f"area:{shown(cell)}", shown(cell), names)

    def _disagreeing(self, number, found):
        """A row's columns name different areas: one of them is asked for."""
        named = [area for _column, _cell, area in found if hasattr(area, "name")]
        named += [area for _c, _cell, doubt in found if isinstance(doubt, places.Doubtful) for area in doubt.areas]
        said = " / ".join(shown(cell) for _column, cell, _area in found)
        names = tuple(dict.fromkeys(area.name for area in named))
        return self._answered(number, found[0][0], f"area:{said}", said, names)

    def _answered(self, number, column, code, said, names):
        answer = self.asking.ask(code, self.table.at(number, column), self.table.text(column), said, names)
        if answer is None:
            raise Wrong
        area = self.vocabulary.gazetteer.find(answer)
        if isinstance(area, places.Unknown):
            self._problem(number, column, area.code, area.params)
        self.area_above = area
        return area

    def _place(self, number, column, quantity, belongs):
        meaning = self.meanings[column]
        area, agency, span, category, reach = belongs
        if (category and meaning.category and category != meaning.category) or (
            reach and meaning.reach and reach != meaning.reach
        ):
            if quantity != BLANK:
                self.reading.problems.append(
                    Problem(
                        self.table.at(number, column),
                        self.table.text(column),
                        str(quantity.value),
                        "contradicts_header",
                    )
                )
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

    def _problem(self, number, column, code, params):
        cell = self.table.cell(number, column)
        found = shown(cell) if cell is not None else ""
        at = self.table.at(number, column)
        self.reading.problems.append(Problem(at, self.table.text(column), found, code, params))
        raise Wrong

    def _note(self, number, column, code):
        found = shown(self.table.cell(number, column))
        self.reading.notes.append(Problem(self.table.at(number, column), self.table.text(column), found, code))


def _is_written(cell):
    return cell is not None and bool(str(cell).strip())
