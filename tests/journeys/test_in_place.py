"""The sheet is the editor: blocks open, save and come back in their place, and nothing typed is ever lost."""

import re

import pytest

from tests.journeys.in_place import WORKSPACE, opened, settled
from tests.journeys.test_every_page import NARROW, complaints_of, scrolls_sideways
from tests.journeys.words import OFFICER, PASSWORD, SECRETARIAT, said


def saved_words(language):
    return said(language, "%(block)s: saved.", block=said(language, "Parties"))


def type_in_summary(form, words):
    box = form.locator("[role=textbox]").first  # the editor, not the text area that it takes the place of
    box.click()
    box.press("Control+Home")
    form.page.keyboard.type(words)
    settled(form.page, f"Object.values(localStorage).some((kept) => kept.includes({words!r}))")


def test_a_block_opens_saves_and_shows_itself_as_it_prints(officer):
    page = officer.page
    form = opened(officer, "parties")
    settled(page, "document.activeElement.name === 'coordinator_name'")
    form.locator("[name=coordinator_name]").fill("Inés Batista")
    form.locator("[data-save]").click()
    block = page.locator("#parties:not(.editing)")
    block.wait_for()
    assert "Inés Batista" in block.inner_text()
    settled(page, "document.activeElement.matches('#parties [data-opens]')")
    assert page.locator("[data-said]").inner_text() == saved_words(officer.language)
    assert page.url == officer.address + WORKSPACE
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_the_block_changes_elsewhere_changes_with_it(officer):
    page = officer.page
    form = opened(officer, "budget")
    other = opened(officer, "dates")  # stays open with what is typed in it
    other.locator("[name=starts_on]").fill("December 1, 2009")
    form.locator("[name=total_budget_usd]").fill("7,946,000")
    form.locator("[data-save]").click()
    page.locator("#budget:not(.editing)").wait_for()
    assert "7,946,000" in page.locator("#sheet-keys").inner_text()
    assert "54,000" not in page.locator("#sheet-rail").inner_text()
    assert other.locator("[name=starts_on]").input_value() == "December 1, 2009"


def test_what_is_wrong_is_said_in_place(officer):
    page = officer.page
    form = opened(officer, "dates")
    form.locator("[name=starts_on]").fill("31/02/2009")
    form.locator("[data-save]").click()
    form.locator(".summary").wait_for()
    settled(page, "document.activeElement.matches('#dates .summary')")
    form.locator(".summary a").first.click()
    settled(page, "document.activeElement.name === 'starts_on'")
    assert form.locator("[name=starts_on]").input_value() == "31/02/2009"


def test_escape_brings_the_block_back_and_asks_first_when_something_is_unsaved(officer):
    page = officer.page
    opened(officer, "parties")
    settled(page, "document.activeElement.name === 'coordinator_name'")
    page.keyboard.press("Escape")
    page.locator("#parties:not(.editing)").wait_for()
    settled(page, "document.activeElement.matches('#parties [data-opens]')")
    form = opened(officer, "parties")
    settled(page, "document.activeElement.name === 'coordinator_name'")
    page.keyboard.type("Inés")
    page.keyboard.press("Escape")
    form.locator("[data-ask]").wait_for()
    page.keyboard.press("Enter")  # on: go on editing
    assert form.locator("[name=coordinator_name]").input_value() == "Inés"
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # on: discard it
    block = page.locator("#parties:not(.editing)")
    block.wait_for()
    assert "Inés" not in block.inner_text()
    assert page.evaluate("Object.keys(localStorage)") == []


def press(page, value):
    """A list button by the keyboard alone."""
    button = page.locator(f"button[value='{value}']")
    button.focus()
    page.keyboard.press("Enter")


def test_a_list_by_the_keyboard_add_move_remove_and_bring_back(officer):
    page = officer.page
    form = opened(officer, "parties")
    press(page, "entities:add")
    settled(page, "document.activeElement.name === 'entities-5-name_es'")
    page.keyboard.type("Municipio de Penonomé")
    form.locator("[name=entities-5-name_en]").fill("Municipality of Penonomé")
    press(page, "entities:up:5")
    settled(page, "document.activeElement.value === 'entities:up:4'")
    press(page, "entities:remove:1")
    settled(page, "document.activeElement.value === 'entities:undo:1'")
    page.keyboard.press("Enter")
    settled(page, "document.activeElement.name === 'entities-1-name_es'")
    press(page, "entities:remove:0")
    settled(page, "document.activeElement.value === 'entities:undo:0'")
    form.locator("[data-save]").focus()
    page.keyboard.press("Enter")
    page.locator("#parties:not(.editing)").wait_for()
    text = page.locator("#parties").inner_text()
    municipality = "Municipio de Penonomé" if officer.language == "es" else "Municipality of Penonomé"
    last = "Ministerio de Economía" if officer.language == "es" else "Ministry of Economy"
    assert text.index(municipality) < text.index(last)
    assert "Agropecuario" not in text
    assert "Agricultural" not in text


