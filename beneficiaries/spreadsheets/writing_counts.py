"""A submission's figures into the database at once: as fast as it takes rows, its constraints in force.

PostgreSQL takes them by COPY, SQLite by one prepared statement. Counts have no history of their own: it is their
submission's.
"""

from itertools import islice, starmap

from django.db import connection

from beneficiaries.models import Count
from programmes.quantities import State

_FIELDS = ("submission", "area", "category", "reach", "value", "state", "cell")
_LONGEST_CELL = Count._meta.get_field("cell").max_length
_LINES = 2000
_NULL = r"\N"
_WORDS = {state: state.value for state in State}


def write(submission, rows):
    """Every figure of a reading, in its order. What a constraint refuses leaves none of them."""
    table = connection.ops.quote_name(Count._meta.db_table)
    columns = ", ".join(connection.ops.quote_name(Count._meta.get_field(name).column) for name in _FIELDS)
    facts = _facts(submission.pk, rows)
    # What COPY raises is told in Django's words too.
    with connection.wrap_database_errors, connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", _Lines(facts))
        else:
            places = ", ".join(["%s"] * len(_FIELDS))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", facts)


def _facts(submission, rows):
    for row in rows:
        area, quantity = row.area, row.quantity
        yield (
            submission,
            area.id if area else None,
            row.category.id,
            row.reach,
            quantity.value,
            _WORDS[quantity.state],
            row.cell[-_LONGEST_CELL:],
        )


class _Lines:
    """The figures as the text that COPY reads, some thousand at a time."""

    def __init__(self, facts):
        self.facts = facts

    def read(self, _size=-1):
        return "".join(starmap(_line, islice(self.facts, _LINES)))


def _line(submission, area, category, reach, value, state, cell):
    if "\\" in cell or not cell.isprintable():
        cell = cell.translate(_ESCAPED)
    area = _NULL if area is None else area
    value = _NULL if value is None else value
    return f"{submission}\t{area}\t{category}\t{reach}\t{value}\t{state}\t{cell}\n"


#: What would end a column or a line, or begin an escape.
_ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
