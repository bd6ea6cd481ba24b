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

    def get_history_user(self, instance):
        return _acting.get()[0] or super().get_history_user(instance)

    def get_change_reason_for_object(self, instance, history_type, using):
        return _acting.get()[1] or super().get_change_reason_for_object(instance, history_type, using)
