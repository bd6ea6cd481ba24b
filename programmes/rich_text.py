"""Rich text as plain lines, for people who edit without JavaScript: nobody has to read tags.

A paragraph is a line, a bullet begins with “- ”, a numbered item with “1. ”, a link carries its address in brackets.
Lines that were not touched keep the bold, italics and links they had.
"""

import re
from html import escape, unescape
from html.parser import HTMLParser

_ITEM = re.compile(r"\s*(?:[-•·*]\s+|(\d{1,3})[.)]\s+)(.*)", re.DOTALL)
_URL = re.compile(r"https?://[^\s<>()\"]+")


class _Lines(HTMLParser):
    """Collects ``(kind, plain, html)`` per paragraph or item; kind is ``p``, ``ul`` or ``ol``."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.lines, self.lists, self.plain, self.html, self.href = [], [], [], [], ""

    def handle_starttag(self, tag, attrs):
        if tag in ("ul", "ol"):
            self.close_line()
            self.lists.append(tag)
        elif tag in ("p", "li"):
            self.close_line()
        elif tag == "br":
            self.plain.append(" ")
            self.html.append("<br>")
        elif tag in ("strong", "em"):
            self.html.append(f"<{tag}>")
        elif tag == "a":
            self.href = dict(attrs).get("href") or ""
            self.html.append(f'<a href="{escape(self.href)}">')

    def handle_endtag(self, tag):
        if tag in ("p", "li", "ul", "ol"):
            self.close_line()
        if tag in ("ul", "ol") and self.lists:
            self.lists.pop()
        elif tag in ("strong", "em", "a"):
            if tag == "a" and self.href and self.href not in "".join(self.plain[-1:]):
                self.plain.append(f" ({self.href})")
            self.html.append(f"</{tag}>")

    def handle_data(self, data):
        self.plain.append(data)
        self.html.append(escape(data, quote=False))

    def close_line(self):
        plain = " ".join("".join(self.plain).split())
        if plain:
            self.lines.append((self.lists[-1] if self.lists else "p", plain, "".join(self.html).strip()))
        self.plain, self.html = [], []


def lines(html):
    """``(kind, plain, html)`` of every paragraph and item; kind is ``p``, ``ul`` or ``ol``."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    reader.close_line()
    return reader.lines


def length(html):
    """Characters of sanitised HTML that a person reads; the count under the editor is the same.

    >>> length("<p>Uno <strong>dos</strong> &amp; tres</p><ul><li><p>Coclé</p></li></ul>")
    19
    """
    return len(unescape(re.sub(r"<[^>]*>", "", html)).strip())


def to_plain(html):
    """Readable lines.

    >>> print(to_plain("<p>Una <strong>misión</strong>.</p><ul><li><p>Coclé</p></li><li><p>Herrera</p></li></ul>"))
    Una misión.
    <BLANKLINE>
    - Coclé
    - Herrera
    >>> to_plain('<p>Vea <a href="https://x.org/a">el informe</a>.</p>')
    'Vea el informe (https://x.org/a).'
    """
    parts, before, number = [], "", 0
    for kind, plain, _html in lines(html):
        number = number + 1 if kind == "ol" and before == "ol" else 1
        if parts:
            parts.append("\n" if kind == before != "p" else "\n\n")
        parts.append({"p": "", "ul": "- ", "ol": f"{number}. "}[kind] + plain)
        before = kind
    return "".join(parts)


def from_plain(text, stored=""):
    """HTML of typed lines; a line that the stored text has already keeps its formatting.

    >>> from_plain("Una misión.\\n- Coclé\\n- Herrera", "<p>Una <strong>misión</strong>.</p>")
    '<p>Una <strong>misión</strong>.</p><ul><li><p>Coclé</p></li><li><p>Herrera</p></li></ul>'
    >>> from_plain("1. <b>uno</b>\\n2. https://x.org/a.")
    '<ol><li><p>&lt;b&gt;uno&lt;/b&gt;</p></li><li><p><a href="https://x.org/a">https://x.org/a</a>.</p></li></ol>'
    """
    formatted = {plain: html for _kind, plain, html in lines(stored)}
    parts, open_list = [], ""
    for line in text.splitlines():
        if not line.strip():
            continue
        item = _ITEM.fullmatch(line)
        kind = "p" if item is None else "ol" if item[1] else "ul"
        plain = " ".join((line if item is None else item[2]).split())
        if open_list and kind != open_list:
            parts.append(f"</{open_list}>")
            open_list = ""
        if not plain:
            continue
        paragraph = f"<p>{formatted.get(plain) or _linked(plain)}</p>"
        if kind != "p" and not open_list:
            parts.append(f"<{kind}>")
            open_list = kind
        parts.append(paragraph if kind == "p" else f"<li>{paragraph}</li>")
    return "".join(parts) + (f"</{open_list}>" if open_list else "")


def _linked(plain):
    """Escaped text whose addresses are links."""
    parts, end = [], 0
    for match in _URL.finditer(plain):
        address = match[0].rstrip(".,;:")
        parts.append(escape(plain[end : match.start()], quote=False))
        parts.append(f'<a href="{escape(address)}">{escape(address, quote=False)}</a>')
        end = match.start() + len(address)
    return "".join(parts) + escape(plain[end:], quote=False)
