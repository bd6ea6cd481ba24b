"""A big upload is loaded by a worker: as it was confirmed, once, and the page says how far it is or why it was not."""

import pytest
from django.urls import reverse

from beneficiaries import discarding, jobs, waiting
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from programmes.models import Job, Membership, Period
from tests.beneficiaries.sending import TODAY, load, receive, template
from tests.programmes.test_asked_jobs import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_is_large(monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 0)


@pytest.fixture
def fao(client_of, focal_point_fao):
    return client_of(focal_point_fao)


@pytest.fixture
def upload(panama, focal_point_fao):
    return receive(panama, focal_point_fao, template(panama, {"C10": 40}))


def page(name, submission):
    return reverse(f"beneficiaries:submission_{name}", args=["MDGF-2097", submission.pk])


def confirm(client, submission, against=0, **data):
    return client.post(page("confirm", submission), {"against": against, **data})


def said(client, submission):
    client.cookies["django_language"] = "en"
    return client.get(page("progress", submission), headers={"accept-language": "en"}, follow=True).content.decode()


def job():
    return Job.objects.get(kind=waiting.LOADING)


def test_confirmed_it_waits_is_loaded_and_then_the_page_leads_to_its_figures(fao, upload, focal_point_fao):
    assert confirm(fao, upload)["Location"] == page("detail", upload)
    assert fao.get(page("detail", upload))["Location"] == page("progress", upload)
    assert "no worker is running" in said(fao, upload)
    assert upload.counts.count() == 0
    done = work(job())
    assert (done.state, done.result["revision"], done.asked_by) == ("done", 1, focal_point_fao)
    assert upload.counts.count() == 8
    assert fao.get(page("progress", upload))["Location"] == page("detail", upload)
    asks = fao.get(page("progress", upload), headers={"HX-Request": "true"})
    assert asks["HX-Redirect"] == page("detail", upload)


def test_up_to_the_limit_it_is_loaded_while_the_person_waits(fao, upload, monkeypatch):
    monkeypatch.setattr(waiting, "AT_ONCE", 8)
    confirm(fao, upload)
    assert upload.counts.count() == 8
    assert not Job.objects.exists()


def test_pressed_twice_in_two_tabs_by_two_people_it_is_one_job(fao, upload, client_of, rco_panama):
    for client in (fao, fao, client_of(rco_panama)):
        assert confirm(client, upload).status_code == 303
    assert Job.objects.count() == 1
    assert "Loading figures" in said(client_of(rco_panama), upload)  # and everybody sees it
    work(job())
    assert work(job(), "two").attempts == 1
    assert upload.counts.count() == 8


def test_while_it_waits_it_is_neither_discarded_nor_answered(fao, upload, focal_point_fao):
    confirm(fao, upload)
    with pytest.raises(Refused, match="being_loaded"):
        discarding.discard(upload, by=focal_point_fao)
    fao.post(page("discard", upload))
    assert "loading" in said(fao, upload).lower()
    assert Submission.objects.filter(pk=upload.pk).exists()


def test_cancelled_it_can_be_discarded_or_confirmed_again(fao, upload):
    confirm(fao, upload)
    answer = fao.post(reverse("programmes:job_cancel", args=[job().pk]), {"stay": "1"})
    assert answer["Location"] == page("progress", upload)
    assert "Nothing was loaded" in said(fao, upload)
    work(job())
    assert upload.counts.count() == 0
    confirm(fao, upload)
    work(Job.objects.open().get())
    assert upload.counts.count() == 8


def test_when_another_revision_came_first_the_page_says_whose(fao, upload, panama, rco_panama):
    confirm(fao, upload)
    load(panama, rco_panama, {"C10": 41})
    assert work(job()).failure == "outdated"
    shown = said(fao, upload)
    assert "Revision 1 was loaded while you were looking" in shown
    assert str(rco_panama) in shown
    assert upload.counts.count() == 0


def test_the_reason_that_was_given_travels_with_it(fao, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 50}, basis="cumulative")
    fallen = receive(panama, focal_point_fao, template(panama, {"C10": 40}, basis="cumulative"), basis="cumulative")
    confirm(fao, fallen, against=1, reason="Counted twice.")
    assert work(job()).state == "done"
    fallen.refresh_from_db()
    assert fallen.reason == "Counted twice."


def test_a_period_that_is_closed_for_the_person_meanwhile_is_said_with_what_to_do(fao, upload, panama):
    confirm(fao, upload)
    Period.objects.filter(pk=upload.period_id).update(closed_on="2012-01-01")
    assert work(job()).failure == "refused"
    assert "is closed. Only RCO staff can revise its figures" in said(fao, upload)


def test_a_right_that_was_withdrawn_meanwhile_loads_nothing(fao, upload, client_of, rco_panama):
    confirm(fao, upload)
    Membership.objects.filter(user__email="fao@panama.example").delete()
    assert work(job()).failure == "missing_right"
    assert "may no longer load these figures" in said(client_of(rco_panama), upload)
    assert upload.counts.count() == 0


def test_what_was_read_anew_after_it_was_confirmed_is_not_loaded(fao, upload):
    confirm(fao, upload)
    Submission.objects.filter(pk=upload.pk).update(content_digest="another")
    assert work(job()).failure == "changed"
    assert upload.counts.count() == 0


def test_an_upload_whose_figures_came_to_count_meanwhile_leads_to_them(fao, upload, panama, rco_panama):
    same = receive(panama, rco_panama, template(panama, {"C10": 40}), name="g.xlsx")
    confirm(fao, upload)
    loading.confirm(same, by=rco_panama, today=TODAY)
    done = work(job())
    assert done.failure == "discarded"
    assert "the same figures were loaded meanwhile" in said(fao, upload)


def test_a_worker_that_dies_before_the_end_leaves_nothing(fao, upload, monkeypatch):
    confirm(fao, upload)

    def dies(run, **result):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("programmes.jobs.Run.finish", dies)
        with pytest.raises(SystemExit):
            work(job())
    assert upload.counts.count() == 0
    assert work(job()).state == "done"
    assert upload.counts.count() == 8


def test_without_a_job_the_page_of_the_submission_is_shown(fao, upload):
    assert fao.get(page("progress", upload))["Location"] == page("detail", upload)


def test_every_reason_has_its_sentence():
    assert {"refused", "outdated", "changed", "discarded", "missing_right"} == set(
        jobs.jobs.KINDS[waiting.LOADING].failures
    )
