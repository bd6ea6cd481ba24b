"""Whose hand it was: who last changed a stored row, or one field of it, and when."""

from collections import defaultdict
from itertools import pairwise


class Hands:
    """The histories of some rows, read in one query for each kind of row."""

    def __init__(self, rows):
        keys = defaultdict(set)
        for model, key in rows:
            if model is not None and str(key).isdecimal():
                keys[model].add(int(key))
        self.records = defaultdict(list)
        for model, wanted in keys.items():
            history = model.history.filter(id__in=wanted).select_related("history_user")
            for record in history.order_by("-history_date", "-history_id"):
                self.records[model, record.id].append(record)

    def last(self, model, key, column=""):
        """The record of the last change of a column, or without one of the row.

        ``None`` where nobody can be named: what a form shows beside the row's own columns is stored elsewhere.
        """
        records = self.records.get((model, int(key)), []) if str(key).isdecimal() else []
        if not records or not column:
            return records[0] if records else None
        if not hasattr(records[0], column):
            return None
        changed = (new for new, old in pairwise(records) if getattr(new, column) != getattr(old, column))
        return next(changed, records[-1])
