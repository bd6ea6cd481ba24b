"""One sheet's cells: marked ones get another format, mended ones their own again, missing ones are put in.

Plain standard library: it runs inside the bounded child process.
"""

import re
from bisect import bisect_left

from beneficiaries.spreadsheets.annotating.markup import (
    MAIN,
    RELATIONS,
    Edits,
    Odd,
    end_of_tag,
    reader,
    run,
    with_attributes,
)

_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?\bref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']""")
#: What stands before the link to the notes' drawing in a sheet.
_BEFORE_DRAWING = frozenset((
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
))  # fmt: skip


def split(place):
    """``D14`` → (14, 4), counted from one; ``None`` for what is no cell.

    >>> split("D14"), split("Hoja1")
    ((14, 4), None)
    """
    match = _PLACE.fullmatch(place)
    if match is None:
        return None
    return int(match[2]), sum((ord(letter) - 64) * 26**n for n, letter in enumerate(reversed(match[1])))


def place(row, column):
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def anchors(data, places):
    """``{place: the first cell of the merged area it stands in}``: the only one that a person sees."""
    areas = [tuple(split(end.decode()) for end in area) for area in _MERGED.findall(data)]
    found = {}
    for at in places:
        row, column = split(at)
        inside = (a for a in areas if a[0][0] <= row <= a[1][0] and a[0][1] <= column <= a[1][1])
        first = next(inside, None)
        found[at] = place(*first[0]) if first else at
    return found


class SheetCells:
    """Goes through a sheet once. ``kinds`` is ``{(row, column): kind}``; ``edits`` then holds what changes."""

    def __init__(self, data, kinds, styles):
        self.data, self.styles, self.edits = data, styles, Edits(data)
        self.kinds = dict(kinds)
        self.rows = {}
        for row, column in self.kinds:
            self.rows.setdefault(row, []).append(column)
        self.waiting = sorted(self.rows)
        self.depth, self.row, self.column, self.row_node, self.columns = 0, 0, 0, None, []
        self.prefix, self.in_data, self.after, self.drawing, self.left = b"", False, 0, "", []
        parser = reader(self._started, self._ended)
        self.at = lambda: parser.CurrentByteIndex
        run(parser, data)

    def _started(self, name, attributes):
        self.depth += 1
        namespace, _space, name = name.rpartition(" ")
        if self.depth == 1 and (namespace != MAIN or name != "worksheet"):
            raise Odd("namespace")
        if self.depth == 2:
            self.child_tag = self._tag()
            self.in_data = name == "sheetData"
            if self.in_data:
                self.prefix = re.match(rb"<(\w+:)?", self.data[self.at() :][:80])[1] or b""
            if name == "legacyDrawing":
                self.drawing = attributes.get(f"{RELATIONS} id", "")
        elif self.depth == 3 and name == "col":
            self.columns.append((int(attributes["min"]), int(attributes["max"]), int(attributes.get("style", 0))))
        elif self.depth == 3 and self.in_data:
            self._row_started(attributes)
        elif self.depth == 4 and self.in_data and name == "c":
            self._cell_started(attributes)

    def _tag(self):
        start = self.at()
        return start, end_of_tag(self.data, start)

    def _row_started(self, attributes):
        start, opened = self._tag()
        number = int(attributes.get("r", self.row + 1))
        self._put_rows(start, until=number)
        self.row, self.column = number, 0
        self.left = sorted(self.rows.get(number, ()))
        if self.waiting and self.waiting[0] == number:
            self.waiting.pop(0)
        formatted = attributes.get("customFormat") in ("1", "true")
        self.row_style = int(attributes.get("s", 0)) if formatted else None
        self.row_node, self.row_grows, self.row_pieces = (start, opened), False, []

    def _put_rows(self, at, until=None):
        """Rows that the sheet does not have, before the one that follows them."""
        here = bisect_left(self.waiting, until) if until else len(self.waiting)
        for number in self.waiting[:here]:
            self.row_style = None
            cells = b"".join(self._new_cell(number, column) for column in sorted(self.rows[number]))
            p = self.prefix
            self.edits.insert(at, b'<%srow r="%d">%s</%srow>' % (p, number, cells, p))
        del self.waiting[:here]

    def _new_cell(self, row, column):
        own = self.row_style
        if own is None:
            own = next((style for first, last, style in self.columns if first <= column <= last), 0)
        format_ = self.styles.marked(self.styles.own(own), self.kinds[row, column])
        return b'<%sc r="%s" s="%d"/>' % (self.prefix, place(row, column).encode(), format_)

    def _cell_started(self, attributes):
        at = split(attributes.get("r", ""))
        self.column = at[1] if at else self.column + 1
        start, opened = self._tag()
        while self.left and self.left[0] < self.column:
            self._insert(start, self.left.pop(0))
        kind = None
        if self.left and self.left[0] == self.column:
            self.left.pop(0)
            kind = self.kinds[self.row, self.column]
        now = int(attributes.get("s", 0))
        if kind is None and not self.styles.is_ours(now):
            return
        own = self.styles.own(now)
        then = self.styles.marked(own, kind) if kind else own
        if then != now:
            self.edits.replace(start, opened, with_attributes(self.data[start:opened], s=str(then)))

    def _insert(self, at, column):
        self.row_grows = True
        self.row_pieces.append((at, self._new_cell(self.row, column)))

    def _ended(self, name):
        if self.depth == 3 and self.in_data and self.row_node:
            self._row_ended()
        elif self.depth == 2:
            self._child_ended(name.rpartition(" ")[2])
        self.depth -= 1

    def _row_ended(self):
        start, opened = self.row_node
        closed_at_once = self.data[opened - 2 : opened] == b"/>"
        while self.left:
            self._insert(opened if closed_at_once else self.at(), self.left.pop(0))
        if self.row_grows:
            # Which columns a row spans is only a hint, and would be wrong now.
            tag = with_attributes(self.data[start:opened], spans=None)
            if closed_at_once:
                cells = b"".join(cell for _at, cell in self.row_pieces)
                tag, self.row_pieces = tag[:-2] + b">" + cells + b"</%srow>" % self.prefix, []
            self.edits.replace(start, opened, tag)
            for at, cell in self.row_pieces:
                self.edits.insert(at, cell)
        self.row_node = None

    def _child_ended(self, name):
        start, opened = self.child_tag
        closed_at_once = self.data[opened - 2 : opened] == b"/>"
        if self.in_data:
            if closed_at_once:
                self._fill_empty_sheet(start, opened)
            else:
                self._put_rows(self.at())
            self.in_data = False
        if name in _BEFORE_DRAWING:
            self.after = opened if closed_at_once else self.data.index(b">", self.at()) + 1

    def _fill_empty_sheet(self, start, opened):
        inside = Edits(b"")
        edits, self.edits = self.edits, inside
        self._put_rows(0)
        self.edits = edits
        rows, tag = inside.done(), self.data[start:opened]
        if rows:
            edits.replace(start, opened, tag[:-2] + b">" + rows + b"</%ssheetData>" % self.prefix)

    def link_drawing(self, identity):
        """Lead from the sheet to the drawing that shows its notes."""
        link = f'legacyDrawing xmlns:r="{RELATIONS}" r:id="{identity}"/>'
        self.edits.insert(self.after, b"<" + self.prefix + link.encode())
