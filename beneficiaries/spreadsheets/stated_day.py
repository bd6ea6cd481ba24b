"""The day to which a file says its figures count, against the day that was chosen. Pure."""

from beneficiaries.spreadsheets.columns import COUNTED_TO, IDENTITY_SHEET, folded
from beneficiaries.spreadsheets.days import TwoDays, read_day
from beneficiaries.spreadsheets.identity import ROWS_LOOKED_AT
from beneficiaries.spreadsheets.messages import Problem, Question
from beneficiaries.spreadsheets.reading import address
from beneficiaries.spreadsheets.values import shown

QUESTION = "date:counted_to"
MOST_IN_A_STATEMENT = 4
_LABELS = frozenset(folded(name) for name in COUNTED_TO)


def check(workbook, expected, answers, reading):
    """Note how the day was read, ask where it can be read in two ways, and say where it is not the day chosen."""
    found = _stated(workbook)
    if expected is None or expected.counted_to_on is None or found is None:
        return
    cell, label, value = found
    text, read = shown(value), read_day(value)
    if read is None:
        reading.problems.append(Problem(cell, label, text, "not_a_day"))
        return
    if isinstance(read, TwoDays):
        choices = tuple(day.isoformat() for day in read.choices)
        answer = answers.get(QUESTION)
        if answer not in choices:
            reading.questions.append(Question(QUESTION, cell, label, text, choices))
            return
        on = read.choices[choices.index(answer)]
    else:
        on = read.on
        if read.month_first:
            reading.notes.append(Problem(cell, label, text, "month_first", {"read_on": on.isoformat()}))
    if on != expected.counted_to_on:
        params = {"read_on": on.isoformat(), "chosen_on": expected.counted_to_on.isoformat()}
        reading.problems.append(Problem(cell, label, text, "other_day", params))


def _stated(workbook):
    """``(cell, label, value)`` of the first line that says up to which day was counted; ``None`` when none does."""
    for sheet in workbook.sheets:
        if sheet.hidden or sheet.name == IDENTITY_SHEET:
            continue
        for number, row in enumerate(sheet.rows[:ROWS_LOOKED_AT]):
            if sum(cell not in (None, "") for cell in row) > MOST_IN_A_STATEMENT:
                continue  # a header row, one of whose columns says it for each figure
            for column, cell in enumerate(row[:-1]):
                if isinstance(cell, str) and folded(cell) in _LABELS and row[column + 1] not in (None, ""):
                    return address(sheet.name, number, column + 1), cell.strip(), row[column + 1]
    return None
