"""``manage.py render_sheet``: the live sheet as a file."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from reporting.status_sheet import build_status_sheet, from_json


def run(*arguments):
    out = StringIO()
    call_command("render_sheet", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF-1.7"), ("html", b"<!doctype html>"), ("json", b"{")])
def test_it_writes_each_format(panama, tmp_path, kind, start):
    target = tmp_path / f"sheet.{kind}"
    said = run("MDGF-2097", "--language", "es", "--format", kind, "--output", str(target))
    assert target.read_bytes().startswith(start)
    assert str(target) in said


def test_the_json_is_the_sheet(panama, tmp_path):
    target = tmp_path / "sheet.json"
    run("MDGF-2097", "--format", "json", "--as-of", "2011-05-25", "--output", str(target))
    assert from_json(target.read_text("utf-8")) == build_status_sheet(panama, date(2011, 5, 25))


def test_without_a_date_an_ended_programme_is_shown_at_its_last_fact(panama, tmp_path):
    target = tmp_path / "sheet.html"
    run("MDGF-2097", "--language", "en", "--format", "html", "--output", str(target))
    assert "Data as of October 31, 2011" in target.read_text("utf-8")


def test_an_unknown_programme_is_named(db, tmp_path):
    with pytest.raises(CommandError, match=r"no programme with the code MDGF-1") as refused:
        run("MDGF-1", "--language", "en", "--output", str(tmp_path / "sheet.pdf"))
    assert refused.value.returncode == 2
    assert not (tmp_path / "sheet.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--as-of", "31/10/2011"], "invalid date"),
        (["--language", "fr"], "invalid choice"),
        (["--format", "docx"], "invalid choice"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_choices(panama, tmp_path, arguments, message):
    with pytest.raises(CommandError, match=message):
        run("MDGF-2097", *arguments, "--output", str(tmp_path / "sheet.pdf"))


def test_what_is_said_about_a_sheet_is_in_its_language(panama, tmp_path, settings):
    settings.LANGUAGE_CODE = "en"
    target = str(tmp_path / "sheet.html")
    said = {
        language: run("MDGF-2097", "--language", language, "--format", "html", "--output", target)
        for language in ("es", "en", "both")
    }
    assert "October 31, 2011" in said["en"]
    assert "Octubre 31, 2011" in said["es"]
    assert "October 31, 2011" in said["both"], "of a sheet in both languages the portal's own is used"


def test_a_folder_that_does_not_exist_is_said(panama, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("MDGF-2097", "--language", "en", "--format", "json", "--output", str(tmp_path / "nowhere" / "sheet.json"))
