"""What goes wrong gets its sentence in the person's language, and nothing is lost."""

import os
import socket
from urllib.parse import urlsplit

import pytest

from tests.journeys.words import FAO, OFFICER, PASSWORD, said

P = "/programmes/MDGF-2097/"
LANGUAGES = pytest.mark.parametrize("language", ["es", "en"])


@LANGUAGES
def test_a_wrong_password_keeps_the_address_and_says_what_to_do(visitor, language):
    page = visitor(language).open("/accounts/login/")
    page.locator("input[name=login]").fill(OFFICER)
    page.locator("input[name=password]").fill("not the password")
    page.get_by_role("button", name=said(language, "Sign in"), exact=True).click()
    assert page.locator("input[name=login]").input_value() == OFFICER
    assert page.get_by_role("alert").first.inner_text().strip()
    assert page.url.endswith("/accounts/login/")


@LANGUAGES
@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
def test_amounts_and_dates_out_of_range_are_named_and_kept(visitor, language, javascript):
    page = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD).open(f"{P}sections/disbursements/edit/")
    third = page.get_by_role("group", name="3")
    third.locator("select").first.select_option("made")
    third.locator("input[name$='-on']").fill("31/02/2012")
    third.locator("input[name$=amount_usd]").fill("-5")
    page.get_by_role("button", name=said(language, "Save disbursements")).last.click()
    page.get_by_role("alert").first.wait_for()
    assert page.get_by_role("alert").first.locator("a").count() == 2
    third = page.get_by_role("group", name="3")
    assert third.locator("input[name$='-on']").input_value() == "31/02/2012"
    assert third.locator("input[name$=amount_usd]").input_value() == "-5"


@LANGUAGES
def test_a_text_file_named_xlsx_is_refused_in_words(visitor, language, tmp_path):
    path = tmp_path / "notas.xlsx"
    path.write_text("esto no es un libro de cálculo", encoding="utf-8")
    page = visitor(language).sign_in(FAO, PASSWORD).open(f"{P}beneficiaries/submissions/new/")
    page.locator("#id_agency").select_option(index=page.locator("#id_agency option").count() - 1)
    page.locator("#id_period").select_option(index=page.locator("#id_period option").count() - 1)
    page.locator("input[name=basis][value=new]").check()
    page.locator("#id_file").set_input_files(path)
    page.get_by_role("button", name=said(language, "Read the file")).click()
    assert page.get_by_role("alert").first.inner_text().strip()
    assert page.locator("input[name=basis][value=new]").is_checked()


@LANGUAGES
def test_an_upload_of_two_gigabytes_is_refused_before_it_is_sent(portal, language):
    """The length alone is announced: the answer comes before any of the two gigabytes."""
    parts = urlsplit(portal)
    request = (
        f"POST {P}beneficiaries/submissions/new/ HTTP/1.1\r\nHost: {parts.netloc}\r\n"
        f"Accept-Language: {language}\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        f"Content-Length: {2 * 1024**3}\r\nConnection: close\r\n\r\n"
    )
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as connection:
        connection.sendall(request.encode() + os.urandom(1000))
        answer = b""
        while b"</html>" not in answer and (piece := connection.recv(65536)):
            answer += piece
    assert answer.startswith(b"HTTP/1.1 413")
    assert f'lang="{language}"' in answer.decode()


@LANGUAGES
def test_a_programme_of_others_is_not_there(visitor, language):
    page = visitor(language).sign_in(FAO, PASSWORD).page
    answer = page.goto(page.url + "programmes/MDGF-1234/")
    assert answer.status == 404
    assert page.locator("h1").inner_text().strip()
