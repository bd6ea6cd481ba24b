"""Rich text as Word and its kin write it, brought to what the portal keeps: paragraphs, lists, bold, italics, links.

Word's pseudo-bullets become list items, a row of a table one paragraph, a heading a paragraph; nothing is glued
together. The editor in the browser does the same while one pastes (static/js/edit_paste.js); here is what arrives
otherwise. HTML that holds nothing foreign is left as it is.
"""

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser
from itertools import groupby

import nh3

from programmes.models.narrative import bounded

SEPARATOR = " · "
BLOCKS = {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "dt", "dd", "section", "article"}
INLINE = {"span", "b", "strong", "i", "em", "a", "br", "del"}
_well_formed = nh3.Cleaner(
    tags={*BLOCKS, *INLINE, "ul", "ol", "table", "tr", "td", "th"},
    clean_content_tags={"style", "script", "title", "xml"},
    attributes={"*": {"class", "style"}, "a": {"class", "style", "href"}},
    link_rel=None,
)

_FOREIGN = re.compile(
    r"<(?!/?(?:p|ul|ol|li|strong|em|a|br)[\s/>])[a-z!/?]|<[a-z][^<>]*\s(?:class|style)\s*=", re.IGNORECASE
)
_MARKER = re.compile(r"\s*(?:([•·▪§o–-])|\(?(\d{1,3}|[a-z])[.)])\s+")
_UNMISTAKABLE = re.compile(r"\s*(?:[•·▪§]\s+|o\u00a0\s+)\S")
_NUMBERED = re.compile(r"\(?(\d|[a-z][.)])", re.IGNORECASE)


def _effects(tag, attrs):
    """What an open tag does to the text in it: some of ``bold``, ``italic``, ``dropped`` and ``marker``."""
    given = {name: (value or "").lower() for name, value in attrs}
    style = given.get("style", "")
    weight = re.search(r"(?:^|[;\s])font-weight\s*:\s*(\w+)", style)
    slant = re.search(r"(?:^|[;\s])font-style\s*:\s*(\w+)", style)
    does = {
        "bold": re.fullmatch("bold(er)?|[6-9]00", weight[1]) if weight else tag in ("b", "strong"),
        "italic": slant[1] in ("italic", "oblique") if slant else tag in ("i", "em"),
        "dropped": tag == "del" or "msocomment" in given.get("class", ""),
        "marker": re.search(r"mso-list\s*:\s*ignore", style),
    }
    return [name for name, is_so in does.items() if is_so]


def _address(tag, attrs):
    href = dict(attrs).get("href") or "" if tag == "a" else ""
    return href if href.lower().startswith(("http:", "https:", "mailto:")) else ""


def _is_listed(attrs):
    """Whether a paragraph's style numbers it; ``None`` when only its class suggests it."""
    given = {name: (value or "").lower() for name, value in attrs}
    numbered = re.search(r"mso-list\s*:\s*(\w+)", given.get("style", ""))
    if numbered:
        return numbered[1] != "none"
    return None if given.get("class", "").startswith("msolist") else False


