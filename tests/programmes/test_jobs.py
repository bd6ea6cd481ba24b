"""Background jobs are neither lost with their worker nor forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django_tasks.base import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from programmes import jobs

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def running_task(worker_id, since):
    """A task that this worker claimed at that instant."""
    jobs.forget_what_expired.enqueue()
    claimed = DBTaskResult.objects.get()
    claimed.claim(worker_id)
    DBTaskResult.objects.update(started_at=since)
    return DBTaskResult.objects.get()


def test_the_task_of_a_worker_that_fell_silent_is_handed_back():
    running_task("killed", since=NOW - timedelta(minutes=10))
    assert jobs.hand_back(NOW) == 1
    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.READY
    assert task.started_at is None


def test_the_task_of_a_worker_that_beats_stays_with_it():
    running_task("alive", since=NOW - timedelta(hours=3))
    jobs.beat("alive")
    assert jobs.hand_back(NOW) == 0
    assert DBTaskResult.objects.get().status == TaskResultStatus.RUNNING


def test_a_task_just_claimed_is_left_alone_before_the_first_beat():
    running_task("starting", since=NOW - timedelta(seconds=5))
    assert jobs.hand_back(NOW) == 0


def test_a_task_that_was_handed_back_is_done_by_the_next_worker(monkeypatch):
    # Inside the test's transaction: no second connection, and the first stays open.
    monkeypatch.setattr(jobs, "_round", lambda worker_id: None)
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    running_task("killed", since=NOW - timedelta(minutes=10))
    jobs.hand_back(NOW)
    call_command("db_worker", "--batch", "--no-reload", "--no-startup-delay", "--worker-id", "next", verbosity=0)
    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.SUCCESSFUL
    assert task.worker_ids == ["killed", "next"]


def test_a_worker_beats_while_it_works(monkeypatch):
    said = []
    monkeypatch.setattr(jobs, "_round", said.append)
    with jobs.heartbeat("one"):
        pass
    assert said == ["one"]


def test_a_database_that_does_not_answer_does_not_end_the_heartbeat(monkeypatch, caplog):
    def fails(worker_id):
        raise jobs.DatabaseError("restarting")

    monkeypatch.setattr(jobs, "beat", fails)
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)
    jobs._round("one")
    assert "The database did not answer" in caplog.text


def test_weekly_jobs_are_enqueued_once_a_week(monkeypatch):
    monkeypatch.setattr(jobs, "EVERY_MINUTE", [])
    jobs.enqueue_due(NOW)
    jobs.enqueue_due(NOW)
    DBTaskResult.objects.update(enqueued_at=NOW, status=TaskResultStatus.SUCCESSFUL)
    count = len(jobs.WEEKLY)
    assert DBTaskResult.objects.count() == count
    jobs.enqueue_due(NOW + timedelta(days=6))
    assert DBTaskResult.objects.count() == count
    jobs.enqueue_due(NOW + timedelta(days=8))
    assert DBTaskResult.objects.count() == 2 * count


def test_what_keeps_up_is_enqueued_a_minute_later_and_never_twice_at_once(monkeypatch):
    monkeypatch.setattr(jobs, "WEEKLY", [])
    monkeypatch.setattr(jobs, "EVERY_MINUTE", [jobs.forget_what_expired])
    jobs.enqueue_due(NOW)
    DBTaskResult.objects.update(enqueued_at=NOW)
    jobs.enqueue_due(NOW + timedelta(minutes=10))  # the first one still waits
    assert DBTaskResult.objects.count() == 1
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL)
    jobs.enqueue_due(NOW + timedelta(seconds=59))
    assert DBTaskResult.objects.count() == 1
    jobs.enqueue_due(NOW + timedelta(seconds=61))
    assert DBTaskResult.objects.count() == 2


def test_sessions_that_ended_are_forgotten_and_others_kept():
    Session.objects.create(session_key="ended", session_data="", expire_date=datetime(2011, 1, 1, tzinfo=UTC))
    Session.objects.create(session_key="open", session_data="", expire_date=datetime(2999, 1, 1, tzinfo=UTC))
    jobs.forget_what_expired.call()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["open"]


def test_the_word_that_a_worker_lives_lapses():
    jobs.beat("one")
    assert cache.get("worker-alive:one") is True
    cache.touch("worker-alive:one", timeout=-1)
    assert cache.get("worker-alive:one") is None
