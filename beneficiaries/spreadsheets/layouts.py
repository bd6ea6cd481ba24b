"""What the columns of somebody's own table are: matched, told by their content, or asked about. Pure."""

import hashlib
import json
from dataclasses import replace
from itertools import islice

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets import hidden, matching
from beneficiaries.spreadsheets.columns import folded
from beneficiaries.spreadsheets.header_words import NUMBERING, Kind, says_total
from beneficiaries.spreadsheets.headers import find_header
from beneficiaries.spreadsheets.messages import Problem
from beneficiaries.spreadsheets.reading import column_letters
from beneficiaries.spreadsheets.table_areas import NOWHERE
from beneficiaries.spreadsheets.table_states import may_head_states, state_said
from beneficiaries.spreadsheets.tables import is_number, looks_like_figure
from beneficiaries.spreadsheets.values import shown

DIFFERENT = 5_000  # values of a column: where so many are no figures, it is a column of texts
SAMPLE = 5  # values of a column shown to the person
ROWS_FOR_CONTENT = 200
NONE_OF_THEM_FROM = 4  # so many places, and not one of the programme: it is another country's table


class Layout:
    """A table and what its columns are."""

    def __init__(self, table, vocabulary):
        self.table, self.vocabulary = _beneath_its_header(table, vocabulary.columns), vocabulary
        self.different = {column: self._different(column) for column in range(self.table.width)}
        self.with_figures = {
            column for column, cells in self.different.items() if any(map(is_number, islice(cells, DIFFERENT)))
        }
        self.meanings = matching.match(self.table, vocabulary, self.with_figures, self._says_something)
        self._states_by_content()
        self._areas_by_content()
        self._labels_by_content()
        self._without_numbering()
        del self.different

    def _states_by_content(self):
        for column, meaning in self.meanings.items():
            is_open = meaning.kind in (Kind.LEAVE_OUT, Kind.UNKNOWN) and column not in self.with_figures
            if is_open and self._says_states(column):
                self.meanings[column] = matching.Meaning(Kind.STATE)

    def _says_states(self, column):
        if column not in self.different or not may_head_states(self.table.text(column)):
            return False
        texts = {cell.strip() for cell in self.different[column] if type(cell) is str and cell.strip()}
        return bool(texts) and all(map(state_said, texts))

    def _says_something(self, column):
        """Whether nd stands in a column, or beside it why nothing does."""
        if any(map(looks_like_figure, islice(self.different[column], DIFFERENT))):
            return True
        return not any(self.different[column]) and self._says_states(column + 1)

    def _labels_by_content(self):
        """A column in which only names of categories stand says what is counted, whatever its header says; so reaches.

        One that the header names is corrected; another is taken only where nothing else says it.
        """
        for column, meaning in self.meanings.items():
            kind = self._named_in(column) if meaning.kind in (Kind.LEAVE_OUT, Kind.CATEGORY, Kind.REACH) else None
            if kind and (meaning.kind != Kind.LEAVE_OUT or not self._is_said(kind)):
                self.meanings[column] = matching.Meaning(kind)

    def _named_in(self, column):
        """The kind of label that every text of a column is; ``None`` when they are something else."""
        texts = [text for text in self._texts(column) if not says_total(text)]
        said_by = {Kind.REACH: self.vocabulary.reach_named, Kind.CATEGORY: self.vocabulary.counted}
        return next((kind for kind, said in said_by.items() if texts and all(map(said, texts))), None)

    def _is_said(self, kind):
        in_headers = (getattr(meaning, kind.value) for meaning in self.meanings.values())
        return kind in self.kinds or any(in_headers)

    def _without_numbering(self):
        """1, 2, 3 … beneath “N.º” number the rows."""
        for column in self.with_figures:
            parts = self.table.parts(column)
            if not parts or folded(parts[-1]) not in NUMBERING:
                continue
            cells = [cell for cell in self.table.column(column, self.table.body) if cell not in (None, "")]
            counted = [str(number) for number in range(1, len(cells) + 1)]
            if [shown(cell) for cell in cells] == counted:
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
        cells = self.table.column(column, self.table.body)
        return {cell if type(cell) is str else id(cell): cell for cell in cells if cell is not None}.values()

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
        own = [column for column in named if any(map(self._is_known, self.different[column]))]
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
        self._ask_about_hidden(asking)
        if Kind.AREA not in self.kinds and all(meaning.area is None for meaning in self.meanings.values()):
            self._ask_for_areas(asking)

    def _ask_about_hidden(self, asking):
        """Figures in hidden columns count only when the person says so."""
        figures = [column for column, meaning in self.meanings.items() if meaning.kind in (Kind.COUNT, Kind.TOTAL)]
        out_of_sight = {c: self.table.text(c) for c in hidden.among(figures, self.table.sheet.hidden_columns)}
        for column in hidden.columns_left_out(self.table.at, self.table.headers[-1], out_of_sight, asking):
            self.meanings[column] = matching.Meaning(Kind.LEAVE_OUT)

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
        choices = matching.choices_for(self.vocabulary.columns, is_long=Kind.CATEGORY in self.kinds)
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
            strangers = 0
            for text in dict.fromkeys(str(cell) for cell in self.table.column(column, self.table.body) if cell):
                area = self.vocabulary.gazetteer.find(text)
                strangers += area is not places.TOTAL
                if area is not places.TOTAL and not isinstance(area, places.Unknown):
                    return False
            if strangers < NONE_OF_THEM_FROM:
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
