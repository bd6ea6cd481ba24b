"""Where the programme works, and which goals and targets it contributes to."""

from programmes.actions.arranging import arrange
from programmes.actions.writing import writing


def arrange_all(*, programme, areas, targets, by, reason=""):
    """Write areas of intervention with their state, and goals and targets, in printing order."""
    with writing(programme, by, reason):
        for row in (*areas, *targets):
            row.programme = programme
        arrange(programme.programme_areas.all(), areas, key="area_id")
        arrange(programme.programme_targets.all(), targets, key="target_id")