class _Reader(HTMLParser):
    """Collects lines: ``(kind, runs)``; a run is ``(text, (href, bold, italic))`` and kind ``p``, ``ul`` or ``ol``."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.cells = [], []  # the cells of the row that is being read, each a list of lines
        self.open, self.count, self.lists = [], Counter(), []  # open tags, and how often each and each effect is on
        self._begin(False)

    def _begin(self, is_listed):
        self.runs, self.marker, self.is_listed = [], "", is_listed

    def handle_starttag(self, tag, attrs):
        if tag == "br":
            self.runs.append(("<br>", None))
        else:
            if tag in BLOCKS or tag in ("ul", "ol", "tr"):
                self._end_line()
                self._begin(_is_listed(attrs))
            if tag in ("ul", "ol"):
                self.lists.append(tag)
            elif tag in ("td", "th"):
                self._end_line()
                self.cells.append([])
            self.open.append((tag, _effects(tag, attrs), _address(tag, attrs)))
            self.count.update([tag, *self.open[-1][1]])

    def handle_endtag(self, tag):
        if not self.count[tag]:
            return
        if tag in BLOCKS or tag in ("ul", "ol", "td", "th", "tr", "table"):
            self._end_line()
        if tag in ("tr", "table"):
            self._end_row()
        while True:
            ended, effects, _href = self.open.pop()
            self.count.subtract([ended, *effects])
            if ended in ("ul", "ol"):
                self.lists.pop()
            if ended == tag:
                return

    def handle_data(self, data):
        if self.count["dropped"]:
            return
        if self.count["marker"]:
            self.marker += data
            return
        href = next((href for _tag, _effects, href in self.open[-20:] if href), "")
        self.runs.append((data, (href, self.count["bold"] > 0, self.count["italic"] > 0)))

    def _end_line(self):
        plain = "".join(text for text, marks in self.runs if marks is not None)
        if plain.strip():
            (self.cells[-1] if self.cells else self.lines).append(self._line(plain))
        self._begin(False)

    def _line(self, plain):
        if self.lists:
            return (self.lists[-1], self.runs)
        found = None if self.marker else _MARKER.match(plain)
        if not (self.is_listed or (self.is_listed is None and found) or _UNMISTAKABLE.match(plain)):
            return ("p", self.runs)
        marker = (self.marker or (found[0] if found else "")).strip()
        return ("ol" if _NUMBERED.match(marker) else "ul", _without(self.runs, len(found[0]) if found else 0))

    def _end_row(self):
        """A row of several cells is one paragraph; a table of one column is a frame around its paragraphs."""
        cells = [cell for cell in self.cells if cell]
        if len(self.cells) < 2:
            self.lines += [line for cell in cells for line in cell]
        elif cells:
            row = []
            for cell in cells:
                row += [(SEPARATOR, ("", False, False))] if row else []
                for number, (_kind, runs) in enumerate(cell):
                    row += [*([(" ", ("", False, False))] if number else []), *runs]
            self.lines.append(("p", row))
        self.cells = []

    def close(self):
        super().close()
        self._end_line()
        self._end_row()


def _without(runs, length):
    """The runs after the first characters."""
    left = []
    for text, marks in runs:
        cut = min(length, len(text)) if marks is not None else 0
        length -= cut
        left.append((text[cut:], marks))
    return left


def _html(runs):
    parts = []
    for marks, group in groupby((run for run in runs if run[0]), key=lambda run: run[1]):
        text = "".join(text for text, _marks in group)
        if marks is not None:
            text = escape(re.sub(r"\s+", " ", text), quote=False)
            href, bold, italic = marks
            text = f"<em>{text}</em>" if italic else text
            text = f"<strong>{text}</strong>" if bold else text
            text = f'<a href="{escape(href)}">{text}</a>' if href else text
        parts.append(text)
    return "".join(parts).strip()


def from_elsewhere(html):
    """
    >>> from_elsewhere("<h1>Título</h1><table><tr><td>Coclé</td><td><b>12</b></td></tr></table>")
    '<p>Título</p><p>Coclé · <strong>12</strong></p>'
    >>> from_elsewhere("<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>·  Uno</p>")
    '<ul><li><p>Uno</p></li></ul>'
    >>> from_elsewhere("<p>Lo <em>propio</em> queda.</p>")
    '<p>Lo <em>propio</em> queda.</p>'
    """
    html = bounded(html)
    if not _FOREIGN.search(html):
        return html
    reader = _Reader()
    reader.feed(_well_formed.clean(html))
    reader.close()
    parts = []
    for kind, lines in groupby(reader.lines, key=lambda line: line[0]):
        paragraphs = [f"<p>{_html(runs)}</p>" for _kind, runs in lines]
        items = "".join(f"<li>{paragraph}</li>" for paragraph in paragraphs)
        parts.append("".join(paragraphs) if kind == "p" else f"<{kind}>{items}</{kind}>")
    return "".join(parts)
