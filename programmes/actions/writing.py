"""The frame around every verb that changes a programme."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import F

from programmes.history import acting
from programmes.models import Programme


@contextmanager
def writing(programme, by, reason=""):
    """All or nothing, in this person's name, and counted: the programme's version moves by one.

    The programme's row is locked first, so two people's changes to one programme happen one after the other.
    """
    with transaction.atomic(), acting(by, reason):
        Programme.objects.select_for_update().filter(pk=programme.pk).first()
        yield
        Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1)
        programme.refresh_from_db(fields=["version"])
