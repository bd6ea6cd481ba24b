"""The programme's results, numbered in their order, and what was achieved under each."""

from django.db.models import prefetch_related_objects

from programmes.actions.arranging import arrange
from programmes.actions.writing import writing


def arrange_all(*, programme, results, by, reason=""):
    """Write all results; their order is their number. A result that is left out goes with its achievements."""
    with writing(programme, by, reason):
        for result in results:
            result.programme = programme
        arrange(programme.results.all(), results, order="number", first=1)


def arrange_achievements(*, programme, achievements, by, reason=""):
    """Write the achievements of results in printing order: ``{result: [achievement, …]}``."""
    with writing(programme, by, reason):
        prefetch_related_objects(list(achievements), "achievements")  # one query, not one for each result
        for result, listed in achievements.items():
            for achievement in listed:
                achievement.result = result
            arrange(result.achievements.all(), listed)
