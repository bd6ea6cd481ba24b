"""A part of a workbook as a tree that knows where it stands: what is changed is cut into the bytes, nothing else moves.

Plain standard library: it runs inside the bounded child process.
"""

import re
from dataclasses import dataclass, field
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_TAG = re.compile(rb"""<[^\s/>]+(?:\s+[^\s=]+\s*=\s*(?:"[^"]*"|'[^']*'))*\s*/?>""")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Odd(Exception):
    """The workbook is built in a way that is better left alone."""


@dataclass(slots=True)
class Node:
    """An element: ``start`` to ``end`` in the bytes; its inside from ``opened`` to ``closed``."""

    name: str
    namespace: str
    attributes: dict
    start: int
    opened: int
    closed: int = 0
    end: int = 0
    text: str = ""
    children: list = field(default_factory=list)

    def child(self, name):
        return next((child for child in self.children if child.name == name), None)

    def all(self, name):
        return [child for child in self.children if child.name == name]

    def walk(self):
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def parse(data):
    """The root of a part; raises ``Odd``."""
    stack, top = [], []

    def started(name, attributes):
        namespace, _space, local = name.rpartition(" ")
        start = parser.CurrentByteIndex
        node = Node(local, namespace, attributes, start, end_of_tag(data, start))
        (stack[-1].children if stack else top).append(node)
        stack.append(node)

    def ended(_name):
        node = stack.pop()
        if data[node.opened - 2 : node.opened] == b"/>":
            node.closed = node.end = node.opened
        else:
            node.closed = parser.CurrentByteIndex
            node.end = data.index(b">", node.closed) + 1

    def said(text):
        stack[-1].text += text

    parser = reader(started, ended, said)
    run(parser, data)
    return top[0]


def reader(started, ended, said=None):
    """An expat parser with these handlers that takes no declared entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = started, ended, said
    parser.StartDoctypeDeclHandler = _refuse
    return parser


def _refuse(*_declared):
    raise Odd("doctype")


def run(parser, data):
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or re.match(
        rb"""[^>]*encoding\s*=\s*["'](?!utf-8|us-ascii)""", data, re.I
    ):
        raise Odd("encoding")
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError) as error:
        raise Odd(str(error)) from error


def end_of_tag(data, start):
    tag = _TAG.match(data, start)
    if tag is None:
        raise Odd("tag")
    return tag.end()


def prefix_of(data, node):
    """``x:`` where elements are written ``<x:row>``; blank where they have no prefix."""
    name = re.match(rb"</?([^\s/>]+)", data[node.start : node.opened])[1]
    return name.rpartition(b":")[0] + b":" if b":" in name else b""


def with_attributes(tag, **values):
    """A start tag with these attributes set, or without one that is ``None``; the others stay as they are."""
    for name, value in values.items():
        tag = re.sub(rb"""\s+%s\s*=\s*(?:"[^"]*"|'[^']*')""" % name.encode(), b"", tag, count=1)
        if value is not None:
            head = re.match(rb"<[^\s/>]+", tag).end()
            tag = tag[:head] + f" {name}={quoted(value)}".encode() + tag[head:]
    return tag


def clean(text):
    """A text without the characters that no XML may hold."""
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", str(text))


def escaped(text):
    return escape(clean(text))


def inline(text):
    """A text in its cell. What looks like an escape (_x0041_) is written so that it reads as it stands."""
    shown = re.sub(r"_(x[0-9A-Fa-f]{4}_)", r"_x005F_\1", escaped(text))
    return f'<is><t xml:space="preserve">{shown}</t></is>'


def quoted(text):
    return quoteattr(clean(text))


class Edits:
    """What is put into a part in place of what: gathered first, then cut in from the front to the back."""

    def __init__(self, data):
        self.data, self.cuts = data, []

    def replace(self, start, end, with_):
        self.cuts.append((start, end, with_))

    def insert(self, at, what):
        self.cuts.append((at, at, what))

    def append_to(self, node, what):
        """At the end of an element's inside; one that is closed at once is opened."""
        tag = self.data[node.start : node.opened]
        if node.end == node.opened and tag.endswith(b"/>"):
            name = re.match(rb"<([^\s/>]+)", tag)[1]
            self.replace(node.opened - 2, node.opened, b">" + what + b"</" + name + b">")
        else:
            self.insert(node.closed, what)

    def done(self):
        pieces, at = [], 0
        for start, end, what in sorted(self.cuts, key=lambda cut: cut[:2]):
            if start < at:
                raise Odd("overlap")
            pieces += [self.data[at:start], what]
            at = end
        return b"".join([*pieces, self.data[at:]])
