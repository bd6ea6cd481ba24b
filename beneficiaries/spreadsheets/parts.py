"""Which part of a workbook's container holds which sheet. Plain standard library: it runs inside the child process."""

import posixpath
import re

LONGEST = 2_000  # what a hostile file may write as attributes is not looked through
RELATIONS = "xl/_rels/workbook.xml.rels"
_ATTRIBUTE = re.compile(r"""([\w:.-]+)\s*=\s*("[^"]*"|'[^']*')""")


def sheets(archive):
    """Each sheet's name and the part of the archive that holds it."""
    if RELATIONS not in archive:
        return
    targets = targets_of(archive.read(RELATIONS).decode("utf-8", "replace"))
    for sheet in elements(archive.read("xl/workbook.xml").decode("utf-8", "replace"), "sheet"):
        relation = next((value for name, value in sheet.items() if name.rpartition(":")[2] == "id"), "")
        yield sheet.get("name", ""), targets.get(relation, "")


def targets_of(markup):
    """``{relation: part of the archive}`` of a workbook."""
    return {
        relation.get("Id", ""): part_named(relation.get("Target", "")) for relation in elements(markup, "Relationship")
    }


def part_named(target):
    """A part's name in the archive, as a workbook's relations write it.

    >>> part_named("/xl/worksheets/sheet1.xml"), part_named("worksheets/sheet1.xml"), part_named("../xl/a.xml")
    ('xl/worksheets/sheet1.xml', 'xl/worksheets/sheet1.xml', 'xl/a.xml')
    """
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


def elements(markup, name):
    """The attributes of each element of this name. A parser would take longer to load than a workbook to read.

    >>> list(elements('<x:sheet name="A &amp; B" r:id="rId1"/><sheets>', "sheet"))
    [{'name': 'A & B', 'r:id': 'rId1'}]
    """
    for tag in re.finditer(rf"<(?:\w+:)?{name}\s([^<>]*)>", markup):
        yield {name: unescaped(value[1:-1]) for name, value in _ATTRIBUTE.findall(tag[1][:LONGEST])}


def unescaped(text):
    if "&" not in text:
        return text
    import html

    return html.unescape(text)
