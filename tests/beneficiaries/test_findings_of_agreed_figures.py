"""What is found about agreed figures: that they have lapsed; and what is not said of them."""

import pytest

from beneficiaries.findings import check
from beneficiaries.totals import to_date
from reporting.status_sheet import build_status_sheet
from tests.beneficiaries.agreements import DECEMBER, MEN, WOMEN, agree, all_send
from tests.beneficiaries.test_totals_loading import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(panama):
    return all_send(panama)


def test_who_edits_the_sheet_is_told_that_an_agreed_figure_has_lapsed(client_of, panama, rco_panama, sent):
    agree(panama, rco_panama, {WOMEN: 600})
    assert "agreed_figure_lapsed" not in [found.code for found in check(to_date(panama, DECEMBER))]
    submit(panama, "FAO", "2011-S2", revision=2, counts=[("cocle", "women", 22), ("cocle", "men", 10)])
    [lapsed] = [found for found in check(to_date(panama, DECEMBER)) if found.code == "agreed_figure_lapsed"]
    assert lapsed.in_language("en").title == "Women, direct: the agreed figure has lapsed"
    assert "600 was agreed for December 31, 2011" in lapsed.in_language("en").message
    page = client_of(rco_panama).get(f"/programmes/{panama.code}/findings/").text
    assert f"/programmes/{panama.code}/beneficiaries/agreed/?on=2011-12-31" in page


def test_the_sheet_does_not_say_of_an_agreed_figure_that_somebody_may_be_counted_twice(panama, rco_panama, sent):
    assert "overlaps_base" in [note.code for note in build_status_sheet(panama, DECEMBER).notes]
    agree(panama, rco_panama, {WOMEN: 600, MEN: 300})
    assert "overlaps_base" not in [note.code for note in build_status_sheet(panama, DECEMBER).notes]
