"""The frame around every verb that changes a programme."""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from programmes.history import acting
from programmes.models import Programme

_COUNTED = ("id", "version", "changed_at")


@contextmanager
def writing(programme, by, reason="", *, is_locked=False):
    """All or nothing, in this person's name, and counted: the programme's version moves by one.

    The programme's row is locked first, so two people's changes to one programme happen one after the other; unless
    ``is_locked`` says that the transaction around holds it already.
    """
    with transaction.atomic(), acting(by, reason):
        if not is_locked:
            Programme.objects.select_for_update().filter(pk=programme.pk).values_list("pk").first()
        yield
        Programme.objects.filter(pk=programme.pk).update(version=F("version") + 1, changed_at=timezone.now())
        programme.refresh_from_db(fields=["version", "changed_at"])


def columns(instance):
    """What the database holds of one row, its key and what counts changes aside."""
    fields = instance._meta.concrete_fields
    return {field.attname: getattr(instance, field.attname) for field in fields if field.name not in _COUNTED}


def save_changed(instance, stored):
    """Save a row that is new or differs from the stored one: an untouched row gets no line in the history."""
    if stored is not None:
        instance.pk = stored.pk
    if stored is None or columns(instance) != columns(stored):
        instance.save()
    return instance


def save_one(instance):
    """The same for a row that stands alone."""
    return save_changed(instance, type(instance).objects.filter(pk=instance.pk).first() if instance.pk else None)
