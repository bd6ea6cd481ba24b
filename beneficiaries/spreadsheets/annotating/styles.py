"""Formats: a marked cell keeps its own, with another fill; what it was filled with before is remembered in the fill.

In a solid fill the second colour is never seen: there the cell's own colour waits until the mistake is mended.
Plain standard library: it runs inside the bounded child process.
"""

from beneficiaries.spreadsheets.annotating.markup import Edits, Odd, parse, prefix_of, with_attributes

#: Kind → (fill beneath dark letters, fill beneath light letters); of values that nobody else picks.
FILLS = {"problem": ("FFF9CFC9", "FFA3231E"), "question": ("FFFFE2A1", "FF7A4301")}
_OURS = {colour for pair in FILLS.values() for colour in pair}
_NO_COLOUR = (("indexed", "64"),)
_COLOUR = ("rgb", "theme", "indexed", "tint")


class Styles:
    """The part with the formats: asks for a format and gives its number, adding it where nobody has it yet."""

    def __init__(self, data):
        self.data, self.root = data, parse(data)
        self.prefix = prefix_of(data, self.root).decode()
        self.added, self.known = {}, {}
        for name in ("fonts", "fills", "borders", "cellXfs"):
            if self.root.child(name) is None:
                raise Odd(f"no {name}")
        self.fills = [self._colours(fill) for fill in self.root.child("fills").children]
        self.xfs = [(xf.attributes, self._raw(xf)) for xf in self.root.child("cellXfs").children]

    def _raw(self, node):
        return self.data[node.start : node.end]

    def _colours(self, fill):
        """``(colour, colour behind)`` of a solid fill, as they are written; ``None`` for any other."""
        pattern = fill.child("patternFill")
        if pattern is None or pattern.attributes.get("patternType") != "solid":
            return None
        return tuple(
            tuple((name, colour.attributes[name]) for name in _COLOUR if name in colour.attributes) if colour else ()
            for colour in (pattern.child("fgColor"), pattern.child("bgColor"))
        )

    def is_ours(self, xf):
        colours = self._fill_of(xf)
        return colours is not None and dict(colours[0]).get("rgb") in _OURS

    def _fill_of(self, xf):
        attributes = self.xfs[xf][0] if xf < len(self.xfs) else {}
        number = int(attributes.get("fillId", 0))
        return self.fills[number] if number < len(self.fills) else None

    def own(self, xf):
        """The format a cell had before it was marked; the same for one that is not."""
        if not self.is_ours(xf):
            return xf
        behind = self._fill_of(xf)[1]
        none = not behind or behind == _NO_COLOUR
        return self._with_fill(xf, 0 if none else self.fill(behind))

    def marked(self, xf, kind):
        """The format of a cell in its own format ``xf`` with the colour of a kind."""
        own = self._fill_of(xf)
        colour = FILLS[kind][self._has_light_letters(xf)]
        return self._with_fill(xf, self.fill((("rgb", colour),), own[0] if own else _NO_COLOUR))

    def _with_fill(self, xf, fill):
        attributes, raw = self.xfs[xf] if xf < len(self.xfs) else self.xfs[0]
        wanted = attributes | {"fillId": str(fill), "applyFill": "1"}
        key = _format_of(wanted, raw)
        for number, (other, other_raw) in enumerate(self.xfs):
            if _format_of(other, other_raw) == key:
                return number
        tag_end = raw.index(b">") + 1
        changed = with_attributes(raw[:tag_end], fillId=str(fill), applyFill="1") + raw[tag_end:]
        self._add("cellXfs", changed)
        self.xfs.append((wanted, changed))
        return len(self.xfs) - 1

    def fill(self, colour, behind=_NO_COLOUR):
        """The number of a solid fill; colours as ``_colours`` gives them."""
        colours = (colour, behind)
        if colours in self.fills:
            return self.fills.index(colours)
        front, behind = ("".join(f' {name}="{value}"' for name, value in colour) for colour in colours)
        p = self.prefix
        self.fills.append(colours)
        pattern = f'<{p}patternFill patternType="solid"><{p}fgColor{front}/><{p}bgColor{behind}/></{p}patternFill>'
        self._add("fills", f"<{p}fill>{pattern}</{p}fill>".encode())
        return len(self.fills) - 1

    def _has_light_letters(self, xf):
        fonts, attributes = self.root.child("fonts").children, self.xfs[xf][0] if xf < len(self.xfs) else {}
        number = int(attributes.get("fontId", 0))
        colour = fonts[number].child("color") if number < len(fonts) else None
        if colour is None:
            return False
        said = colour.attributes
        if "rgb" in said:
            red, green, blue = (int(said["rgb"][-6:][n : n + 2], 16) for n in (0, 2, 4))
            return 299 * red + 587 * green + 114 * blue > 150_000
        return said.get("theme") == "0" or said.get("indexed") in ("1", "9")

    def add(self, name, inside):
        """The number of a font, border or format of ours, found again where it stands already."""
        markup = inside.replace("<", "<" + self.prefix).replace(f"<{self.prefix}/", f"</{self.prefix}").encode()
        container = self.root.child(name)
        here = [self._raw(node) for node in container.children] + self.added.get(name, [])
        if markup in here:
            return here.index(markup)
        self._add(name, markup)
        if name == "cellXfs":
            self.xfs.append((parse(markup if not self.prefix else inside.encode()).attributes, markup))
        return len(here)

    def _add(self, name, markup):
        self.added.setdefault(name, []).append(markup)

    def done(self):
        edits = Edits(self.data)
        for name, pieces in self.added.items():
            node = self.root.child(name)
            tag = self.data[node.start : node.opened]
            count = str(len(node.children) + len(pieces))
            if tag.endswith(b"/>"):
                raise Odd(f"empty {name}")
            edits.replace(node.start, node.opened, with_attributes(tag, count=count))
            edits.append_to(node, b"".join(pieces))
        return edits.done()


def _format_of(attributes, raw):
    """What makes two formats one: attributes, and what they hold; that a fill is applied goes without saying."""
    return {name: value for name, value in attributes.items() if name != "applyFill"}, raw[raw.index(b">") + 1 :]
