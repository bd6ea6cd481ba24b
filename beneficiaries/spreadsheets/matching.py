"""What each column of somebody's own table is: by its headers in both languages, by synonyms, by HXL tags. Pure.

What fits in one way only is matched; everything else that holds figures is asked about, with a suggestion where there
is one. A header and a tag that contradict each other are never reconciled here.
"""

import difflib
import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import partial

from beneficiaries.spreadsheets import areas as places
from beneficiaries.spreadsheets.columns import NO_AREA, NOISE, REACH_WORDS, Column, folded, significant
from beneficiaries.spreadsheets.columns import Kind as Declared
from beneficiaries.spreadsheets.header_words import (
    LABELS,
    PLANNED_WORDS,
    SHARE,
    TAG_OF_REACH,
    TAG_OF_SEX,
    VALUE_WORDS,
    Kind,
    kind_of_tag,
    says_total,
    span_in,
)

_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is. For one with figures: to what they belong, as far as its header says."""

    kind: Kind
    category: str = ""
    reach: str = ""
    area: object = None  # an area, or ``areas.NONE``
    agency: str = ""
    span: object = None
    suggestion: str = ""  # what an unknown column may be
    against: tuple[str, str] = ()  # a header and its tag that contradict each other

    @property
    def belongs_to(self):
        area = getattr(self.area, "pk", self.area)
        return self.category, self.reach, area, self.agency, self.span


class Vocabulary:
    """Every word that says to what a figure belongs."""

    def __init__(self, columns, gazetteer, scope):
        self.columns, self.gazetteer, self.scope = columns, gazetteer, scope
        self.phrases = {}
        for reach, by_language in REACH_WORDS.items():
            self._learn("reach", reach.value, (word for words in by_language.values() for word in words))
        for category in columns.category_by_code.values():
            self._learn("category", category.code, (category.label_es, category.label_en, *category.synonyms))
        for name, acronym in scope.agencies.items():
            self._learn("agency", acronym, [name])
        for name, area in gazetteer.by_name.items():
            words = name.split()  # it is folded
            self._learn_phrase("area", area, tuple([word for word in words if word not in NOISE] or words))
        self._learn("area", places.NONE, (word for words in NO_AREA.values() for word in words))
        self.longest = max(len(phrase) for phrase in self.phrases)
        self.labels = {significant(word): kind for kind, words in LABELS.items() for word in words}

    def _learn(self, part, value, words):
        for word in words:
            self._learn_phrase(part, value, tuple(significant(word).split()))

    def _learn_phrase(self, part, value, phrase):
        if phrase:
            self.phrases.setdefault(phrase, (part, value))

    def read(self, text):
        """``({part: values}, words left over)`` of a header."""
        found, words = {}, folded(text)
        span = span_in(words)
        if span and self.scope.span_of(span[3]):
            found["span"] = {self.scope.span_of(span[3])}
            words = f"{words[: words.index(span[3])]} {words[words.index(span[3]) + len(span[3]) :]}"
        rest, words = [], [word for word in words.split() if word not in NOISE]
        while words:
            size = next((n for n in range(self.longest, 0, -1) if tuple(words[:n]) in self.phrases), 0)
            if size:
                part, value = self.phrases[tuple(words[:size])]
                found.setdefault(part, set()).add(value)
            else:
                rest.append(words[0])
            words = words[size or 1 :]
        return found, rest

    def label(self, text):
        """Which kind of label column a header names, if any."""
        column = self.columns.match(text)
        if column is not None and column.kind != Declared.COUNT:
            return Kind.AREA if column.kind == Declared.AREA else Kind.NOTE
        kinds = {self.label(part) for part in text.split("/")} - {None} if "/" in text else ()
        return self.labels.get(significant(text)) or (kinds.pop() if len(kinds) == 1 else None)

    def counted(self, text):
        """``(category, reach)`` that a cell names, the reach blank where it says none; ``None`` when it names none."""
        found = self._only(text)
        return (found["category"], found.get("reach", "")) if found and "category" in found else None

    def reach_named(self, text):
        found = self._only(text)
        return found["reach"] if found and found.keys() == {"reach"} else None

    def _only(self, text):
        """``{part: value}`` of a cell that says nothing else, and nothing twice."""
        found, rest = self.read(text)
        if rest or not found.keys() <= {"category", "reach"} or any(len(values) > 1 for values in found.values()):
            return None
        return {part: next(iter(values)) for part, values in found.items()}


def match(table, vocabulary, with_figures, says_something):
    """``{column: Meaning}``. In ``with_figures`` numbers stand; ``says_something(column)`` tells whether nd does."""
    meanings = {}
    for column in range(table.width):
        says = partial(says_something, column)
        meaning = _from_header(table.parts(column), vocabulary, column in with_figures, says)
        tag = table.tag(column)
        meanings[column] = _with_tag(meaning, tag, table.text(column)) if tag else meaning
    return _among_siblings(table, meanings)


def _from_header(parts, vocabulary, has_figures, says_something):
    unknown = Meaning(Kind.UNKNOWN if has_figures else Kind.LEAVE_OUT)
    if not parts:
        return unknown
    last, whole = parts[-1], " ".join(parts)
    label = vocabulary.label(last) or vocabulary.label(whole)
    if label:
        return Meaning(label)
    if SHARE.search(last):
        return Meaning(Kind.LEAVE_OUT) if has_figures else unknown
    meaning, rest = _figures_of(parts, vocabulary)
    if meaning is None:
        close = _close_to(whole, vocabulary.columns) if has_figures and rest != ["both"] else ""
        return replace(unknown, suggestion=close)
    if says_total(last) and not meaning.category:
        return replace(meaning, kind=Kind.TOTAL)
    planned = PLANNED_WORDS & set(folded(whole).split())
    if rest or planned:
        suggestion = "" if planned or not has_figures else _name(meaning, vocabulary.columns)
        return replace(meaning, kind=unknown.kind, suggestion=suggestion)
    return meaning if has_figures or (meaning.category and meaning.reach) or says_something() else unknown


def _figures_of(parts, vocabulary):
    """``(meaning of a column of figures or None, words of its own header that nobody knows)``."""
    found, rest = {}, []
    for part in parts:
        years = [word for word in rest if _YEAR.fullmatch(word)]
        said, rest = vocabulary.read(part)
        rest = [*years, *rest]  # a year above is never passed over: it may be another than the period's
        for name, values in said.items():
            found.setdefault(name, set()).update(values)
    if any(len(values) > 1 for values in found.values()):
        return None, ["both"]
    is_value = folded(parts[-1]) in VALUE_WORDS or significant(parts[-1]) in VALUE_WORDS
    if not found and not is_value and not says_total(parts[-1]):
        return None, rest
    named = {name: next(iter(values)) for name, values in found.items()}
    known = {"total", "totales", "subtotal"} if says_total(parts[-1]) else set()
    known |= set(folded(parts[-1]).split()) if is_value else set()
    return Meaning(Kind.COUNT, **named), [word for word in rest if word not in known]


def _with_tag(meaning, tag, header):
    """A tag fills in what the header leaves open; where they say different things, the person is asked."""
    kind, attributes = kind_of_tag(tag)
    category = next((TAG_OF_SEX[word] for word in attributes if word in TAG_OF_SEX), "")
    reach = next((TAG_OF_REACH[word] for word in attributes if word in TAG_OF_REACH), "")
    if any(
        mine and theirs and mine != theirs for mine, theirs in ((meaning.category, category), (meaning.reach, reach))
    ):
        return replace(meaning, kind=Kind.UNKNOWN, against=(header, tag))
    if kind in (Kind.AREA, Kind.AGENCY, Kind.PERIOD):
        if meaning.kind in (Kind.COUNT, Kind.TOTAL):
            return replace(meaning, kind=Kind.UNKNOWN, against=(header, tag))
        return Meaning(kind) if meaning.kind in (Kind.UNKNOWN, Kind.LEAVE_OUT) else meaning
    if kind == Kind.COUNT and meaning.kind in (Kind.UNKNOWN, Kind.COUNT) and (category or meaning.category):
        settled = replace(meaning, kind=Kind.COUNT) if meaning.category else Meaning(Kind.COUNT)
        return replace(settled, category=meaning.category or category, reach=meaning.reach or reach)
    if kind == Kind.UNKNOWN and meaning.kind == Kind.COUNT:
        return replace(meaning, kind=Kind.UNKNOWN)
    return meaning


def _among_siblings(table, meanings):
    """What the other columns say about each: a second column of the same figures, a total over what they keep apart."""
    counts = {column: meaning for column, meaning in meanings.items() if meaning.kind == Kind.COUNT}
    totals = [column for column, meaning in meanings.items() if meaning.kind == Kind.TOTAL]
    if not counts and len(totals) == 1:
        meanings[totals[0]] = replace(meanings[totals[0]], kind=Kind.COUNT)  # a long table's figures
    said = Counter(meaning.belongs_to for meaning in counts.values())
    for column, meaning in counts.items():
        if any(_is_finer(other, meaning) for other in counts.values()):
            kind = Kind.TOTAL if says_total(table.parts(column)[-1]) else Kind.UNKNOWN
            meanings[column] = replace(meaning, kind=kind, suggestion=Kind.TOTAL.value)
        elif said[meaning.belongs_to] > 1:
            meanings[column] = replace(meaning, kind=Kind.UNKNOWN)
    return _with_honest_suggestions(table, meanings)


def _with_honest_suggestions(table, meanings):
    """No figure is suggested for two columns, nor one that has its column; M beside H, or beside F, is suggested."""
    last = {column: folded(table.parts(column)[-1]) for column in meanings if table.parts(column)}
    sexes = {"m": "women", "h": "men"} if "h" in last.values() else {"f": "women", "m": "men"}
    for column, meaning in meanings.items():
        if meaning.kind == Kind.UNKNOWN and last.get(column) in sexes and sexes.keys() <= set(last.values()):
            category = sexes[last[column]]
            name = f"{category}_{meaning.reach}" if meaning.reach else ""
            meanings[column] = replace(meaning, suggestion=name)
    taken = Counter(meaning.suggestion for meaning in meanings.values() if meaning.kind == Kind.UNKNOWN)
    taken.update(f"{meaning.category}_{meaning.reach}" for meaning in meanings.values() if meaning.kind == Kind.COUNT)
    kept = {Kind.TOTAL.value, Kind.LEAVE_OUT.value}
    return {
        column: meaning
        if meaning.suggestion in kept or taken[meaning.suggestion] < 2
        else replace(meaning, suggestion="")
        for column, meaning in meanings.items()
    }


def _is_finer(other, meaning):
    """Whether another column says all that this one says, and something that this one leaves open."""
    pairs = list(zip(other.belongs_to, meaning.belongs_to, strict=True))
    return other != meaning and all(not mine or theirs == mine for theirs, mine in pairs)


def _name(meaning, columns):
    """The declared column that a meaning comes to, if it is one."""
    names = (f"{meaning.category}_{meaning.reach}", *(f"{meaning.category}_{reach.value}" for reach in REACH_WORDS))
    declared = {column.name for column in columns.counts}
    return names[0] if names[0] in declared else ""


def _close_to(text, columns):
    names = {folded(name): column.name for column in columns.counts for name in (column.header_es, column.header_en)}
    close = difflib.get_close_matches(folded(text), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""


def chosen(meaning, choice, columns):
    """What a column is after the person has said so: its header still tells area, agency and months."""
    declared: Column | None = next((column for column in columns.counts if column.name == choice), None)
    if declared is None:
        return Meaning(Kind(choice))
    return replace(meaning, kind=Kind.COUNT, category=declared.category.code, reach=declared.reach, against=())


def choices_for(columns, is_long):
    """What a person may say that a column is: each figure, what labels rows, a total, or nothing to load.

    In a long table, whose rows say what is counted, also the figures themselves.
    """
    others = (Kind.AREA, Kind.CATEGORY, Kind.REACH, Kind.AGENCY, Kind.PERIOD, Kind.TOTAL, Kind.LEAVE_OUT)
    figures = [Kind.COUNT.value] if is_long else []
    return (*figures, *(column.name for column in columns.counts), *(kind.value for kind in others))
