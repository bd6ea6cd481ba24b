"""Real workers are killed and put to sleep in the middle of a job: it is done once, by whoever lives."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from django.db import connection

from programmes import jobs
from programmes.models import User

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]


class Office:
    """Workers in front of a database that they share: PostgreSQL's own, or a copy of the one in memory."""

    def __init__(self, folder, ending):
        self.folder, self.ending = folder, ending
        self.file = folder / "jobs.sqlite3"
        if connection.vendor == "sqlite":
            self.url = f"sqlite:///{self.file}"
            with closing(sqlite3.connect(self.file)) as copy:
                connection.connection.backup(copy)
        else:
            self.url = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"

    def worker(self, name, module="tests.programmes.impatient_worker"):
        command = [sys.executable, "-m", module, str(self.folder), name]
        environment = os.environ | {"DATABASE_URL": self.url, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        log = self.ending.enter_context((self.folder / f"{name}.log").open("w"))
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        self.ending.callback(process.wait)
        self.ending.callback(process.kill)
        return process

    def found(self, job):
        statement = f"SELECT state, done, attempts, result FROM programmes_job WHERE id = {job.pk}"
        if connection.vendor == "sqlite":
            with closing(sqlite3.connect(self.file, timeout=20)) as copy:
                return copy.execute(statement).fetchone()
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchone()

    def wait_until(self, job, holds):
        for _attempt in range(300):
            if holds(*self.found(job)):
                return
            time.sleep(0.05)
        logs = "\n".join(log.read_text() for log in self.folder.glob("*.log"))
        raise AssertionError(f"It stays at {self.found(job)}.\n{logs}")

    def steps(self, job):
        """Who did each step."""
        return [Path(self.folder, f"{job.pk}-{number}").read_text() for number in range(10)]


def test_a_killed_and_a_sleeping_worker_lose_and_double_nothing(tmp_path):
    officer = User.objects.get(email="oficina.cr@panama.example")
    job, other = (jobs.start("ten_steps", asked_by=officer, subject=subject) for subject in ("one", "two"))
    with ExitStack() as ending:
        office = Office(tmp_path, ending)
        first = office.worker("first")
        office.wait_until(job, lambda state, done, *_: done >= 2)
        first.send_signal(signal.SIGKILL)

        second = office.worker("second")  # does the other job first, then what the first one left
        office.wait_until(other, lambda state, *_: state == "done")
        office.wait_until(job, lambda state, done, attempts, _: (state, attempts) == ("running", 2) and done >= 5)
        second.send_signal(signal.SIGSTOP)

        office.worker("third")
        office.wait_until(job, lambda state, *_: state == "done")
        second.send_signal(signal.SIGCONT)
        second.send_signal(signal.SIGTERM)  # it ends what it does, and then itself
        second.wait(timeout=10)
        state, done, attempts, result = office.found(job)
        assert (state, done, attempts) == ("done", 10, 3)
        assert "third" in str(result)
        assert office.steps(job)[0] == "first"
        assert set(office.steps(job)) <= {"first", "second", "third"}
        assert set(office.steps(other)) == {"second"}
