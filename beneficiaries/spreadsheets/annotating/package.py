"""The parts of a workbook and how they lead to each other: parts are read, changed or added, all others copied.

Plain standard library: it runs inside the bounded child process.
"""

import io
import posixpath
import zipfile
from functools import cached_property

from beneficiaries.spreadsheets.annotating.markup import HEAD, MAIN, RELATIONS, Edits, Odd, parse, prefix_of, quoted

WORKBOOK = "xl/workbook.xml"
TYPES = "[Content_Types].xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATIONS_OF_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Package:
    """A workbook's zip. ``changed`` holds the parts that are no longer, or not yet, what they were; ``None``: gone."""

    def __init__(self, data):
        self.archive = zipfile.ZipFile(io.BytesIO(data))
        self.names = set(self.archive.namelist())
        self.changed = {}

    def read(self, name):
        if name in self.changed:
            return self.changed[name]
        if name not in self.names:
            raise Odd(f"no {name}")
        return self.archive.read(name)

    def has(self, name):
        return self.changed.get(name, b"") is not None and (name in self.names or name in self.changed)

    def free_name(self, pattern):
        """A name nobody has: ``xl/comments{}.xml``."""
        taken = {name.lower() for name in (*self.names, *self.changed)}
        return next(name for n in range(1, 10_000) if (name := pattern.format(n)).lower() not in taken)

    def relations(self, part):
        """``{id: (kind, target part)}`` of a part; the kind is the last word of its type."""
        name = relations_name(part)
        if not self.has(name):
            return {}
        found = {}
        for relation in parse(self.read(name)).children:
            target, folder = relation.attributes.get("Target", ""), posixpath.dirname(part)
            if relation.attributes.get("TargetMode") != "External":
                target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            found[relation.attributes.get("Id")] = (relation.attributes.get("Type", "").rpartition("/")[2], target)
        return found

    def relate(self, part, kind, target):
        """Lead from a part to another; the new relation's id."""
        name = relations_name(part)
        known = self.relations(part)
        identity = next(f"rIdFicha{n}" for n in range(1, 10_000) if f"rIdFicha{n}" not in known)
        if not self.has(name):
            self.changed[name] = f'{HEAD}<Relationships xmlns="{_RELATIONS_OF_PACKAGE}"/>'.encode()
        data = self.read(name)
        root, edits = parse(data), Edits(data)
        attributes = f'Id="{identity}" Type="{RELATIONS}/{kind}" Target={quoted("/" + target)}'
        edits.append_to(root, b"<" + prefix_of(data, root) + f"Relationship {attributes}/>".encode())
        self.changed[name] = edits.done()
        return identity

    def declare(self, part, content_type):
        """Say what a new part is; parts that end in .vml are declared by their ending."""
        data = self.read(TYPES)
        root, edits, ending = parse(data), Edits(data), part.rpartition(".")[2]
        prefix = prefix_of(data, root)
        if ending == "vml":
            known = {d.attributes.get("Extension", "").lower() for d in root.all("Default")}
            if ending in known:
                return
            line = f'Default Extension="{ending}" ContentType="{content_type}"/>'
            edits.insert(root.opened, b"<" + prefix + line.encode())
        else:
            edits.append_to(
                root, b"<" + prefix + f'Override PartName={quoted("/" + part)} ContentType="{content_type}"/>'.encode()
            )
        self.changed[TYPES] = edits.done()

    @cached_property
    def content_type(self):
        """Of the workbook itself: whether it is a template, whether it has macros."""
        types = parse(self.read(TYPES)).all("Override")
        return next((t.attributes["ContentType"] for t in types if t.attributes.get("PartName") == f"/{WORKBOOK}"), "")

    def sheets(self):
        """``{name: (part, hidden)}`` of the sheets with cells, in their order."""
        relations = self.relations(WORKBOOK)
        root = parse(self.read(WORKBOOK))
        if root.namespace != MAIN or root.child("sheets") is None:
            raise Odd("namespace")
        found = {}
        for sheet in root.child("sheets").all("sheet"):
            kind, part = relations.get(sheet.attributes.get(f"{RELATIONS} id"), ("", ""))
            if kind == "worksheet":
                found[sheet.attributes["name"]] = (part, sheet.attributes.get("state", "visible") != "visible")
        return found

    def add_sheet(self, name, markup, replaced=None):
        """A last sheet of this name: nothing that counts the others by their place is disturbed."""
        if replaced is not None:
            self.changed[replaced] = markup
            return
        part = self.free_name("xl/worksheets/sheet{}.xml")
        self.changed[part] = markup
        self.declare(part, SHEET_TYPE)
        identity = self.relate(WORKBOOK, "worksheet", part)
        data = self.read(WORKBOOK)
        sheets, edits = parse(data).child("sheets"), Edits(data)
        number = max(int(sheet.attributes.get("sheetId", 0)) for sheet in sheets.children) + 1
        attributes = f'xmlns:r="{RELATIONS}" name={quoted(name)} sheetId="{number}" r:id="{identity}"'
        edits.append_to(sheets, b"<" + prefix_of(data, sheets) + f"sheet {attributes}/>".encode())
        self.changed[WORKBOOK] = edits.done()

    def saved(self):
        """The workbook's bytes: every part that was not touched byte for byte, in its place."""
        written = io.BytesIO()
        with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as target:
            for entry in self.archive.infolist():
                content = self.changed.get(entry.filename, b"")
                if content is not None:
                    content = content if entry.filename in self.changed else self.archive.read(entry)
                    again = zipfile.ZipInfo(entry.filename, entry.date_time)
                    target.writestr(again, content, compress_type=zipfile.ZIP_DEFLATED)
            for name, content in self.changed.items():
                if name not in self.names and content is not None:
                    target.writestr(zipfile.ZipInfo(name), content, compress_type=zipfile.ZIP_DEFLATED)
        return written.getvalue()


def relations_name(part):
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"
