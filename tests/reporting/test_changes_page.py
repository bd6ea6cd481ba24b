"""What changed, as people see it: which two sheets, marks on the workspace, the PDF, and what a reader may compare."""

from datetime import UTC, datetime

import page as validation
import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.models import Result, StatusAssessment
from reporting import issuing, rendering
from tests.reporting.submitting import AS_OF, issue, submit

pytestmark = pytest.mark.django_db
ADDRESS = "/programmes/MDGF-2097/sheets/changes/"
LATER = datetime(2012, 2, 20, 15, tzinfo=UTC)


def compare(client, language="en", path=ADDRESS, **asked):
    return client.get(path, asked, headers={"accept-language": language})


@pytest.fixture
def reworded(panama):
    """The first result says something else than on sheet no. 1, and the programme is judged anew."""
    row = Result.objects.filter(programme=panama).first()
    row.statement_es = f"{row.statement_es} Incluye cooperativas."
    row.save()
    StatusAssessment.objects.create(programme=panama, assessed_on=AS_OF, performance="on_track")
    caches["sheets"].clear()
    return panama


@pytest.fixture
def second(reworded, rco_panama, secretariat, monkeypatch):
    """Sheet no. 2, issued with that."""
    row = Result.objects.filter(programme=reworded).first()
    row.statement_source = "same"
    row.statement_en = row.statement_es
    row.save()
    StatusAssessment.objects.filter(programme=reworded, performance="on_track").update(
        narrative_es="Al día.", narrative_en="Al día.", narrative_source="same"
    )
    caches["sheets"].clear()
    with monkeypatch.context() as quick:
        quick.setattr(rendering, "render_pdf", lambda html: b"%PDF" + html.encode())
        return issue(submit(reworded, rco_panama, period="2011-S1"), secretariat, at=LATER)


def test_right_after_issuing_nothing_has_changed(client_of, rco_panama):
    page = compare(client_of(rco_panama)).text
    assert "Sheet no. 1, data as of October 31, 2011" in page
    assert "Live sheet, data as of October 31, 2011" in page
    assert "Nothing has changed." in page
    assert (
        "Changed since"
        not in client_of(rco_panama).get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    )


@pytest.mark.parametrize(("language", "words"), [("en", ("Delayed", "On track")), ("es", ("Retrasado", "En tiempo"))])
def test_labels_are_the_persons_and_texts_are_shown_in_both_languages(client_of, rco_panama, reworded, language, words):
    page = compare(client_of(rco_panama), language).text
    assert "<ins>" in page
    assert "Incluye cooperativas." in page
    assert "More efficient and effective local processes" in page
    for word in words:
        assert word in page
    assert page.index('id="results"') < page.index('id="status"')
    assert 'id="budget"' not in page


def test_the_workspace_marks_the_blocks_that_changed_and_no_others(client_of, rco_panama, reworded):
    client = client_of(rco_panama)
    page = client.get("/programmes/MDGF-2097/", headers={"accept-language": "en"}).text
    assert page.count("Changed since no. 1") == 2
    for block in ("results", "status"):
        assert f"{ADDRESS}?from=1&amp;to=live#{block}" in page


def test_the_marks_cost_no_query_and_the_frozen_sheet_is_read_once(client_of, rco_panama, reworded):
    client = client_of(rco_panama)
    client.get("/programmes/MDGF-2097/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/programmes/MDGF-2097/")
    assert len(captured) <= 6
    (asked,) = [query["sql"] for query in captured if "frozen" in query["sql"]]
    assert "NOT (" in asked  # the value of the frozen sheet that is known is not asked for


def test_two_issued_sheets_are_compared_in_either_direction(client_of, rco_panama, second):
    client = client_of(rco_panama)
    page = compare(client, **{"from": "1", "to": "2"}).text
    assert "<ins>" in page
    assert "Incluye cooperativas." in page
    back = compare(client, **{"from": "2", "to": "1"}).text
    assert back.count("<del>") >= 1
    assert "Sheet no. 2" in back.split("→")[0]


def test_a_reader_compares_the_last_two_issued_sheets_and_never_the_live_one(client_of, reader, rco_panama, second):
    client = client_of(reader)
    page = compare(client).text
    assert "Incluye cooperativas." in page
    assert page.index("Sheet no. 1, data") < page.index("Sheet no. 2, data")
    assert 'value="live"' not in page
    refused = compare(client, to="live")
    assert refused.status_code == 403
    assert "see the workspace" in refused.text


def test_with_one_sheet_a_reader_is_told_that_there_is_nothing_to_compare(client_of, reader):
    page = compare(client_of(reader))
    assert page.status_code == 200
    assert "Only one sheet has been issued." in page.text


@pytest.mark.parametrize("wrong", ["9", "uno", "-1"])
def test_a_sheet_that_is_none_is_refused_with_the_sheets_there_are(client_of, rco_panama, wrong):
    page = compare(client_of(rco_panama), **{"from": wrong})
    assert page.status_code == 422
    assert f"“{wrong}” is none of the sheets that can be compared" in page.text
    assert '<option value="1"' in page.text
    assert compare(client_of(rco_panama), path=f"{ADDRESS[:-1]}.pdf", **{"from": wrong}).status_code == 422


def test_a_withdrawn_sheet_is_no_longer_compared(client_of, rco_panama, secretariat, second):
    issuing.withdraw(issue=second, reason="Wrong total.", by=secretariat, at=LATER)
    assert compare(client_of(rco_panama), to="2").status_code == 422


def test_before_the_first_issue_the_page_says_so(client_of, rco_panama, panama):
    panama.sheet_issues.update(state="submitted", number=None, token="", issued_at=None)
    page = compare(client_of(rco_panama)).text
    assert "No sheet has been issued yet." in page


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_pdf_is_accessible_and_says_the_same(client_of, rco_panama, reworded, language):
    answer = compare(client_of(rco_panama), language, path=f"{ADDRESS[:-1]}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert "MDGF-2097_changes_1_live.pdf" in answer["Content-Disposition"]
    report = validation.validate_pdf_bytes(answer.content, profile="ua1")
    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_how_many_queries_it_takes(client_of, rco_panama, second):
    client = client_of(rco_panama)
    compare(client, **{"from": "1", "to": "2"})
    with CaptureQueriesContext(connection) as captured:
        compare(client, **{"from": "1", "to": "2"})
    assert len(captured) <= 5
