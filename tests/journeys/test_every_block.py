"""An officer edits every kind of block, with and without JavaScript; each shows itself again as it will print."""

import re

import pytest

from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, said

P = "/programmes/MDGF-2097/"
#: Section → what is filled in (field → value; ``{language}`` is the page's), block of the workspace, what it shows.
BLOCKS = {
    "programme": ({"registry_code": "MDGF-2097-D-PAN-2"}, "programme", "MDGF-2097-D-PAN-2"),
    "dates": ({"starts_on": "2009-12-20"}, "dates", "20, 2009"),
    "parties": ({"coordinator_name": "Inés Batista"}, "parties", "Inés Batista"),
    "budget": ({"total_budget_usd": "8,100,000"}, "budget", "8,100,000"),
    "disbursements": ({"disbursements-0-amount_usd": "2.033.650,50"}, "disbursements", "2,033,650.50"),
    "summary": ({"summary-text_{language}": "Resumen nuevo."}, "summary", "Resumen nuevo."),
    "results": ({"results-0-statement_{language}": "Enunciado nuevo."}, "results", "Enunciado nuevo."),
    "areas": ({"areas-0-state": "planned"}, "areas", "Coclé"),
    "status": ({"performance": "stalled", "reason": "El equipo cambió"}, "status", "Octubre 31, 2011|October 31, 2011"),
    "gender": ({"gender-text_{language}": "Mujeres al frente."}, "gender", "Mujeres al frente."),
    "scalability": ({"scalability-text_{language}": "Se repite."}, "section-scalability", "Se repite."),
    "sustainability": ({"sustainability-answer": "yes"}, "section-sustainability", "sí|yes"),
    "monitoring-evaluation": (
        {"monitoring-evaluation-text_{language}": "Dos informes al año."},
        "section-monitoring-evaluation",
        "Dos informes al año.",
    ),
    "missions": ({"missions-0-held": "04/2009"}, "missions", "Abril 2009|April 2009"),
    "evaluations": ({"evaluations-0-evaluator": "Ana Mora"}, "evaluations", "Ana Mora"),
    "finances": (
        {
            "agency-2-as_of_on": "2011-09-30",
            "agency-2-committed_usd": "1,000,000",
            "agency-2-committed_state": "reported",
        },
        "budget",
        "1,000,000",
    ),
}


def fill(page, name, value):
    """A field by its name, as a person would: the editor where there is one, a radio by its value."""
    editor = page.locator(f"[data-rich]:has([name='{name}']) [role=textbox]")
    if editor.count():
        editor.first.click()
        page.keyboard.press("Control+A")
        page.keyboard.type(value)
        return
    field = page.locator(f"[name='{name}']")
    match field.first.evaluate("(field) => field.type"):
        case "radio":
            page.locator(f"[name='{name}'][value='{value}']").check()
        case "select-one":
            field.select_option(value)
        case _:
            field.fill(value)


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_every_kind_of_block_is_edited_and_shown_as_it_prints(visitor, language, javascript):
    officer = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    for section, (typed, block, shown) in BLOCKS.items():
        page = officer.open(f"{P}sections/{section}/edit/")
        if javascript and page.locator("[data-rich]").count():
            page.locator("[role=textbox]").first.wait_for()
        for name, value in typed.items():
            fill(page, name.format(language=language), value)
        page.locator("[data-save]").last.click()
        page.wait_for_url(re.compile(rf"{P}(#.*)?$"))
        assert re.search(shown, page.locator(f"[id='{block}']").inner_text()), section


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_a_revision_and_an_indicator_with_its_reading_are_recorded(visitor, language, javascript):
    officer = visitor(language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    page = officer.open(f"{P}sections/revision/edit/")
    for name, value in {"approved_on": "2011-10-01", "decision": "Extensión", "total_budget_usd": "8,200,000"}.items():
        fill(page, name, value)
    page.locator("[data-save]").last.click()
    page.wait_for_url(re.compile(rf"{P}(#.*)?$"))
    assert "8,200,000" in page.locator("#budget").inner_text()

    page = officer.open(f"{P}sections/indicators/edit/")
    page.get_by_role("button", name=said(language, "Add an indicator")).first.click()
    for name, value in {"name_es": "Familias", "name_en": "Families", "baseline": "120", "target": "400"}.items():
        page.locator(f"[name$='-0-{name}']").first.fill(value)
    page.locator("[data-save]").last.click()
    page.wait_for_url(re.compile(rf"{P}(#.*)?$"))
    page = officer.open(f"{P}sections/readings/edit/")
    page.get_by_role("button", name=said(language, "Add a reading")).first.click()
    page.locator("[name$='-0-period']").select_option(label="2011-S1")
    page.locator("[name$='-0-reading']").fill("210")
    page.locator("[data-save]").last.click()
    page.wait_for_url(re.compile(rf"{P}(#.*)?$"))
    assert "210" in page.locator("#results").inner_text()
