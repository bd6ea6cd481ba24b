"""Notes in cells: ours beside those that stand there, and away with those of what was mended.

A note begins where its mark stands; whatever stands above it is the person's own. Plain standard library: it runs
inside the bounded child process.
"""

import re

from beneficiaries.spreadsheets.annotating.cells import split
from beneficiaries.spreadsheets.annotating.markup import HEAD, MAIN, Edits, Odd, escaped, parse, prefix_of

MARK = "\N{BLACK DIAMOND} Ficha"
MAX_TEXT = 32_000
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
DRAWING_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_AUTHOR = "Ficha"
_SHAPE = re.compile(rb"<(\w+:)?shape\b.*?</(?:\w+:)?shape\s*>", re.DOTALL)
_ROW = re.compile(rb"<(?:\w+:)?Row>\s*(\d+)\s*<")
_COLUMN = re.compile(rb"<(?:\w+:)?Column>\s*(\d+)\s*<")
_NUMBER = re.compile(rb"_x0000_s(\d+)")
_NAMESPACES = (
    ("v", "urn:schemas-microsoft-com:vml"),
    ("o", "urn:schemas-microsoft-com:office:office"),
    ("x", "urn:schemas-microsoft-com:office:excel"),
)
_TYPE = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)


def empty_comments():
    return (f'{HEAD}<comments xmlns="{MAIN}"><authors/><commentList/></comments>').encode()


def empty_drawing(block):
    """``block`` keeps the numbers of this sheet's shapes apart from those of other sheets."""
    declared = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in _NAMESPACES)
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    return f"<xml {declared}>{layout}{_TYPE}</xml>".encode()


class Comments:
    """The part with a sheet's notes. ``shown`` are (place, lines) of new notes, ``gone`` places that have none left."""

    def __init__(self, data):
        self.data, self.root = data, parse(data)
        self.authors, self.listed = self.root.child("authors"), self.root.child("commentList")
        if self.root.namespace != MAIN or self.authors is None or self.listed is None:
            raise Odd("comments")
        self.shown, self.gone = [], []

    @property
    def has_ours(self):
        return any(MARK in node.text for node in self.root.walk())

    def write(self, texts):
        """``{place: text}``: these notes of ours, and no others."""
        edits = Edits(self.data)
        p = prefix_of(self.data, self.root).decode()
        left = dict(texts)
        for comment in self.listed.children:
            at = comment.attributes.get("ref", "")
            self._rewrite(edits, comment, left.pop(at, None), p)
        author, lines = self._author(edits, p) if left else 0, []
        for at, text in sorted(left.items(), key=lambda item: split(item[0])):
            run = _run(p, text)
            lines.append(f'<{p}comment ref="{at}" authorId="{author}"><{p}text>{run}</{p}text></{p}comment>')
            self.shown.append((at, 1 + len(text) // 40 + text.count("\n")))
        if lines:
            edits.append_to(self.listed, "".join(lines).encode())
        return edits.done()

    def _author(self, edits, p):
        names = [author.text for author in self.authors.children]
        if _AUTHOR in names:
            return names.index(_AUTHOR)
        edits.append_to(self.authors, f"<{p}author>{_AUTHOR}</{p}author>".encode())
        return len(names)

    def _rewrite(self, edits, comment, text, p):
        """A note that stands there: what was ours goes, what is ours now comes beneath what is the person's."""
        body = comment.child("text")
        if body is None:
            raise Odd("comment")
        said = [node for node in body.children if node.name in ("t", "r")]
        kept, had_ours = self._own_runs(said, p)
        if not had_ours and text is None:
            return
        if not kept and text is None:
            edits.replace(comment.start, comment.end, b"")
            self.gone.append(comment.attributes.get("ref", ""))
            return
        ours = _run(p, text, after=bool(kept)) if text is not None else ""
        rest = b"".join(self._raw(node) for node in body.children if node not in said)
        inside = b"".join([b"<", p.encode(), b"text>", *kept, ours.encode(), rest, b"</", p.encode(), b"text>"])
        edits.replace(body.start, body.end, inside)

    def _raw(self, node):
        return self.data[node.start : node.end]

    def _own_runs(self, said, p):
        """The runs of the person's own text, and whether something of ours followed."""
        kept = []
        for node in said:
            text = node.text if node.name == "t" else "".join(child.text for child in node.all("t"))
            if MARK in text:
                before = text.partition(MARK)[0].rstrip("\n")
                if before:
                    kept.append(_plain_run(p, before).encode())
                return kept, True
            raw = self._raw(node)
            kept.append(raw if node.name == "r" else f"<{p}r>".encode() + raw + f"</{p}r>".encode())
        return kept, False


def _plain_run(p, text):
    return f'<{p}r><{p}t xml:space="preserve">{escaped(text)}</{p}t></{p}r>'


def _run(p, text, after=False):
    return _plain_run(p, ("\n\n" if after else "") + f"{MARK}\n{text}"[:MAX_TEXT])


def blocks_of(drawing):
    """The blocks of shape numbers that a drawing uses."""
    found = re.findall(rb"""idmap\b[^>]*\bdata\s*=\s*["']([\d,\s]+)["']""", drawing)
    return [int(number) for numbers in found for number in re.findall(rb"\d+", numbers)]


def drawn(drawing, shown, gone):
    """The drawing with a shape for each new note and without those of notes that went."""
    gone = {split(at) for at in gone}

    def without(shape):
        row, column = _ROW.search(shape[0]), _COLUMN.search(shape[0])
        there = bool(row and column) and (int(row[1]) + 1, int(column[1]) + 1) in gone
        return b"" if there and b'ObjectType="Note"' in shape[0] else shape[0]

    drawing = _SHAPE.sub(without, drawing) if gone else drawing
    end = drawing.rfind(b"</xml>")
    if end < 0:
        raise Odd("drawing")
    head = drawing[: drawing.index(b">", drawing.index(b"<xml")) + 1]
    missing = [(p, ns) for p, ns in _NAMESPACES if f'xmlns:{p}="{ns}"'.encode() not in head]
    declared = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in missing)
    number = max([int(found) for found in _NUMBER.findall(drawing)] + [1024 * (blocks_of(drawing) or [1])[0]])
    shapes = [_shape(number + n, *split(at), declared, lines) for n, (at, lines) in enumerate(shown, start=1)]
    kind = "" if b'"_x0000_t202"' in drawing else _TYPE.replace("<v:shapetype", f"<v:shapetype{declared}", 1)
    return drawing[:end] + (kind + "".join(shapes)).encode() + drawing[end:]


def _shape(number, row, column, declared, lines):
    """As large as its text needs, beside its cell, hidden until somebody looks."""
    height = min(14, 4 + lines)
    anchor = f"{column}, 15, {max(row - 2, 0)}, 10, {column + 4}, 15, {max(row - 2, 0) + height}, 4"
    style = "position:absolute;margin-left:60pt;margin-top:2pt;width:240pt;height:90pt;z-index:1;visibility:hidden"
    return (
        f'<v:shape{declared} id="_x0000_s{number}" type="#_x0000_t202" style="{style}" fillcolor="#fff7e0"'
        ' strokecolor="#8a4b00" o:insetmode="auto"><v:fill color2="#fff7e0"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
        f"<x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
