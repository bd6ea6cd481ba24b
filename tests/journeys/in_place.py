"""Opening a block in its place on the workspace, and waiting until the page has settled."""

WORKSPACE = "/programmes/MDGF-2097/"


def opened(officer, block, page=None):
    """The form of a block in its place, with the focus in it."""
    page = page or officer.page
    if not page.url.startswith(officer.address + WORKSPACE):
        page.goto(officer.address + WORKSPACE)
    page.locator(f"#{block} [data-opens]").first.click()
    form = page.locator(f"#{block}.editing")
    form.wait_for()
    return form


def settled(page, condition):
    """Wait until the page says yes; the strict policy of the portal rules out Playwright's own way of waiting."""
    for _attempt in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{condition}: focus on {page.evaluate('document.activeElement.outerHTML')[:200]}")
