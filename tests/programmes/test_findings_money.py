"""Findings on budgets and disbursements: each fires on its case and stays quiet beside it."""

from datetime import date
from decimal import Decimal

import pytest

from programmes.findings import Level, Name
from programmes.findings.budget import budget_gap
from programmes.findings.money import (
    committed_above_approved,
    committed_above_transferred,
    disbursed_above_budget,
    disbursement_overdue,
    finances_not_reported,
    finances_old,
    shares_do_not_match,
    spent_above_approved,
    spent_above_committed,
)
from programmes.quantities import ND, Quantity, Sum

PANAMA = [
    ("UNWTO", Name("OMT", "UNWTO"), Decimal(802500)),
    ("FAO", Name("FAO", "FAO"), Decimal(1839500)),
    ("UNIDO", Name("ONUDI", "UNIDO"), Decimal(2067168)),
    ("UNCTAD", Name("UNCTAD", "UNCTAD"), Decimal(797732)),
    ("UNDP", Name("PNUD", "UNDP"), Decimal(2439100)),
]
TOTAL = Decimal(8000000)


def amounts(*values):
    return [(f"A{index}", f"A{index}", Decimal(value)) for index, value in enumerate(values)]


def test_the_panama_gap_names_its_likely_culprit():
    (finding,) = budget_gap(TOTAL, PANAMA)
    assert (finding.level, finding.code, finding.where) == (Level.WARNING, "budget_gap", "budget")
    assert finding.seen == "total=8000000.00;sum=7946000.00"
    words = finding.in_language("en")
    assert words.title == "The agencies add up to USD 54,000 less than the stated total"
    assert words.suggestion.startswith("Likely cause: two digits swapped in UNDP. USD 2,493,100 closes the gap")
    assert "USD 2,330,000" in words.suggestion
    assert [amount for _label, amount in words.sum_lines] == [TOTAL, Decimal(7946000), Decimal(54000)]


def test_the_suggested_budget_shows_only_its_changed_digits():
    (finding,) = budget_gap(TOTAL, PANAMA)
    assert finding.anchor == "UNDP"
    assert finding.suggested.parts == (("2,4", False), ("93", True), (",100", False))


def test_an_agency_is_called_by_its_name_in_the_language_of_the_sentence():
    (finding,) = budget_gap(TOTAL, PANAMA)
    assert "PNUD" in finding.in_language("es").suggestion
    assert "UNDP" in finding.in_language("en").suggestion


def test_budgets_that_add_up_are_quiet():
    assert budget_gap(Decimal(300), amounts(100, 200)) == []
    assert budget_gap(None, amounts(100)) == []
    assert budget_gap(Decimal(300), []) == []


def test_a_single_swap_without_round_amount_is_still_named():
    (finding,) = budget_gap(Decimal(1234 + 2000), amounts(1243, 2000))
    assert finding.anchor == "A0"
    assert finding.suggested.meant == 1234


def test_of_several_possible_swaps_none_is_accused():
    (finding,) = budget_gap(Decimal(1234 + 5634), amounts(1243, 5634))
    assert finding.anchor == "A0"
    (finding,) = budget_gap(Decimal(1234 + 5643), amounts(1243, 5643))
    assert finding.suggested is None
    assert finding.anchor == ""
    assert "A0 and A1" in finding.in_language("en").suggestion


def test_a_gap_that_no_swap_closes_has_no_culprit():
    (finding,) = budget_gap(Decimal(310), amounts(100, 200))
    assert (finding.suggested, finding.in_language("en").suggestion) == (None, "")


def test_which_of_total_and_sum_is_larger_is_said_once_and_the_difference_has_no_sign():
    (finding,) = budget_gap(Decimal(54_008), amounts(7_000_000, 1_000_000))
    words = finding.in_language("en")
    assert words.title == "The agencies add up to USD 7,945,992 more than the stated total"
    assert [amount for _label, amount in words.sum_lines][-1] == Decimal(7_945_992)


@pytest.mark.parametrize(("transferred", "codes"), [(101, ["disbursed_above_budget"]), (100, [])])
def test_disbursements_above_the_budget(transferred, codes):
    found = disbursed_above_budget(Decimal(transferred), Decimal(100))
    assert [finding.code for finding in found] == codes


def test_a_programme_without_a_stated_budget_cannot_exceed_it():
    assert disbursed_above_budget(Decimal(5), None) == []


def test_shares_that_do_not_add_up_to_their_disbursement():
    lines = [(1, Decimal(100), Decimal(90)), (2, Decimal(100), Decimal(100)), (3, Decimal(100), None), (4, None, None)]
    (finding,) = shares_do_not_match(lines)
    assert (finding.anchor, finding.seen) == ("1", "amount=100.00;shares=90.00")
    assert finding.in_language("en").title == "Disbursement 1 and its shares differ by USD 10"


