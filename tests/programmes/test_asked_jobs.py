"""What a person asks for is done once, by whoever lives, or it is said why not."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from programmes import jobs
from programmes.models import Job, JobState
from programmes.models.jobs import MOVES

pytestmark = pytest.mark.django_db


class Context:
    """What the worker hands to a task."""

    def __init__(self, worker):
        self.task_result = type("Result", (), {"worker_ids": [worker]})


def work(job, worker="one"):
    jobs.carry_out.func(Context(worker), job.pk)
    job.refresh_from_db()
    return job


@pytest.fixture
def kind(monkeypatch):
    """A kind of job whose work a test gives."""

    def of(do):
        monkeypatch.setitem(jobs.KINDS, "count", jobs.Kind(do, title=lambda job: f"Count {job.subject}"))
        return "count"

    return of


def asked(kind, by, **kwargs):
    return jobs.start(kind, asked_by=by, **kwargs)


def test_a_job_is_done_with_its_steps_and_its_result(kind, rco_panama):
    def count(run):
        run.step(1, 2)
        assert run.is_wanted()
        return {"counted": run.facts["of"]}

    job = work(asked(kind(count), rco_panama, facts={"of": 7}))
    assert (job.state, job.done, job.total, job.result) == ("done", 1, 2, {"counted": 7})
    assert job.ended_at is not None


def test_asked_twice_for_one_subject_it_is_one_job_until_that_has_ended(kind, rco_panama, secretariat):
    name = kind(lambda run: None)
    first = asked(name, rco_panama, subject="sheet 1")
    assert asked(name, secretariat, subject="sheet 1") == first
    assert DBTaskResult.objects.filter(task_path=jobs.carry_out.module_path).count() == 1
    work(first)
    assert asked(name, secretariat, subject="sheet 1") != first


def test_two_workers_called_for_one_job_do_it_once(kind, rco_panama):
    done = []

    def count(run):
        done.append(1)
        work(job, "two")  # the other one is called while this one is at it

    job = asked(kind(count), rco_panama)
    assert work(job).state == "done"
    assert work(job, "two").state == "done"
    assert len(done) == 1


def test_what_a_woken_worker_does_no_longer_counts(kind, rco_panama):
    """It sleeps in the middle; meanwhile another takes the job over and finishes it."""

    def count(run):
        if run.job.worker == "two":
            return {"by": "two"}
        cache.delete(jobs._pulse("one"))
        work(Job.objects.get(pk=run.job.pk), "two")
        assert not run.is_wanted()
        with pytest.raises(jobs.NotWanted):
            run.step(1, 2)
        run.fail("late")
        run.finish(by="one")

    job = work(asked(kind(count), rco_panama))
    assert (job.state, job.result, job.attempts) == ("done", {"by": "two"}, 2)


def test_a_worker_that_wakes_while_another_is_at_its_job_changes_nothing_of_it(kind, rco_panama, caplog):
    def count(run):
        cache.delete(jobs._pulse("one"))
        jobs._begin(run.job.pk, "two")
        run.fail("late")
        run.try_again()
        with pytest.raises(jobs.NotWanted):
            run.finish(by="one")
        run.step(1, 2)

    job = work(asked(kind(count), rco_panama))
    assert (job.state, job.worker, job.done, job.attempts) == ("running", "two", 0, 2)


def test_what_breaks_is_tried_three_times_and_then_said(kind, rco_panama, caplog):
    def count(run):
        raise ZeroDivisionError

    job = asked(kind(count), rco_panama)
    assert [work(job).state for _attempt in range(4)] == ["waiting", "waiting", "failed", "failed"]
    assert job.failure == "stopped_three_times"
    with override("en"):
        assert "administrator" in jobs.said_of(job)
    assert caplog.text.count("stopped at attempt") == 3


def test_what_kills_its_worker_three_times_is_not_begun_a_fourth_time(kind, rco_panama):
    begun = []

    def count(run):
        begun.append(1)
        cache.delete(jobs._pulse(run.job.worker))
        raise SystemExit  # a process that ends says no more

    job = asked(kind(count), rco_panama)
    for _attempt in range(3):
        with pytest.raises(SystemExit):
            work(job)
    assert work(job, "next").failure == "stopped_three_times"
    assert len(begun) == 3


def test_what_cannot_be_done_is_said_at_once(kind, rco_panama):
    def count(run):
        raise jobs.Failed("empty", seen=0)

    job = work(asked(kind(count), rco_panama))
    assert (job.state, job.failure, job.result, job.attempts) == ("failed", "empty", {"seen": 0}, 1)


def test_a_job_cancelled_under_way_takes_back_what_its_transaction_did(kind, rco_panama):
    def count(run):
        with jobs.transaction.atomic():
            asked("other", rco_panama)
            jobs.cancel(job)
            run.finish()

    job = work(asked(kind(count), rco_panama))
    assert not Job.objects.filter(kind="other").exists()


def test_a_job_that_nobody_will_be_called_for_is_called_for_again(kind, rco_panama):
    """A woken worker ended the task that another one's death would have handed back."""
    name = kind(lambda run: {})
    job = asked(name, rco_panama)
    calls = DBTaskResult.objects.filter(task_path=jobs.carry_out.module_path)
    assert jobs.hand_back(timezone.now()) == 0
    calls.update(status=TaskResultStatus.SUCCESSFUL)
    assert jobs.hand_back(timezone.now()) == 1
    assert jobs.hand_back(timezone.now()) == 0
    work(job)
    calls.update(status=TaskResultStatus.SUCCESSFUL)
    assert jobs.hand_back(timezone.now()) == 0


