"""Many sheets as one ZIP: what lies in it, what could not be produced, that nothing is printed twice, and the pages."""

import csv
import io
import json
import re
import signal
import zipfile
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from programmes import jobs
from programmes.models import Job, Programme
from reporting import issued_files, kept_pdfs, printers, rendering
from reporting.exports import batch
from reporting.exports.manifest import pages_of
from reporting.models import SheetFile

pytestmark = pytest.mark.django_db
TODAY = date(2012, 1, 20)
PDF = b"%PDF-1.7\n1 0 obj\n<</Type /Pages/Count 3/Kids []>>\nendobj\n"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def at_the_printers(monkeypatch):
    """Which sheets are printed, one after the other in this process."""
    asked = []

    def printed(orders, printers=1):
        for key, html in orders:
            asked.append(html)
            issued_files.write(kept_pdfs.path_of(key), PDF + html.encode())
            yield key, True

    monkeypatch.setattr(printers, "printed", printed)
    return asked


def another(panama, code):
    """A programme of the same country with hardly a fact."""
    return Programme.objects.create(
        code=code, fund=panama.fund, country=panama.country, title_es="Otro", title_en="Another", starts_on=TODAY
    )


def carried_out(by, *codes, what="draft", languages=("both",)):
    job = batch.start(codes=codes, languages=languages, what=what, today=TODAY, reads="en", by=by)
    run = jobs._begin(job.pk, "here")
    run.finish(**batch.zip_sheets(run))
    job.refresh_from_db()
    return job


def manifest(job):
    with zipfile.ZipFile(batch.path_of(job.pk)) as archive:
        assert archive.testzip() is None
        listed = json.loads(archive.read("manifest.json"))
        rows = list(csv.DictReader(io.StringIO(archive.read("manifest.csv").decode("utf-8-sig"))))
        assert [row["sha256"] for row in rows] == [row["sha256"] for row in listed]
        for row in listed:
            if row["file"]:
                assert sha256(archive.read(row["file"])).hexdigest() == row["sha256"]
        assert set(archive.namelist()) == {"manifest.csv", "manifest.json", *(r["file"] for r in listed if r["file"])}
    return listed


def store_issued(panama):
    """The PDFs of sheet no. 1 as if they had been printed."""
    for file in SheetFile.objects.filter(issue__programme=panama):
        content = PDF + file.language.encode()
        file.sha256 = sha256(content).hexdigest()
        file.save()
        issued_files.write(issued_files.path_of(file.sha256), content)


def test_issued_sheets_are_copied_as_they_are_stored_and_what_is_missing_says_why(panama, rco_panama, at_the_printers):
    store_issued(panama)
    another(panama, "MDGF-9001")
    job = carried_out(rco_panama, "MDGF-2097", "MDGF-9001", "MDGF-0000", what="issued", languages=("es", "both"))
    listed = manifest(job)
    assert [(row["programme"], row["language"], row["number"], row["pages"], row["problem"]) for row in listed] == [
        ("MDGF-0000", "es", None, None, "unknown"),
        ("MDGF-0000", "both", None, None, "unknown"),
        ("MDGF-2097", "es", 1, 3, ""),
        ("MDGF-2097", "both", 1, 3, ""),
        ("MDGF-9001", "es", None, None, "not_issued"),
        ("MDGF-9001", "both", None, None, "not_issued"),
    ]
    assert listed[4]["reason"] == "No sheet of this programme is in force."
    assert at_the_printers == []
    assert (job.result["sheets"], job.result["missing"]) == (2, 4)


def test_a_file_that_is_not_in_the_store_is_named(panama, rco_panama):
    SheetFile.objects.filter(issue__programme=panama).update(sha256="0" * 64)
    (row,) = manifest(carried_out(rco_panama, "MDGF-2097", what="issued"))
    assert (row["problem"], row["number"]) == ("no_file", 1)


def test_of_many_drafts_only_the_changed_one_is_printed_again(panama, rco_panama, at_the_printers):
    codes = ["MDGF-2097", *(another(panama, f"MDGF-90{number:02}").code for number in range(12))]
    first = carried_out(rco_panama, *codes)
    assert len(at_the_printers) == 13
    again = carried_out(rco_panama, *codes)
    assert len(at_the_printers) == 13
    assert batch.path_of(first.pk).read_bytes() == batch.path_of(again.pk).read_bytes()
    Programme.objects.filter(code="MDGF-9005").update(title_es="Otro título", version=99)
    changed = carried_out(rco_panama, *codes)
    assert len(at_the_printers) == 14
    assert "Otro título" in at_the_printers[-1]
    assert changed.result["sha256"] != first.result["sha256"]


def test_a_draft_is_kept_under_everything_that_decides_how_it_looks(panama, rco_panama, at_the_printers, monkeypatch):
    carried_out(rco_panama, "MDGF-2097")
    monkeypatch.setattr(kept_pdfs, "set_with", lambda: "other fonts")
    carried_out(rco_panama, "MDGF-2097", languages=("es", "both"))
    assert len(at_the_printers) == 3


def test_a_reader_gets_no_drafts(reader, at_the_printers):
    (row,) = manifest(carried_out(reader, "MDGF-2097"))
    assert (row["problem"], row["file"], at_the_printers) == ("no_right", "", [])


