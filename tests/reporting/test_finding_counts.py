"""Home counts the open findings of each programme without building a sheet."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from programmes.actions import findings as actions
from programmes.actions.writing import writing
from programmes.jobs import EVERY_MINUTE
from programmes.models import Programme
from reporting.finding_counts import recount
from reporting.findings import live_findings
from reporting.jobs import count_findings
from reporting.models import FindingCount

pytestmark = pytest.mark.django_db

TODAY, AS_OF = date(2026, 3, 2), date(2011, 10, 31)


def home(client):
    return client.get("/", headers={"accept-language": "en"}).text


def of(code):
    return next(finding for finding in live_findings(Programme.objects.get(), AS_OF) if finding.code == code)


@pytest.fixture
def counted(panama):
    FindingCount.objects.all().delete()
    recount(TODAY)
    return FindingCount.objects.get(programme=panama)


def test_what_is_open_is_counted_by_level(counted, panama):
    found = [finding.level for finding in live_findings(panama, AS_OF)]
    assert (counted.errors, counted.warnings, counted.notes) == (0, found.count("warning"), found.count("note"))
    assert (counted.version, counted.as_of_on) == (panama.version, AS_OF)
    assert found.count("warning") > 0


def test_what_has_not_changed_is_not_counted_again(counted, panama, rco_panama):
    assert recount(TODAY) == 0
    with writing(panama, rco_panama):
        pass
    assert recount(TODAY) == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("mishap", ["its sheet cannot be built", "it is deleted meanwhile"])
def test_one_that_cannot_be_counted_keeps_nobody_else_waiting(panama, monkeypatch, caplog, mishap):
    Programme.objects.create(code="MDGF-1", title_es="x", country=panama.country, fund=panama.fund)
    FindingCount.objects.all().delete()

    def found(programme, as_of):
        if programme.code == "MDGF-1":
            if mishap == "its sheet cannot be built":
                raise ValueError(mishap)
            Programme.objects.filter(code="MDGF-1").delete()
            return []
        return live_findings(programme, as_of)

    monkeypatch.setattr("reporting.finding_counts.live_findings", found)
    assert recount(TODAY) == 1
    assert FindingCount.objects.get().programme == panama
    assert "MDGF-1 could not be counted" in caplog.text


def test_an_accepted_finding_is_not_counted(counted, panama, rco_panama):
    actions.accept(programme=panama, finding=of("budget_gap"), reason="Known", by=rco_panama)
    recount(TODAY)
    assert FindingCount.objects.get().warnings == counted.warnings - 1


def test_home_shows_the_count_with_the_way_to_the_list(counted, client_of, rco_panama, reader):
    page = home(client_of(rco_panama))
    assert f'<a href="/programmes/MDGF-2097/findings/">{counted.warnings} warnings, {counted.notes} notes</a>' in page
    assert "before the last change" not in page
    assert "/findings/" not in home(client_of(reader))


def test_home_says_when_the_count_lags(counted, client_of, rco_panama, panama):
    with writing(panama, rco_panama):
        pass
    assert "before the last change" in home(client_of(rco_panama))


def test_a_programme_that_was_never_counted_shows_no_number(panama, client_of, rco_panama):
    FindingCount.objects.all().delete()
    page = home(client_of(rco_panama))
    assert 'class="counted"><a href="/programmes/MDGF-2097/findings/"' not in page
    assert "The agencies add up to USD 54,000 less than the stated total" in page


def test_an_accepted_finding_leaves_the_row_of_home(panama, client_of, rco_panama):
    actions.accept(programme=panama, finding=of("budget_gap"), reason="Known", by=rco_panama)
    page = home(client_of(rco_panama))
    assert "The agencies add up to USD 54,000 less than the stated total" not in page
    assert "The extension falls before the end" in page


def test_a_worker_counts_every_minute(panama):
    assert count_findings in EVERY_MINUTE
    FindingCount.objects.all().delete()
    count_findings.call()
    assert FindingCount.objects.filter(programme=panama).exists()


def test_looking_for_what_lags_takes_one_query_however_many_programmes(counted, panama):
    for number in range(5):
        Programme.objects.create(code=f"MDGF-9{number:03}", title_es="x", country=panama.country, fund=panama.fund)
    recount(TODAY)
    with CaptureQueriesContext(connection) as captured:
        assert recount(TODAY) == 0
    assert len(captured) == 1
