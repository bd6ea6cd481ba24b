"""What a file would change, before anybody confirms it."""

from datetime import date

import pytest

from beneficiaries.models import Basis
from beneficiaries.spreadsheets import preview, stored
from beneficiaries.spreadsheets.columns import columns_of
from beneficiaries.spreadsheets.purpose import Purpose
from programmes.quantities import Quantity, Sum
from tests.beneficiaries.sending import TODAY, load, receive, template

pytestmark = pytest.mark.django_db


def seen(panama, by, cells, today=TODAY, **kwargs):
    of = kwargs.get("of", "FAO")
    data = template(panama, cells, of, kwargs.get("code", "2011-S2"))
    submission = receive(panama, by, data, today=today, **kwargs)
    found = stored.from_stored(submission.reading, columns_of(panama))
    return preview.build(Purpose.of(submission), found, today)


def kinds(shown):
    return [
        (change.kind, change.area, change.category.code, change.before, change.after)
        for change in shown.changes
        if change.reach == "direct" and change.category.code == "women"
    ]


def test_against_nothing_every_figure_is_new(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 40, "C14": 2})
    assert (shown.current, shown.next_revision) == (None, 1)
    assert kinds(shown) == [("new", "Coclé", "women", None, Quantity(40)), ("new", "", "women", None, Quantity(2))]


def test_against_the_revision_that_counts_each_figure_is_changed_same_or_gone(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "C11": 7, "C12": 9})
    shown = seen(panama, focal_point_fao, {"C10": 41, "C11": 7})
    assert (shown.current.revision, shown.next_revision) == (1, 2)
    assert kinds(shown) == [
        ("changed", "Coclé", "women", Quantity(40), Quantity(41)),
        ("same", "Herrera", "women", Quantity(7), Quantity(7)),
        ("gone", "Veraguas", "women", Quantity(9), None),
    ]


def test_totals_before_and_after_are_the_programmes(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 40}, of="FAO")
    women = next(row for row in shown.rows if row.label_en == "Women").by_reach["direct"]
    assert (women.before.known, women.after.known) == (518, 558)
    assert shown.totals_before.as_of_on == TODAY


def test_totals_of_a_programme_that_has_ended_reach_as_far_as_anybody_counted(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 40}, today=date(2026, 1, 1))
    assert shown.totals_before.as_of_on == shown.totals_after.as_of_on == date(2011, 12, 31)


def test_figures_of_an_agency_up_to_the_base_do_not_count(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 40}, code="2011-S1")
    assert shown.covered
    assert all(total.is_same for row in shown.rows for total in row.by_reach.values())


def test_a_cumulative_figure_of_one_agency_stands_beside_the_base(panama, focal_point_fao):
    shown = seen(panama, focal_point_fao, {"C10": 40}, basis=Basis.CUMULATIVE)
    assert shown.beside
    assert not seen(panama, focal_point_fao, {"C10": 40}).beside


def test_a_new_base_replaces_the_one_before(panama, rco_panama):
    when = {"today": date(2011, 12, 1), "counted_to_on": date(2011, 11, 30)}
    shown = seen(panama, rco_panama, {"C14": 561, "D14": 254}, of="programme", basis=Basis.CUMULATIVE, **when)
    by_label = {row.label_en: row.by_reach["direct"] for row in shown.rows}
    assert (by_label["Women"].before.known, by_label["Women"].after.known) == (518, 561)
    assert by_label["Men"].difference == Quantity(-15)
    assert by_label["Men"].falls
    assert [(fall.area, fall.category.code, fall.before, fall.after) for fall in shown.falls] == [("", "men", 269, 254)]


def test_a_fall_in_one_area_is_named_although_the_sum_grows(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40, "C11": 5}, basis=Basis.CUMULATIVE, code="2011-S1")
    shown = seen(panama, focal_point_fao, {"C10": 30, "C11": 50}, basis=Basis.CUMULATIVE)
    assert [(fall.area, fall.before, fall.after) for fall in shown.falls] == [("Coclé", 40, 30)]


def test_persons_moved_out_of_the_row_without_area_are_no_fall(panama, rco_panama):
    cells = {"B14": 83, "C10": 300, "C11": 300, "D10": 200, "D11": 100, "E14": 0, "G14": 1242, "H14": 948, "I14": 0}
    assert seen(panama, rco_panama, cells, of="programme", basis=Basis.CUMULATIVE).falls == ()


def test_a_later_nd_is_no_fall_but_leaves_at_least(panama, focal_point_fao):
    load(panama, focal_point_fao, {"C10": 40}, basis=Basis.CUMULATIVE, code="2011-S1")
    assert seen(panama, focal_point_fao, {"C10": "nd"}, basis=Basis.CUMULATIVE).falls == ()


@pytest.mark.parametrize(
    ("before", "after", "now_known", "falls"),
    [
        (Sum(None, 0, 1), Sum(41, 1, 0), True, False),
        (Sum(269, 1, 0), Sum(254, 1, 0), False, True),
        (Sum(269, 1, 1), Sum(254, 1, 1), False, False),
    ],
)
def test_a_difference_is_drawn_from_complete_figures_only(before, after, now_known, falls):
    total = preview.Total(before, after)
    assert (total.is_now_known, total.falls) == (now_known, falls)


def test_the_preview_takes_as_many_queries_for_many_figures_as_for_few(
    panama, focal_point_fao, django_assert_max_num_queries
):
    every = {f"{letter}{row}": 5 for letter in "BCDEFGHI" for row in range(10, 14)}
    load(panama, focal_point_fao, every)
    submission = receive(panama, focal_point_fao, template(panama, every | {"C10": 6}))
    purpose = Purpose.of(submission)
    found = stored.from_stored(submission.reading, columns_of(panama))
    with django_assert_max_num_queries(9):
        shown = preview.build(purpose, found, TODAY)
    assert len(shown.changes) == 32
