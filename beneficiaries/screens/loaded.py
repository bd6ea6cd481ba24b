"""What a submission counts: one line for each area, a page of areas at a time."""

from django.db.models import Min

from beneficiaries.models import Reach
from beneficiaries.screens.paging import Pages

AREAS = 40


class Loaded:
    """The figures in the columns' order, each with the cell it came from; areas as they stood in the file."""

    def __init__(self, submission, categories, query):
        self.submission, self.categories = submission, categories
        areas = submission.counts.order_by().values_list("area_id").annotate(first=Min("pk")).order_by("first")
        self.pages = Pages([area for area, _first in areas], AREAS, query, "page", "loaded-title")

    @property
    def lines(self):
        lines = {area: {} for area in self.pages}
        counts = self.submission.counts.select_related("area", "category").order_by("pk")
        found = counts.filter(area__in=[area for area in lines if area is not None])
        if None in lines:
            found = found | counts.filter(area=None)
        for count in found:
            count.place = count.cell.rpartition("!")[2]
            lines[count.area_id][count.category.code, count.reach] = count
        order = [(category.code, reach.value) for reach in Reach for category in self.categories]
        return [
            {"area": next(iter(cells.values())).area, "counts": [cells.get(key) for key in order]}
            for cells in lines.values()
        ]
