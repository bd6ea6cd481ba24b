"""A rich text taken apart into its paragraphs and list items, so that two languages can stand side by side."""

from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from programmes.models.narrative import sanitise


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph (``marker`` is empty) or one item of a list (``–``, ``1.``)."""

    html: str
    marker: str = ""

    @property
    def list_tag(self):
        """The kind of list it is an item of, if any."""
        return "" if not self.marker else "ul" if self.marker == "–" else "ol"

    @property
    def is_plain(self):
        """Whether it holds words only, and no list of its own."""
        return "<ul>" not in self.html and "<ol>" not in self.html


class _Splitter(HTMLParser):
    """Reads sanitised HTML: only p, ul, ol, li, strong, em, a and br occur."""

    def __init__(self):
        super().__init__()
        self.passages, self.open, self.text, self.number = [], [], [], 0

    def handle_starttag(self, tag, attrs):
        if not self.open and tag in ("p", "ul", "ol"):
            self._close_passage("")
            self.number = 0
        elif self.open in (["ul"], ["ol"]) and tag == "li":
            self.number += 1
        elif tag == "p":
            self.text.append("" if self._at_the_start else "<br>")
        else:
            self.text.append(self.get_starttag_text())
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag == "br" or tag not in self.open:
            return
        self.open.pop()
        if (not self.open and tag == "p") or (self.open in (["ul"], ["ol"]) and tag == "li"):
            self._close_passage(self._marker() if tag == "li" else "")
        elif self.open and tag != "p":
            self.text.append(f"</{tag}>")

    def handle_data(self, data):
        self.text.append(escape(data, quote=False))

    @property
    def _at_the_start(self):
        """Whether nothing has been said yet in this passage or item."""
        said = "".join(self.text).strip()
        return not said or said.endswith("<li>")

    def _marker(self):
        return f"{self.number}." if self.open == ["ol"] else "–"

    def _close_passage(self, marker):
        html = "".join(self.text).strip()
        if html:
            self.passages.append(Passage(html, marker))
        self.text = []


def passages(html):
    """The paragraphs and items of a rich text, in order.

    >>> [(p.marker, p.html) for p in passages("<p>Uno</p><ul><li><p>a</p></li><li>b <em>c</em></li></ul>")]
    [('', 'Uno'), ('–', 'a'), ('–', 'b <em>c</em>')]
    >>> [(p.marker, p.html) for p in passages("<ol><li>x<ul><li>y</li></ul></li><li>z</li></ol>")]
    [('1.', 'x<ul><li>y</li></ul>'), ('2.', 'z')]
    """
    splitter = _Splitter()
    splitter.feed(sanitise(html))
    splitter.close()
    splitter._close_passage("")
    return splitter.passages


def paired(first, second):
    """Rows of two passages; one row with everything in it where the two texts are built differently.

    >>> len(paired("<p>a</p><p>b</p>", "<p>c</p><p>d</p>")), len(paired("<p>a</p><p>b</p>", "<p>c</p>"))
    (2, 1)
    """
    left, right = passages(first), passages(second)
    if [bool(one.marker) for one in left] == [bool(one.marker) for one in right]:
        return [*zip(left, right, strict=True)]
    return [(Passage(joined(first)), Passage(joined(second)))]


def joined(html):
    """The whole text again, its items without paragraphs of their own, as tagged PDF wants lists.

    >>> joined("<p>Uno</p><ol><li><p>a</p></li><li><p>b</p><p>c</p></li></ol><p>d</p>")
    '<p>Uno</p><ol><li>a</li><li>b<br>c</li></ol><p>d</p>'
    """
    written = []
    for kind, group in groupby(passages(html), key=lambda passage: passage.list_tag):
        items = "".join(f"<{'li' if kind else 'p'}>{one.html}</{'li' if kind else 'p'}>" for one in group)
        written.append(f"<{kind}>{items}</{kind}>" if kind else items)
    return "".join(written)
