"""What changed between two texts, word by word. Rich text is compared as the lines a person reads: ``plain``."""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby, pairwise
from operator import itemgetter

from programmes.rich_text import to_plain as plain

__all__ = ["Piece", "joined", "plain", "shortened", "word_changes"]

#: Words carry the space before them and are compared without it; a line break and a mark of punctuation stand alone.
_WORDS = re.compile(r"\n+|[^\S\n]*(?:\w+|[^\w\s])|[^\S\n]+")
_SENTENCES = re.compile(r"\n+|[^\n.;:?!]*[.;:?!]*")
_SAYS_SOMETHING = re.compile(r"\w")
#: Pairs of equal words that a comparison may look at: beyond it sentences are compared, and beyond that nothing.
_MOST_PAIRS = 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text: in both (``same``), only in the old one (``gone``), or only in the new one (``new``)."""

    kind: str
    text: str


def word_changes(old: str, new: str) -> tuple[Piece, ...]:
    """The pieces in reading order; what is gone stands before what replaces it.

    >>> [(piece.kind, piece.text) for piece in word_changes("Dos redes nuevas.", "Tres redes.")]
    [('gone', 'Dos'), ('new', 'Tres'), ('same', ' redes'), ('gone', ' nuevas'), ('same', '.')]
    """
    start, end = _shared(old, new)
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    changed = _compared(old_middle, new_middle)
    return _tidied([("same", old[:start]), *changed, ("same", old[len(old) - end :])])


def shortened(pieces, around=160):
    """The same pieces with long unchanged stretches cut to what surrounds a change, at whole words."""
    cut, last = [], len(pieces) - 1
    for number, piece in enumerate(pieces):
        if piece.kind == "same" and last > 0 and len(piece.text) > 3 * around:
            before = piece.text[:around].rpartition(" ")[0] if number > 0 else ""
            after = piece.text[-around:].partition(" ")[2] if number < last else ""
            piece = Piece("same", f"{before} … {after}")
        cut.append(piece)
    return tuple(cut)


def _shared(old, new):
    """How many characters both begin and end with, up to whole words."""
    words = [_WORDS.findall(text) for text in (old, new)]
    start = _shared_words(*words)
    end = _shared_words(words[0][start:][::-1], words[1][start:][::-1])
    return sum(map(len, words[0][:start])), sum(len(word) for word in words[0][len(words[0]) - end :])


def _shared_words(one, other):
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _compared(old, new):
    for pattern in (_WORDS, _SENTENCES):
        one, other = ([part for part in pattern.findall(text) if part] for text in (old, new))
        counted = Counter(map(_said, other))
        if sum(counted[_said(part)] for part in one) <= _MOST_PAIRS:
            return _matched(one, other)
    return [("gone", old), ("new", new)]


def _matched(one, other):
    pieces = []
    opcodes = SequenceMatcher(None, [*map(_said, one)], [*map(_said, other)], autojunk=False).get_opcodes()
    for kind, i, i_end, j, j_end in opcodes:
        if kind == "equal":
            for before, after in zip(one[i:i_end], other[j:j_end], strict=True):
                pieces += _respaced(before, after)
        else:
            pieces += [("gone", "".join(one[i:i_end])), ("new", "".join(other[j:j_end]))]
    return pieces


def _said(part):
    """A word or a sentence without the space before it: the first of a text has none until something precedes it."""
    return part if part.startswith("\n") else part.lstrip()


def _respaced(before, after):
    if before == after:
        return [("same", before)]
    same = _said(before)
    return [("gone", before.removesuffix(same)), ("new", after.removesuffix(same)), ("same", same)]


def _tidied(pieces):
    """A comma that two changes have in common is no island; then neighbours of a kind are one piece."""
    runs = groupby((piece for piece in pieces if piece[1]), key=itemgetter(0))
    pieces = [(kind, "".join(text for _kind, text in run)) for kind, run in runs]
    tidy, gone, new = [], "", ""
    for number, (kind, text) in enumerate(pieces):
        between = 0 < number < len(pieces) - 1
        island = kind == "same" and between and "\n" not in text and not _SAYS_SOMETHING.search(text)
        if kind == "gone" or island:
            gone += text
        if kind == "new" or island:
            new += text
        if kind == "same" and not island:
            tidy += [("gone", gone), ("new", new), (kind, text)]
            gone = new = ""
    tidy += [("gone", gone), ("new", new)]
    return tuple(Piece(kind, text) for kind, text in tidy if text)


def joined(base: str, one: str, other: str) -> str | None:
    """Both people's changes in one text; ``None`` where they meet, because then a person has to decide.

    >>> joined("Dos redes nuevas.", "Tres redes nuevas.", "Dos redes nuevas y una vieja.")
    'Tres redes nuevas y una vieja.'
    >>> joined("Dos redes.", "Tres redes.", "Cuatro redes.") is None
    True
    """
    edits = sorted({*_edits(base, one), *_edits(base, other)})
    if any(after[0] <= before[1] for before, after in pairwise(edits)):
        return None
    parts, place = [], 0
    for start, end, text in edits:
        parts += [base[place:start], text]
        place = end
    return "".join([*parts, base[place:]])


def _edits(base, changed):
    """``(start, end, text)``: what stands in the place of which characters of the base."""
    place, edits = 0, []
    for piece in word_changes(base, changed):
        length = 0 if piece.kind == "new" else len(piece.text)
        if piece.kind != "same":
            merges = bool(edits) and edits[-1][1] == place and piece.kind == "new"
            start = edits.pop()[0] if merges else place
            edits.append((start, place + length, piece.text if piece.kind == "new" else ""))
        place += length
    return edits
