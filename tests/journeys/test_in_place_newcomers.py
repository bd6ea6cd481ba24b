"""What newcomers ran into on the sheet: signing out, going back, where the focus lands, what is no address."""

from tests.journeys.in_place import WORKSPACE, opened, settled


def test_unsaved_text_is_kept_over_signing_out_by_who_asks_for_it(officer):
    page = officer.page
    opened(officer, "parties").locator("[name=coordinator_name]").fill("Para mañana")
    page.locator("header [data-signs-out] button").first.click()
    page.locator("[data-asks-about-drafts] [data-keeps]").click()
    page.wait_for_url(lambda address: "/logout/" not in address)
    assert page.evaluate("Object.values(localStorage).some((kept) => kept.includes('Para mañana'))")


def test_going_back_shows_what_was_saved_and_never_the_page_of_before(officer):
    page = officer.page
    form = opened(officer, "parties")
    form.locator("[name=coordinator_name]").fill("Tras volver")
    form.locator("[data-save]").click()
    page.locator("#parties:not(.editing)").wait_for()
    page.locator("header .word").click()
    page.wait_for_url(officer.address + "/")
    page.go_back()
    page.wait_for_url(officer.address + WORKSPACE)
    assert "Tras volver" in page.locator("#parties").inner_text()


def test_a_link_to_a_text_or_to_a_list_of_texts_leads_into_the_editor(officer):
    page = officer.open(f"{WORKSPACE}sections/summary/edit/#id_summary-text_en")
    settled(page, "document.activeElement.matches('#id_summary-text_en-editor [role=textbox]')")
    page = officer.open(f"{WORKSPACE}sections/achievements/edit/")
    written = page.locator(".edit-list:has(textarea)").last.get_attribute("id")
    page = officer.open(f"{WORKSPACE}sections/achievements/edit/?from=finding#{written}")
    settled(page, f"document.activeElement.matches('#{written} :is([role=textbox], textarea)')")


def test_what_is_no_address_is_refused_and_stays_to_be_corrected(officer):
    page = officer.open(f"{WORKSPACE}sections/summary/edit/")
    page.locator("[role=textbox]").first.click()
    page.locator(".tools").first.locator("button").last.click()
    line = page.locator(".address").first
    for typed in ("javascript:alert(1)", "https://", "mailto:nadie"):
        line.locator("input").fill(typed)
        line.locator("input").press("Enter")
        assert line.locator(".err").inner_text()
        assert line.locator("input").input_value() == typed
    assert page.locator("[role=textbox] a[href*=javascript]").count() == 0
    line.locator("input").fill("undp.org")
    line.locator("input").press("Enter")
    settled(page, "document.querySelector('[role=textbox] a')?.getAttribute('href') === 'https://undp.org'")


def test_an_amount_that_is_written_is_a_reported_one(officer):
    page = officer.open(f"{WORKSPACE}sections/finances/edit/")
    amount, state = (page.locator(f"[name$=committed_{part}]").first for part in ("usd", "state"))
    before = state.input_value()
    amount.fill("12")
    assert state.input_value() == "reported"
    amount.fill("")
    assert (before, state.input_value()) == ("blank", "blank")


def test_the_section_that_is_being_edited_is_the_one_that_is_marked(officer):
    page = officer.page
    for block in ("missions", "parties"):
        opened(officer, block)
        settled(page, f"document.querySelector('[data-sections] [aria-current]')?.hash === '#{block}'")
