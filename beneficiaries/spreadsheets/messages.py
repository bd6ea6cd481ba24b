"""What a person is told about a file: problems to correct, questions to answer, notes to know.

Each keeps its code and parameters, so that it reads in the language of whoever opens the page.
"""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from beneficiaries.spreadsheets.unreadable import UNREADABLE
from programmes import figures

#: Refused before it is stored.
NOT_KEPT = {
    "personal_data": _(
        "The file has personal data (“%(column)s”). This portal keeps counts, "
        "never lists of people: nothing of the file was kept. "
        "Count the persons by area and send the totals."
    ),
}
#: What the figures are sent for does not allow it.
NOT_ALLOWED = {
    "agency_not_in_programme": _("%(found)s does not take part in this programme."),
    "period_not_started": _("The period %(found)s has not started yet. Choose a period that has."),
    "period_of_another_fund": _("The period %(found)s is not one of this programme's fund."),
    "period_closed": _("The period %(found)s is closed. Only RCO staff can revise its figures now, with a reason."),
    "period_closed_reason": _("The period %(found)s is closed. Say why its figures are revised."),
    "counted_to_outside_period": _(
        "The figures cannot reach to %(counted_to_on)s. Choose a day from %(starts_on)s to %(ends_on)s."
    ),
    "reason_for_fall": _("A cumulative figure falls. Say why."),
    "missing_right": "%(sentence)s",
    "unanswered": _("There are questions without an answer: %(found)s."),
    "already_loaded": _("These figures were loaded, so they cannot be discarded. Upload a revision instead."),
    "being_loaded": _("These figures are being loaded. Wait until that has ended, or cancel it first."),
    "withdrawn": _("This submission was withdrawn. Upload the file again."),
    "withdrawn_already": _("This submission is withdrawn already."),
    "not_loaded": _("These figures were never loaded, so there is nothing to withdraw. Discard the upload instead."),
    "withdrawal_reason": _("Say why the submission is withdrawn."),
    "programme_changed": _("The programme's areas have changed since the file was read. Upload it again."),
}
#: One cell, one problem: what to do, in one or two sentences.
IN_CELLS = {
    "negative": _("A count cannot be negative. If it is a correction, write the new cumulative figure."),
    "decimals": _("A count is a whole number. Write it without decimals."),
    "not_a_number": _(
        "This is not a figure. Write a whole number, nd if there is no data, or na if it does not apply."
    ),
    "date_for_number": _("This is a date, not a figure. Set the cell's format to number and write the figure again."),
    "not_a_day": _(
        "The day to which the figures count cannot be read. Write it with the month as a word, or empty the cell."
    ),
    "not_a_basis": _(
        "This says neither that the figures are new in the period nor that they are cumulative since the start. "
        "Write “new” or “cumulative”, or empty the cell."
    ),
    "other_day": _(
        "The file says that its figures count to %(read_on)s, but %(chosen_on)s was chosen. "
        "Choose that day in the form, or correct the file."
    ),
    "number_too_large": _("The number is too large to be a count. Check its digits."),
    "formula_error": _("The formula failed. Correct it, or write the figure in its place, or nd if there is no data."),
    "formula_lost_cell": _(
        "The formula lost the cell it refers to. Correct it, or write the figure in its place, "
        "or nd if there is no data."
    ),
    "formula_not_computed": _(
        "The formula has no stored result. Open the file in Excel or LibreOffice, save it, and choose it again."
    ),
    "unknown_area": _("This is not an area of this programme. Choose one of: %(areas)s."),
    "unknown_area_suggestion": _("This is not an area of this programme. Did you mean %(suggestion)s?"),
    "area_of_another_programme": _("%(area)s is not an area of this programme. Its areas are: %(areas)s."),
    "area_missing": _("The row has figures but no area. Write the area, or “%(no_area)s”."),
    "duplicate_area": _("This area already stands in %(first)s. Keep one row for each area."),
    "part_above_whole": _("%(part)s cannot be more than %(whole)s (%(limit)s in %(first)s), of which they are a part."),
    "unknown_column": _(
        "No figure is called this. Use the template's headers, write one of them "
        "here, or delete the column. Close to it: %(suggestion)s."
    ),
    "unknown_column_plain": _("No figure is called this. Use the template's headers, or delete the column."),
    "duplicate_column": _("This figure already has a column: %(first)s. Keep one of them."),
    "no_header": _(
        "No row was found with the area and the figures' names. Use the template, and leave its headers as they are."
    ),
    "nothing_for_what_was_chosen": _(
        "The file has no figures of the agency and period that were chosen. It has figures of: %(found)s. Choose these."
    ),
    "no_figures": _("There is not one figure in the file. Fill the template in and save it before you choose it."),
    "several_sheets": _(
        "There are figures in more than one sheet: %(sheets)s. Send one file for each, or leave one sheet."
    ),
    "other_programme": _("The template is for programme %(found)s, not for %(expected)s."),
    "other_agency": _(
        "The template is for %(found)s, not for %(expected)s. Choose that agency or download its template."
    ),
    "other_period": _(
        "The template is for period %(found)s, not for %(expected)s. Choose that period or download its template."
    ),
    "mixed_numbers": _("This number is written in another way than the others of its column. Write it as they are."),
    "unknown_agency": _("No agency is called this. Write the acronym of an agency of the programme."),
    "other_agency_row": _("This row is of another agency than %(expected)s. Send only your own agency's figures."),
    "unknown_period": _("This is no period of the fund. Write it as the template does, for instance 2011-S2."),
    "unknown_category": _("This does not say what is counted. Write one of the template's categories."),
    "label_missing": _("The row has figures, but “%(column)s” is blank. Write in each row to what its figures belong."),
    "unknown_reach": _("This does not say whether it is direct or indirect. Write one of the two."),
    "differs_from_row": _(
        "%(first)s says something else of the same agency and period. Write the same in all of their rows."
    ),
    "duplicate_figure": _("This figure already stands in %(first)s. Keep one of them."),
    "contradicts_header": _(
        "The row and the column's header say that different things are counted. Correct one of them."
    ),
    "periods_overlap": _("The same months are counted in more than one column. Keep one of them."),
    "month_missing": _(
        "The months of a period are added up, and this one is missing. Write its figure, or the period's figure in one "
        "column, or nd in all its months."
    ),
    "total_column_differs": _(
        "This total does not match: the figures beside it add up to %(sum)s. Correct one of them."
    ),
    "too_many_tables": _("There are too many tables in the file. Save a copy with the one that is to be loaded."),
    "no_known_area": _("Not one of these places is an area of this programme. Its areas are: %(areas)s."),
    "unknown_state": _("This does not say why there is no number. Write reported, nd, na, pending or blank."),
    "state_contradicts": _(
        "This state and the figure in %(figure)s contradict each other. A number is reported; "
        "without a number write nd, na, pending or blank."
    ),
    "too_many_problems": _("There are more problems below this row. Correct these, and choose the file again."),
    "other_basis": _("The template says that the figures are %(found)s. Choose the same, or correct the template."),
}
NOTES = {
    "month_first": _("The month stands first, so this was read as %(read_on)s: there is no other reading."),
    "not_applicable": _(
        "“%(found)s” was read as not applicable (na): it is left out of every sum. If there is no data, write nd."
    ),
    "comma_groups": _(
        "The comma groups thousands: read as %(read)s. Other figures of this column are read in the same way."
    ),
    "typed_dash": _("A typed dash means that there is no data (nd). If it is zero, write 0."),
    "total_row": _("A row of totals is not loaded: the portal adds up."),
    "total_differs": _("This total is not loaded, but it does not match: the rows add up to %(sum)s."),
    "section_row": _("“%(found)s” stands alone in its row: it was read as said of the rows beneath it."),
    "text_row": _("A line without figures was left out."),
    "column_left_out": _("This column holds no figures to load: it was left out."),
    "hidden_sheet": _("The hidden sheet “%(found)s” was left out."),
}
QUESTIONS = {
    "area": _("“%(found)s” is the code of different areas in different lists. Which one is it?"),
    "numbers": _("“%(found)s” in “%(column)s” can be read in two ways. Which is it?"),
    "date": _("“%(found)s” in “%(column)s” can be two different days. Which is it?"),
    "column": _("What is in the column “%(column)s” (%(found)s)?"),
    "tag": _("The header and the tag contradict each other (%(found)s). Which figures are these?"),
    "areas": _("Which column names the area (%(found)s)?"),
    "blank_areas": _("Rows without an area stand beneath “%(found)s”. To which area do they belong?"),
    "hidden_columns": _("Columns that are hidden hold figures (%(found)s). Are they to be read?"),
    "hidden_rows": _("Rows that are hidden hold something (%(found)s). Are they to be read?"),
    "sheet": _("There are figures in more than one table: %(found)s. Which one is to be loaded?"),
    "hidden_sheet": _("The only figures are in a hidden sheet: %(found)s. Are they to be loaded?"),
    "reach": _("Are the figures in “%(column)s”, and in the columns like it, direct or indirect?"),
    "category": _("What is counted in “%(column)s”, and in the columns like it?"),
    "unit": _("“%(found)s”: is that number a count of what “%(column)s” counts?"),
    "about": _("“%(found)s” is not an exact count. Which figure is to be loaded?"),
    "at_least": _("“%(found)s” is not an exact count. Which figure is to be loaded?"),
    "range": _("“%(found)s” is not an exact count. Which figure is to be loaded?"),
    "parts": _("“%(found)s” says more than one number. Which figure is to be loaded?"),
}


