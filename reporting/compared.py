"""Two sheets of a programme compared: issued ones as they were frozen, the live one as it stands now.

Frozen sheets never change and the live one carries its version: what was compared once in a process is kept there.
"""

from dataclasses import dataclass
from datetime import date

from django.core.cache import caches

from reporting.changes import changes
from reporting.models import FrozenSheet, SheetIssue
from reporting.published import on_the_way
from reporting.status_sheet import StatusSheet, from_json


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: an issue, or the live sheet, which has no number."""

    as_of_on: date
    issue: SheetIssue | None = None
    live: StatusSheet | None = None

    @classmethod
    def issued(cls, issue):
        return cls(issue.as_of_on, issue=issue)

    @classmethod
    def now(cls, sheet):
        return cls(sheet.as_of_on, live=sheet)

    @property
    def key(self):
        return _key_of(self.live) if self.issue is None else str(self.issue.frozen_id)


def _key_of(sheet):
    return f"{sheet.identity.code}:{sheet.version}:{sheet.as_of_on.isoformat()}"


def between(earlier, later):
    """The changes from one side to the other. At most one query, for what was frozen."""
    key = f"changes:{earlier.key}:{later.key}"
    found = caches["sheets"].get(key)
    if found is None:
        frozen = FrozenSheet.objects.in_bulk([side.issue.frozen_id for side in (earlier, later) if side.issue])
        sheets = (
            from_json(frozen[side.issue.frozen_id].value) if side.issue else side.live for side in (earlier, later)
        )
        found = changes(*sheets)
        caches["sheets"].set(key, found)
    return found


@dataclass(frozen=True, slots=True)
class Since:
    """What changed in the live sheet since the issue in force: block → how many changes."""

    number: int
    blocks: dict


def standing(programme, sheet):
    """What stands at the head of the workspace, and what changed since the issue in force; ``None`` without one.

    One query: it brings the frozen sheet along only while this process has not compared it with this version.
    """
    key = f"since:{_key_of(sheet)}"
    frozen_id, blocks = caches["sheets"].get(key) or (None, {})
    issues = on_the_way(programme, without=frozen_id)
    in_force = next((issue for issue in issues if issue.number), None)
    if in_force is None:
        return issues, None
    if in_force.frozen_id != frozen_id:
        found = changes(from_json(in_force.frozen_value), sheet)
        blocks = {str(each.block): len(each.changes) for each in found}
        caches["sheets"].set(key, (in_force.frozen_id, blocks))
    return issues, Since(in_force.number, blocks)
