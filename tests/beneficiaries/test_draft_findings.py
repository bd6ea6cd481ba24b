"""What a draft is held against before anybody confirms it."""

from datetime import date

import pytest

from beneficiaries.findings.drafts import compared, contradictions
from beneficiaries.totals import count, totals_with
from beneficiaries.totals.values import CategoryFacts
from tests.beneficiaries.totals_facts import CATEGORIES, facts, figure, report

END_2012 = date(2012, 12, 31)
BEFORE = report("FAO", "2011-S1", ("cocle", 120), ("herrera", 9), ("veraguas", "nd"))


def found(draft, *reports):
    return [(doubt.code, doubt.key[0], doubt.before, doubt.after) for doubt, _cell in compared(draft, reports).found]


def test_a_figure_is_doubted_against_the_last_period_of_its_source():
    draft = report("FAO", "2011-S2", ("cocle", 1200), ("herrera", 0), ("veraguas", 0))
    assert found(draft, BEFORE) == [("ten_times", "cocle", 120, 1200), ("zero_for_number", "herrera", 9, 0)]
    assert list(compared(draft, (BEFORE,)).by_code()) == ["ten_times", "zero_for_number"]


def test_a_revision_is_compared_with_what_it_replaces():
    replaced = report("FAO", "2011-S2", ("cocle", 7))
    assert found(report("FAO", "2011-S2", ("cocle", 70)), BEFORE, replaced) == [("ten_times", "cocle", 7, 70)]


@pytest.mark.parametrize(
    "other",
    [
        report("UNDP", "2011-S1", ("cocle", 120)),
        report("FAO", "2011-S1", ("cocle", 120), basis="cumulative"),
        report("FAO", "2012-S1", ("cocle", 120)),
    ],
)
def test_another_source_basis_or_later_period_is_no_measure(other):
    result = compared(report("FAO", "2011-S2", ("cocle", 0)), (other,))
    assert (result.against, result.found) == (None, ())


def test_only_what_the_draft_brings_is_told_as_a_contradiction():
    categories = (*CATEGORIES, CategoryFacts("young", "Jóvenes", "Young", "persons", "women"))
    older = report("FAO", "2011-S1", ("herrera", 5), figure("herrera", 8, "young"))
    draft = report("FAO", "2011-S2", ("cocle", 5), figure("cocle", 8, "young"))
    before = count(facts(older, categories=categories), END_2012)
    told = contradictions(before, totals_with(before, draft), draft, {})
    assert [(finding.code, "cocle" in finding.seen) for finding in told] == [("part_above_whole", True)]
