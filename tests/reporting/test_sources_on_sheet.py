"""Where the beneficiary figures of a sheet come from: the programme's base and what one agency added after it."""

from datetime import date

import pytest
from django.utils.html import escape

from beneficiaries.models import Category, Count, Submission
from programmes.models import Agency, Period
from reporting.findings import live_findings
from reporting.rendering import render_html
from reporting.status_sheet import build_status_sheet
from reporting.templatetags.sheet_figures import data_as_of
from reporting.views import sheet as view

DECEMBER = date(2011, 12, 31)


@pytest.fixture
def added_by_fao(panama):
    """90 persons after the base of 787, and one institution where the base has no data; nothing else of FAO."""
    submission = Submission.objects.create(
        programme=panama,
        agency=Agency.objects.get(acronym_en="FAO"),
        period=Period.objects.get(fund=panama.fund, code="2011-S2"),
        revision=1,
        basis="new",
        counted_to_on=DECEMBER,
        status="accepted",
    )
    given = {("women", "direct"): 60, ("men", "direct"): 30, ("institutions", "indirect"): 1}
    for code in ("women", "men", "institutions", "ethnic_groups"):
        for reach in ("direct", "indirect"):
            value = given.get((code, reach))
            Count.objects.create(
                submission=submission,
                category=Category.objects.get(code=code),
                reach=reach,
                value=value,
                state="nd" if value is None else "reported",
            )
    return submission


@pytest.fixture
def printed(panama, added_by_fao):
    return " ".join(render_html(build_status_sheet(panama, DECEMBER), ("en",)).split())


def table(html):
    return html.split('<table class="beneficiaries">')[1].split("</table>")[0]


def test_the_note_names_the_base_and_what_came_after_it(printed):
    assert "The programme's base to October 31, 2011 and later figures of FAO to December 31, 2011." in (
        printed.replace("&#x27;", "'")
    )


def test_a_base_alone_is_named_with_its_day(panama):
    html = render_html(build_status_sheet(panama, date(2011, 10, 31)), ("en",)).replace("&#x27;", "'")
    assert "The programme's base to October 31, 2011." in html


def test_the_key_figure_says_who_is_missing_after_which_day(printed):
    keys = printed.split('<div class="keys">')[1].split('<section class="sec')[0]
    assert '≥ 877<small class="coverage">4 of 5 missing after October 31, 2011</small>' in keys


def test_an_agency_is_missing_in_the_rows_where_it_gave_nothing_and_only_there(printed):
    assert '≥ 578<small class="coverage">4 of 5 missing</small>' in table(printed)
    assert '≥ 1<small class="coverage">4 of 5 missing</small>' in table(printed)
    assert '≥ 83<small class="coverage">5 of 5 missing</small>' in table(printed)


def test_the_legend_names_the_silent_agencies_and_the_day(printed):
    assert "≥ complete to October 31, 2011; later figures are missing of UNWTO, UNIDO, UNCTAD and UNDP." in printed


def test_persons_that_may_count_twice_are_noted_at_the_table(panama, printed):
    assert 'Persons <sup class="note-mark">3</sup>' in table(printed)
    note = (
        "<sup>3</sup> Whoever was reached before October 31, 2011 may be counted twice: "
        "in the programme's base and in the new figures of the same period."
    )
    assert printed.replace("&#x27;", "'").split("</table>", 3)[3].count(note) == 1
    assert "<sup>3</sup>" not in printed.split('<table class="beneficiaries">')[0]
    assert len(build_status_sheet(panama, date(2011, 10, 31)).notes) == 2


def test_before_issuing_lists_every_open_error_and_warning_of_the_programme(
    panama, added_by_fao, rco_panama, client_of, monkeypatch
):
    monkeypatch.setattr(view, "render_pdf", lambda html: html.encode())
    page = client_of(rco_panama).get("/programmes/MDGF-2097/sheet.pdf?language=en&as_of=2011-12-31")
    listed = page.content.decode().split("Before issuing")[1]
    findings = [finding for finding in live_findings(panama, DECEMBER) if finding.level != "note"]
    assert {"overlaps_base", "silent_agency"} <= {finding.code for finding in findings}
    missing = [
        finding.code
        for finding in findings
        if finding.code != "translation_stale" and escape(finding.in_language("en").title) not in listed
    ]
    assert missing == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_the_date_of_the_data_is_said_in_the_same_words_everywhere(
    panama, rco_panama, client_of, monkeypatch, language
):
    monkeypatch.setattr(view, "render_pdf", lambda html: html.encode())
    client, said = client_of(rco_panama), data_as_of(date(2011, 10, 31))[language]
    for address in ("", "money/", f"sheet.pdf?language={language}"):
        page = client.get(f"/programmes/MDGF-2097/{address}", headers={"accept-language": language})
        assert said in page.content.decode(), address
