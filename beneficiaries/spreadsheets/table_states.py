"""The column beside the figures that says why there is none: “nd”, “na”, “pending”. Pure."""

from beneficiaries.spreadsheets import values
from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.table_labels import is_written
from programmes.quantities import BLANK, Quantity, State

HEADER_WORDS = frozenset(("estado", "estados", "state", "states", "status"))
WORDS = {
    State.REPORTED: ("reported", "reportado", "reportada", "informado", "informada"),
    State.BLANK: ("blank", "en blanco", "vacío"),
}
_BY_WORD = {folded(word): state for state, words in WORDS.items() for word in words}


def state_said(cell):
    """The state that a cell names; ``None`` when it names none.

    >>> state_said("reported"), state_said("n/d"), state_said("En blanco"), state_said("Chiapas")
    (State.REPORTED, State.ND, State.BLANK, None)
    """
    return _BY_WORD.get(folded(cell)) or values.state_of(cell)


def may_head_states(header):
    """“Estado” may also head places: a column is of states when nothing else stands in it."""
    return bool(HEADER_WORDS & set(folded(header).split()))


class RowStates:
    """``columns``: for each column of figures, the column that says their states."""

    def __init__(self, table, counts, states, asking):
        self.table, self.asking, self.said = table, asking, {}
        self.columns = {}
        for column in states:
            before = [count for count in counts if count < column]
            owner = max(before) if before else min(counts, default=None)
            if owner is not None:
                self.columns[owner] = column

    def say(self, number, column):
        """Whether something says the state of a figure."""
        return column in self.columns and is_written(self.table.cell(number, self.columns[column]))

    def are_silent(self, number, column, quantity):
        """Beside a column of states a cell without figure and without state is nobody's figure, not a blank one."""
        return quantity == BLANK and column in self.columns and not self.say(number, column)

    def apply(self, number, column, quantity):
        """The figure with its state; what contradicts it is a problem, and then it is blank."""
        if column not in self.columns or not self.say(number, column):
            return quantity
        cell = self.table.cell(number, self.columns[column])
        state = self.said.get(cell) if type(cell) is str else None
        if state is None:
            state = self.said[str(cell)] = state_said(str(cell))
        if quantity.state == state:
            return quantity
        if state is not None and state != State.REPORTED and quantity == BLANK:
            return Quantity(None, state)
        at, header = self.table.at(number, self.columns[column]), self.table.text(self.columns[column])
        code = "unknown_state" if state is None else "state_contradicts"
        params = {"figure": self.table.at(number, column)}
        self.asking.reading.problems.append(Problem(at, header, values.shown(cell), code, params))
        return BLANK
