"""Background jobs: what people ask for, what runs every week, and how nothing is lost with a worker.

Tasks wait in the database (django-tasks-db). Every one is idempotent: a task that was
handed back may have been done already, wholly or in part, and is simply done again.

What a person asks for is a ``Job``, and its task only the call to carry it out:

    @jobs.handler("sheets_as_zip", title=…, address=…, failures={"empty": _("…")})
    def zip_sheets(run):                      # in a module ``jobs`` of an app, which the worker imports
        for number, sheet in enumerate(sheets_of(run.facts), start=1):
            write_unless_written(sheet)       # chunked and idempotent: the next run finds what is there
            run.step(number, len(sheets))     # outside transactions; raises NotWanted when it is not ours any more
        return {"file": name}                 # the result; or raise jobs.Failed("empty")

    jobs.start("sheets_as_zip", asked_by=user, subject="…", facts={…})
"""

import logging
import threading
import uuid
from collections.abc import Callable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.cache import cache
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, close_old_connections, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programmes.models import Job, JobState

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=15)
#: Long enough for a paused machine or a slow database; a task lost to kill -9 waits no longer than this.
SILENCE = timedelta(minutes=2)
WEEK, MINUTE = timedelta(days=7), timedelta(minutes=1)
ATTEMPTS = 3
#: Between an attempt that broke and the next: what was in its way may be gone by then.
PAUSE = timedelta(seconds=5)
KEPT = timedelta(days=90)
ANYBODY = "a-worker-alive"

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
    """Sessions that ended, the results of old tasks, and jobs that ended months ago."""
    call_command("clearsessions")
    call_command("prune_db_task_results", verbosity=0)
    Job.objects.filter(ended_at__lt=timezone.now() - KEPT).delete()


@dataclass(frozen=True)
class Kind:
    """What a job of one kind does, and how it is told to people. The words are given in the language of the page."""

    work: Callable
    title: Callable  # job → what it is, in a line
    address: Callable = lambda job: ""  # job → where its progress or its result is
    doing: Callable | None = None  # job → what is being done now, as a sentence; else its steps are counted
    failures: Mapping = field(default_factory=dict)  # code → sentence: why nothing was done, and what to do


#: Name → kind; filled by ``@handler``.
KINDS = {}
FAILURES = {
    "stopped_three_times": _(
        "It stopped three times without an end, so it is not tried again and nothing of it counts. "
        "Start it again later; if it stops again, tell the administrator."
    ),
}


def handler(name, **told):
    """Have jobs of this name carried out by the function: it gets the ``Run`` and returns the result's facts."""

    def registered(work):
        KINDS[name] = Kind(work, **told)
        return work

    return registered


