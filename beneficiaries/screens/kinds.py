"""Problems and notes by kind: what to do is said once, then each cell with what it says."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from beneficiaries.screens.paging import Pages, address

PAGE = 100  # cells of the one kind that is looked at
SHOWN = 100  # cells of all kinds together, before one is chosen
FEWEST = 3
OPEN = 40  # so many cells need no folding

#: What a kind is called where each of its cells has a sentence of its own.
HEADINGS = {
    "not_a_basis": _("Words that say neither new nor cumulative"),
    "other_day": _("Days that are not the one that was chosen"),
    "unknown_area": _("Names that are no area of this programme"),
    "unknown_area_suggestion": _("Names that are close to an area's, but not the same"),
    "area_of_another_programme": _("Areas of the country that are not this programme's"),
    "area_missing": _("Rows with figures but without an area"),
    "duplicate_area": _("Areas that stand in more than one row"),
    "part_above_whole": _("Parts that are more than their whole"),
    "unknown_column": _("Columns that name no figure"),
    "duplicate_column": _("Figures with more than one column"),
    "label_missing": _("Rows that do not say to what they belong"),
    "duplicate_figure": _("Figures that stand twice"),
    "total_column_differs": _("Totals that do not match the figures beside them"),
    "state_contradicts": _("States that contradict their figure"),
    "other_agency_row": _("Rows of another agency"),
    "month_first": _("Days with the month first"),
    "not_applicable": _("Cells read as not applicable (na)"),
    "comma_groups": _("Commas that group thousands"),
    "total_differs": _("Totals that do not match the rows"),
    "section_row": _("Lines read as headings of the rows beneath them"),
    "hidden_sheet": _("Hidden sheets that were left out"),
}
_ADDRESS = re.compile(r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>\d+)")


@dataclass(frozen=True, slots=True)
class Kind:
    """All problems of one code, in the order of their cells."""

    code: str
    heading: str
    says_each: bool  # what to do differs from cell to cell
    problems: tuple
    cells: object  # those of this page
    to_all: str  # the address of this kind alone; blank where all of it is shown
    is_open: bool

    @property
    def count(self):
        return len(self.problems)

    @property
    def further(self):
        return self.count - len(self.cells) if self.to_all else 0


def kinds_of(problems, query, name):
    """The kinds in the order of their first cells; the one that the address names is paged and opened.

    ``name`` is what the address calls a kind: ``?problem=negative&problem_page=2``.
    """
    grouped = {}
    for problem in problems:
        grouped.setdefault(problem.code, []).append(problem)
    chosen = query.get(name) if query else None
    shown = max(FEWEST, SHOWN // max(len(grouped), 1))
    return [
        _kind(code, sorted(found, key=by_cell), query, name, shown, chosen, len(problems))
        for code, found in grouped.items()
    ]


def _kind(code, problems, query, name, shown, chosen, everything):
    messages = {problem.message for problem in problems[:PAGE]}
    is_chosen, anchor = code == chosen, f"{name}-{code}"
    says_each = len(messages) > 1
    return Kind(
        code=code,
        heading=str(HEADINGS.get(code) or problems[0].message) if says_each else problems[0].message,
        says_each=says_each,
        problems=tuple(problems),
        cells=Pages(problems, PAGE, query, f"{name}_page", anchor) if is_chosen else problems[:shown],
        to_all="" if is_chosen or len(problems) <= shown else address(
            query, anchor, **{name: code, f"{name}_page": None}
        ),
        is_open=is_chosen or (everything <= OPEN and not chosen),
    )  # fmt: skip


def by_cell(problem):
    """By sheet, row and column; first what is said of the file as a whole.

    >>> from beneficiaries.spreadsheets.messages import Problem
    >>> cells = ["Hoja1!AA2", "", "Hoja1!B10", "Hoja1!B2", "A1"]
    >>> [one.cell for one in sorted((Problem(cell, "", "", "negative") for cell in cells), key=by_cell)]
    ['', 'A1', 'Hoja1!B2', 'Hoja1!AA2', 'Hoja1!B10']
    """
    found = _ADDRESS.fullmatch(problem.cell)
    if found is None:
        return ("", 0, 0, problem.cell)
    return (found["sheet"] or "", int(found["row"]), len(found["column"]), found["column"])
