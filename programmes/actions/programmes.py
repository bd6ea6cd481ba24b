"""What a programme is called, when it runs, and who takes part in it."""

from copy import copy

from django.db import transaction

from programmes.actions import budgets
from programmes.actions.arranging import arrange
from programmes.actions.results import arrange_all
from programmes.actions.writing import save_changed, save_one, writing
from programmes.history import acting
from programmes.models import Programme

_TITLE = ("title_es", "title_en", "title_source", "title_confirmed")


def create(*, programme, revision, agency_budgets, results, by):
    """A new programme with its approval (revision 1), its agencies' budgets and its results; all or nothing."""
    with transaction.atomic(), acting(by):
        programme.save()
        revision.programme = programme
        budgets.state(programme=programme, revision=revision, agency_budgets=agency_budgets, by=by)
        arrange_all(programme=programme, results=results, by=by)
    return programme


def describe(*, programme, changed, by, reason=""):
    """Write title, window, registry code and life cycle; ``changed`` is the programme with its new values."""
    with writing(programme, by, reason):
        _take(changed, *_TITLE, "window_id", "registry_code", "life_cycle")


def set_dates(*, programme, changed, revisions, by, reason=""):
    """Correct the stated start and the dates of revisions. A new end date is a new revision, not a correction."""
    with writing(programme, by, reason):
        _take(changed, "starts_on")
        for revision in revisions:
            save_one(revision)


def set_parties(*, programme, changed, government_entities, by, reason=""):
    """Write the government's institutions in printing order, the coordinator and the RCO's contact."""
    with writing(programme, by, reason):
        _take(changed, "coordinator_name", "rco_contact_name")
        for entity in government_entities:
            entity.programme = programme
        arrange(programme.government_entities.all(), government_entities)


def _take(changed, *columns):
    """Write these columns only: the others may have been changed from another page since ``changed`` was read."""
    stored = Programme.objects.get(pk=changed.pk)
    before = copy(stored)
    for column in columns:
        setattr(stored, column, getattr(changed, column))
    save_changed(stored, before)
