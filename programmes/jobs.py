"""Background jobs: what runs every week, and how the task of a worker that fell silent is handed back.

Tasks wait in the database (django-tasks-db). Every job is idempotent: a task that was
handed back may have been done already, wholly or in part, and is simply done again.
"""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=15)
#: Long enough for a paused machine or a slow database; a task lost to kill -9 waits no longer than this.
SILENCE = timedelta(minutes=2)
WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)

#: The tasks that every installation runs once a week; each app adds its own with ``@weekly`` in its ``jobs`` module.
WEEKLY = []
#: Those that keep up with what people write, with ``@every_minute``.
EVERY_MINUTE = []


def weekly(job):
    """Have a worker enqueue the task once a week."""
    WEEKLY.append(job)
    return job


def every_minute(job):
    """Have a worker enqueue the task a minute after the last one, unless that one still waits."""
    EVERY_MINUTE.append(job)
    return job


@weekly
@task()
def forget_what_expired():
    """Sessions that ended and the results of old tasks."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)


def enqueue_due(now):
    """Enqueue each task that nobody enqueued within its interval and that is not waiting already."""
    for interval, due in ((WEEK, WEEKLY), (MINUTE, EVERY_MINUTE)):
        recent = Q(enqueued_at__gt=now - interval) | Q(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
        for job in due:
            if not DBTaskResult.objects.filter(recent, task_path=job.module_path).exists():
                job.enqueue()


def _pulse(worker_id):
    return f"worker-alive:{worker_id}"


def beat(worker_id):
    """Say that this worker lives; the word lapses by itself."""
    cache.set(_pulse(worker_id), True, timeout=SILENCE.total_seconds())


def hand_back(now):
    """Make ready again each task whose worker has been silent for too long; how many."""
    handed_back = 0
    for lost in DBTaskResult.objects.running().filter(started_at__lt=now - SILENCE):
        if not cache.get(_pulse(lost.worker_ids[-1])):
            # Only if it is still that run of it: another sweep or a late finish may have come first.
            still_that_run = DBTaskResult.objects.running().filter(pk=lost.pk, started_at=lost.started_at)
            handed_back += still_that_run.update(status=TaskResultStatus.READY, started_at=None)
    return handed_back


def _round(worker_id):
    try:
        beat(worker_id)
        now = timezone.now()
        if count := hand_back(now):
            log.warning("Handed back %d tasks of silent workers.", count)
        enqueue_due(now)
    except DatabaseError:
        log.exception("The database did not answer; trying again in %s.", BEAT)
        close_old_connections()


@contextmanager
def heartbeat(worker_id):
    """While inside, a thread beats for this worker, sweeps, and keeps the weekly schedule."""
    ended = threading.Event()

    def keep_beating():
        while True:
            _round(worker_id)
            if ended.wait(BEAT.total_seconds()):
                break
        connection.close()

    thread = threading.Thread(target=keep_beating, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join(timeout=5)
