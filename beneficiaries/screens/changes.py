"""What a file would change: cell by cell, filtered by kind and paged; and the totals of each area."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from beneficiaries.models import Reach
from beneficiaries.screens.paging import Pages, address
from beneficiaries.totals.values import NO_AREA
from programmes.quantities import State, Sum

PAGE = 100
AREAS = 25
PLACES = 12  # cells named for one figure; their figures are all in the list of cells
ANCHOR = "cells-title"


class ChangeKind(TextChoices):
    """In the order in which they are told."""

    NEW = "new", _("new")
    CHANGED = "changed", _("changed")
    GONE = "gone", _("gone")
    SAME = "same", _("unchanged")


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to filter the list: a kind, or all of them (``kind`` is then blank)."""

    kind: str
    label: str
    count: int
    to: str
    is_chosen: bool


class Changes:
    """The figures of a file, each with its cell and what counts now."""

    def __init__(self, changes, query):
        changes = [change for change in changes if _says_something(change)]
        by_kind = {kind: [change for change in changes if change.kind == kind] for kind in ChangeKind}
        asked = query.get("kind", "") if query else ""
        self.kind = asked if asked in ChangeKind and by_kind[asked] else ""
        listed = by_kind[self.kind] if self.kind else [change for kind in ChangeKind for change in by_kind[kind]]
        self.pages = Pages(listed, PAGE, query, "page", ANCHOR)
        kinds = [("", _("all"), len(changes))]
        kinds += [(kind.value, kind.label, len(found)) for kind, found in by_kind.items()]
        self.choices = [
            Choice(kind, label, count, address(query, ANCHOR, kind=kind or None, page=None), kind == self.kind)
            for kind, label, count in kinds
        ]


def _says_something(change):
    """Empty cells of the file, that were empty before, are no figures to look at."""
    return any(one is not None and one.state != State.BLANK for one in (change.before, change.after))


@dataclass(frozen=True, slots=True)
class AreaCell:
    """A figure of an area before and after, with the cells of the file that are in it."""

    category: str
    reach: str
    before: Sum | None  # ``None``: nobody says anything of the area by itself
    after: Sum | None
    cells: tuple[str, ...]

    @property
    def is_same(self):
        return self.before == self.after

    @property
    def places(self):
        return ", ".join(self.cells[:PLACES])

    @property
    def further(self):
        return max(0, len(self.cells) - PLACES)


@dataclass(frozen=True, slots=True)
class AreaLine:
    slug: str
    name: str
    cells: tuple[AreaCell, ...]


class AreaTotals:
    """The programme's totals of each area before and after; the areas in the file come first, all by their names."""

    def __init__(self, preview, rows, query):
        self.before, self.after = preview.totals_before.by_area(), preview.totals_after.by_area()
        self.columns = [(row.code, reach.value) for reach in Reach for row in preview.totals_before.rows]
        self.sources = defaultdict(list)
        for row in rows:
            if row.quantity.state != State.BLANK:
                self.sources[row.area.slug if row.area else NO_AREA, row.category.code, row.reach].append(row.cell)
        self.names = {slug: area.name for slug, area in preview.totals_after.facts.areas.items()}
        in_file = {area for area, _category, _reach in self.sources}
        areas = sorted(
            {*self.before, *self.after},
            key=lambda slug: (slug not in in_file, slug == NO_AREA, self.names.get(slug, "")),
        )
        self.pages = Pages(areas, AREAS, query, "areas", "areas-title")

    @property
    def lines(self):
        """Only those of the page."""
        return [AreaLine(slug, self.names.get(slug, ""), tuple(self._cells(slug))) for slug in self.pages]

    def _cells(self, slug):
        before, after = self.before.get(slug, {}), self.after.get(slug, {})
        for key in self.columns:
            yield AreaCell(*key, before.get(key), after.get(key), tuple(self.sources.get((slug, *key), ())))
