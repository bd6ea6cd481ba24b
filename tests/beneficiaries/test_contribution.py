"""What a file adds by itself is shown even where the programme's total is not complete."""

import pytest

from beneficiaries.models import Basis
from tests.beneficiaries.sending import load
from tests.beneficiaries.test_preview import seen
from tests.beneficiaries.test_submission_page import page_of, receive, template

pytestmark = pytest.mark.django_db


def own(shown, label="Women", reach="direct"):
    rows = {row.label_en: row.by_reach[reach] for row in (*shown.rows, shown.persons)}
    return rows[label].own


def test_a_first_file_adds_what_it_counts_although_the_total_stays_open(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 100, "C14": 20, "D10": 5})
    total = next(row for row in shown.rows if row.label_en == "Women").by_reach["direct"]
    assert total.difference.state == "nd"
    assert (total.own.text, total.own.cells) == ("+120", ("Beneficiarios!C10", "Beneficiarios!C14"))
    assert own(shown, "Persons").text == "+125"


def test_a_revision_adds_its_difference_to_the_one_it_replaces(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 100})
    assert own(seen(panama, focal_point_fao, {"C10": 85})).text == "−15"


def test_new_figures_are_not_compared_with_those_of_another_period(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 100}, code="2011-S1")
    assert own(seen(panama, focal_point_fao, {"C10": 7})).text == "+7"


def test_cumulative_figures_are_compared_with_what_the_agency_had_counted(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 100}, basis=Basis.CUMULATIVE, code="2011-S1")
    assert own(seen(panama, focal_point_fao, {"C10": 130}, basis=Basis.CUMULATIVE)).text == "+30"


def test_a_gap_in_the_file_itself_makes_its_own_figure_a_lower_bound(panama, focal_point_fao):
    assert own(seen(panama, focal_point_fao, {"C10": 100, "C11": "nd"})).text == "≥ 100"


def test_no_difference_is_drawn_where_either_file_has_a_gap(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 100, "C11": "nd"})
    assert own(seen(panama, focal_point_fao, {"C10": 130, "C11": "nd"})).text == ""


def test_only_a_few_cells_are_named_and_the_rest_counted(panama, focal_point_fao):
    contribution = own(seen(panama, focal_point_fao, {f"C{row}": 1 for row in range(10, 15)}))
    assert (contribution.places, contribution.further) == ("C10, C11, C12", 2)
    assert contribution.all_places.endswith("Beneficiarios!C14")


def test_the_page_says_what_this_file_adds_and_from_which_cells(client_of, panama, focal_point_fao):
    sent = receive(panama, focal_point_fao, template(panama, {"C10": 100, "C14": 20}))
    page = page_of(client_of(focal_point_fao), sent.get_absolute_url())
    assert "this file: <strong>+120</strong>" in page
    assert '<small title="Beneficiarios!C10, Beneficiarios!C14">C10, C14</small>' in page


def test_unchanged_figures_are_listed_with_their_cells_too(client_of, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 100, "D10": 8})
    sent = receive(panama, focal_point_fao, template(panama, {"C10": 100, "D10": 9}))
    page = page_of(client_of(focal_point_fao), sent.get_absolute_url())
    assert '<th scope="row" class="cell">Beneficiarios!C10</th>' in page


def test_a_fall_names_the_cell_it_was_read_from(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "C11": 5}, basis=Basis.CUMULATIVE, code="2011-S1")
    shown = seen(panama, focal_point_fao, {"C10": 30, "C11": 50}, basis=Basis.CUMULATIVE)
    assert [fall.places for fall in shown.falls] == ["C10"]


OVERLAP = "Whoever was reached between July 1, 2011 and October 31, 2011 may be counted twice."


def test_new_figures_whose_period_began_before_the_bases_date_are_warned_about(client_of, panama, focal_point_fao):
    sent = receive(panama, focal_point_fao, template(panama, {"C10": 100}))
    page = page_of(client_of(focal_point_fao), sent.get_absolute_url())
    assert "this file counts new persons from July 1, 2011 to December 31, 2011" in page
    assert OVERLAP in page
    assert "Count only persons reached after October 31, 2011, or send cumulative figures instead." in page


@pytest.mark.parametrize(("code", "basis"), [("2011-S2", Basis.CUMULATIVE), ("2011-S1", Basis.NEW)])
def test_cumulative_figures_and_those_before_the_base_overlap_nothing(panama, focal_point_fao, code, basis):
    assert seen(panama, focal_point_fao, {"C10": 1}, code=code, basis=basis).overlaps is None


def test_figures_of_a_period_after_the_base_overlap_nothing(panama, focal_point_fao):
    from datetime import date

    assert seen(panama, focal_point_fao, {"C10": 1}, code="2012-S1", today=date(2012, 7, 20)).overlaps is None
