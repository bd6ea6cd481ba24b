"""Lists of rows on an edit page: add, move up, move down, remove, bring back; nothing is saved until the page is.

A removed row stays in its place with everything typed until the page is saved: it can be brought back.
"""

import re
from copy import copy
from functools import cached_property

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from programmes.forms.readable import reads

MOST_ROWS = 60
MOST_PLACES = 2 * MOST_ROWS  # with the removed ones
REMOVED = "removed"
_ACTION = re.compile(r"(?P<prefix>[\w-]+):(?P<verb>add|up|down|remove|undo)(?::(?P<row>\d{1,3}))?")


class RowList:
    """Rows of one kind in the order they are printed.

    ``build(row, data, prefix)`` makes the form of one row; ``row`` is the stored object or ``None`` for a new one.
    """

    def __init__(
        self, prefix, build, stored, data=None, *, title, row_title, add_label, empty, hint="", ordered=True, once=None
    ):
        self.prefix, self.build, self.data = prefix, build, data
        self.title, self.row_title, self.add_label, self.empty_text = title, row_title, add_label, empty
        self.hint = hint  # what holds for every row
        self.ordered = ordered
        self.once = once  # the field that may name each thing only once, and the sentence that says so
        self.stored = {str(row.pk): row for row in stored}
        self.is_whole = True
        self.own_errors = []

    is_list = True

    @property
    def add_value(self):
        return f"{self.prefix}:add"

    @property
    def count_name(self):
        return f"{self.prefix}-count"

    @cached_property
    def count(self):
        if self.data is None:
            return len(self.stored)
        given = self.data.get(self.count_name, "")
        self.is_whole = given.isascii() and given.isdigit() and len(given) < 6
        return min(int(given), MOST_PLACES + 1) if self.is_whole else 0

    @cached_property
    def places(self):
        """What the page shows from top to bottom: rows, and between them those that were removed."""
        if self.data is None:
            rows = [self.build(row, None, f"{self.prefix}-{i}") for i, row in enumerate(self.stored.values())]
        else:
            rows = [self._posted(f"{self.prefix}-{i}") for i in range(self.count)]
        number = 0
        for place, row in enumerate(rows):
            row.place = place
            for verb in ("up", "down", "remove", "undo"):
                setattr(row, f"{verb}_value", f"{self.prefix}:{verb}:{place}")
            row.is_removed = self.data is not None and f"{row.prefix}-{REMOVED}" in self.data
            number += not row.is_removed
            row.name_in_errors = f"{self.row_title} {number}"
            row.use_required_attribute = False
            row.empty_permitted = row.stored_row is None
            row.is_first, row.is_last = number == 1, False
        for row in rows[::-1]:
            if not row.is_removed:
                row.is_last = True
                break
        return rows

    @property
    def rows(self):
        """Those that will be saved."""
        return [row for row in self.places if not row.is_removed]

    def _posted(self, prefix):
        """A row that names a stored one of this list is that one; any other key is a new row."""
        return self.build(self.stored.get(self.data.get(f"{prefix}-pk", "")), self.data, prefix)

    @property
    def filled(self):
        """The rows that say something: a row that was added and left empty is none."""
        return [row for row in self.rows if row.stored_row is not None or row.has_changed()]

    def has_changed(self):
        kept = [row.stored_row for row in self.filled]
        return kept != list(self.stored.values()) or any(row.has_changed() for row in self.filled)

    @property
    def removed(self):
        """Stored rows that the page no longer names, or that were removed on it."""
        kept = {str(row.stored_row.pk) for row in self.rows if row.stored_row is not None}
        return [row for key, row in self.stored.items() if key not in kept]

    def is_valid(self):
        self.own_errors = []
        if not (self.count or self.is_whole):
            # A list that got lost on its way is not an empty list.
            self.own_errors.append(_("This list did not arrive whole. Reload the page and enter the change again."))
        if len(self.rows) > MOST_ROWS or self.count > MOST_PLACES:
            self.own_errors.append(_("This list may have %(most)s rows at most.") % {"most": MOST_ROWS})
        keys = [row.stored_row.pk for row in self.places if row.stored_row is not None]
        if len(keys) != len(set(keys)):
            self.own_errors.append(_("The same row arrived twice. Reload the page and enter the change again."))
        valid = False not in [row.is_valid() for row in self.rows]
        return self._each_once() and valid and not self.own_errors

    def _each_once(self):
        if self.once is None:
            return True
        name, message = self.once
        seen, once = set(), True
        for row in self.filled:
            value = row.cleaned_data.get(name) if hasattr(row, "cleaned_data") else None
            if value is not None and value in seen:
                row.add_error(name, message)
                once = False
            seen.add(value)
        return once

    # Acting on the list without saving

    def acted(self, action):
        """The posted data after a list button of this list; ``None`` when the button is not one of its own."""
        match = _ACTION.fullmatch(action)
        if match is None or match["prefix"] != self.prefix:
            return None
        order, row = list(range(self.count)), int(match["row"] or 0)
        if match["verb"] == "add":
            order += [None] if len(self.rows) < MOST_ROWS and len(order) < MOST_PLACES else []
            return self._rearranged(order, f"{self.prefix}-{len(order) - 1}")
        if row >= len(order):
            return self.data
        if match["verb"] == "remove":
            return self._removed(order, row)
        if match["verb"] == "undo":
            return self._brought_back(row)
        return self._moved(order, row, match["verb"])

    def _moved(self, order, row, verb):
        """One row up or down among those that stay: a removed one is no place to stop at."""
        step = -1 if verb == "up" else 1
        living = [place.place for place in self.places if not place.is_removed]
        beyond = [place for place in living if (place - row) * step > 0]
        if not beyond:
            return self._rearranged(order, f"{self.prefix}:{verb}:{row}")
        to = beyond[-1] if verb == "up" else beyond[0]
        order.insert(to, order.pop(row))
        if to in (living[0], living[-1]):
            verb = "down" if to == living[0] else "up"
        return self._rearranged(order, f"{self.prefix}:{verb}:{to}")

    def _removed(self, order, row):
        """A new row in which nothing was written is gone; any other can be brought back."""
        if self.places[row].stored_row is None and not self.places[row].has_changed():
            order.pop(row)
            focus = f"{self.prefix}-{min(row, len(order) - 1)}" if order else f"{self.prefix}:add"
            return self._rearranged(order, focus)
        kept = self.data.copy()
        kept[f"{self.prefix}-{row}-{REMOVED}"] = "yes"
        kept["focus"] = f"{self.prefix}:undo:{row}"
        return kept

    def _brought_back(self, row):
        kept = self.data.copy()
        kept.pop(f"{self.prefix}-{row}-{REMOVED}", None)
        kept["focus"] = f"{self.prefix}-{row}"
        return kept

    def _rearranged(self, order, focus):
        moved = self.data.copy()
        pattern = re.compile(rf"{re.escape(self.prefix)}-(\d+)-(.+)")
        rows = {}
        for key in self.data:
            if match := pattern.fullmatch(key):
                rows.setdefault(int(match[1]), {})[match[2]] = self.data.getlist(key)
                del moved[key]
        for new, old in enumerate(order):
            values = rows.get(old, {}) if old is not None else self._defaults(f"{self.prefix}-{new}")
            for name, given in values.items():
                moved.setlist(f"{self.prefix}-{new}-{name}", given)
        moved[self.count_name] = str(len(order))
        moved["focus"] = focus
        return moved

    def _defaults(self, prefix):
        """What a new row has chosen before anybody touches it."""
        row = self.build(None, None, prefix)
        chosen = {name: row[name].initial for name in row.fields if isinstance(row.fields[name], forms.ChoiceField)}
        return {name: [str(value)] for name, value in chosen.items() if value not in (None, "")}


class RowMixin:
    """A form that is one row of a list; ``stored_row`` is the object it began as."""

    stored_row = None
    name_in_errors = ""  # set by the list: “Result 2”
    is_removed = False

    @property
    def carried(self):
        """Everything typed into a removed row, to travel with the page until it is saved."""
        pattern = f"{self.prefix}-"
        return [(key, value) for key in self.data if key.startswith(pattern) for value in self.data.getlist(key)]

    @property
    def excerpt(self):
        """What it says, in one line: the first text or choice of the row."""
        said = (reads(bound.field, bound.value()) for bound in self.visible_fields())
        return Truncator(" ".join(next((text for text in said if text), "").split())).chars(80)

    @classmethod
    def builder(cls, **kwargs):
        """``build`` for a ``RowList``: the form works on a copy, so that what is stored stays as it was."""

        def build(row, data, prefix):
            form = cls(data, prefix=prefix, instance=copy(row), **kwargs)
            form.stored_row = row
            return form

        return build
