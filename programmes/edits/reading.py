"""The history as a list of edits, newest first. One edit is what one person changed in one go."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.utils import timezone

from programmes.edits.tracked import TABLES, tables_of
from programmes.edits.wording import Change, Names, changes
from programmes.models import Result, User

#: Rows of one save are written within this time of each other.
ONE_GO = timedelta(seconds=2)
#: Rows of the history that are looked at for one page.
MOST_ROWS = 600
PAGE = 30


@dataclass(frozen=True, slots=True)
class Edit:
    """What one person changed in one go, and why."""

    at: datetime  # of its last row: the state after it
    began_at: datetime
    by: User | None  # nobody: it came with the programme's first data
    reason: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Page:
    edits: tuple[Edit, ...]
    older: datetime | None  # where the next page begins; none at the end


def edits_of(programme, place=None, *, before=None):
    """One page of edits of a programme, or of one place of its sheet, older than an instant.

    The number of queries is the same for any programme and any page.
    """
    tables = TABLES if place is None else tables_of(place.block)
    marks = _marks(tables, programme, before)
    whole = len(marks) < MOST_ROWS
    groups = _groups(marks)
    if not whole and len(groups) > 1:
        groups.pop()  # the last one may go on beyond what was read
    shown, rest = groups[:PAGE], groups[PAGE:]
    if not shown:
        return Page((), None)
    told = _told(tables, programme, shown[-1][-1][0], shown[0][0][0])
    edits = [_edit(group, told, place) for group in shown]
    older = shown[-1][-1][0] if rest or not whole else None
    return Page(tuple(edit for edit in edits if edit.changes), older)


def first_data_at(programme):
    """When the programme's first data was in: earlier it was not in the portal, and there is nothing to go back to."""
    marks = _marks(TABLES, programme, None, "history_date")
    if not marks:
        return timezone.now()  # no history: no earlier state either
    last = marks[0]
    for mark in marks[1:]:
        if mark[1:] != last[1:] or mark[0] - last[0] > ONE_GO:
            break
        last = mark
    return last[0]


def _marks(tables, programme, before, order="-history_date"):
    """``(at, by, reason)`` of the newest rows of the history over all tables: one query."""
    queries = []
    for table in tables:
        rows = table.history_of(programme).order_by()
        rows = rows.filter(history_date__lt=before) if before else rows
        queries.append(rows.values_list("history_date", "history_user_id", "history_change_reason"))
    found = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    return list(found.order_by(order)[:MOST_ROWS])


def _groups(marks):
    """Neighbours of one person and one reason, close to each other in time."""
    groups = []
    for mark in marks:
        at, by, reason = mark[:3]
        last = groups[-1][-1] if groups else None
        if last and (last[1], last[2] or "") == (by, reason or "") and last[0] - at <= ONE_GO:
            groups[-1].append(mark)
        else:
            groups.append([mark])
    return groups


def _told(tables, programme, since, until):
    """The rows of the history in a span of time with the changes they brought: ``[(at, by, reason, changes)]``."""
    pairs = [pair for table in tables for pair in _steps(table.history_of(programme), since, until)]
    users = User.objects.in_bulk({row.history_user_id for _before, row in pairs} - {None})
    names = _names(pairs, programme)
    told = []
    for earlier, row in pairs:
        before = None if earlier is None or earlier.history_type == "-" else earlier.instance
        after = None if row.history_type == "-" else row.instance
        if before is None and row.history_type != "+":
            continue  # the history of this row began later than the row
        brought = changes(before, after, names)
        told.append((row.history_date, users.get(row.history_user_id), row.history_change_reason or "", brought))
    return told


def _steps(history, since, until):
    """Each state in the span with the one before it: the whole history of the rows that moved is read."""
    rows = history.filter(history_date__lte=until)
    moved = list(rows.filter(history_date__gte=since).order_by().values_list("id", flat=True).distinct())
    states = rows.filter(id__in=moved).order_by("id", "history_date", "history_id") if moved else ()
    for _key, of_one in groupby(states, key=lambda row: row.id):
        of_one = list(of_one)
        for earlier, row in zip([None, *of_one], of_one, strict=False):
            if row.history_date >= since:
                yield earlier, row


def _names(pairs, programme):
    names = Names([state.instance for pair in pairs for state in pair if state is not None])
    names.remember([row.instance for row in Result.history.filter(programme_id=programme.pk).order_by("-history_date")])
    return names


def _edit(group, told, place):
    newest, oldest = group[0], group[-1]
    rows = [row for row in told if oldest[0] <= row[0] <= newest[0] and _is_of(row, newest)]
    found = [change for row in sorted(rows, key=lambda row: row[0]) for change in row[3]]
    return Edit(
        at=newest[0],
        began_at=oldest[0],
        by=rows[0][1] if rows else None,
        reason=newest[2] or "",
        changes=tuple(change for change in found if _prints(change, place)),
    )


def _is_of(row, mark):
    return (row[1].pk if row[1] else None, row[2]) == (mark[1], mark[2] or "")


def _prints(change, place):
    if place is None:
        return True
    return change.place in place.slugs if place.slugs else change.place == place.block.value
