"""What was understood of a file: its figures, each with its cell, and everything that is open. Pure."""

from dataclasses import dataclass, field
from typing import NamedTuple

from beneficiaries.spreadsheets.messages import Problem, Question
from programmes.quantities import Quantity


class Row(NamedTuple):
    """One figure: an area (or none), a category, a reach, the cell it stood in. A tuple: files hold many of them."""

    area: object | None
    category: object
    reach: str
    quantity: Quantity
    cell: str
    agency: str = ""  # blank: the one that was chosen in the form
    period: str = ""

    @property
    def key(self):
        return (self.area.pk if self.area else None, self.category.code, self.reach)


@dataclass
class Reading:
    """Everything that was understood of a file, and everything that was not."""

    sheet: str = ""
    header_row: int = 0  # as the person counts; 0 when none was found
    columns: int = 0
    cells: int = 0
    empty_rows: int = 0
    elsewhere: list[list[str]] = field(default_factory=list)  # agency and period of figures beside what was chosen
    #: (agency, period) → {"programme" | "basis" | "counted_to_on": (what its rows say, cell)}
    purposes: dict = field(default_factory=dict)
    shape: str = ""  # equal for files with the same headers in the same columns; blank for the template
    mapped_before_on: str = ""  # when the answers were given that are proposed now; blank when none are
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
