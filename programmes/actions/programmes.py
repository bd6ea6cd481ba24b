"""What a programme is called, when it runs, and who takes part in it."""

from programmes.actions.arranging import arrange
from programmes.actions.writing import save_one, writing


def describe(*, programme, changed, by, reason=""):
    """Write title, window, registry code and life cycle; ``changed`` is the programme with its new values."""
    with writing(programme, by, reason):
        save_one(changed)


def set_dates(*, programme, changed, revisions, by, reason=""):
    """Correct the stated start and the dates of revisions. A new end date is a new revision, not a correction."""
    with writing(programme, by, reason):
        save_one(changed)
        for revision in revisions:
            save_one(revision)


def set_parties(*, programme, changed, government_entities, by, reason=""):
    """Write the government's institutions in printing order, the coordinator and the RCO's contact."""
    with writing(programme, by, reason):
        save_one(changed)
        for entity in government_entities:
            entity.programme = programme
        arrange(programme.government_entities.all(), government_entities)
