"""A sheet is submitted, sent back, mended, issued, downloaded, verified by its QR code's page, and superseded."""

import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, READER, SECRETARIAT, said

PANAMA = "/programmes/MDGF-2097/"


def press(page, language, msgid):
    page.get_by_role("button", name=said(language, msgid), exact=True).last.click()


def follow(page, language, msgid):
    page.get_by_role("link", name=said(language, msgid)).first.click()


def accept_what_does_not_fit(office):
    """Each open warning stays as it is, with a reason."""
    page = office.open(f"{PANAMA}sheets/submit/")
    while page.locator(".stops li").count():
        follow(page, office.language, "Accept with a reason")
        page.locator("#id_reason").fill("Así lo dice la ficha de 2011.")
        press(page, office.language, "Accept with this reason")
        page = office.open(f"{PANAMA}sheets/submit/")


def submit(office):
    page = office.open(f"{PANAMA}sheets/submit/")
    page.locator("#id_resident_coordinator").fill("Ana Real")
    page.locator("#id_committee").fill("Comité de gestión, acta 4")
    page.locator("#id_endorsed_on").fill("2011-11-20")
    press(page, office.language, "Submit the sheet")
    page.wait_for_url("**/sheets/review/*/")


def issue(desk):
    follow(desk.open(PANAMA), desk.language, "Review the sheet")
    press(desk.page, desk.language, "Issue the sheet")
    desk.page.wait_for_url(re.compile(r"/sheets/\d+/$"))


def send_back(desk, comments):
    page = desk.open(PANAMA)
    follow(page, desk.language, "Review the sheet")
    for block, text in comments.items():
        page.locator(f"#{block} .remark-box summary").click()
        page.locator(f"#id_{block}").fill(text)
    press(page, desk.language, "Send back with these comments")
    page.wait_for_url("**/sheets/review/*/")


def mend(office):
    """Each comment is answered in its place; the second one leads to the block's form."""
    page = office.open(PANAMA)
    follow(page, office.language, "See the comments")
    review = page.url
    assert page.locator(".remark").count() == 2
    page.locator("#parties .remark a", has_text=said(office.language, "Edit this block")).click()
    page.locator("#id_coordinator_name").fill("Inés Batista")
    press(page, office.language, "Save parties")
    page.wait_for_url(f"**{PANAMA}*")
    for block in ("budget", "parties"):
        page.goto(review)
        remark = page.locator(f"#{block} .remark")
        remark.locator("textarea").fill("Hecho.")
        remark.get_by_role("checkbox").check()
        remark.get_by_role("button").click()
        page.wait_for_url(f"{review}#comment-*")
    assert said(office.language, "Every comment is resolved.") in page.locator("main").inner_text()


def download(reader):
    """From the reader's home to the page of the sheet, and its PDF."""
    language, page = reader.language, reader.open("/")
    page.locator("a[href$='/sheets/2/']").click()
    assert "Inés Batista" in page.locator("#parties").inner_text()
    link = page.locator(f"a[href$='sheet.{language}.pdf']").first.get_attribute("href")
    first, again = (page.request.get(reader.address + link).body() for _time in range(2))
    assert first == again
    return first


def address_behind_the_code(pdf):
    links = [note.get_object()["/A"]["/URI"] for note in PdfReader(BytesIO(pdf)).pages[0]["/Annots"]]
    return next(link for link in links if "/verify/" in link)


def verdict_on(page, pdf):
    page.locator("#id_file").set_input_files({"name": "ficha.pdf", "mimeType": "application/pdf", "buffer": pdf})
    page.locator("[data-verdict]:not(:empty)").wait_for()
    return page.locator("[data-verdict]").get_attribute("class")


@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_a_sheet_from_its_submission_to_the_one_that_takes_its_place(visitor, language):
    office = visitor(language).sign_in(OFFICER, PASSWORD)
    desk = visitor(language).sign_in(SECRETARIAT, PASSWORD)
    accept_what_does_not_fit(office)
    submit(office)
    send_back(desk, {"budget": "¿Por qué difiere el total?", "parties": "Falta la coordinación."})
    mend(office)
    submit(office)
    issue(desk)

    pdf = download(visitor(language).sign_in(READER, PASSWORD))
    page = visitor(language).page  # nobody is signed in
    page.goto(address_behind_the_code(pdf))
    assert "2" in page.locator("h1").inner_text()
    assert verdict_on(page, pdf) == "is-same"
    assert verdict_on(page, pdf[:-20] + b"x" + pdf[-19:]) == "is-other"

    submit(office)
    issue(desk)
    page.reload()
    assert page.locator("h1").inner_text() == said(language, "Status sheet no. %(n)s has been superseded", n=2)
    page.locator("main a[href*='/verify/']").click()
    assert "3" in page.locator("h1").inner_text()
