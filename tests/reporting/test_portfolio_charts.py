"""The portfolio's charts: what they count, and that what is missing is never a bar or a dot of zero."""

from reporting.portfolio.charts import by_sex, delivery_against_time, status_by_window
from reporting.portfolio.totals import Covered, Group, summed

NONE = Covered(None, 0, 0, 1)


def group(window="Water", performance="on_track", elapsed=50, delivered=40, programmes=1, women=NONE, men=NONE):
    rest = dict.fromkeys(("budget", "transferred", "committed", "spent"), NONE)
    return Group(
        window, performance, elapsed, delivered, programmes, "MDGF-1", rest | {"women": women, "men": men}
    )  # fmt: skip


def test_each_window_is_one_bar_from_best_to_worst_and_without_judgement_last():
    chart = status_by_window(
        [group(performance="stalled"), group(performance="", programmes=2), group(programmes=3), group("Youth")]
    )
    water, youth = chart.windows
    assert [(part.performance, part.programmes) for part in water.segments] == [
        ("on_track", 3),
        ("stalled", 1),
        ("", 2),
    ]
    assert (chart.assessed, chart.programmes) == (5, 7)
    assert abs(youth.segments[0].width * 6 - sum(part.width for part in water.segments)) <= 6  # one scale
    assert [bool(part.hatch) for part in water.segments] == [False, False, True]
    assert all(
        before.x + before.width == after.x for before, after in zip(water.segments, water.segments[1:], strict=False)
    )


def test_programmes_outside_of_any_window_come_last():
    assert [bar.y for bar in status_by_window([group(""), group("Zinc")]).windows] == [0, 36]
    assert status_by_window([group(""), group("Zinc")]).windows[0].name == "Zinc"


def test_delivery_stands_against_time_and_what_is_unknown_beneath_the_axis():
    chart = delivery_against_time(
        [group(elapsed=0, delivered=0), group(elapsed=100, delivered=100), group(delivered=None), group(elapsed=None)]
    )
    zero, full, unknown = chart.dots
    assert (zero.x, zero.y) == (chart.left, chart.base)
    assert (full.x, full.y) == (chart.right, chart.pace)
    assert unknown.y > chart.base
    assert (chart.known, chart.unknown, chart.undated, chart.programmes) == (2, 1, 1, 4)
    assert delivery_against_time([group(elapsed=None)]) is None


def test_a_programme_that_spent_more_than_its_budget_stays_on_the_picture():
    chart = delivery_against_time([group(delivered=130), group(delivered=900)])
    assert chart.top == 200
    assert [dot.y >= 0 for dot in chart.dots] == [True, True]


def test_women_and_men_of_a_window_are_at_least_what_is_known():
    known = Covered(700, 1, 0, 0)
    chart = by_sex([group(women=known, men=known), group(women=NONE, men=known), group("Youth", men=known)])
    water, youth = chart.areas
    assert [bar.text for bar in water.bars] == ["≥ 700", "1,400"]
    assert youth.bars[0].is_open
    assert by_sex([group()]) is None


def test_totals_add_up_with_their_coverage():
    groups = [group(women=Covered(700, 1, 0, 0)), group(women=Covered(50, 0, 1, 0)), group(programmes=2)]
    women = summed(groups)["women"]
    assert (women.known, women.complete, women.partial, women.nd) == (750, 1, 1, 1)
    assert not women.sum.is_complete
    assert summed([])["women"].known is None
