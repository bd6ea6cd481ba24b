"""An office invites a focal point; they come by the link in the mail, work, and leave when their role ends."""

import email
import re
from email import policy

import pytest

from tests.journeys.test_every_page import NARROW, complaints_of, scrolls_sideways
from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, said

EMAIL, NAME, OWN = "elena.castillo@fao.example", "Elena Castillo", "tres acacias junto al canal"
BOTH = pytest.mark.parametrize("language", LANGUAGE_HERE)


@pytest.fixture
def letters(tmp_path):
    """``letters()``: the mails that the portal has sent, the latest last."""

    def read():
        files = sorted((tmp_path / "mail").glob("*"), key=lambda path: path.stat().st_mtime_ns)
        texts = [text for path in files for text in path.read_bytes().split(b"-" * 79) if text.strip()]
        return [email.message_from_bytes(text.strip(), policy=policy.default) for text in texts]

    return read


def invite(office):
    """From the programme to its people, and there to the form."""
    language, page = office.language, office.sign_in(OFFICER, PASSWORD).page
    office.open("/programmes/MDGF-2097/")
    page.locator("header a[href^='/people/']").first.click()
    page.get_by_role("link", name=said(language, "Invite somebody")).click()
    page.locator("#id_email").fill(EMAIL)
    page.locator("#id_name").fill(NAME)
    page.locator("input[name=role][value=focal_point]").check()
    fao = page.locator("#id_agency option", has_text="FAO").first
    page.locator("#id_agency").select_option(fao.get_attribute("value"))
    page.locator(f"input[name=language][value={language}]").check()
    page.get_by_role("button", name=said(language, "Send the invitation")).click()
    assert EMAIL in page.locator("#invited + *, section:has(#invited)").last.inner_text()


def accept(newcomer, link):
    """Name and password; then the portfolio with the one programme, and its workspace."""
    language, page = newcomer.language, newcomer.page
    page.goto(link)
    assert page.locator("#id_name").input_value() == NAME
    for field in ("password1", "password2"):
        page.locator(f"#id_{field}").fill(OWN)
    page.get_by_role("button", name=said(language, "Make the account and sign in")).click()
    page.wait_for_url(newcomer.address + "/")
    page.locator("a[href='/programmes/MDGF-2097/']").first.click()
    assert "MDGF-2097" in page.locator("main").inner_text()


def end(office):
    language, page = office.language, office.open("/people/")
    page.get_by_role("row", name=re.compile(EMAIL)).locator("a[href*='/memberships/']").click()
    page.get_by_role("button", name=said(language, "End this role")).click()
    assert EMAIL not in page.locator("main").inner_text()


@BOTH
@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
def test_an_invited_focal_point_comes_works_and_leaves(visitor, letters, language, javascript):
    office = visitor(language, javascript=javascript)
    invite(office)
    (letter,) = letters()
    assert letter["To"] == EMAIL
    link = re.search(rf"{office.address}/invitation/\S+", letter.get_content())[0]

    newcomer = visitor(language, javascript=javascript)
    accept(newcomer, link)
    newcomer.open("/accounts/logout/").get_by_role("button", name=said(language, "Sign out")).last.click()
    newcomer.sign_in(EMAIL, OWN)
    assert newcomer.open("/programmes/MDGF-2097/").locator("#beneficiaries").count() == 1
    assert visitor(language).page.goto(link).status == 410

    end(office)
    page = newcomer.open("/programmes/MDGF-2097/")
    assert "/accounts/login/" in page.url
    newcomer.sign_in(EMAIL, OWN)
    assert page.goto(f"{newcomer.address}/programmes/MDGF-2097/").status == 404


@BOTH
def test_the_pages_on_the_way_are_accessible_and_fit_narrow_screens(visitor, letters, language):
    office = visitor(language)
    invite(office)
    found = [*look_over(office.page)]
    office.page.locator("a[href*='/memberships/']").first.click()
    found += look_over(office.page)
    link = re.search(rf"{office.address}/invitation/\S+", letters()[-1].get_content())[0]
    office.page.goto(link)  # signed in as somebody else
    found += look_over(office.page)
    page = visitor(language).page
    page.goto(link)
    found += look_over(page)
    page.get_by_role("button", name=said(language, "Make the account and sign in")).click()
    found += look_over(page)
    assert found == []


def look_over(page):
    """What is wrong with a page that is open, at a desktop's and at narrow widths."""
    yield from complaints_of(page)
    for width in NARROW:
        page.set_viewport_size({"width": width, "height": 900})
        if scrolls_sideways(page):
            yield f"{page.url} scrolls sideways at {width}"
    yield from complaints_of(page)
    page.set_viewport_size({"width": 1280, "height": 900})
