"""The pages of a sheet on its way and of issued ones: what each person sees, and what bad input is answered with."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import Period, Result
from reporting import issued_files, issuing, rendering
from reporting.models import IssueState, SheetIssue
from tests.reporting.submitting import AT, accept_warnings, issue, submit

BASE = "/programmes/MDGF-2097/sheets/"
ENGLISH = {"accept-language": "en"}


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(rendering, "render_pdf", lambda html: b"%PDF" + html.encode())


@pytest.fixture
def submitted(panama, rco_panama):
    return submit(panama, rco_panama)


@pytest.fixture
def office(client_of, rco_panama):
    return client_of(rco_panama)


@pytest.fixture
def desk(client_of, secretariat):
    return client_of(secretariat)


def read(client, path="", **headers):
    return client.get(f"{BASE}{path}", headers=ENGLISH | headers)


def endorsement(client, **given):
    page = read(client, "submit/").text
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    period = Period.objects.get(code="2011-S2").pk
    said = {"resident_coordinator": "Ana Real", "committee": "Acta 4", "endorsed_on": "2011-11-20"}
    return {"version": version, "period": period, "languages": "both"} | said | given


def send(client, **given):
    return client.post(f"{BASE}submit/", endorsement(client, **given), headers=ENGLISH)


def decide(client, sheet, move, **given):
    page = read(client, f"review/{sheet.pk}/").text
    seen = re.search(r'name="seen" value="(\w+)"', page)
    given = {"seen": seen[1] if seen else sheet.frozen.digest, "move": move} | given
    return client.post(f"{BASE}review/{sheet.pk}/", given, headers=ENGLISH)


# ------------------------------------------------------------------ submitting


def test_what_stops_a_sheet_leads_to_the_field_that_mends_it(office, panama):
    Result.objects.filter(programme=panama, number=1).update(statement_en="")
    page = read(office, "submit/").text
    assert 'href="/programmes/MDGF-2097/sections/results/edit/#id_results-0-statement_en"' in page
    assert 'href="/programmes/MDGF-2097/sections/budget/edit/' in page
    assert page.count("Accept with a reason") == 2
    refused = send(office)
    assert refused.status_code == 422
    assert "The sheet cannot be submitted yet" in refused.text
    assert "Ana Real" in refused.text


def test_a_submitted_sheet_is_at_the_head_of_the_workspace_for_both_sides(office, desk, panama, rco_panama):
    accept_warnings(panama, rco_panama)
    done = send(office)
    assert done.status_code == 303
    for client, words in ((office, "See what was submitted"), (desk, "Review the sheet")):
        page = client.get("/programmes/MDGF-2097/", headers=ENGLISH).text
        assert f'<a href="{done["Location"]}">{words}</a>' in page


def test_submitting_twice_leads_to_what_was_submitted(office, submitted):
    again = send(office)
    assert (again.status_code, again["Location"]) == (303, f"{BASE}review/{submitted.pk}/")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"committee": ""}, "Write which committee endorsed the sheet."),
        ({"endorsed_on": "2099-01-01"}, "This day is still to come"),
        ({"endorsed_on": "soon"}, "Endorsed on"),
        ({"period": "0"}, "Choose one of the periods that have begun."),
        ({"languages": "fr"}, "Languages to be issued"),
        ({"version": "1"}, "The sheet has changed since you opened this page"),
        ({"version": "9" * 30}, "Not done yet"),
    ],
)
def test_a_form_that_is_refused_says_what_to_mend_and_keeps_what_was_written(office, panama, rco_panama, given, words):
    accept_warnings(panama, rco_panama)
    refused = send(office, **given)
    assert refused.status_code == 422
    assert words in refused.text
    assert "Ana Real" in refused.text


def test_a_page_that_came_back_because_the_sheet_had_changed_can_be_sent_again(office, panama, rco_panama):
    accept_warnings(panama, rco_panama)
    page = send(office, version="1").text
    assert send(office, version=re.search(r'name="version" value="(\d+)"', page)[1]).status_code == 303


def test_a_closed_period_asks_for_a_reason(office, panama, rco_panama):
    accept_warnings(panama, rco_panama)
    Period.objects.filter(code="2011-S2").update(closed_on=AT.date())
    assert "2011-S2 is closed: say why a sheet is submitted now." in send(office).text
    assert send(office, reason="The meeting was late.").status_code == 303


# ------------------------------------------------------------------ reviewing


def test_the_desk_comments_on_blocks_and_the_office_answers_beside_them(office, desk, submitted):
    assert decide(desk, submitted, "send_back").status_code == 422
    assert decide(desk, submitted, "send_back", budget="Why <b>this</b>?", summary="Long").status_code == 303
    page = read(office, f"review/{submitted.pk}/").text
    budget = page[page.index('id="budget"') : page.index('id="disbursements"')]
    assert "Why &lt;b&gt;this&lt;/b&gt;?" in budget
    assert 'href="/programmes/MDGF-2097/sections/budget/edit/"' in budget
    first = submitted.comments.first()
    address = f"{BASE}review/{submitted.pk}/comments/{first.pk}/"
    name = f"comment-{first.pk}"
    too_long = office.post(address, {f"{name}-answer": "x" * 2001}, headers=ENGLISH)
    assert too_long.status_code == 422
    assert "x" * 2001 in too_long.text
    assert office.post(address, {f"{name}-answer": "Mended.", f"{name}-is_resolved": "on"}).status_code == 303
    assert "1 comment is open" in read(desk, f"review/{submitted.pk}/").text
    assert "Mended." in read(desk, f"review/{submitted.pk}/").text


def test_issuing_twice_leads_to_the_sheet_that_was_issued(desk, submitted):
    first, again = decide(desk, submitted, "issue"), decide(desk, submitted, "issue")
    assert (first.status_code, first["Location"]) == (303, f"{BASE}2/")
    assert (again.status_code, again["Location"]) == (303, f"{BASE}2/")
    assert SheetIssue.objects.numbered().count() == 2


def test_comments_written_on_a_sheet_that_was_sent_back_meanwhile_are_not_lost(desk, submitted, secretariat):
    issuing.send_back(issue=submitted, comments={"dates": "Why?"}, by=secretariat, at=AT)
    refused = decide(desk, submitted, "send_back", budget="My long comment")
    assert refused.status_code == 422
    assert "This sheet is sent back by now" in refused.text
    assert "My long comment" in refused.text


def test_without_pango_nothing_is_issued_and_the_page_says_what_to_install(desk, submitted, monkeypatch):
    def missing(html):
        raise rendering.PangoMissing

    monkeypatch.setattr(issued_files.rendering, "render_pdf", missing)
    SheetIssue.objects.filter(pk=submitted.pk).update(submitted_at=AT)
    monkeypatch.setattr(issuing, "next_number", lambda programme: 77)
    refused = decide(desk, submitted, "issue")
    assert refused.status_code == 422
    assert rendering.PANGO_LINE in refused.text


# ------------------------------------------------------------------ issued sheets


def test_a_reader_sees_issued_and_superseded_sheets_and_nothing_else(
    client_of, reader, submitted, secretariat, panama, rco_panama
):
    issued = issue(submitted, secretariat)
    submit(panama, rco_panama, period="2011-S1")
    client = client_of(reader)
    page = read(client).text
    assert "superseded by no. 2" in page
    assert "/review/" not in page
    assert 'href="/programmes/MDGF-2097/"' not in page
    assert "No. 2 took its place" in read(client, "1/").text
    assert "Ana Real" in read(client, "2/").text
    assert "/withdraw/" not in read(client, "2/").text
    issuing.withdraw(issue=issued, reason="A wrong total.", by=secretariat, at=AT)
    assert f'href="{BASE}2/"' not in read(client).text


def test_the_list_takes_as_many_queries_for_many_sheets(client_of, reader, submitted, secretariat, panama, rco_panama):
    def queries():
        with CaptureQueriesContext(connection) as seen:
            read(client)
        return len(seen)

    client = client_of(reader)
    before = queries()
    issue(submitted, secretariat)
    issue(submit(panama, rco_panama), secretariat)
    assert queries() == before


def test_an_issued_sheet_costs_no_query_beyond_permission(client_of, reader, django_assert_num_queries):
    client = client_of(reader)
    read(client, "1/")
    for path in ("1/", "1/sheet.es.pdf"):
        with django_assert_num_queries(3):  # the session, the person with their roles, the sheet
            assert read(client, path).status_code == 200


def test_every_download_is_the_same_to_the_byte_and_may_be_kept(client_of, reader):
    client = client_of(reader)
    first, again = read(client, "1/sheet.both.pdf"), read(client, "1/sheet.both.pdf")
    assert first.content == again.content
    assert "immutable" in first["Cache-Control"]
    assert "private" in first["Cache-Control"]
    assert first["Content-Disposition"] == 'inline; filename="MDGF-2097_1_both.pdf"'
    known = read(client, "1/sheet.both.pdf", **{"If-None-Match": first["ETag"]})
    assert (known.status_code, known.content) == (304, b"")


def test_a_part_of_the_file_may_be_asked_for(client_of, reader):
    client = client_of(reader)
    whole = read(client, "1/sheet.es.pdf")
    part = read(client, "1/sheet.es.pdf", Range="bytes=4-9")
    assert (part.status_code, part.content) == (206, whole.content[4:10])
    assert part["Content-Range"] == f"bytes 4-9/{len(whole.content)}"
    assert read(client, "1/sheet.es.pdf", Range="bytes=-5").content == whole.content[-5:]
    for asked in ("bytes=999999999-", "bytes=5-2"):
        assert read(client, "1/sheet.es.pdf", Range=asked).status_code == 416
    for asked in ("lines=1-2", "bytes=", "bytes=-", "bytes=0-1,4-5"):
        assert read(client, "1/sheet.es.pdf", Range=asked).content == whole.content
    other = read(client, "1/sheet.es.pdf", **{"Range": "bytes=0-1", "If-Range": '"another"'})
    assert other.content == whole.content


@pytest.mark.parametrize("path", ["9/", "9/sheet.es.pdf", "1/sheet.fr.pdf", "99999999999999999999/", "review/99999/"])
def test_what_was_never_issued_is_not_found(office, path):
    assert read(office, path).status_code == 404


def test_a_file_that_the_store_lacks_is_said_to_be_missing(client_of, reader, panama):
    panama.sheet_issues.get(number=1).files.update(sha256="0" * 64)
    lost = read(client_of(reader), "1/sheet.es.pdf")
    assert lost.status_code == 503
    assert "not in the file store" in lost.text


def test_a_withdrawn_sheet_says_so_in_place_of_its_page_and_its_files(desk, client_of, reader, panama):
    assert desk.post(f"{BASE}1/withdraw/", {"reason": ""}, headers=ENGLISH).status_code == 422
    assert desk.post(f"{BASE}1/withdraw/", {"reason": "A wrong <b>total</b>."}).status_code == 303
    for path in ("1/", "1/sheet.es.pdf"):
        page = read(client_of(reader), path)
        assert page.status_code == 410
        assert "Sheet no. 1 was withdrawn" in page.text
        assert "A wrong &lt;b&gt;total&lt;/b&gt;." in page.text
    assert "Only the sheet in force can be withdrawn" in read(desk, "1/withdraw/").text
    assert desk.post(f"{BASE}1/withdraw/", {"reason": "Again"}).status_code == 303
    assert panama.sheet_issues.get(number=1).withdrawn_reason == "A wrong <b>total</b>."
    assert panama.sheet_issues.get(number=1).state == IssueState.WITHDRAWN
