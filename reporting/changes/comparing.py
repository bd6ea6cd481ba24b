"""Two sheets side by side: what they say is matched by its key or its words, never by its place."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from programmes.blocks import Block
from programmes.models.narrative import LANGUAGE_CODES
from programmes.word_changes import Piece, plain, shortened, word_changes
from reporting.changes.facts import Fact, Figure, Text
from reporting.changes.statements import statements

#: From this share of words in common on, a text is taken for the reworded one.
ALIKE = 0.5
#: Below this share of the longer one that stayed, a text was written anew.
ANEW = 0.25


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that is another now, or one item that appeared or vanished.

    ``kind``: figure, word, text, layout (a text whose words are the same), appeared, vanished, order.
    """

    block: str
    kind: str
    where: tuple  # names of what it belongs to, outermost first: R1; the agency
    name: object  # what it is called; ``None`` for the text of a section
    before: object = None  # as the sheet prints it: a ``Figure``, a ``Word``, or the name of the item
    after: object = None
    difference: str | None = None  # signed; of complete figures only
    unit: str = ""
    pieces: dict | None = None  # language → its words; one language where both say the same
    facts: tuple[Fact, ...] = ()  # what an item that appeared or vanished said


@dataclass(frozen=True, slots=True)
class BlockChanges:
    """The changes of one block, as a page lays them out: rows of a table, then words."""

    block: Block
    changes: tuple[Change, ...]

    @property
    def figures(self):
        return [change for change in self.changes if change.kind == "figure"]

    @property
    def words(self):
        return [change for change in self.changes if change.kind == "word"]

    @property
    def texts(self):
        return [change for change in self.changes if change.kind not in ("figure", "word")]


def changes(earlier, later):
    """Block by block in the sheet's order; a block in which nothing changed is left out."""
    found = []
    for before, after in zip(statements(earlier), statements(later), strict=True):
        block, facts, listings = before
        found += _facts_changed(block, (), facts, after[1])
        for one, other in zip(listings, after[2], strict=True):
            found += _listing_changed((), one, other)
    order = list(Block.values)
    found.sort(key=lambda change: order.index(change.block))
    return tuple(BlockChanges(Block(block), tuple(of_it)) for block, of_it in groupby(found, key=lambda c: c.block))


def _facts_changed(block, where, before, after):
    for old, new in zip(before, after, strict=True):
        change = _fact_changed(block, where, old, new)
        if change is not None:
            yield change


def _fact_changed(block, where, old, new):
    one, other = old.value, new.value
    if isinstance(one, Text):
        if (one.es, one.en) == (other.es, other.en):
            return None
        pieces = _pieces(one, other)
        is_reworded = any(piece.kind != "same" for of_language in pieces.values() for piece in of_language)
        return Change(block, "text" if is_reworded else "layout", where, old.name, pieces=pieces)
    if isinstance(one, Figure):
        if (one.shown, one.coverage) == (other.shown, other.coverage):
            return None
        return Change(block, "figure", where, new.name, one, other, one.difference(other), unit=one.unit)
    if one.value == other.value:
        return None
    return Change(block, "word", where, new.name, one, other)


def _pieces(one, other):
    languages = ("es",) if one.is_one and other.is_one else LANGUAGE_CODES
    return {
        language: _reworded(plain(getattr(one, language)), plain(getattr(other, language))) for language in languages
    }


def _reworded(before, after):
    """Word by word; a text that was written anew is not set among the remains of the old one."""
    pieces = word_changes(before, after)
    kept = sum(len(piece.text) for piece in pieces if piece.kind == "same")
    if before and after and kept < ANEW * max(len(before), len(after)):
        return (Piece("gone", before + "\n"), Piece("new", after))
    return shortened(pieces)


def _listing_changed(where, one, other):
    pairs = _matched(one.items, other.items)
    for old, new in pairs:
        if old is None or new is None:
            yield from _come_or_gone(where, one, old, new)
            continue
        inside = (*where, new.name) if new.name is not None else where
        facts = _facts_changed(one.block, inside, old.facts, new.facts)
        # What has no name of its own goes by the name of its kind: an achievement of R1.
        yield from (_named(change, one.kind) for change in facts) if new.name is None else facts
        for before, after in zip(old.lists, new.lists, strict=True):
            yield from _listing_changed(inside, before, after)
    places = [one.items.index(old) for old, new in pairs if old is not None and new is not None]
    if places != sorted(places):
        yield Change(one.block, "order", where, one.kind)


def _named(change, kind):
    return Change(change.block, change.kind, change.where, kind, pieces=change.pieces)


def _come_or_gone(where, listing, old, new):
    item, kind = (new, "appeared") if old is None else (old, "vanished")
    facts = tuple(fact for fact in item.facts if fact.value.is_said)
    pieces = None
    if item.name is None:  # a text: shown whole
        value = facts[0].value if facts else Text("", "", True)
        mark = "new" if old is None else "gone"
        languages = ("es",) if value.is_one else LANGUAGE_CODES
        pieces = {language: _whole(mark, plain(getattr(value, language))) for language in languages}
        facts = ()
    shown = item.name
    yield Change(listing.block, kind, where, listing.kind, shown, shown, pieces=pieces, facts=facts)
    inside = (*where, item.name) if item.name is not None else where
    for inner in item.lists:
        for each in inner.items:
            yield from _come_or_gone(inside, inner, *((None, each) if old is None else (each, None)))


def _whole(mark, text):
    return (Piece(mark, text),) if text else ()


def _matched(before, after):
    """``[(old, new)]`` in the order of the later list, what vanished last; ``None`` for a side that has none.

    The same to the letter first, then the same words under another key, the same key with other words, and in the end
    words that are alike.
    """
    old, new, found = list(range(len(before))), list(range(len(after))), {}
    for agree in (_is_same, _says_the_same, _has_the_key, None):
        pairs = _most_alike(before, after, old, new) if agree is None else _agreeing(before, after, old, new, agree)
        for one, other in pairs:
            found[other] = one
            old.remove(one)
            new.remove(other)
    pairs = [(before[found[place]] if place in found else None, item) for place, item in enumerate(after)]
    return pairs + [(before[place], None) for place in old]


def _agreeing(before, after, old, new, agree):
    free, pairs = list(new), []
    for one in old:
        other = next((place for place in free if agree(before[one], after[place])), None)
        if other is not None:
            free.remove(other)
            pairs.append((one, other))
    return pairs


def _is_same(one, other):
    return one == other


def _says_the_same(one, other):
    return one.said is not None and one.said == other.said


def _has_the_key(one, other):
    return one.key is not None and one.key == other.key


def _most_alike(before, after, old, new):
    """Texts that were reworded: the most alike first."""
    words = {("old", place): _words(before[place]) for place in old}
    words |= {("new", place): _words(after[place]) for place in new}
    rated = sorted(
        (
            (-SequenceMatcher(None, words["old", one], words["new", other], autojunk=False).ratio(), one, other)
            for one in old
            for other in new
            if words["old", one] and words["new", other]
        ),
    )
    taken, pairs = set(), []
    for rate, one, other in rated:
        if -rate >= ALIKE and not {("old", one), ("new", other)} & taken:
            taken |= {("old", one), ("new", other)}
            pairs.append((one, other))
    return pairs


def _words(item):
    return item.said.split() if isinstance(item.said, str) else []
