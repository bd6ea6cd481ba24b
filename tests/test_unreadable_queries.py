"""A NUL in an address: PostgreSQL does not even compare it with a text, so no page may hand it on."""

import pytest

pytestmark = pytest.mark.django_db

ASKED = ("q", "country", "window", "status", "code", "agency", "period", "category", "area", "page", "kind", "as_of",
         "from", "to", "on", "by")  # fmt: skip
PAGES = ("/", "/portfolio.csv", "/countries/PA/", "/jobs/", "/sheets/batch/", "/people/")
OF_A_PROGRAMME = ("", "sheets/", "sheets/changes/", "sheets/changes.pdf", "beneficiaries/", "beneficiaries/totals/",
                  "beneficiaries/agreed/", "beneficiaries/counts.csv", "beneficiaries/figures/", "history/",
                  "findings/", "money/", "translation/", "as-it-was/")  # fmt: skip


@pytest.mark.parametrize("page", [*PAGES, *(f"/programmes/MDGF-2097/{part}" for part in OF_A_PROGRAMME)])
def test_no_page_fails_over_what_no_database_can_look_up(client_of, rco_panama, page):
    client = client_of(rco_panama)
    assert [name for name in ASKED if client.get(page, {name: "\0"}).status_code >= 500] == []
