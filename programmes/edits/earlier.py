"""A block as it was at an instant, beside what it is now: what going back would write and delete."""

from copy import copy
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Model

from programmes.blocks import Block
from programmes.edits.tracked import Table, tables_of
from programmes.edits.wording import Names, changes
from programmes.models import Result, SectionText

_COUNTED = ("version", "changed_at")  # count changes; nobody states them


@dataclass(frozen=True, slots=True)
class Plan:
    """What one table needs to stand again as it was: ``now`` and ``then`` of each row that differs."""

    table: Table
    pairs: tuple[tuple[Model | None, Model | None], ...]

    @property
    def written(self):
        return [then for _now, then in self.pairs if then is not None]

    @property
    def deleted(self):
        return [now for now, then in self.pairs if then is None]

    @property
    def new(self):
        return [then for now, then in self.pairs if now is None]


def plans(programme, place, at):
    """One plan a table, parents first. A result comes back with its achievements, which left together with it."""
    found = [_plan(table, programme, place, at) for table in tables_of(place.block)]
    back = {row.pk for plan in found for row in plan.new if isinstance(row, Result)}
    if back:
        [table] = tables_of(Block.ACHIEVEMENTS)
        past = table.model.history.as_of(at).filter(result_id__in=back)
        found.append(Plan(table, tuple((None, row) for row in past)))
    return found


def digest_of(found):
    """Of everything the plans would write and delete: what a person agreed to is carried out, or nothing."""
    values = [[_columns(row) for pair in plan.pairs for row in pair] for plan in found]
    return sha256(repr(values).encode()).hexdigest()


def _columns(row):
    return row and [
        (field.attname, getattr(row, field.attname))
        for field in row._meta.concrete_fields
        if field.name not in _COUNTED
    ]


def differences(programme, found):
    """The same as changes, from what is stored now to what stood there then."""
    rows = [row for plan in found for pair in plan.pairs for row in pair if row is not None]
    names = Names(rows)
    names.remember([row.instance for row in Result.history.filter(programme_id=programme.pk).order_by("-history_date")])
    return [change for plan in found for now, then in plan.pairs for change in changes(now, then, names)]


def _plan(table, programme, place, at):
    stored = {row.pk: row for row in _meant(table.rows_of(programme), table, place)}
    past = table.model.history.as_of(at).filter(table.scope(programme))
    earlier = {row.pk: row for row in _meant(past, table, place)}
    columns = table.columns_of(place.block)
    if columns is not None and place.block != table.block:
        earlier = {key: row for key, row in earlier.items() if key in stored}
        kept = stored.keys() - earlier.keys()  # rows that came later are another block's matter
        stored = {key: row for key, row in stored.items() if key not in kept}
    pairs = []
    for key in sorted(stored.keys() | earlier.keys()):
        now, then = stored.get(key), earlier.get(key)
        if now is not None and then is not None:
            then = _taken(now, then, columns)
        if now is None or then is None or _differ(now, then):
            pairs.append((now, then))
    return Plan(table, tuple(pairs))


def _meant(rows, table, place):
    """Texts of the meant sections only; of other tables all rows."""
    if table.model is not SectionText:
        return list(rows)
    return [row for row in rows if row.section_id in place.section_keys]


def _taken(now, then, columns):
    """The row of now with the columns of then: those that the block prints, never the counters."""
    row = copy(now)
    for field in row._meta.concrete_fields:
        if (columns is None or field.attname in columns) and field.name not in ("id", *_COUNTED):
            setattr(row, field.attname, getattr(then, field.attname))
    return row


def _differ(now, then):
    return any(getattr(now, f.attname) != getattr(then, f.attname) for f in now._meta.concrete_fields)