def test_the_line_drops_in_mid_sentence_and_the_text_is_saved_when_it_is_back(officer):
    page = officer.page
    form = opened(officer, "summary")
    type_in_summary(form, "Antes de que se cayera la línea. ")
    page.context.set_offline(True)
    form.locator("[data-save]").click()
    form.locator(".trouble").wait_for()
    settled(page, "document.activeElement.matches('.trouble')")
    assert "Antes de que se cayera" in form.locator("[role=textbox]").first.inner_text()
    page.context.set_offline(False)
    form.locator(".trouble button").click()
    page.locator("#summary:not(.editing)").wait_for()
    page.goto(f"{officer.address}{WORKSPACE}?languages=es")
    assert "Antes de que se cayera la línea." in page.locator("#summary").inner_text()


@pytest.mark.parametrize("lost", ["the session", "every cookie"])
def test_the_session_ends_and_the_text_is_saved_after_signing_in_again(officer, lost):
    page, context = officer.page, officer.page.context
    form = opened(officer, "summary")
    type_in_summary(form, "Antes de que terminara la sesión. ")
    context.clear_cookies(**({"name": "sessionid"} if lost == "the session" else {}))
    form.locator("[data-save]").click()
    form.locator(".trouble a[target=_blank]").wait_for()
    with context.expect_page() as tab:
        form.locator(".trouble a[target=_blank]").click()
    door = tab.value
    door.get_by_label(re.compile("Correo|E-?mail")).fill(OFFICER)
    door.get_by_label(re.compile("^(Contraseña|Password)")).fill(PASSWORD)
    door.get_by_role("button", name=re.compile("^(Entrar|Sign in)$")).click()
    door.wait_for_url(officer.address + WORKSPACE)
    form.locator(".trouble button").click()
    page.locator("#summary:not(.editing)").wait_for()
    page.goto(f"{officer.address}{WORKSPACE}?languages=es")
    assert "Antes de que terminara la sesión." in page.locator("#summary").inner_text()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_the_tab_is_closed_and_the_text_is_offered_back(officer):
    context = officer.page.context
    type_in_summary(opened(officer, "summary"), "Antes de cerrar. ")
    officer.page.close()
    page = context.new_page()
    page.goto(officer.address + WORKSPACE)
    assert page.locator("#summary [data-draft-tag]").count() == 1
    form = opened(officer, "summary", page)
    form.locator(".draft summary").click()
    assert "Antes de cerrar." in form.locator(".draft tbody td").last.inner_text()
    assert "Antes de cerrar." not in form.locator(".draft tbody td").first.inner_text()
    assert form.locator("[data-save]").is_disabled()  # nothing is typed over what is kept
    form.locator("[data-restore]").click()
    settled(page, "document.querySelector('#summary [role=textbox]')?.innerText.includes('Antes de cerrar.')")
    form.locator("[data-save]").click()
    page.locator("#summary:not(.editing)").wait_for()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_row_that_was_typed_and_lost_comes_back_too_or_is_discarded(officer):
    page = officer.page
    form = opened(officer, "parties")
    press(page, "entities:add")
    settled(page, "document.activeElement.name === 'entities-5-name_es'")
    page.keyboard.type("Alcaldía de Penonomé")
    settled(page, "Object.values(localStorage).some((kept) => kept.includes('Alcaldía'))")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    form = opened(officer, "parties")
    form.locator("[data-restore]").click()
    form.locator("[name=entities-5-name_es]").wait_for()
    assert form.locator("[name=entities-5-name_es]").input_value() == "Alcaldía de Penonomé"
    page.reload()
    form = opened(officer, "parties")
    form.locator("[data-forget]").click()
    page.reload()
    opened(officer, "parties")
    assert page.locator(".draft").count() == 0


