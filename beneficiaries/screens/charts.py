"""The charts beneath a programme's totals: women and men by area and by period, direct, and indirect if any."""

from django.utils.translation import gettext as _

from beneficiaries import charts
from beneficiaries.models import Reach


def charts_of(screen):
    """``(areas, trends)`` of the totals' page: direct before indirect, only those that have something to compare."""
    areas = [
        charts.women_and_men(charts.persons_by_area(screen.totals, screen.area_order, reach), _("No area"), reach)
        for reach in Reach
    ]
    trends = [charts.trend(screen.periods, reach) for reach in Reach]
    return [chart for chart in areas if chart], [chart for chart in trends if chart]