class Failed(Exception):
    """The job cannot be done, and another try would not change that. The code is one of its kind's ``failures``."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


class NotWanted(Exception):
    """The job was cancelled, or another run has it: what this one still does must not count."""


class Run:
    """One attempt at a job. Whatever it says counts only while the job is still its own."""

    def __init__(self, job):
        self.job, self.facts = job, job.facts
        self._own = Job.objects.filter(pk=job.pk).of_run(job.run)

    def is_wanted(self):
        return self._own.exists()

    def step(self, done, total=None):
        """Say how far it is. Raises ``NotWanted``. Others see it when the transaction ends: call it outside of one."""
        if not self._own.update(done=done, total=total, moved_at=timezone.now()):
            raise NotWanted

    def finish(self, **result):
        """The job is done. Called within the transaction of the work, both happen or, with ``NotWanted``, neither."""
        if not self._own.move(JobState.DONE, result=result):
            raise NotWanted

    def fail(self, code, **facts):
        self._own.move(JobState.FAILED, failure=code, result=facts)

    def try_again(self):
        """After what nobody expected: wait for another attempt, unless this was the last."""
        if self.job.attempts >= ATTEMPTS:
            self.fail("stopped_three_times")
        elif self._own.move(JobState.WAITING):
            carry_out.using(run_after=timezone.now() + PAUSE).enqueue(self.job.pk)


def start(kind, *, asked_by, subject="", facts=None):
    """Have a worker do it. While a job of this kind is open for the same subject, that one is the answer."""
    try:
        with transaction.atomic():
            job = Job.objects.create(kind=kind, asked_by=asked_by, subject=subject, facts=facts or {})
            carry_out.enqueue(job.pk)
            return job
    except IntegrityError:
        return Job.objects.filter(kind=kind, subject=subject).latest("asked_at", "pk")


def cancel(job):
    """End it wherever it stands; whether it was not too late."""
    return bool(Job.objects.filter(pk=job.pk).move(JobState.CANCELLED))


def said_of(job):
    """Why a job was not done, as a sentence; blank where it was."""
    kind = KINDS.get(job.kind)
    return str({**(kind.failures if kind else {}), **FAILURES}.get(job.failure, job.failure))


def is_in_good_hands(job, alive=None):
    """Whether a worker that lives has it."""
    return job.state == JobState.RUNNING and _pulse(job.worker) in (living([job]) if alive is None else alive)


def _begin(pk, worker):
    """A run of the job for this worker; ``None`` when there is nothing to do, or another is at it."""
    with transaction.atomic():
        job = Job.objects.open().select_for_update().filter(pk=pk).first()
        if job is None or (job.worker != worker and is_in_good_hands(job)):
            return None
        if job.attempts >= ATTEMPTS:  # each time its worker died of it
            Job.objects.filter(pk=pk).move(JobState.FAILED, failure="stopped_three_times")
            return None
        job.run, job.worker, job.attempts = uuid.uuid4(), worker, job.attempts + 1
        begun = {"run": job.run, "worker": worker, "attempts": job.attempts, "moved_at": timezone.now()}
        Job.objects.filter(pk=pk).move(JobState.RUNNING, done=0, **begun)
    return Run(job)


@task(takes_context=True)
def carry_out(context, pk):
    """Try a job once."""
    worker = context.task_result.worker_ids[-1]
    beat(worker)
    run = _begin(pk, worker)
    if run is None:
        return
    try:
        result = KINDS[run.job.kind].work(run)
        if run.is_wanted():
            run.finish(**(result or {}))
    except NotWanted:
        log.info("Job %s was cancelled or taken over: what this run did does not count.", pk)
    except Failed as failed:
        run.fail(failed.code, **failed.facts)
    except Exception:
        log.exception("Job %s stopped at attempt %s.", pk, run.job.attempts)
        run.try_again()


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
    cache.set_many({_pulse(worker_id): True, ANYBODY: True}, timeout=SILENCE.total_seconds())


def living(jobs):
    """Which workers of these jobs live, and whether any lives at all: the words found."""
    return cache.get_many({ANYBODY, *(_pulse(job.worker) for job in jobs)})


def hand_back(now):
    """Make ready again each task whose worker has been silent for too long; how many."""
    handed_back = 0
    for lost in DBTaskResult.objects.running().filter(started_at__lt=now - SILENCE):
        if not cache.get(_pulse(lost.worker_ids[-1])):
            # Only if it is still that run of it: another sweep or a late finish may have come first.
            still_that_run = DBTaskResult.objects.running().filter(pk=lost.pk, started_at=lost.started_at)
            handed_back += still_that_run.update(status=TaskResultStatus.READY, started_at=None)
    return handed_back + _call_again(now)


def _call_again(now):
    """Call for each open job that nobody works at and for which no call waits; how many.

    A worker that wakes up ends the task it had, although another one works at its job: were that one to die, nothing
    would call for the job any more.
    """
    called = 0
    outstanding = DBTaskResult.objects.filter(
        task_path=carry_out.module_path, status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING)
    )
    for job in Job.objects.open().filter(Q(moved_at=None) | Q(moved_at__lt=now - SILENCE)):
        if not is_in_good_hands(job) and not outstanding.filter(args_kwargs__args=[job.pk]).exists():
            carry_out.enqueue(job.pk)
            called += 1
    return called


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
