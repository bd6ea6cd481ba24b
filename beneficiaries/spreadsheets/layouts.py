"""Anybody's own table → figures, questions and problems: what the template's reader leaves to a person. Pure."""

import hashlib
import json
from dataclasses import replace

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets import matching, monthly, table_titles, table_totals
from beneficiaries.spreadsheets.columns import IDENTITY_SHEET, INSTRUCTIONS_SHEET, folded
from beneficiaries.spreadsheets.header_words import NUMBERING, Kind, says_total
from beneficiaries.spreadsheets.headers import find_header
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.parties import Scope
from beneficiaries.spreadsheets.reading import column_letters
from beneficiaries.spreadsheets.table_areas import NOWHERE
from beneficiaries.spreadsheets.table_figures import Asking
from beneficiaries.spreadsheets.table_rows import TableRows
from beneficiaries.spreadsheets.tables import find_tables, is_number, looks_like_figure
from beneficiaries.spreadsheets.values import shown

SAMPLE = 5  # values of a column shown to the person
ROWS_FOR_CONTENT = 200
NONE_OF_THEM_FROM = 4  # so many places, and not one of the programme: it is another country's table


def read(workbook, columns, gazetteer, answers, scope, reading):
    """Fill ``reading`` with what a table of any layout says."""
    vocabulary = matching.Vocabulary(columns, gazetteer, scope or Scope())
    asking = Asking(answers, reading)
    layout = _the_one(workbook, vocabulary, asking)
    if layout is None:
        return
    reading.sheet, reading.header_row = layout.table.sheet.name, layout.table.headers[-1] + 1
    reading.shape = layout.shape
    table_titles.check(layout.table, vocabulary.scope, reading)
    if layout.is_elsewhere(reading):
        layout.ask_about_tags(asking)
        return
    layout.ask(asking)
    reading.columns = sum(kind not in (Kind.UNKNOWN, Kind.LEAVE_OUT) for kind in layout.kinds)
    if Kind.COUNT not in layout.kinds and reading.questions:
        return
    rows = TableRows(layout.table, layout.meanings, vocabulary, asking)
    rows.read()
    _settle(rows, asking, columns)
    if (
        not any(row.quantity != monthly.BLANK for row in reading.rows)
        and not reading.problems
        and not reading.questions
    ):
        reading.problems.append(Problem(layout.table.sheet.name, "", "", "no_figures"))


def _settle(rows, asking, columns):
    """What neither header nor row says is asked once for the table; then months become periods."""
    first = rows.placed[0] if rows.placed else None
    for name, choices in (("reach", ("direct", "indirect")), ("category", tuple(columns.category_by_code))):
        missing = next((placed for placed in rows.placed if not getattr(placed, name)), None)
        if missing is not None:
            at, header = rows.table.at(missing.row, missing.column), rows.table.text(missing.column)
            answer = asking.ask(name, at, header, "", choices)
            kept = [placed for placed in rows.placed if answer or getattr(placed, name)]
            rows.placed = [replace(placed, **{name: getattr(placed, name) or answer}) for placed in kept]
    table_totals.check(rows, columns)
    if first is not None:
        monthly.into_periods(rows, columns)


