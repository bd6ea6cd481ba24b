"""What is written into an annotated workbook, in the person's language: the list, and what each marked cell is told."""

from django.utils.translation import gettext as _

from beneficiaries.spreadsheets.annotating.cells import split
from beneficiaries.spreadsheets.asked import WORDS

LISTED = 1_000  # lines of the list; further ones are counted
MAX_WORDS = 30_000  # of one cell
#: Questions that nothing written in a cell could answer.
ON_THE_PAGE = frozenset(("column", "tag", "areas", "reach", "category", "blank_areas", "sheet", "hidden_sheet",
                         "hidden_rows", "hidden_columns"))  # fmt: skip


def listing_of(found, file_name, language):
    """Plain facts, as they go to the child process."""
    entries = [
        *(("problem", problem.cell, problem.column, problem.quoted, problem.message) for problem in found.problems),
        *(("question", asked.cell, asked.column, asked.found, _answer_of(asked)) for asked in found.questions),
        *(("note", note.cell, note.column, note.found, note.message) for note in found.notes),
    ]
    words = {"problem": _("to correct"), "question": _("to answer"), "note": _("to know")}
    lines, marks = [], {}
    for kind, cell, column, said, message in entries[:LISTED]:
        sheet, place = _parted(cell)
        shown = [cell, words[kind], column, said, message]
        lines.append({"sheet": sheet, "place": place, "kind": kind, "words": [text[:MAX_WORDS] for text in shown]})
        if place and kind != "note":
            _mark(marks.setdefault(sheet, {}), place, kind, message)
    open_ = len(found.problems) + len(found.questions)
    return {
        "file": file_name,
        "language": language,
        "title": _("What to correct") if open_ else _("There is nothing to correct"),
        "said": _(
            "Correct the coloured cells, save this workbook and upload it. Colours, notes and this sheet may stay."
        ),
        "further": {how: _further(how, len(entries)) for how in ("own", "values", "list")},
        "headers": [_("Cell"), _("Kind"), _("Column"), _("It says"), _("What to do")],
        "lines": lines,
        "marks": marks,
    }


def _mark(marks, place, kind, message):
    """Several things in one cell are one note; a problem gives it its colour."""
    mark = marks.setdefault(place, {"kind": kind, "text": message})
    if message not in mark["text"].split("\n"):
        mark["text"] += f"\n{message}"
    if kind == "problem":
        mark["kind"] = kind


def _answer_of(question):
    """What is asked, and what may be answered; a workbook shows both where no page is open."""
    offered = [str(WORDS.get(choice, label)) for choice, label in question.offered if choice]
    asked = question.message
    if 1 < len(offered) <= 6:
        asked += " " + _("It can be: %(choices)s.") % {"choices": "; ".join(offered)}
    if question.code.partition(":")[0] in ON_THE_PAGE:
        return asked + " " + _("Answer on the portal's page.")
    return asked + " " + _("Write it in the cell so that only one reading is left, or answer on the portal's page.")


def _parted(cell):
    """``Hoja1!D14`` → its sheet and place; a sheet's name alone has no place."""
    sheet, mark, place = cell.rpartition("!")
    if mark and split(place):
        return sheet, place
    return cell, ""


def _further(how, number):
    """What else is to be said above the list: how many are left out, and what kind of file this is."""
    said = []
    if number > LISTED:
        said.append(
            _("The first %(listed)s of %(number)s are listed and marked.")
            % {"listed": f"{LISTED:,}", "number": f"{number:,}"}
        )
    if how == "values":
        said.append(_("This is a copy of the values that were read: the file itself could not be given back marked."))
    if how == "list":
        said.append(
            _("This is the list alone: your file could not be given back marked. Correct the file that you sent.")
        )
    return " ".join(said)
