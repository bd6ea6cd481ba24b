"""The command that lists a programme's findings."""

import json
import re
import subprocess
import sys
from datetime import date

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.management import CommandError, call_command

from programmes.actions import findings
from reporting.findings import live_findings


@pytest.fixture(autouse=True)
def no_kept_sheets():
    """What another test has built of a programme's version is not this test's."""
    caches["sheets"].clear()


def run(capsys, *args):
    call_command("check_programme", *args)
    return capsys.readouterr().out


def test_json_holds_the_fields_that_other_programs_rely_on(panama, capsys):
    found = json.loads(run(capsys, "MDGF-2097", "--json", "--language", "en"))
    assert all(
        list(finding) == ["level", "code", "where", "seen", "message", "suggestion", "accepted"] for finding in found
    )
    assert {finding["level"] for finding in found} <= {"error", "warning", "note"}
    assert {finding["accepted"] for finding in found} == {False}
    gap = next(finding for finding in found if finding["code"] == "budget_gap")
    assert gap["where"] == "budget"
    assert gap["message"].startswith(
        "The agencies add up to USD 54,000 less than the stated total. The total budget is stated as USD 8,000,000;"
    )
    assert "UNDP" in gap["suggestion"]


def test_a_question_keeps_its_mark(panama, capsys):
    found = json.loads(run(capsys, "MDGF-2097", "--json", "--language", "en"))
    extension = next(finding for finding in found if finding["code"] == "extension_before_end")
    assert extension["message"].startswith("The extension falls before the end. Is it June 18, 2013? The end is")


def test_people_get_a_list(panama, capsys):
    listing = run(capsys, "MDGF-2097", "--language", "en")
    assert listing.startswith("MDGF-2097: 12 findings\n")
    assert "\nwarning · Budget by agency · The agencies add up to USD 54,000 less than the stated total\n" in listing


def test_an_accepted_finding_stays_in_the_list_with_its_reason(panama, rco_panama, capsys):
    gap = next(finding for finding in live_findings(panama, date(2011, 10, 31)) if finding.code == "budget_gap")
    findings.accept(programme=panama, finding=gap, reason="Asked the agency; answer expected in March", by=rco_panama)
    found = json.loads(run(capsys, "MDGF-2097", "--json"))
    assert [finding["code"] for finding in found if finding["accepted"]] == ["budget_gap"]
    listing = run(capsys, "MDGF-2097", "--language", "en")
    assert listing.startswith("MDGF-2097: 11 findings\n1 accepted\n")
    assert ": Asked the agency; answer expected in March" in listing.splitlines()[-1]
    assert "Accepted by Oficina del CR on " in listing


def test_a_date_selects_dated_facts(panama, capsys):
    found = json.loads(run(capsys, "MDGF-2097", "--json", "--as-of", "2012-06-30"))
    assert [finding["code"] for finding in found].count("silent_agency") == 2


def test_a_programme_without_findings_says_so(panama, capsys, monkeypatch):
    monkeypatch.setattr("reporting.management.commands.check_programme.live_findings", lambda programme, day: [])
    assert run(capsys, "MDGF-2097", "--language", "en") == "MDGF-2097: nothing found.\n"
    assert json.loads(run(capsys, "MDGF-2097", "--json")) == []


def test_an_unknown_code_is_a_usage_error(db):
    with pytest.raises(CommandError, match="no programme with the code MDGF-9999") as refused:
        call_command("check_programme", "MDGF-9999", "--language", "en")
    assert refused.value.returncode == 2


@pytest.mark.slow
@pytest.mark.parametrize("arguments", [["MDGF-2097", "--as-of", "octubre"], []])
def test_a_wrong_call_ends_with_two(arguments):
    command = [sys.executable, "manage.py", "check_programme", *arguments]
    ended = subprocess.run(command, cwd=settings.ROOT, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")


def test_every_finding_of_panama_is_said_in_spanish(panama, capsys):
    call_command("check_programme", "MDGF-2097", "--language", "es")
    said = capsys.readouterr().out
    assert "Grupos étnicos, directos: ¿el 0 es un conteo?" in said
    assert "No hay beneficiarios contados en 3 áreas activas" in said
    assert not re.search(r"\b(the|direct|has|is|of)\b", said)
