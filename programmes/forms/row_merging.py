"""Lists on which two people worked: rows added, removed, moved and changed on both sides."""

from dataclasses import dataclass, field

from programmes.forms.merging import (
    MINE,
    THEIRS,
    UNKNOWN,
    Conflict,
    Kept,
    Merged,
    Posted,
    against,
    as_stored,
    merge_fields,
)
from programmes.forms.readable import carried, settled, summary, title
from programmes.forms.rows import MOST_PLACES, REMOVED
from programmes.forms.started_from import values_of


@dataclass
class Entry:
    """One row as the page will show it; ``key`` is that of the stored row, blank for a new one.

    ``removed`` is the key of a row that I removed: it keeps its place on the page and can be brought back.
    """

    key: str
    values: dict
    conflicts: list = field(default_factory=list)
    removed: str | None = None


class ListMerge:
    """``part`` is the list as it is stored now, ``base`` its rows as the page started from, or ``None``."""

    def __init__(self, part, base, data, *, below, is_another=False):
        self.part, self.data, self.below, self.is_another = part, data, below, is_another
        self.now = dict(zip(part.stored, part.rows, strict=True))
        self.is_known = base is not None
        rows = base["rows"] if base else [[key, {}, UNKNOWN] for key in self.now]
        self.base = {self._now_key(key, values): (key, values, under) for key, values, under in rows}
        self.merged = Merged()
        self.rows_from_here = {}
        self.blank = part.build(None, None, part.prefix)

    def _now_key(self, key, values):
        """The row that has this place now: where each thing stands once, whoever names it stands for it."""
        if key in self.now or self.part.once is None:
            return key
        name = self.part.once[0]
        return next((now for now, row in self.now.items() if carried(row[name]) == values.get(name)), key)

    def run(self):
        given = self.data.get(self.part.count_name, "")
        if not self.is_known and not given:
            return self._take_theirs()
        if not (given.isascii() and given.isdigit() and len(given) < 6 and int(given) <= MOST_PLACES):
            return None  # it did not arrive whole: the list itself says so
        mine = self._mine(int(given))
        if mine is None:
            return None  # the same row twice
        theirs = self._theirs(mine)
        kept = {entry.key for entry in theirs}
        mine = [entry for entry in mine if entry.removed is None or entry.removed not in kept]
        self._number(self._in_order(mine, theirs))
        return self.merged

    def _take_theirs(self):
        self._number([self._as_stored(key) for key in self.now])
        return self.merged

    # Rows

    def _mine(self, count):
        names = {key: now for now, (key, _values, _under) in self.base.items()} | {key: key for key in self.now}
        entries = []
        for number in range(count):
            posted = Posted(self.data, f"{self.part.prefix}-{number}")
            given = self.data.get(posted.key("pk"), "")
            key = names.get(given, given)
            if key and any(key in (entry.key, entry.removed) for entry in entries if entry is not None):
                return None
            entries.append(self._row(key, posted))
        return [entry for entry in entries if entry is not None]

    def _row(self, key, posted):
        if posted.key(REMOVED) in self.data:
            is_there = key in self.now or key not in self.base
            return Entry("", self._raw(posted), removed=key) if is_there else None
        if key in self.now:
            _key, values, _under = self.base.get(key, (key, {}, UNKNOWN))
            merged = merge_fields(self.now[key], values, posted, is_another=self.is_another)
            self.merged.kept += merged.kept
            self.rows_from_here[key] = merged.base
            return Entry(key, self._raw(posted) | merged.values | {"pk": [key]}, merged.conflicts)
        if key in self.base:
            return self._gone(key, posted)
        return None if self._is_theirs_too(posted) else Entry("", self._raw(posted) | {"pk": None})

    def _raw(self, posted):
        start = f"{posted.prefix}-"
        return {key[len(start) :]: self.data.getlist(key) for key in self.data if key.startswith(start)}

    def _gone(self, key, posted):
        """They removed a row: without a word where I had not touched it."""
        _key, values, _under = self.base[key]
        mine, before = self._said(posted, values), {name: values.get(name, "") for name in self.blank.fields}
        if mine == self._settled(before):
            self.merged.kept.append(Kept(self.blank, gone=key))
            return None
        conflict = Conflict("gone", self.blank, "row", against=against(key))
        conflict.base, conflict.mine = summary(self.blank, before), summary(self.blank, self._posted(posted, values))
        conflict.row, conflict.hidden["pk"] = key, key
        which = posted.chosen(conflict)
        if which == THEIRS:
            return None
        raw = self._raw(posted)
        if which == MINE:
            return Entry("", raw | {"pk": None})
        self.rows_from_here[key] = values
        return Entry("", raw, [conflict])

    def _is_theirs_too(self, posted):
        """Both of us added the same row: one is enough."""
        added = [self._settled(values_of(row)) for key, row in self.now.items() if key not in self.base]
        return bool(added) and self._said(posted, {}) in added

    def _theirs(self, mine):
        """Rows of theirs that my page does not hold: added by them, or removed by me."""
        held, entries = {entry.key for entry in mine}, []
        for key, row in self.now.items():
            if key in held:
                continue
            if key not in self.base:
                self.merged.kept.append(Kept(row))
                entries.append(self._as_stored(key))
            elif self._keeps(key, row):
                entries.append(self._as_stored(key))
        return entries

    def _keeps(self, key, row):
        """I removed a row: it is asked again where they have changed it or what depends on it."""
        _key, values, under = self.base[key]
        self.rows_from_here[key] = values_of(row)
        same = self._settled(values) == self._settled(values_of(row)) if values else False
        if same and under == self.below.get(key, "") and not self.is_another:
            return False
        conflict = Conflict("removed", row, f"removed-{key}", against=against(values_of(row), self.below.get(key, "")))
        conflict.base = summary(self.blank, values) if values else None
        conflict.theirs = summary(self.blank, values_of(row))
        which = Posted(self.data, self.part.prefix).chosen(conflict)
        if not which:
            conflict.key = f"{self.part.prefix}-removed-{key}-choice"
            self.merged.conflicts.append(conflict)
            self.rows_from_here[key] = None  # as the page started from
        return which == THEIRS

    def _as_stored(self, key):
        row = self.now[key]
        self.rows_from_here[key] = values_of(row)
        return Entry(key, as_stored(row) | {"pk": [key]})

    # Order

    def _in_order(self, mine, theirs):
        common = {entry.key for entry in mine if entry.key} & set(self.base)
        orders = [[key for key in side if key in common] for side in (self.base, self.now, [e.key for e in mine])]
        base, now, own = orders
        follows_theirs = own == base != now and self.part.ordered
        if self.part.ordered and self.is_known and own != base and now != base and own != now:
            conflict = Conflict("order", self.blank, "order", against=against(now))
            conflict.base, conflict.theirs, conflict.mine = (self._listed(order) for order in orders)
            which = Posted(self.data, self.part.prefix).chosen(conflict)
            follows_theirs = which == THEIRS
            if not which:
                conflict.key = f"{self.part.prefix}-order-choice"
                self.merged.conflicts.append(conflict)
                self.base_order = base
        elif follows_theirs:
            self.merged.kept.append(Kept(self.blank, "order"))
        held = {entry.key: entry for entry in (*mine, *theirs) if entry.key}
        by_theirs = [held[key] for key in self.now if key in held]
        if follows_theirs:
            return _inserted(by_theirs, mine)
        return _inserted(mine, by_theirs)

    base_order = ()

    def _listed(self, keys):
        titles = {key: title(self.blank, values_of(self.now[key])) for key in keys}
        return "\n".join(f"{number}. {titles[key]}" for number, key in enumerate(keys, start=1))

    # What the page posts and starts from next

    def _number(self, entries):
        prefix = self.part.prefix
        start = f"{prefix}-"
        for key in self.data:
            if key.startswith(start) and key[len(start) :].partition("-")[0].isdecimal():
                self.merged.values[key] = None
        self.merged.values[self.part.count_name] = [str(len(entries))]
        standing = 0
        for number, entry in enumerate(entries):
            standing += entry.removed is None
            for name, value in entry.values.items():
                self.merged.values[f"{prefix}-{number}-{name}"] = value
            for conflict in entry.conflicts:
                conflict.key = f"{prefix}-{number}-{conflict.name}-choice"
                conflict.row_title = f"{self.part.row_title} {standing}"
                conflict.hidden = {f"{prefix}-{number}-{name}": value for name, value in conflict.hidden.items()}
                self.merged.conflicts.append(conflict)
        self.merged.base = {"title": str(self.part.title), "rows": self._base_rows()}

    def _base_rows(self):
        rows = []
        for key in (*self.now, *(key for key in self.base if key not in self.now)):
            values = self.rows_from_here.get(key, UNKNOWN)
            if values is None:
                _key, values, under = self.base[key]
                rows.append([key, values, "" if under is UNKNOWN else under])
            elif values is not UNKNOWN:
                rows.append([key, values, self.below.get(key, "")])
        places = {key: place for place, key in enumerate(self.base_order)}
        return sorted(rows, key=lambda row: places.get(row[0], len(places)))

    # Comparing

    def _posted(self, posted, values):
        given = {}
        for name, asked in self.blank.fields.items():
            value = posted.value(name, asked, [values[name]] if values.get(name) else [])
            given[name] = values.get(name, "") if value is None else value
        return given

    def _said(self, posted, values):
        return self._settled(self._posted(posted, values))

    def _settled(self, values):
        return {name: settled(asked, values.get(name, "")) for name, asked in self.blank.fields.items()}


def _inserted(order, others):
    """``order`` with the others that it lacks, each after the row that it follows on its own side."""
    result = list(order)
    held = {id(entry) for entry in order} | {entry.key for entry in order if entry.key}
    before = None
    for entry in others:
        if id(entry) not in held and entry.key not in held:
            place = next((n for n, e in enumerate(result, start=1) if before is not None and _same(e, before)), 0)
            result.insert(place, entry)
        before = entry
    return result


def _same(one, other):
    return one is other or bool(one.key and one.key == other.key)
