"""Lists of rows on an edit page: add, move up, move down, remove; nothing is saved until the page is."""

import re
from copy import copy
from functools import cached_property

from django import forms
from django.utils.translation import gettext as _

MOST_ROWS = 60
_ACTION = re.compile(r"(?P<prefix>[\w-]+):(?P<verb>add|up|down|remove)(?::(?P<row>\d{1,3}))?")


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
        return min(int(given), MOST_ROWS + 1) if self.is_whole else 0

    @cached_property
    def rows(self):
        if self.data is None:
            rows = [self.build(row, None, f"{self.prefix}-{i}") for i, row in enumerate(self.stored.values())]
        else:
            rows = [self._posted(f"{self.prefix}-{i}") for i in range(self.count)]
        for number, row in enumerate(rows):
            row.up_value, row.down_value = f"{self.prefix}:up:{number}", f"{self.prefix}:down:{number}"
            row.name_in_errors = f"{self.row_title} {number + 1}"
            row.use_required_attribute = False
            row.empty_permitted = row.stored_row is None
        return rows

    def _posted(self, prefix):
        """A row that names a stored one of this list is that one; any other key is a new row."""
        return self.build(self.stored.get(self.data.get(f"{prefix}-pk", "")), self.data, prefix)

    @property
    def filled(self):
        """The rows that say something: a row that was added and left empty is none."""
        return [row for row in self.rows if row.stored_row is not None or row.has_changed()]

    @property
    def removed(self):
        """Stored rows that the page no longer names."""
        kept = {str(row.stored_row.pk) for row in self.rows if row.stored_row is not None}
        return [row for key, row in self.stored.items() if key not in kept]

    def is_valid(self):
        self.own_errors = []
        if not (self.count or self.is_whole):
            # A list that got lost on its way is not an empty list.
            self.own_errors.append(_("This list did not arrive whole. Reload the page and enter the change again."))
        if self.count > MOST_ROWS:
            self.own_errors.append(_("This list may have %(most)s rows at most.") % {"most": MOST_ROWS})
        keys = [row.stored_row.pk for row in self.rows if row.stored_row is not None]
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
            order += [None] if len(order) < MOST_ROWS else []
            focus = f"{self.prefix}-{len(order) - 1}"
        elif row >= len(order):
            return self.data
        elif match["verb"] == "remove":
            order.pop(row)
            focus = f"{self.prefix}-{min(row, len(order) - 1)}" if order else f"{self.prefix}:add"
        else:
            to = row - 1 if match["verb"] == "up" else row + 1
            to = min(max(to, 0), len(order) - 1)
            order.insert(to, order.pop(row))
            verb = "down" if to == 0 else "up" if to == len(order) - 1 else match["verb"]
            focus = f"{self.prefix}:{verb}:{to}"
        return self._rearranged(order, focus)

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

    @classmethod
    def builder(cls, **kwargs):
        """``build`` for a ``RowList``: the form works on a copy, so that what is stored stays as it was."""

        def build(row, data, prefix):
            form = cls(data, prefix=prefix, instance=copy(row), **kwargs)
            form.stored_row = row
            return form

        return build
