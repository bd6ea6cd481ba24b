"""With the keyboard alone: Tab reaches every control of a page, and shows where it is."""

import pytest

from tests.journeys.test_every_page import ACCOUNT, EDITING, PAST, PEOPLE, READING, TRANSLATING, UPLOADING
from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD

#: What can be focused and is seen, one of each group of radio buttons.
CONTROLS = """() => {
  const kinds = ["a[href]", "button", "input:not([type=hidden])", "select", "textarea", "summary", "[tabindex='0']"];
  const found = () => [...document.querySelectorAll([...kinds, "[contenteditable=true]"].join())];
  window.controls = () => found().filter((control) => {
    if (control.tabIndex < 0 || control.disabled || !control.checkVisibility()) return false;
    if (control.type !== "radio") return true;
    const group = [...document.getElementsByName(control.name)];
    return control === (group.find((radio) => radio.checked) ?? group[0]);
  });
  window.said = (control) => control.outerHTML.slice(0, 120);
}"""
#: From here on what gets the focus is noted, and whether it, or the editor around it, is outlined.
LISTEN = """() => {
  window.reached = new Set();
  window.unseen = [];
  document.addEventListener("focusin", ({ target }) => {
    window.reached.add(target);
    const style = getComputedStyle(target.closest("[data-rich]:has(:focus)") ?? target);
    const own = getComputedStyle(target);
    const seen = [style, own].some((one) => one.outlineStyle !== "none" || one.boxShadow !== "none");
    if (!seen) window.unseen.push(window.said(target));
  });
  return window.controls().length;
}"""
MISSED = """() => [
  ...window.controls().filter((control) => !window.reached.has(control)).map(window.said),
  ...window.unseen.map((html) => `not seen: ${html}`),
]"""


@pytest.mark.parametrize("language", LANGUAGE_HERE)
@pytest.mark.parametrize(
    "paths", [READING, EDITING, (*PAST, *TRANSLATING, *PEOPLE, *UPLOADING, *ACCOUNT)], ids=["read", "edit", "others"]
)
def test_tab_reaches_every_control_and_shows_where_it_is(visitor, language, paths):
    officer = visitor(language).sign_in(OFFICER, PASSWORD)
    complaints = []
    for path in paths:
        page = officer.open(path)
        if page.locator("[data-rich]").count():
            page.locator("[role=textbox]").first.wait_for()
        page.evaluate(CONTROLS)
        for _press in range(page.evaluate(LISTEN) + 12):
            page.keyboard.press("Tab")
        complaints += [f"{path} {html}" for html in page.evaluate(MISSED)]
    assert not complaints, "\n".join(complaints)
