"""Bytes → cells, through the bounded child process: nothing a file does can reach the portal."""

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings
from openpyxl.formula.tokenizer import TokenizerError
from openpyxl.formula.translate import Translator, TranslatorError

from beneficiaries.spreadsheets import child, values

SECONDS = 60
STOPPED = (-signal.SIGPROF, -signal.SIGXCPU, -signal.SIGKILL)  # for the time that it took
CHILD_ENVIRONMENT = {
    "PATH": os.defpath,
    "LC_ALL": "C.UTF-8",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONPATH": f"{settings.ROOT}{os.pathsep}{Path(find_spec('python_calamine').origin).parents[1]}",
    "MALLOC_ARENA_MAX": "1",  # its memory is bounded: none is set aside for each thread
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet's cells as they stand: ``rows[0][0]`` is A1. Empty cells are ``None``."""

    name: str
    rows: list
    hidden: bool = False
    formulas: dict = field(default_factory=dict)  # (row, column) → (text, row, column where it reads so)
    merged: tuple = ()  # (first row, first column, last row, last column)
    hidden_rows: tuple = ()  # (first, last)
    hidden_columns: tuple = ()  # (first, last)

    def formula(self, row, column):
        """A cell's formula as the person sees it in that cell; blank when there is none."""
        text, *origin = self.formulas.get((row, column), ("",))
        if not text or origin == [row, column]:
            return text
        try:
            moved = Translator(text, origin=place(*origin)).translate_formula(place(row, column))
        except (TokenizerError, TranslatorError, ValueError):
            return text
        return moved

    def quoted(self, row, column):
        """What a cell says; a formula with its text, and with what it last gave where that is known."""
        said, formula = values.shown(self.rows[row][column]), self.formula(row, column)
        if not formula:
            return said
        return formula if said == values.NOT_COMPUTED else f"{formula} → {said}"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What was in the file: its format, and its sheets in order."""

    format: str
    sheets: tuple[Sheet, ...]


class Unreadable(Exception):
    """The file could not be read as a spreadsheet: ``code`` and ``found`` say why."""

    def __init__(self, code, found=""):
        super().__init__(code)
        self.code = code
        self.found = found


def read(data, name):
    """The file's cells; raises ``Unreadable``. ``name`` only serves to tell a mistaken ending."""
    if len(data) > settings.UPLOAD_MAX_BYTES:
        raise Unreadable("too_large", f"{len(data) / 2**20:,.0f} MiB")
    ending = "".join(char for char in name.rpartition(".")[2] if char.isalnum())[:10] if "." in name else ""
    # Without looking for what is installed (-S): it is told where the portal and the reader of workbooks are.
    command = [sys.executable, "-S", "-c", f"from {child.__name__} import main; main()", f"file.{ending}"]
    environment = CHILD_ENVIRONMENT
    try:
        # The child gets no variable of ours: no secret is there to be found.
        ended = subprocess.run(
            command, input=data, capture_output=True, timeout=SECONDS, cwd=settings.ROOT, env=environment, check=False
        )
    except subprocess.TimeoutExpired:
        raise Unreadable("takes_too_long") from None
    if ended.returncode != 0 or not ended.stdout:
        raise Unreadable("takes_too_long" if ended.returncode in STOPPED else "reader_stopped")
    answer = json.loads(ended.stdout)
    if "refused" in answer:
        raise Unreadable(answer["refused"], answer["found"])
    return Workbook(answer["format"], tuple(_sheet(sheet) for sheet in answer["sheets"]))


def _sheet(answer):
    formulas = {(row, column): tuple(formula) for row, column, *formula in answer.get("formulas", ())}
    merged, hidden_rows, hidden_columns = (
        tuple(map(tuple, answer.get(name, ()))) for name in ("merged", "hidden_rows", "hidden_columns")
    )
    return Sheet(answer["name"], answer["rows"], answer["hidden"], formulas, merged, hidden_rows, hidden_columns)


def address(sheet, row, column):
    """A cell as the person sees it, from places counted from zero.

    >>> address("Hoja1", 13, 3), address("CSV", 0, 26)
    ('Hoja1!D14', 'CSV!AA1')
    """
    return f"{sheet}!{column_letters(column)}{row + 1}"


def place(row, column):
    return f"{column_letters(column)}{row + 1}"


@cache
def column_letters(column):
    letters, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
