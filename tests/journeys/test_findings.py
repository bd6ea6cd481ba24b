"""An officer goes through what does not fit: mends one finding at its field, accepts another with a reason."""

import re

import pytest

from tests.journeys.words import LANGUAGE_HERE, OFFICER, PASSWORD, SECRETARIAT, said

FINDINGS = "/programmes/MDGF-2097/findings/"
REASON = "PNUD confirma la cifra; el comité la corrige en marzo. / UNDP confirms it."


@pytest.mark.parametrize("javascript", [True, False], ids=["javascript", "without javascript"])
@pytest.mark.parametrize("language", LANGUAGE_HERE)
def test_one_finding_is_mended_and_one_accepted(visitor, language, javascript):
    officer = visitor(language=language, javascript=javascript).sign_in(OFFICER, PASSWORD)
    page = officer.open(FINDINGS)
    parties = page.locator(".finding", has_text=said(language, "There is no programme coordinator"))
    parties.get_by_role("link", name=said(language, "Go to the field")).click()
    page.wait_for_url("**/sections/parties/edit/#id_coordinator_name")
    page.locator("#id_coordinator_name:target").fill("Inés Batista")
    page.get_by_role("button", name=said(language, "Save parties")).last.click()
    page.wait_for_url(re.compile(r"/programmes/MDGF-2097/(#.*)?$"))

    page = officer.open(FINDINGS)
    assert said(language, "There is no programme coordinator") not in page.locator("main").inner_text()
    gap = page.locator(".finding:not(.held)", has_text="54,000")
    gap.get_by_role("link", name=said(language, "Accept with a reason")).click()
    page.get_by_role("button", name=said(language, "Accept with this reason")).click()
    assert (
        said(language, "Say why it stays as it is: the Secretariat will read it.") in page.locator("main").inner_text()
    )
    page.locator("textarea").fill(REASON)
    page.get_by_role("button", name=said(language, "Accept with this reason")).click()
    page.wait_for_url("**/findings/#accepted")
    assert gap.count() == 0
    assert REASON in page.locator(".finding.held").inner_text()

    secretariat = visitor(language=language, javascript=javascript).sign_in(SECRETARIAT, PASSWORD)
    assert REASON in secretariat.open("/programmes/MDGF-2097/").locator("#budget").inner_text()

    page.locator(".finding.held").get_by_role("button", name=said(language, "Open it again")).click()
    page.wait_for_url("**/findings/")
    assert gap.count() == 1
