"""The command that writes a template: the same workbook as the page offers."""

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

pytestmark = pytest.mark.django_db
OPTIONS = ["--programme=MDGF-2097", "--agency=FAO", "--period=2011-S2"]


def cells(path):
    return [list(row) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True)]


def test_it_is_the_same_workbook_as_the_page(tmp_path, panama, client_of, focal_point_fao, capsys):
    by_command, by_page = tmp_path / "command.xlsx", tmp_path / "page.xlsx"
    call_command("beneficiary_template", *OPTIONS, f"--output={by_command}")
    url = reverse("beneficiaries:template_download", args=[panama.code])
    client = client_of(focal_point_fao)
    client.cookies["django_language"] = "es"
    by_page.write_bytes(client.get(url, {"agency": "FAO", "period": "2011-S2"}).content)
    assert cells(by_command) == cells(by_page)
    assert str(by_command) in capsys.readouterr().out


def test_the_programme_as_a_whole_has_a_template_too(tmp_path, panama):
    call_command(
        "beneficiary_template", OPTIONS[0], OPTIONS[2], "--agency=programme", f"--output={tmp_path / 'f.xlsx'}"
    )
    assert openpyxl.load_workbook(tmp_path / "f.xlsx").worksheets[0]["B3"].value == "Programa completo"


def test_wrong_usage_ends_with_2_and_writes_nothing(tmp_path, panama):
    with pytest.raises(CommandError) as usage:
        call_command("beneficiary_template", OPTIONS[0], OPTIONS[2], "--agency=WTO", f"--output={tmp_path / 'f.xlsx'}")
    assert (usage.value.returncode, list(tmp_path.iterdir())) == (2, [])
