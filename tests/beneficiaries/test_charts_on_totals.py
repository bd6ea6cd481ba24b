"""The totals' page draws what its tables say: by area and by period, direct, and indirect where there is any."""

from datetime import date

import pytest

from tests.beneficiaries.sending import load

pytestmark = pytest.mark.django_db


def totals(client, **asked):
    return client.get("/programmes/MDGF-2097/beneficiaries/totals/", asked, headers={"accept-language": "en"}).text


def test_without_figures_by_area_or_a_second_period_nothing_is_drawn(client_of, rco_panama):
    page = totals(client_of(rco_panama))
    assert 'class="chart' not in page
    assert "Women and men, drawn" not in page


def test_women_and_men_are_drawn_by_area_and_by_period(client_of, rco_panama, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 120, "D10": "nd", "C11": 8})
    load(panama, focal_point_fao, {"C10": 30, "D10": 5}, code="2012-S1", today=date(2012, 8, 1))
    page = totals(client_of(rco_panama), as_of="2012-06-30", by="agency")
    direct, *further = page.split('class="chart by-area"')[1:]
    assert further == []
    assert "Coclé: women 150, men ≥ 5." in direct
    assert "Herrera: women 8, men nd." in direct
    assert "The same numbers as a table by area" in direct
    assert page.count("Women and men to date, direct, by period</figcaption>") == 1


def test_indirect_figures_are_drawn_beneath_the_direct_ones(client_of, rco_panama, panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 120, "C11": 8, "G10": 300, "G11": 41})
    direct, indirect = totals(client_of(rco_panama), as_of="2012-01-20").split('class="chart by-area"')[1:]
    assert "Herrera: women 8," in direct
    assert "Herrera: women 41," in indirect


def test_the_figures_can_be_taken_away_from_there(client_of, rco_panama):
    assert "/programmes/MDGF-2097/beneficiaries/counts.xlsx" in totals(client_of(rco_panama))
