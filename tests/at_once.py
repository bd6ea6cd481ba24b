"""Several people at the same moment: their verbs in threads, on a database that may be locked."""

import time

from django.db import OperationalError


def patiently(verb):
    """A database in memory does not wait for its lock, as one in a file does: try again until it is free."""
    for _attempt in range(400):
        try:
            return verb()
        except OperationalError as locked:
            if "is locked" not in str(locked):  # a deadlock, of which processes are blocked, is a failure
                raise
            time.sleep(0.02)
    raise AssertionError("The database was locked for eight seconds.")