class Layout:
    """A table and what its columns are."""

    def __init__(self, table, vocabulary):
        self.table, self.vocabulary = _beneath_its_header(table, vocabulary.columns), vocabulary
        self.with_figures = {
            column for column in range(self.table.width) if any(is_number(cell) for cell in self._different(column))
        }
        saying = {c for c in range(self.table.width) if any(looks_like_figure(cell) for cell in self._different(c))}
        self.meanings = matching.match(self.table, vocabulary, self.with_figures, saying)
        self._areas_by_content()
        self._categories_by_content()
        self._without_numbering()

    def _categories_by_content(self):
        """A column in which only names of categories stand says what is counted, whatever its header says."""
        if Kind.CATEGORY in self.kinds or any(meaning.category for meaning in self.meanings.values()):
            return
        for column, meaning in self.meanings.items():
            texts = [text for text in self._texts(column) if not says_total(text)]
            if texts and meaning.kind == Kind.LEAVE_OUT and all(map(self.vocabulary.counted, texts)):
                self.meanings[column] = matching.Meaning(Kind.CATEGORY)
                return

    def _without_numbering(self):
        """1, 2, 3 … beneath “N.º” number the rows."""
        for column in self.with_figures:
            cells = [cell for row in self.table.body if (cell := self.table.cell(row, column)) not in (None, "")]
            counted = [str(number) for number in range(1, len(cells) + 1)]
            parts = self.table.parts(column)
            if parts and folded(parts[-1]) in NUMBERING and [shown(cell) for cell in cells] == counted:
                self.meanings[column] = matching.Meaning(Kind.LEAVE_OUT)

    @property
    def kinds(self):
        return [meaning.kind for meaning in self.meanings.values()]

    @property
    def is_recognised(self):
        """Whether any of it is of beneficiaries or of the programme's areas."""
        return any(
            meaning.kind in (Kind.AREA, Kind.CATEGORY) or meaning.category or meaning.reach or meaning.area is not None
            for meaning in self.meanings.values()
        ) or any(self.table.tag(column).casefold().startswith(("#affected", "#reached")) for column in self.meanings)

    @property
    def may_hold_figures(self):
        return bool(self.with_figures) or Kind.COUNT in self.kinds

    @property
    def is_whole(self):
        return Kind.COUNT in self.kinds and (
            Kind.AREA in self.kinds or any(meaning.area is not None for meaning in self.meanings.values())
        )

    @property
    def shape(self):
        """Equal for tables with the same headers in the same columns."""
        headers = [[self.table.parts(column), self.table.tag(column)] for column in range(self.table.width)]
        return hashlib.sha256(json.dumps(headers).encode()).hexdigest()

    def _different(self, column):
        """A column's cells, each text once."""
        cells = (self.table.cell(row, column) for row in self.table.body)
        return {cell if isinstance(cell, str) else id(cell): cell for cell in cells if cell is not None}.values()

    def _texts(self, column):
        cells = (self.table.cell(row, column) for row in self.table.body[:ROWS_FOR_CONTENT])
        return [cell for cell in cells if isinstance(cell, str) and cell.strip()]

    def _areas_by_content(self):
        """A column in which only areas of the country stand is of areas, whatever its header says."""
        if Kind.AREA in self.kinds:
            self._without_other_levels()
            return
        for column, meaning in self.meanings.items():
            texts = {text for text in self._texts(column) if not looks_like_figure(text)}
            found = [self.vocabulary.gazetteer.find(text) for text in texts]
            known = sum(hasattr(area, "pk") for area in found)
            if known and not any(isinstance(area, places.Unknown) for area in found) and meaning.kind != Kind.COUNT:
                self.meanings[column] = matching.Meaning(Kind.AREA)
                return

    def _without_other_levels(self):
        """Of several columns of places, those without any place of the programme are regions or villages beside it."""
        named = [column for column in self.meanings if self.meanings[column].kind == Kind.AREA]
        own = [column for column in named if any(map(self._is_known, self._different(column)))]
        for column in named if own else ():
            if column not in own:
                self.meanings[column] = matching.Meaning(Kind.LEAVE_OUT)

    def _is_known(self, cell):
        area = self.vocabulary.gazetteer.find(shown(cell))
        return area is places.NONE or isinstance(area, places.Doubtful) or hasattr(area, "pk")

    def ask(self, asking):
        """Questions for columns that could not be matched; what was answered is taken over."""
        columns = self.vocabulary.columns
        for column, meaning in self.meanings.items():
            if meaning.kind == Kind.UNKNOWN:
                answer = self._asked(column, meaning, asking)
                if answer is not None:
                    self.meanings[column] = matching.chosen(meaning, answer, columns)
            elif meaning.kind == Kind.LEAVE_OUT and self._texts(column) + [None] * (column in self.with_figures):
                self._note_left_out(column, asking.reading)
        if Kind.AREA not in self.kinds and all(meaning.area is None for meaning in self.meanings.values()):
            self._ask_for_areas(asking)

    def ask_about_tags(self, asking):
        for column, meaning in self.meanings.items():
            if meaning.against:
                self._asked(column, meaning, asking)

    def _asked(self, column, meaning, asking):
        letters, header = column_letters(column), self.table.text(column)
        at = self.table.at(self.table.headers[-1], column)
        if meaning.against:
            named = self._contradicting(meaning)
            return asking.ask(f"tag:{letters}", at, header, " / ".join(meaning.against), (*named, Kind.LEAVE_OUT.value))
        choices = matching.choices_for(self.vocabulary.columns)
        return asking.ask(f"column:{letters}", at, header, self.sample(column), choices, meaning.suggestion)

    def _contradicting(self, meaning):
        """The figures that a header and its tag may mean."""
        _kind, attributes = matching.kind_of_tag(meaning.against[1])
        tagged = {matching.TAG_OF_SEX.get(word) for word in attributes} | {meaning.category}
        reaches = {matching.TAG_OF_REACH.get(word) for word in attributes} | {meaning.reach}
        named = [column for column in self.vocabulary.columns.counts if column.category.code in tagged]
        told = [column for column in named if column.reach in reaches] or named
        return tuple(column.name for column in told)

    def _ask_for_areas(self, asking):
        letters = [column_letters(c) for c in self.meanings if self._texts(c) and c not in self.with_figures]
        at = self.table.at(self.table.headers[-1], 0)
        listed = "; ".join(f"{letter}: {self.table.text(_number(letter))}" for letter in letters)
        answer = asking.ask("areas", at, "", listed, (*letters, NOWHERE))
        if answer == NOWHERE:
            for column, meaning in self.meanings.items():
                if meaning.kind == Kind.COUNT:
                    self.meanings[column] = replace(meaning, area=places.NONE)
        elif answer is not None:
            self.meanings[_number(answer)] = matching.Meaning(Kind.AREA)

    def sample(self, column):
        """The first different values of a column, as a person recognises it by them."""
        cells = (self.table.cell(row, column) for row in self.table.body[:ROWS_FOR_CONTENT])
        values = dict.fromkeys(str(cell).strip() for cell in cells if cell is not None and not isinstance(cell, dict))
        return " · ".join([value[:30] for value in values if value][:SAMPLE])

    def _note_left_out(self, column, reading):
        at = self.table.at(self.table.headers[-1], column)
        header = self.table.text(column)
        reading.notes.append(Problem(at, header, self.sample(column)[:80], "column_left_out"))

    def is_elsewhere(self, reading):
        """Not one of many places is the programme's: said once, and no row of it is read."""
        named = [column for column, meaning in self.meanings.items() if meaning.kind == Kind.AREA]
        for column in named:
            texts = list(dict.fromkeys(str(cell) for row in self.table.body if (cell := self.table.cell(row, column))))
            found = [self.vocabulary.gazetteer.find(text) for text in texts]
            found = [area for area in found if area is not places.TOTAL]
            if len(found) < NONE_OF_THEM_FROM or not all(isinstance(area, places.Unknown) for area in found):
                return False
        if named:
            column = named[0]
            at, header = self.table.at(self.table.headers[-1], column), self.table.text(column)
            params = {"areas": self.vocabulary.gazetteer.listed}
            reading.problems.append(Problem(at, header, self.sample(column), "no_known_area", params))
        return bool(named)


