"""Uploads that nobody confirmed do not pile up."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from beneficiaries.jobs import forget_unconfirmed, forget_unconfirmed_uploads
from beneficiaries.models import Submission
from programmes.jobs import WEEKLY
from programmes.models import Period

NOW = datetime(2012, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def upload(panama):
    """``upload(days=…, status=…)``: a file that was uploaded so long ago."""

    def make(days, status=Submission.Status.UPLOADED, revision=None):
        return Submission.objects.create(
            programme=panama,
            period=Period.objects.filter(fund=panama.fund).first(),
            basis="new",
            counted_to_on=date(2011, 12, 31),
            status=status,
            revision=revision,
            file=ContentFile(b"counts", name="planilla.xlsx"),
            uploaded_at=NOW - timedelta(days=days),
        )

    return make


def test_an_upload_not_confirmed_for_a_month_is_forgotten_with_its_file(upload, django_capture_on_commit_callbacks):
    old = upload(days=31)
    with django_capture_on_commit_callbacks(execute=True):
        assert forget_unconfirmed(NOW) == 1
    assert not Submission.objects.filter(pk=old.pk).exists()
    assert not default_storage.exists(old.file.name)


@pytest.mark.parametrize(
    ("days", "status", "revision"),
    [(29, "uploaded", None), (400, "accepted", 900), (400, "withdrawn", 901)],
)
def test_what_may_still_be_confirmed_and_what_was_accepted_stays(upload, days, status, revision):
    kept = upload(days, status, revision)
    assert forget_unconfirmed(NOW) == 0
    assert Submission.objects.filter(pk=kept.pk).exists()
    assert default_storage.exists(kept.file.name)


def test_what_is_confirmed_after_the_list_was_made_stays(upload, monkeypatch):
    upload(days=32)
    late = upload(days=31)
    delete = Submission.delete

    def meanwhile(self, *arguments, **options):
        Submission.objects.filter(pk=late.pk).update(status="accepted", revision=900)
        return delete(self, *arguments, **options)

    monkeypatch.setattr(Submission, "delete", meanwhile)
    monkeypatch.setattr(Submission._meta, "ordering", ["uploaded_at"])
    assert forget_unconfirmed(NOW) == 1
    assert Submission.objects.filter(pk=late.pk, status="accepted").exists()


def test_it_runs_every_week():
    assert forget_unconfirmed_uploads in WEEKLY
