"""The public page behind a QR code: no account, no secret, and a clear word about sheets that no longer hold."""

import re

import pytest

from reporting import issuing, rendering
from reporting.imprint import Imprint, imprint_of
from tests.reporting.submitting import AT, issue, submit

ENGLISH = {"accept-language": "en"}


@pytest.fixture
def first(panama, monkeypatch):
    monkeypatch.setattr(rendering, "render_pdf", lambda html: b"%PDF" + html.encode())
    return panama.sheet_issues.get(number=1)


def verify(client, token):
    return client.get(f"/verify/{token}/", headers=ENGLISH)


def test_anybody_reads_what_was_issued_when_and_by_which_office(client, first, reading_only):
    with reading_only():
        page = verify(client, first.token)
    assert page.status_code == 200
    assert "Status sheet no. 1 is in force" in page.text
    assert "Secretariat of MDG-F" in page.text
    assert "October 31, 2011" in page.text
    assert set(re.findall(r'data-sha256="(\w+)"', page.text)) == {file.sha256 for file in first.files.all()}


def test_search_engines_are_asked_to_leave_it_and_no_browser_keeps_it(client, first):
    page = verify(client, first.token)
    assert page["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page.text
    assert "no-store" in page["Cache-Control"]


def test_it_tells_no_name_of_a_person(client, first, rco_panama, secretariat, panama):
    sheet = issue(submit(panama, rco_panama), secretariat)
    page = verify(client, sheet.token).text
    assert all(name not in page for name in (rco_panama.name, secretariat.name, "Ana Real", "@"))


def test_a_superseded_sheet_names_the_one_that_took_its_place(client, first, panama, rco_panama, secretariat):
    sheet = issue(submit(panama, rco_panama), secretariat)
    page = verify(client, first.token).text
    assert "Status sheet no. 1 has been superseded" in page
    assert f'href="/verify/{sheet.token}/"' in page


def test_a_withdrawn_sheet_says_when_and_why(client, first, secretariat):
    issuing.withdraw(issue=first, reason="A wrong total.", by=secretariat, at=AT)
    page = verify(client, first.token).text
    assert "Status sheet no. 1 was withdrawn" in page
    assert "A wrong total." in page
    assert "January 20, 2012" in page


@pytest.mark.parametrize("token", ["forged", "x" * 500, "%27%20OR%201=1", "..", "1"])
def test_a_forged_code_is_told_from_an_issued_one(client, first, token):
    page = verify(client, token)
    assert page.status_code == 404
    assert "data-sha256" not in page.text
    if token != "..":  # the address of another page altogether
        assert "No sheet was issued with this code" in page.text


def test_a_sheet_without_a_token_is_not_found_by_an_empty_one(client, first, panama, rco_panama):
    submit(panama, rco_panama)
    assert client.get("/verify//").status_code == 404


def test_the_code_on_paper_leads_to_the_page(first):
    """Read back module by module: the drawing is the code of the address, nothing else."""
    import qrcode

    imprint = imprint_of(first)
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=3)
    code.add_data(f"http://testserver/verify/{first.token}/")
    drawn = set()
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1", imprint.qr):
        drawn |= {(int(y), int(x) + step) for step in range(int(length))}
    wanted = {(y, x) for y, row in enumerate(code.get_matrix()) for x, dark in enumerate(row) if dark}
    assert drawn == wanted


def test_the_address_is_short_enough_to_be_typed(first):
    address = Imprint(1, AT.date(), f"https://ficha.example/verify/{first.token}/").typed_address
    assert address == f"ficha.example/verify/{first.token}/"
