"""An instant as addresses name it: microseconds since 1970, UTC."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def number_of(at):
    """
    >>> number_of(datetime(2026, 11, 24, 10, 30, 0, 5, tzinfo=UTC))
    1795516200000005
    """
    return (at - _EPOCH) // _MICROSECOND


def instant(number):
    """The instant of a number; ``None`` for one that no clock shows.

    >>> instant(1795516200000005).isoformat(), instant(10**30)
    ('2026-11-24T10:30:00.000005+00:00', None)
    """
    try:
        return _EPOCH + number * _MICROSECOND
    except OverflowError:
        return None
