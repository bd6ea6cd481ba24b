"""Who did it: the acting person and the reason go with every change into the history."""

from contextlib import contextmanager
from contextvars import ContextVar

from simple_history.models import HistoricalRecords

_acting = ContextVar("acting", default=(None, ""))


@contextmanager
def acting(by, reason=""):
    """Everything saved inside is recorded as done by this person, for this reason."""
    token = _acting.set((by, reason))
    try:
        yield
    finally:
        _acting.reset(token)


class History(HistoricalRecords):
    """The history of one model: django-simple-history, told who acts by ``acting``."""

    def post_save(self, instance, created, using=None, update_fields=None, **kwargs):
        """Saving only what the history leaves out, as each sign-in does, is no change that anybody made."""
        if not update_fields or not set(update_fields) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, update_fields=update_fields, **kwargs)

    def get_history_user(self, instance):
        return _acting.get()[0] or super().get_history_user(instance)

    def get_change_reason_for_object(self, instance, history_type, using):
        return _acting.get()[1] or super().get_change_reason_for_object(instance, history_type, using)