def _number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _beneath_its_header(table, columns):
    """A first row whose figures are all words (“doce”) looks like a header: it is not one beneath a whole header."""
    header = find_header(table.sheet, columns)
    if header is None or header.row not in table.headers[:-1]:
        return table
    below = table.sheet.rows[header.row + 1]
    if header.area >= len(below) or below[header.area] is None:
        return table
    kept = tuple(row for row in table.headers if row <= header.row)
    return replace(table, headers=kept, body=range(header.row + 1, table.body.stop))


def _the_one(workbook, vocabulary, asking):
    """The table with the figures; which one it is, is asked when there are several, or when nobody sees it."""
    instructions = {*INSTRUCTIONS_SHEET.values(), IDENTITY_SHEET}
    sheets = [sheet for sheet in workbook.sheets if sheet.name not in instructions]
    layouts = [Layout(table, vocabulary) for sheet in sheets for table in find_tables(sheet)]
    layouts = [layout for layout in layouts if layout.is_recognised and layout.may_hold_figures]
    layouts = [layout for layout in layouts if layout.is_whole] or layouts
    seen = [layout for layout in layouts if not layout.table.sheet.hidden]
    for layout in layouts:
        if layout not in seen and seen:
            asking.reading.notes.append(Problem(layout.table.at(0, 0), "", layout.table.sheet.name, "hidden_sheet"))
    if len(seen) == 1:
        return seen[0]
    if not layouts:
        asking.reading.problems.append(_nothing(sheets, vocabulary.columns))
        return None
    named = {_name(layout, layouts): layout for layout in seen or layouts}
    first = next(iter(named.values())).table
    code = "sheet" if seen else "hidden_sheet"
    answer = asking.ask(
        code, first.at(first.headers[-1], 0), "", ", ".join(named), (*named, *([] if seen else [Kind.LEAVE_OUT.value]))
    )
    if answer == Kind.LEAVE_OUT.value:
        asking.reading.problems.append(Problem(first.sheet.name, "", "", "no_figures"))
    return named.get(answer)


def _name(layout, layouts):
    """A sheet's name; with the table's first cell where the sheet has more tables than one."""
    table = layout.table
    alone = sum(other.table.sheet is table.sheet for other in layouts) == 1
    return table.sheet.name if alone else table.at(table.headers[0], 0)


def _nothing(sheets, columns):
    visible = [sheet for sheet in sheets if not sheet.hidden]
    name = visible[0].name if visible else ""
    has_header = any(find_header(sheet, columns) for sheet in visible)
    return Problem(name, "", "", "no_figures" if has_header else "no_header")