def _day(text):
    """A stored day as the person reads dates; any other text as it stands.

    >>> _day("2011-10-31T00:00:00"), _day("31/10/2011")
    ('Octubre 31, 2011', '31/10/2011')
    """
    try:
        return figures.day(date.fromisoformat(text[:10]), (get_language() or "es")[:2])
    except ValueError:
        return text


def _number(text):
    return _("%(number)s, with decimals") % {"number": text} if "." in text else text


#: How the choices of a kind of question read; a choice itself is the same in every language.
WORDING = {"date": _day, "numbers": _number}
MESSAGES = UNREADABLE | NOT_KEPT | NOT_ALLOWED | IN_CELLS | NOTES


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct, at the cell as numbered in the file the person has open; or one note."""

    cell: str
    column: str  # header as written in the file
    found: str
    code: str  # stable, for programs
    params: dict = field(default_factory=dict)

    @property
    def message(self):
        """Translated; says what to do."""
        params = {name: _day(value) if name.endswith("_on") else value for name, value in self.params.items()}
        return str(MESSAGES[self.code]) % {"found": self.found, "column": self.column, **params}

    @property
    def quoted(self):
        """What the cell says, a date as the portal writes dates."""
        return _day(self.found) if self.code == "date_for_number" else self.found

    def as_json(self):
        """As commands print it."""
        return {
            "cell": self.cell,
            "column": self.column,
            "found": self.found,
            "code": self.code,
            "message": self.message,
        }

    def as_stored(self):
        return [self.cell, self.column, self.found, self.code, self.params]


@dataclass(frozen=True, slots=True)
class Question:
    """Something that two readings fit: asked, never guessed. ``code`` names it in an answer."""

    code: str  # "area:PA02": what is asked, and about what
    cell: str
    column: str
    found: str
    choices: tuple[str, ...]
    suggestion: str = ""  # one of the choices, to offer first; blank where none can be offered honestly

    @property
    def message(self):
        return str(QUESTIONS[self.code.partition(":")[0]]) % {"found": self.found, "column": self.column}

    @property
    def offered(self):
        """Each choice with the words in which a page offers it."""
        kind = self.code.partition(":")[0]
        return [(choice, WORDING.get(kind, str)(choice)) for choice in self.choices]

    def as_json(self):
        asked = {
            "code": self.code,
            "cell": self.cell,
            "found": self.found,
            "choices": list(self.choices),
            "message": self.message,
        }
        return asked | ({"suggestion": self.suggestion} if self.suggestion else {})

    def as_stored(self):
        return [self.code, self.cell, self.column, self.found, list(self.choices), self.suggestion]


class Refused(Exception):
    """Nothing was loaded, for these reasons; nothing that counted before has changed."""

    def __init__(self, *problems):
        super().__init__(", ".join(problem.code for problem in problems))
        self.problems = list(problems)


def refuse(code, found="", **params):
    """A refusal of the whole file."""
    return Refused(Problem("", "", str(found), code, params))
