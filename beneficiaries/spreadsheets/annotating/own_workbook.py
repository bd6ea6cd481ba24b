"""The person's own workbook with what is wrong marked in it: only the parts in which something is said are touched.

Plain standard library: it runs inside the bounded child process.
"""

import re

from beneficiaries.spreadsheets.annotating import errors_sheet, notes
from beneficiaries.spreadsheets.annotating.cells import SheetCells, anchors, split
from beneficiaries.spreadsheets.annotating.markup import Odd, parse
from beneficiaries.spreadsheets.annotating.package import WORKBOOK, Package
from beneficiaries.spreadsheets.annotating.styles import FILLS, Styles


def annotated(data, listing):
    """``(bytes, content type)`` of the workbook. Raises ``Odd`` when it is better left alone."""
    package = Package(data)
    sheets = package.sheets()
    ours = {name: part for name, (part, _hidden) in sheets.items() if _is_our_list(package, part)}
    styles_part = next((part for kind, part in package.relations(WORKBOOK).values() if kind == "styles"), None)
    if styles_part is None:
        raise Odd("no styles")
    styles = Styles(package.read(styles_part))
    formats = errors_sheet.Formats(styles, {kind: pair[0] for kind, pair in FILLS.items()})
    for name, (part, _hidden) in sheets.items():
        if name not in ours:
            _mark_sheet(package, part, listing["marks"].get(name, {}), styles)
    package.changed[styles_part] = styles.done()
    links = [_link(line, sheets) for line in listing["lines"]]
    name = next(iter(ours), None) or errors_sheet.free_name(listing["language"], sheets)
    package.add_sheet(name, errors_sheet.drawn(listing, formats, links), replaced=ours.get(name))
    return package.saved(), package.content_type


def _link(line, sheets):
    """Where a line leads: nowhere when it is of no cell, or when the sheet is hidden."""
    sheet, at = line["sheet"], line["place"]
    if sheet not in sheets or sheets[sheet][1]:
        return None
    return errors_sheet.link_to(sheet, at or "A1")


def _is_our_list(package, part):
    """The mark stands in the list itself, or among the shared texts once Excel has saved it."""
    data = package.read(part)
    cell = re.search(rb"""<(?:\w+:)?c\s[^>]*?\br=["']F1["'].*?</(?:\w+:)?c>""", data, re.DOTALL)
    if cell is None:
        return False
    if re.search(rb">" + re.escape(errors_sheet.MARK.encode()) + rb"<", cell[0]):
        return True
    first = re.search(rb"""<(?:\w+:)?c\s[^>]*?\br=["']F1["'][^>]*>\s*<(?:\w+:)?v>(\d+)<""", cell[0])
    if first is None or b't="s"' not in first[0] or not package.has("xl/sharedStrings.xml"):
        return False
    shared = package.read("xl/sharedStrings.xml")
    if errors_sheet.MARK.encode() not in shared:
        return False
    texts = parse(shared).children
    number = int(first[1])
    return number < len(texts) and "".join(node.text for node in texts[number].walk()).strip() == errors_sheet.MARK


def _mark_sheet(package, part, marks, styles):
    """``marks``: ``{place: {"kind", "text"}}``. A merged area is marked in its first cell, with all that was said."""
    data = package.read(part)
    kinds, texts = {}, {}
    shown_at = anchors(data, marks)
    for at, mark in marks.items():
        first = shown_at[at]
        kinds[split(first)] = "problem" if kinds.get(split(first)) == "problem" else mark["kind"]
        texts[first] = f"{texts[first]}\n{mark['text']}" if first in texts else mark["text"]
    related = package.relations(part)
    comments = next((target for kind, target in related.values() if kind == "comments"), None)
    if not marks and comments is None and not any(map(styles.is_ours, range(len(styles.xfs)))):
        return
    cells = SheetCells(data, kinds, styles)
    _write_notes(package, part, comments, related.get(cells.drawing, ("", None))[1], cells, texts)
    if cells.edits.cuts:
        package.changed[part] = cells.edits.done()


def _write_notes(package, part, comments, drawing, cells, texts):
    written = notes.Comments(package.read(comments) if comments else notes.empty_comments())
    if not texts and not written.has_ours:
        return
    content = written.write(texts)
    block = 1 + max((n for name in package.names | set(package.changed) if name.lower().endswith(".vml")
                     for n in notes.blocks_of(package.read(name))), default=0)  # fmt: skip
    before = package.read(drawing) if drawing else notes.empty_drawing(block)
    if comments is None:
        comments = package.free_name("xl/comments{}.xml")
        package.relate(part, "comments", comments)
        package.declare(comments, notes.COMMENTS_TYPE)
    package.changed[comments] = content
    if drawing is None:
        drawing = package.free_name("xl/drawings/vmlDrawing{}.vml")
        cells.link_drawing(package.relate(part, "vmlDrawing", drawing))
        package.declare(drawing, notes.DRAWING_TYPE)
    after = notes.drawn(before, written.shown, written.gone)
    if after != before or drawing not in package.names:
        package.changed[drawing] = after
