"""Every page, in both languages: accessible to a machine's eye, and readable on a phone and at 200 %."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.journeys.words import FAO, LANGUAGE_HERE, OFFICER, PASSWORD

P = "/programmes/MDGF-2097/"
SECTIONS = (
    *("programme", "dates", "parties", "budget", "disbursements", "summary", "results", "areas", "status", "gender"),
    *("achievements", "paris-declaration", "delivering-as-one", "sustainability", "scalability", "external-factors"),
    *("communication", "monitoring-evaluation", "missions", "evaluations", "finances", "revision", "indicators"),
)
READING = ("/", P, f"{P}?languages=both", f"{P}findings/", f"{P}money/", f"{P}blocks/budget/", f"{P}beneficiaries/")
EDITING = (*(f"{P}sections/{section}/edit/" for section in SECTIONS), "/programmes/new/")
PAST = (f"{P}history/", f"{P}history/parties/", f"{P}history/status/1/", f"{P}as-it-was/?on=2026-01-01")
TRANSLATING = (f"{P}translation/", f"{P}translation/?all", f"{P}translation/section-summary/")
UPLOADING = (f"{P}beneficiaries/submissions/new/", f"{P}beneficiaries/submissions/1/")
PEOPLE = ("/people/", "/people/?programme=MDGF-2097", "/people/invite/")
ACCOUNT = ("/accounts/password/change/", "/accounts/sessions/", "/accounts/2fa/", "/accounts/email/")
OPEN = ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/", "/invitation/forged/", "/no-such-page/")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NARROW = (640, 390, 320)  # 200 % of 1280, a phone, and 400 %


def complaints_of(page):
    """What axe objects to, one line an element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def scrolls_sideways(page):
    return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")


def look_over(visitor, paths):
    """Fail with all complaints about a list of pages, at a desktop's and at narrow widths."""
    complaints = []
    for path in paths:
        page = visitor.open(path)
        page.set_viewport_size({"width": 1280, "height": 900})
        complaints += [f"{path} {line}" for line in complaints_of(page)]
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 900})
            if scrolls_sideways(page):
                complaints.append(f"{path} scrolls sideways at {width}")
        page.set_viewport_size({"width": 320, "height": 3000})  # nothing half under the sticky foot, or head
        page.evaluate("scrollTo(0, 0)")
        complaints += [f"{path} narrow {line}" for line in complaints_of(page)]
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize("language", LANGUAGE_HERE)
@pytest.mark.parametrize(
    "paths",
    [READING, EDITING, UPLOADING, ACCOUNT, PEOPLE, PAST, TRANSLATING],
    ids=["read", "edit", "upload", "account", "people", "past", "translate"],
)
def test_a_signed_in_person_s_pages_are_accessible_and_fit_narrow_screens(visitor, language, paths):
    look_over(visitor(language).sign_in(OFFICER, PASSWORD), paths)


@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_pages_without_an_account_are_accessible_and_fit_narrow_screens(visitor, language):
    look_over(visitor(language), OPEN)


def test_a_focal_point_reaches_the_upload_with_the_keyboard_alone(visitor):
    page = visitor("es").open("/accounts/login/")
    for field, words in (("login", FAO), ("password", PASSWORD)):
        while page.evaluate("document.activeElement.name") != field:
            page.keyboard.press("Tab")
        page.keyboard.type(words)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r":\d+/$"))
    assert walk_to(page, "Red de Oportunidades")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{P}")
    assert walk_to(page, "planilla")
    page.keyboard.press("Enter")
    page.wait_for_url("**/submissions/new/")


def walk_to(page, words, steps=120):
    """Press Tab until the focus is on something that says these words, and can be seen."""
    for _step in range(steps):
        page.keyboard.press("Tab")
        focused = page.evaluate("document.activeElement.innerText || ''")
        if words in focused:
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
            return True
    return False
