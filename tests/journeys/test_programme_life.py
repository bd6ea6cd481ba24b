"""A programme's life in the browser: created, translated from nothing to complete, edited by two, taken back."""

import re

import pytest

from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, SECRETARIAT, said

EVERYWAY = [
    pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"]),
    pytest.mark.parametrize("language", LANGUAGE_HERE),
]
NEW = "/programmes/MDGF-3001/"
PANAMA = "/programmes/MDGF-2097/"


def everyway(test):
    for mark in EVERYWAY:
        test = mark(test)
    return test


def press(page, language, msgid):
    page.get_by_role("button", name=said(language, msgid)).last.click()


def create(officer, language):
    """A programme in Spanish only: a title and one result."""
    page = officer.open("/programmes/new/")
    press(page, language, "Add a result")
    page.locator("#id_results-0-statement_es").fill("Las comunidades tienen agua segura.")
    page.locator("#id_programme-title_es").fill("Agua para todos")
    page.locator("#id_programme-code").fill("MDGF-3001")
    page.locator("#id_ends_on").fill("2012-12-31")
    page.locator("#id_total_budget_usd").fill("1,500,000")
    press(page, language, "Create the programme")
    page.wait_for_url(f"**{NEW}")


@everyway
def test_a_programme_is_created_and_translated_to_the_last_text(visitor, language, javascript):
    officer = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    create(officer, language)
    page = officer.open(f"{NEW}translation/")
    page.get_by_role("link", name=said(language, "Translate one after the other")).click()
    for translated in ("Water for all", "The communities have safe water."):
        page.locator("#id_translation").fill(translated)
        press(page, language, "Confirm and go on")
    page.wait_for_url(f"**{NEW}translation/")
    assert said(language, "Every text stands in both languages.") in page.locator("main").inner_text()


def test_after_a_list_button_nobody_leaves_an_unsaved_programme_without_being_asked(visitor):
    page = visitor("en").sign_in(OFFICER, PASSWORD).open("/programmes/new/")
    press(page, "en", "Add a result")
    page.locator("#id_results-0-statement_es").wait_for()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.get_by_role("link", name="Ficha").first.click()
    page.wait_for_url(re.compile(r"^[^/]+//[^/]+/$"))
    assert asked == ["beforeunload"]


@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_one_key_confirms_a_translation(visitor, language):
    officer = visitor(language).sign_in(OFFICER, PASSWORD)
    create(officer, language)
    page = officer.open(f"{NEW}translation/title/")
    page.locator("#id_translation").fill("Water for all")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/translation/result-\d+-statement/"))


@everyway
def test_two_people_on_one_field_lose_nothing(visitor, language, javascript):
    first = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    second = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    pages = [person.open(f"{PANAMA}sections/parties/edit/") for person in (first, second)]
    for page, name in zip(pages, ("Inés Batista", "Luis Ríos"), strict=True):
        page.locator("#id_coordinator_name").fill(name)
    press(pages[0], language, "Save parties")
    pages[0].wait_for_url(re.compile(r"/programmes/MDGF-2097/(#.*)?$"))
    press(pages[1], language, "Save parties")
    clash = pages[1].locator(".conflict")
    clash.wait_for()
    assert "Inés Batista" in clash.inner_text()
    assert pages[1].locator("#id_coordinator_name").input_value() == "Luis Ríos"
    clash.get_by_role("radio").nth(1).check()
    press(pages[1], language, "Save with these choices")
    pages[1].wait_for_url(re.compile(r"/programmes/MDGF-2097/(#.*)?$"))
    shown = second.open(PANAMA).locator("#parties").inner_text()
    assert "Luis Ríos" in shown
    told = second.open(f"{PANAMA}history/parties/").locator("main").inner_text()
    assert "Inés Batista" in told


@everyway
def test_an_earlier_state_is_read_and_restored(visitor, language, javascript):
    officer = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    page = officer.open(f"{PANAMA}sections/parties/edit/")
    page.locator("#id_rco_contact_name").fill("Nadie")
    press(page, language, "Save parties")
    page.wait_for_url(re.compile(r"/programmes/MDGF-2097/(#.*)?$"))
    page = officer.open(f"{PANAMA}history/parties/")
    page.get_by_role("link", name=said(language, "Undo to before this change")).first.click()
    assert "Katherine Mcaleer" in page.locator(".changes").inner_text()
    press(page, language, "Go back to this state")
    page.wait_for_url(f"**{PANAMA}history/parties/")
    assert "Katherine Mcaleer" in officer.open(PANAMA).locator("#parties").inner_text()
    reader = visitor(language, javascript=javascript).sign_in(SECRETARIAT, PASSWORD)
    page = reader.open(f"{PANAMA}history/parties/")
    page.get_by_role("link", name=said(language, "The sheet as it was then")).nth(1).click()
    assert "Nadie" in page.locator("#parties").inner_text()