def test_a_planned_disbursement_is_overdue_the_day_after():
    lines = [(1, date(2011, 1, 1), date(2010, 12, 1)), (2, None, date(2011, 10, 1)), (3, None, None)]
    assert disbursement_overdue(lines, date(2011, 10, 1)) == []
    (finding,) = disbursement_overdue(lines, date(2011, 10, 2))
    assert (finding.anchor, finding.level) == ("2", Level.WARNING)


def held(transferred, committed):
    return ("FAO", "FAO", Quantity(Decimal(transferred)), Quantity(Decimal(committed)))


def test_more_committed_than_transferred_by_one_agency():
    (finding,) = committed_above_transferred([held(100, 101)], Sum(Decimal(101), 1, 0), Decimal(500))
    assert finding.anchor == "FAO"
    assert committed_above_transferred([held(100, 100)], Sum(Decimal(100), 1, 0), Decimal(500)) == []


def test_more_committed_than_transferred_by_all_together_where_shares_are_not_known():
    unknown = [("FAO", "FAO", ND, Quantity(Decimal(101)))]
    (finding,) = committed_above_transferred(unknown, Sum(Decimal(101), 1, 4), Decimal(100))
    assert finding.anchor == ""
    assert committed_above_transferred(unknown, Sum(Decimal(101), 1, 4), Decimal(101)) == []
    assert committed_above_transferred([("FAO", "FAO", ND, ND)], Sum(None, 0, 1), Decimal(0)) == []


def test_more_spent_than_committed():
    agencies = [
        ("FAO", "FAO", Quantity(Decimal(100)), Quantity(Decimal(101))),
        ("UNDP", "UNDP", Quantity(Decimal(100)), Quantity(Decimal(100))),
        ("ILO", "ILO", ND, Quantity(Decimal(100))),
    ]
    assert [finding.anchor for finding in spent_above_committed(agencies)] == ["FAO"]


def test_more_committed_than_approved():
    agencies = [
        ("FAO", "FAO", Decimal(100), Quantity(Decimal(101))),
        ("UNDP", "UNDP", Decimal(100), Quantity(Decimal(100))),
        ("ILO", "ILO", Decimal(100), ND),
    ]
    (finding,) = committed_above_approved(agencies)
    assert (finding.code, finding.anchor) == ("committed_above_approved", "FAO")
    assert (finding.page, finding.field) == ("finances", "FAO-committed_usd")


def test_more_spent_than_was_approved_is_said_where_what_is_committed_has_not_said_so():
    spent = Quantity(Decimal(120))
    (finding,) = spent_above_approved([("FAO", "FAO", Decimal(100), ND, spent)])
    assert (finding.code, finding.field) == ("spent_above_approved", "FAO-spent_usd")
    assert spent_above_approved([("FAO", "FAO", Decimal(100), Quantity(Decimal(130)), spent)]) == []
    assert spent_above_approved([("FAO", "FAO", Decimal(120), ND, spent)]) == []


def test_agencies_that_never_said_what_they_spent_are_one_note():
    agencies = [("FAO", "FAO", None), ("UNDP", Name("PNUD", "UNDP"), None), ("ILO", "ILO", date(2011, 6, 30))]
    (finding,) = finances_not_reported(agencies, Decimal(5))
    assert finding.in_language("en").title == "2 agencies have not said what they committed and spent"
    assert "FAO and UNDP" in finding.in_language("en").message
    assert finances_not_reported(agencies, Decimal(0)) == []  # nothing was transferred yet
    assert finances_not_reported(agencies[2:], Decimal(5)) == []


def test_figures_of_another_year_are_old():
    agencies = [("FAO", "FAO", date(2010, 10, 29)), ("ILO", "ILO", date(2010, 10, 30)), ("UNDP", "UNDP", None)]
    assert [finding.anchor for finding in finances_old(agencies, date(2011, 10, 31))] == ["FAO"]


@pytest.mark.parametrize(
    ("stated", "said", "anchor"),
    [
        (321, "only the total includes indirect costs. The agencies' USD 300 plus 7 % is USD 321.", ""),
        (280, "only the agencies' budgets include indirect costs. USD 280 plus 7 % is USD 300.", ""),
        (307, "the 7 % indirect costs of A0 are left out. USD 107", "A0"),
        (287, "the 7 % indirect costs of A1 are counted twice. USD 187", "A1"),
    ],
)
def test_a_gap_that_the_indirect_costs_explain(stated, said, anchor):
    (finding,) = budget_gap(Decimal(stated), amounts(100, 200))
    assert said in finding.in_language("en").suggestion
    assert finding.anchor == anchor


def test_the_suggestion_leads_to_the_budget_it_suspects_otherwise_to_the_total():
    assert budget_gap(TOTAL, PANAMA)[0].field == "id_budgets-4-amount_usd"
    assert budget_gap(Decimal(310), amounts(100, 200))[0].field == "id_total_budget_usd"
