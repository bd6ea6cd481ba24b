"""The invented portfolio: plausible, marked in both languages, the same on the same day, and added once."""

from datetime import date

import pytest

from programmes.models import Country, Programme
from reporting import invented
from reporting.portfolio import refreshing

pytestmark = pytest.mark.django_db

TODAY = date(2026, 3, 2)


@pytest.fixture
def fewer(monkeypatch):
    """Enough for each kind of gap; printing is tested elsewhere."""
    monkeypatch.setattr(invented, "PROGRAMMES", 45)
    monkeypatch.setattr(invented, "ISSUED", 0)


def test_each_says_in_both_languages_that_it_is_invented(fewer):
    assert invented.load_portfolio(TODAY) == 45
    made = Programme.objects.filter(code__startswith="MDGF-I")
    assert all(programme.title_es.endswith("(inventado)") for programme in made)
    assert {programme.title_en.rpartition(" ")[2] for programme in made} == {"(invented)", ""}
    assert Country.objects.count() == 50
    assert made.first().history.get().history_change_reason == invented.REASON


def test_a_second_time_adds_nothing(fewer):
    invented.load_portfolio(TODAY)
    assert invented.load_portfolio(date(2026, 4, 1)) == 0


def test_it_has_late_silent_and_unknown_ones(fewer):
    invented.load_portfolio(TODAY)
    refreshing.refresh(TODAY)
    rows = [programme.portfolio_row for programme in Programme.objects.filter(code__startswith="MDGF-I")]
    assert {"", "on_track", "delayed", "stalled"} <= {row.performance for row in rows}
    assert any(row.spent_missing and row.spent_usd for row in rows)
    assert any(row.due_agencies for row in rows)
    assert any(row.budget_usd is None for row in rows)
    assert all(row.spent_usd is None or row.spent_usd <= row.budget_usd for row in rows)
