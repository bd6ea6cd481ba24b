"""Lists as the person left them: what is gone is deleted, what changed is saved, what is new is added, in order."""

from django.db.models import F

from programmes.actions.writing import save_changed

#: Far above any number in use: rows wait there while others take their numbers.
_PARKED = 10000


def arrange(stored, wanted, *, key="pk", order="position", first=0):
    """Make the stored rows (a queryset) equal the wanted ones and number them from ``first``.

    ``key`` is what makes a row the same one: its primary key, or the column that may stand in the list only once
    (an agency, an area): then changing it is one row gone and another added.
    """
    for number, row in enumerate(wanted, start=first):
        setattr(row, order, number)
    known = {getattr(row, key): row for row in stored}
    moving = [
        known[getattr(row, key)].pk
        for row in wanted
        if getattr(row, key) in known and getattr(known[getattr(row, key)], order) != getattr(row, order)
    ]
    park(stored.filter(pk__in=moving), order)
    return replace(stored, wanted, key=key, known=known)


def park(rows, order):
    """Take numbers that must be unique out of the way; the history does not see it."""
    rows.update(**{order: F(order) + _PARKED})


def replace(stored, wanted, *, key="pk", known=None):
    """The same for a list whose order is not stored."""
    known = {getattr(row, key): row for row in stored} if known is None else known
    kept = {getattr(row, key) for row in wanted}
    for value, row in known.items():
        if value not in kept:
            row.delete()
    return [_saved(row, known.get(getattr(row, key))) for row in wanted]


def _saved(row, stored):
    if stored is None:
        row.pk = None
        row._state.adding = True
    return save_changed(row, stored)