def test_restored_text_meets_what_somebody_else_stored_meanwhile(officer, visitor):
    page = officer.page
    form = opened(officer, "parties")
    form.locator("[name=coordinator_name]").fill("Lo mío")
    settled(page, "Object.values(localStorage).some((kept) => kept.includes('Lo mío'))")
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    colleague = visitor("es").sign_in(OFFICER, PASSWORD)
    other = opened(colleague, "parties")
    other.locator("[name=coordinator_name]").fill("Lo de otra persona")
    other.locator("[data-save]").click()
    colleague.page.locator("#parties:not(.editing)").wait_for()
    form = opened(officer, "parties")
    form.locator(".draft summary").click()
    assert [cell.inner_text() for cell in form.locator(".draft tbody td").all()] == ["Lo de otra persona", "Lo mío"]
    form.locator("[data-restore]").click()
    settled(page, "document.querySelector('#parties [name=coordinator_name]')?.value === 'Lo mío'")
    form.locator("[data-save]").click()
    form.locator(".conflict").wait_for()
    assert "Lo de otra persona" in form.locator(".conflict").inner_text()


def test_what_is_kept_is_one_persons_and_goes_when_they_sign_out(officer):
    page = officer.page
    form = opened(officer, "parties")
    form.locator("[name=coordinator_name]").fill("Solo mío")
    settled(page, "Object.keys(localStorage).length === 1")
    page.evaluate("localStorage.setItem('ficha.draft.999/MDGF-2097/parties', JSON.stringify({at: Date.now()}))")
    page.locator("header [data-signs-out] button").first.click()
    asked = page.locator("[data-asks-about-drafts]")
    asked.wait_for()
    assert f"{said(officer.language, 'Parties')} (MDGF-2097)" in asked.inner_text()
    asked.locator("button").first.click()
    page.wait_for_url(lambda address: "/logout/" not in address)
    assert page.evaluate("Object.keys(localStorage)") == ["ficha.draft.999/MDGF-2097/parties"]


def test_the_secretariat_gives_its_reason_in_place(visitor):
    secretariat = visitor("es").sign_in(SECRETARIAT, PASSWORD)
    form = opened(secretariat, "missions")
    form.locator("[data-save]").click()
    form.locator(".summary").wait_for()
    form.locator("[name=reason]").fill("Faltaba un nombre")
    form.locator("[data-save]").click()
    secretariat.page.locator("#missions:not(.editing)").wait_for()


def test_the_page_of_its_own_survives_a_lost_line_and_a_closed_tab(officer):
    page = officer.open(f"{WORKSPACE}sections/parties/edit/")
    page.locator("[name=coordinator_name]").fill("Inés Batista")
    page.context.set_offline(True)
    page.locator("[data-save]").click()
    page.locator(".trouble").wait_for()
    page.context.set_offline(False)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.locator("[data-restore]").click()
    settled(page, "document.querySelector('[name=coordinator_name]')?.value === 'Inés Batista'")
    page.locator("[data-save]").click()
    page.wait_for_url(f"{officer.address}{WORKSPACE}#parties")
    assert saved_words(officer.language) in page.locator(".messages").inner_text()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_without_a_script_the_same_link_is_a_page_and_a_removed_row_comes_back(visitor):
    officer = visitor("es", javascript=False).sign_in(OFFICER, PASSWORD)
    page = officer.open(WORKSPACE)
    page.locator("#parties .edit").click()
    page.locator("[name=coordinator_name]").fill("Inés Batista")
    page.locator("button[value='entities:remove:1']").click()
    page.locator("button[value='entities:undo:1']").click()
    page.locator("button[value='entities:remove:0']").click()
    page.locator("[data-save]").click()
    assert page.url == f"{officer.address}{WORKSPACE}#parties"
    text = page.locator("#parties").inner_text()
    assert "Inés Batista" in text
    assert "Agropecuario" not in text


@pytest.mark.parametrize("block", ["summary", "results", "disbursements", "status", "section-communication"])
def test_an_open_form_is_accessible_and_fits_narrow_screens(block, visitor):
    officer = visitor("es").sign_in(OFFICER, PASSWORD)
    opened(officer, block)
    settled(officer.page, "document.activeElement !== document.body")
    officer.page.set_viewport_size({"width": 1280, "height": 3000})  # nothing half under the sticky foot
    assert complaints_of(officer.page) == []
    for width in NARROW:
        officer.page.set_viewport_size({"width": width, "height": 900})
        assert not scrolls_sideways(officer.page), width