def test_a_worker_that_goes_on_prints_only_what_is_left(panama, rco_panama, at_the_printers, monkeypatch):
    codes = ["MDGF-2097", another(panama, "MDGF-9001").code, another(panama, "MDGF-9002").code]
    job = batch.start(codes=codes, languages=["both"], what="draft", today=TODAY, reads="en", by=rco_panama)
    first = jobs._begin(job.pk, "first")

    def dies(done, total=None):
        if done == 2:
            raise KeyboardInterrupt

    first.step = dies
    with pytest.raises(KeyboardInterrupt):
        batch.zip_sheets(first)
    assert not batch.path_of(job.pk).exists()
    second = jobs._begin(job.pk, "second")
    second.finish(**batch.zip_sheets(second))
    assert len(at_the_printers) == 3
    job.refresh_from_db()
    assert (job.state, job.done, len(manifest(job))) == ("done", 3, 3)


def test_printers_are_processes_of_their_own_and_a_sheet_that_breaks_stops_no_other(monkeypatch):
    def render(html):
        if html == "dies":
            raise SystemExit
        if html == "breaks":
            raise ValueError
        return html.encode()

    monkeypatch.setattr(rendering, "render_pdf", render)
    # A worker that is asked to stop goes on to the end of its task; its printers must not do the same.
    before = signal.signal(signal.SIGTERM, lambda *_: None)
    orders = [("a" * 64, "one"), ("b" * 64, "dies"), ("c" * 64, "breaks"), ("d" * 64, "two"), ("e" * 64, "three")]
    try:
        done = dict(printers.printed(orders))
    finally:
        signal.signal(signal.SIGTERM, before)
    assert done == {"a" * 64: True, "b" * 64: False, "c" * 64: False, "d" * 64: True, "e" * 64: True}
    assert kept_pdfs.path_of("e" * 64).read_bytes() == b"three"


def test_old_files_are_deleted_once_a_week(panama, rco_panama, at_the_printers):
    job = carried_out(rco_panama, "MDGF-2097")
    now = timezone.now()
    assert batch.forget_old(now + timedelta(days=6)) == 0
    assert batch.forget_old(now + timedelta(days=8)) == 1
    assert not batch.path_of(job.pk).exists()
    assert kept_pdfs.forget_unused((now + timedelta(days=59)).timestamp()) == 0
    assert kept_pdfs.forget_unused((now + timedelta(days=61)).timestamp()) == 1


def test_the_pages_of_a_pdf_are_counted_also_in_a_compressed_tree():
    html = '<p>one</p><p style="break-before: page">two</p>'
    assert pages_of(rendering.render_pdf(html)) == 2
    assert pages_of(b"no PDF") is None


# ------------------------------------------------------------------ the pages

NEW = "/sheets/batch/"
ENGLISH = {"accept-language": "en"}


def test_a_selection_of_the_portfolio_is_ticked_and_becomes_a_job(client_of, rco_panama, panama):
    client, address = client_of(rco_panama), f"{NEW}?code=MDGF-2097"
    assert 'value="MDGF-2097"' in client.get(address, headers=ENGLISH).text
    posted = {"codes": ["MDGF-2097"], "languages": ["both", "es"], "what": "draft"}
    answer = client.post(address, posted, headers=ENGLISH)
    job = Job.objects.get(kind="sheets_as_zip")
    assert (answer.status_code, answer["Location"]) == (303, f"{NEW}{job.pk}/")
    assert (job.facts["codes"], job.facts["languages"], job.facts["reads"]) == (["MDGF-2097"], ["es", "both"], "en")
    page = client.get(answer["Location"], headers=ENGLISH).text
    assert "Sheets of 1 programme as ZIP" in page
    assert "Cancel the ZIP" in page


def test_an_empty_selection_is_refused_and_the_rest_is_kept(client_of, rco_panama):
    answer = client_of(rco_panama).post(NEW, {"languages": ["en"], "what": "draft"}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "Choose one programme at least" in answer.text
    assert re.search('value="en"[^>]*checked', answer.text)
    assert not re.search('value="both"[^>]*checked', answer.text)
    assert not Job.objects.filter(kind="sheets_as_zip").exists()


@pytest.mark.parametrize("posted", [{"codes": ["MDGF-0000"]}, {"languages": []}, {"what": "everything"}])
def test_what_is_not_offered_is_refused(client_of, rco_panama, posted):
    asked = {"codes": ["MDGF-2097"], "languages": ["en"], "what": "issued"} | posted
    assert client_of(rco_panama).post(NEW, asked, headers=ENGLISH).status_code == 422


def test_a_reader_is_offered_issued_sheets_only(client_of, reader):
    page = client_of(reader).get(NEW, headers=ENGLISH).text
    assert 'value="issued"' in page
    assert 'value="draft"' not in page


def test_the_zip_is_for_whoever_asked_for_it(client_of, rco_panama, secretariat, at_the_printers):
    job = carried_out(rco_panama, "MDGF-2097")
    client = client_of(rco_panama)
    page = client.get(f"{NEW}{job.pk}/", headers=ENGLISH).text
    assert "It holds 1 sheet." in page
    answer = client.get(f"{NEW}{job.pk}/sheets.zip")
    content = b"".join(answer.streaming_content)
    assert sha256(content).hexdigest() == job.result["sha256"]
    assert f"fichas_{job.pk}.zip" in answer["Content-Disposition"]
    assert client_of(secretariat).get(f"{NEW}{job.pk}/sheets.zip").status_code == 404
    batch.path_of(job.pk).unlink()
    gone = client.get(f"{NEW}{job.pk}/sheets.zip", headers=ENGLISH)
    assert gone.status_code == 404
    assert "The file was deleted after a week." in gone.text


def test_the_list_to_choose_from_does_not_cost_more_when_it_is_longer(client_of, rco_panama, panama):
    client = client_of(rco_panama)
    counts = []
    for number in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(NEW)
        counts.append(len(captured))
        for each in range(10):
            another(panama, f"MDGF-8{number}{each:02}")
    assert counts[0] == counts[1]
