"""``python -m tests.beneficiaries.killed_imports SUBMISSION``: confirmed by processes that are killed on the way.

Each is a fork of this one and dies at another moment of the time that one of them takes when nobody kills it. Prints
a line a process: whether it had ended, the submission's state, and how many counts and totals there are.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import date

import django

django.setup()

from django.db import connections, transaction  # noqa: E402

from beneficiaries.models import Count, ProgrammeTotal, Submission  # noqa: E402
from beneficiaries.spreadsheets import loading  # noqa: E402
from programmes.models import Programme  # noqa: E402

TODAY = date(2012, 1, 20)
POINTS = 20


def confirm(pk):
    submission = Submission.objects.select_related("programme", "agency", "period", "uploaded_by").get(pk=pk)
    return loading.confirm(submission, by=submission.uploaded_by, today=TODAY)


def start(pk):
    """A process that confirms and ends; nothing of ours may be open while it is made."""
    connections.close_all()
    process = os.fork()
    if process == 0:
        code = 1
        try:
            confirm(pk)
            code = 0
        finally:
            os._exit(code)
    return process


def found(pk):
    """What there is once the database has let go of the dead process's transaction."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=pk)
        Programme.objects.select_for_update().get(pk=submission.programme_id)
        counts = Count.objects.filter(submission=pk).count()
        totals = ProgrammeTotal.objects.filter(programme=submission.programme_id, known__isnull=False).count()
    return [submission.status, submission.revision, counts, totals]


def take_back(pk):
    """As it was uploaded, for the next one."""
    with transaction.atomic():
        Count.objects.filter(submission=pk).delete()
        ProgrammeTotal.objects.filter(programme__submissions=pk).delete()
        Submission.objects.filter(pk=pk).update(status="uploaded", revision=None)


def main(pk):
    started = time.monotonic()
    os.waitpid(start(pk), 0)
    takes = time.monotonic() - started
    print(json.dumps(["alone", *found(pk)]))
    moments = random.Random(2097)
    for _point in range(POINTS):
        take_back(pk)
        process = start(pk)
        time.sleep(moments.random() * takes)
        os.kill(process, signal.SIGKILL)
        _process, status = os.waitpid(process, 0)
        print(json.dumps(["killed" if os.WIFSIGNALED(status) else "ended", *found(pk)]))
    take_back(pk)
    again = [confirm(pk).unchanged for _time in range(2)]
    print(json.dumps([again, *found(pk)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
