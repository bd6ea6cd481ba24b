"""Where each submission stands, and taking away an upload that nobody confirmed: never figures that were loaded."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from beneficiaries import discarding
from beneficiaries.models import Submission
from beneficiaries.spreadsheets import loading
from beneficiaries.spreadsheets.messages import Refused
from beneficiaries.standing import Standing
from programmes.access import MissingRight
from tests.beneficiaries.sending import TODAY, load, receive, template
from tests.beneficiaries.test_submission_page import GOOD, PEOPLE, confirm_url, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def uploaded(panama, focal_point_fao):
    return receive(panama, focal_point_fao, template(panama, GOOD))


def discard_url(submission):
    return reverse("beneficiaries:submission_discard", args=[submission.programme.code, submission.pk])


def rows_of_list(client, panama):
    page = page_of(client, reverse("beneficiaries:submission_list", args=[panama.code]))
    return re.findall(r"<tr>.*?</tr>", page.partition("<tbody>")[2])


def test_every_standing_has_a_mark_of_its_own():
    assert len({standing.mark for standing in Standing}) == len(Standing)


def test_the_list_tells_apart_what_is_to_correct_to_answer_and_to_confirm(client_of, panama, focal_point_fao):
    receive(panama, focal_point_fao, template(panama, GOOD | {"D11": -12}))
    receive(panama, focal_point_fao, template(panama, {"C10": "1.839"}))
    receive(panama, focal_point_fao, template(panama, GOOD))
    rows = [row for row in rows_of_list(client_of(focal_point_fao), panama) if "Discard" in row]
    said = {next(word for word in Standing if str(word.label) in row): row for row in rows}
    assert said.keys() == {Standing.TO_CORRECT, Standing.ASKED, Standing.READY}
    assert "See what to correct" in said[Standing.TO_CORRECT]
    assert "Answer" in said[Standing.ASKED]
    assert "Review and confirm" in said[Standing.READY]
    assert "Nothing was loaded" not in "".join(rows)


def test_what_waits_with_the_figures_that_come_to_count_is_not_kept(
    panama, focal_point_fao, uploaded, django_capture_on_commit_callbacks
):
    twin = receive(panama, focal_point_fao, template(panama, GOOD), name="otra.xlsx")
    other = receive(panama, focal_point_fao, template(panama, GOOD | {"C10": 2}))
    with django_capture_on_commit_callbacks(execute=True):
        loading.confirm(uploaded, by=focal_point_fao, today=TODAY)
    kept = Submission.objects.filter(agency__acronym_en="FAO").values_list("pk", "status")
    assert sorted(kept) == sorted([(uploaded.pk, "accepted"), (other.pk, "uploaded")])
    assert not default_storage.exists(twin.file.name)
    assert default_storage.exists(uploaded.file.name)


def test_confirming_figures_that_already_count_leaves_no_upload_behind(panama, focal_point_fao, uploaded):
    twin = receive(panama, focal_point_fao, template(panama, GOOD | {"C10": 2}))
    loading.confirm(uploaded, by=focal_point_fao, today=TODAY)
    Submission.objects.filter(pk=twin.pk).update(content_digest=uploaded.content_digest)
    again = loading.confirm(twin, by=focal_point_fao, today=TODAY)
    assert (again.pk, again.unchanged) == (uploaded.pk, True)
    assert Submission.objects.filter(agency__acronym_en="FAO").count() == 1


def test_an_upload_with_the_figures_that_have_come_to_count_says_so(client_of, panama, focal_point_fao, uploaded):
    load(panama, focal_point_fao, GOOD | {"C10": 1})
    loading.confirm(uploaded, by=focal_point_fao, today=TODAY)
    again = receive(panama, focal_point_fao, template(panama, GOOD | {"C10": 2}))
    Submission.objects.filter(pk=again.pk).update(content_digest=uploaded.content_digest)
    [row] = [row for row in rows_of_list(client_of(focal_point_fao), panama) if "Discard" in row]
    assert str(Standing.REPEATED.label) in row


def test_the_list_says_at_what_time_of_day_and_who(client_of, panama, focal_point_fao, uploaded):
    Submission.objects.filter(pk=uploaded.pk).update(uploaded_at=datetime(2012, 1, 20, 3, 5, tzinfo=UTC))
    [row] = [row for row in rows_of_list(client_of(focal_point_fao), panama) if "Discard" in row]
    # In Panama it was still the evening before.
    assert "January 19, 2012, 22:05" in row
    assert focal_point_fao.name in row


def test_somebody_without_the_right_sees_the_standing_without_its_acts(client_of, panama, uploaded, secretariat):
    rows = "".join(rows_of_list(client_of(secretariat), panama))
    assert str(Standing.READY.label) in rows
    assert "Discard" not in rows


def test_a_page_that_can_be_confirmed_wears_no_warning(client_of, focal_point_fao, uploaded):
    page = page_of(client_of(focal_point_fao), uploaded.get_absolute_url())
    assert '<span class="status quiet">' in page
    assert "late" not in re.search(r'<div class="filecard">.*?<dl', page)[0]


@pytest.mark.parametrize(("person", "status"), [*zip(PEOPLE, [303, 303, 403, 403, 403, 404], strict=True)])
def test_who_may_discard(request, client_of, uploaded, person, status):
    client = client_of(request.getfixturevalue(person))
    assert client.post(discard_url(uploaded)).status_code == status
    assert Submission.objects.filter(pk=uploaded.pk).exists() == (status != 303)


def test_it_asks_first_on_a_page_that_changes_nothing(client_of, uploaded, focal_point_fao, reading_only):
    client = client_of(focal_point_fao)
    with reading_only():
        page = page_of(client, discard_url(uploaded))
    assert "Discard this upload?" in page
    assert Submission.objects.filter(pk=uploaded.pk).exists()


def test_a_discarded_upload_is_gone_with_its_file(
    client_of, uploaded, focal_point_fao, django_capture_on_commit_callbacks
):
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(discard_url(uploaded), follow=True).text
    assert "The upload was discarded. What counts has not changed." in page
    assert not Submission.objects.filter(pk=uploaded.pk).exists()
    assert not default_storage.exists(uploaded.file.name)
    last = Submission.history.filter(id=uploaded.pk).first()
    assert (last.history_type, last.history_user) == ("-", focal_point_fao)


@pytest.mark.parametrize("status", ["accepted", "withdrawn"])
def test_what_was_loaded_is_never_discarded(client_of, panama, focal_point_fao, status):
    loaded = load(panama, focal_point_fao, GOOD)
    Submission.objects.filter(pk=loaded.pk).update(status=status)
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    assert client.get(discard_url(loaded)).headers["Location"] == loaded.get_absolute_url()
    assert "cannot be discarded" in client.post(discard_url(loaded), follow=True).text
    assert Submission.objects.get(pk=loaded.pk).counts.exists()
    assert default_storage.exists(loaded.file.name)


def test_nobody_discards_what_another_agency_sent(panama, focal_point_fao, rco_panama):
    theirs = receive(panama, rco_panama, template(panama, GOOD, "UNIDO"), of="UNIDO")
    with pytest.raises(MissingRight):
        discarding.discard(theirs, by=focal_point_fao)


# At the same moment


def taken_away(monkeypatch, submission):
    """As when the weekly job deletes the upload after the page has fetched it."""
    allowed = loading.require_allowed

    def meanwhile(*arguments):
        Submission.objects.filter(pk=submission.pk).delete()
        return allowed(*arguments)

    monkeypatch.setattr(loading, "require_allowed", meanwhile)


@pytest.mark.parametrize("cells", [GOOD, {"C10": "1.839"}])
def test_an_upload_taken_away_while_it_is_confirmed_or_answered_is_told_so(
    client_of, panama, focal_point_fao, monkeypatch, cells
):
    upload = receive(panama, focal_point_fao, template(panama, cells))
    taken_away(monkeypatch, upload)
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "en"
    response = client.post(confirm_url(upload), {"against": 0, "answer_0": "1839"})
    assert response.status_code == 410
    assert "This upload was discarded" in response.text
    assert reverse("beneficiaries:submission_new", args=[panama.code]) in response.text
    assert not Submission.objects.filter(agency__isnull=False).exists()


def test_an_answer_finds_the_file_taken_away(panama, focal_point_fao):
    upload = receive(panama, focal_point_fao, template(panama, {"C10": "1.839"}))
    default_storage.delete(upload.file.name)
    with pytest.raises(discarding.Discarded):
        loading.answer(upload, answers={"numbers:women_direct": "1839"}, by=focal_point_fao, today=TODAY)


def test_every_page_of_a_discarded_upload_says_so_and_an_unknown_one_does_not_exist(
    client_of, panama, uploaded, focal_point_fao
):
    client, urls = client_of(focal_point_fao), [uploaded.get_absolute_url(), discard_url(uploaded)]
    urls.append(reverse("beneficiaries:submission_file", args=[panama.code, uploaded.pk]))
    confirm, discard = confirm_url(uploaded), discard_url(uploaded)
    client.post(discard)
    assert [client.get(url).status_code for url in urls] == [410, 410, 410]
    assert [client.post(url, {"against": 0}).status_code for url in (confirm, discard)] == [410, 410]
    assert client.get(re.sub(r"/\d+/", "/999999/", urls[0])).status_code == 404


def test_confirmed_first_it_is_not_discarded_and_discarded_first_it_is_not_confirmed(panama, focal_point_fao, uploaded):
    as_seen = Submission.objects.get(pk=uploaded.pk)
    loading.confirm(uploaded, by=focal_point_fao, today=TODAY)
    with pytest.raises(Refused) as refused:
        discarding.discard(as_seen, by=focal_point_fao)
    assert [problem.code for problem in refused.value.problems] == ["already_loaded"]

    other = receive(panama, focal_point_fao, template(panama, GOOD | {"C10": 7}))
    as_seen = Submission.objects.get(pk=other.pk)
    discarding.discard(other, by=focal_point_fao)
    with pytest.raises(discarding.Discarded):
        loading.confirm(as_seen, by=focal_point_fao, today=TODAY)
    with pytest.raises(discarding.Discarded):
        discarding.discard(as_seen, by=focal_point_fao)