@pytest.mark.parametrize("before", JobState)
@pytest.mark.parametrize("after", JobState)
def test_a_state_follows_another_only_where_the_table_says_so(before, after, rco_panama):
    ended_at = None if MOVES[before] else timezone.now()
    reason = {state: "empty" if state == JobState.FAILED else "" for state in JobState}
    job = Job.objects.create(kind="count", asked_by=rco_panama, state=before, ended_at=ended_at, failure=reason[before])
    moved = Job.objects.filter(pk=job.pk).move(after, failure=reason[after])
    assert moved == (after in MOVES[before])


# ------------------------------------------------------------------ the page


def test_a_person_sees_their_own_jobs_and_an_administrator_all(kind, rco_panama, secretariat, administrator, client_of):
    asked(kind(lambda run: None), rco_panama, subject="of Panama")
    pages = {
        who: client_of(who).get(reverse("programmes:job_list")).content.decode()
        for who in (rco_panama, secretariat, administrator)
    }
    assert "Count of Panama" in pages[rco_panama]
    assert "<progress" in pages[rco_panama]
    assert "Count of Panama" not in pages[secretariat]
    assert "Count of Panama" in pages[administrator]


def test_only_its_owner_and_an_administrator_cancel_a_job(kind, rco_panama, secretariat, administrator, client_of):
    for who, status, state in (
        (secretariat, 404, "waiting"),
        (rco_panama, 303, "cancelled"),
        (administrator, 303, "cancelled"),
    ):
        job = asked(kind(lambda run: None), rco_panama)
        assert client_of(who).post(reverse("programmes:job_cancel", args=[job.pk])).status_code == status
        job.refresh_from_db()
        assert job.state == state


def test_a_job_that_has_ended_is_not_cancelled(kind, rco_panama, client_of):
    job = work(asked(kind(lambda run: None), rco_panama))
    client_of(rco_panama).post(reverse("programmes:job_cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "done"


def test_the_page_says_when_no_worker_runs(kind, rco_panama, client_of):
    asked(kind(lambda run: None), rco_panama)
    client = client_of(rco_panama)
    client.cookies["django_language"] = "en"
    address = reverse("programmes:job_list")
    assert "no worker is running" in client.get(address, headers={"accept-language": "en"}).content.decode()
    jobs.beat("one")
    assert "no worker is running" not in client.get(address, headers={"accept-language": "en"}).content.decode()


def test_a_page_that_asks_again_gets_its_part_only_when_that_has_changed(kind, rco_panama, client_of):
    job = asked(kind(lambda run: None), rco_panama)
    client = client_of(rco_panama)
    page = client.get(reverse("programmes:job_list")).content.decode()
    again = re.search(r'hx-get="([^"]+)"', page)[1]
    ask = {"headers": {"HX-Request": "true"}}
    assert client.get(reverse("programmes:job_list") + again, **ask).status_code == 204
    work(job)
    part = client.get(reverse("programmes:job_list") + again, **ask).content.decode()
    assert "<html" not in part
    assert "hx-get" not in part  # nothing is open: nobody asks any more


def test_queries_do_not_grow_with_jobs(kind, rco_panama, client_of):
    name, client = kind(lambda run: None), client_of(rco_panama)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as counted:
            client.get(reverse("programmes:job_list"))
        return len(counted)

    asked(name, rco_panama)
    client.get(reverse("programmes:job_list"))
    with_one = queries()
    for number in range(10):
        asked(name, rco_panama, subject=str(number))
    Job.objects.move(JobState.RUNNING, worker="one")
    assert queries() == with_one
