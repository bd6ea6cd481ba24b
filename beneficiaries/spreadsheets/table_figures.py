"""The figures of one column of somebody's own table: how its numbers are written, what is only said loosely. Pure."""

from beneficiaries.spreadsheets import numerals, values
from beneficiaries.spreadsheets.loose_counts import loose_count
from beneficiaries.spreadsheets.messages import Problem, Question
from programmes.quantities import BLANK, Quantity, State

NO_DATA = "nd"


class Wrong(Exception):
    """A row that belongs to nothing: its problem or question is noted, its figures are not taken."""


class Asking:
    """Answers that were given, and questions for what was not: each asked once."""

    def __init__(self, answers, reading):
        self.answers, self.reading = answers or {}, reading

    def ask(self, code, cell, column, found, choices, suggestion=""):
        """The answer, if it is one of the choices; otherwise ``None``, and the question is put."""
        if self.answers.get(code) in choices:
            return self.answers[code]
        if all(question.code != code for question in self.reading.questions):
            self.reading.questions.append(Question(code, cell, column, found, tuple(choices), suggestion))
        return None

    def wrong(self, table, number, column, code, params=None):
        """Note what is wrong with a cell, and leave its row."""
        cell = table.cell(number, column)
        found = "" if cell is None else values.shown(cell)
        at = table.at(number, column)
        self.reading.problems.append(Problem(at, table.text(column), found, code, params or {}))
        raise Wrong


def loose_figure(said, text, cell, column, asking):
    """A count that is only said: the figure the person makes of it; blank until then."""
    numbers = [number for number in (said.number, said.highest, said.women, said.men) if number is not None]
    is_parted = said.women is not None and said.men is not None  # which of the three is the column's, nobody guesses
    suggestion = "" if said.suggestion is None or is_parted else str(said.suggestion)
    choices = (*dict.fromkeys(map(str, numbers)), NO_DATA)
    answer = asking.ask(f"{said.kind.value}:{cell}", cell, column, text, choices, suggestion)
    if answer is None:
        return BLANK
    return Quantity(None, State.ND) if answer == NO_DATA else Quantity(int(answer))


class ColumnFigures:
    """One column of figures. ``cells`` are ``(row number, cell)``, those of total rows too."""

    def __init__(self, table, column, name, cells, asking):
        self.table, self.column, self.asking = table, column, asking
        self.read, self.plain = {}, {}
        typed = [
            (number, cell)
            for number, cell in cells
            if type(cell) is str
            and values.plain_count(cell) is None
            and values.state_of(cell) is None
            and not values.is_day(cell)
        ]
        texts = [cell.strip() for _number, cell in typed]
        match numerals.read_column(texts):
            case numerals.Settled(values=numbers):
                self._keep(typed, numbers)
            case numerals.TwoWays() as doubt:
                self._keep(typed, self._chosen(typed, doubt, name))
            case numerals.Mixed(places=places):
                self.mixed = {typed[place][0] for place in places}
                self._keep(typed, self._most(texts))

    mixed = frozenset()
    comma_noted = False  # said once for the column, at its first cell

    def _keep(self, typed, numbers):
        self.read = {number: value for (number, _cell), value in zip(typed, numbers, strict=True) if value is not None}

    def _chosen(self, typed, doubt, name):
        number, found = typed[doubt.place]
        choices = tuple(dict.fromkeys(f"{choice:f}" for choice in doubt.choices))
        at, header = self.table.at(number, self.column), self.table.text(self.column)
        answer = self.asking.ask(f"numbers:{name}", at, header, found.strip(), choices)
        return (
            doubt.readings[[f"{choice:f}" for choice in doubt.choices].index(answer)] if answer else doubt.readings[0]
        )

    def _most(self, texts):
        """As most of a mixed column is written: the cells at odds are problems of their own."""
        way = max(numerals.CONVENTIONS, key=lambda way: sum(way.value(text) is not None for text in texts))
        return [way.value(text) for text in texts]

    def number(self, number):
        """What a cell says as a number, whole where it is; ``None`` where it says none."""
        read = self.read.get(number)
        if read is not None:
            return int(read) if read == int(read) else read
        cell = self.table.cell(number, self.column)
        count = values.plain_count(cell)
        return cell if count is None and type(cell) in (int, float) else count

    def figure(self, number, cell):
        """The quantity of this row's cell; what is none is noted as a problem and stands as blank."""
        # Nearly every cell is a number that others said too: one quantity for all of them.
        if type(cell) is int and cell in self.plain:
            return self.plain[cell]
        count = values.plain_count(cell)
        if count is not None:
            return self.plain.setdefault(count, Quantity(count))
        at, header = self.table.at(number, self.column), self.table.text(self.column)
        try:
            if number in self.mixed:
                raise values.NotAFigure("mixed_numbers")
            quantity = values.whole(self.read[number]) if number in self.read else values.figure(cell)
            if isinstance(cell, str) and quantity.is_reported and number not in self.read:
                raise values.NotAFigure("not_a_number")  # money, for instance
        except values.NotAFigure as wrong:
            said = loose_count(cell) if wrong.code == "not_a_number" and isinstance(cell, str) else None
            if said is not None:
                return loose_figure(said, cell.strip(), at, header, self.asking)
            found = self.table.sheet.quoted(number, self.column)
            self.asking.reading.problems.append(Problem(at, header, found, wrong.code))
            return BLANK
        self._note(quantity, cell, at, header)
        return quantity

    def _note(self, quantity, cell, at, header):
        code = values.note_of(quantity, cell)
        if not code or (code == "comma_groups" and self.comma_noted):
            return
        self.comma_noted = self.comma_noted or code == "comma_groups"
        params = {"read": str(quantity.value)}
        self.asking.reading.notes.append(Problem(at, header, values.shown(cell), code, params))
