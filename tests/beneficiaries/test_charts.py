"""Charts of beneficiaries: missing is a hatch, a dashed box or a gap, never a zero bar. No database."""

from datetime import date

import pytest
from defusedxml import ElementTree
from django.template.loader import render_to_string
from django.utils.translation import override

from beneficiaries import charts
from beneficiaries.models import Reach
from beneficiaries.totals import count
from beneficiaries.totals.periods import by_period
from programmes.quantities import Sum
from tests.beneficiaries.totals_facts import facts, figure, report

DUE = ("2010-S1", "2010-S2", "2011-S1", "2011-S2", "2012-S1")


def figures(*stated):
    return [figure(area, value, category) for area, category, value in stated]


def by_area(totals, order=(), reach=Reach.DIRECT):
    return charts.women_and_men(charts.persons_by_area(totals, order, reach), "Sin área", reach)


def chart_of(*stated, order=("veraguas", "cocle", "herrera")):
    found = facts(report("FAO", "2011-S2", *figures(*stated)))
    return by_area(count(found, date(2011, 12, 31)), order)


def bars(chart):
    return {(area.name, bar.category): bar for area in chart.areas for bar in area.bars}


def test_each_area_has_a_bar_for_women_and_one_for_men_in_the_sheets_order():
    chart = chart_of(("cocle", "women", 120), ("cocle", "men", 60), ("veraguas", "women", 30), ("", "men", 5))
    assert [area.name for area in chart.areas] == ["Veraguas", "Coclé", "Sin área"]
    found = bars(chart)
    assert found["Coclé", "women"].length == charts.LONGEST
    assert found["Coclé", "men"].length == charts.LONGEST // 2
    assert found["Veraguas", "women"].text == "30"


def test_a_figure_that_nobody_knows_is_a_dashed_box_and_zero_is_a_plain_zero():
    chart = chart_of(("cocle", "women", 10), ("cocle", "men", "nd"), ("herrera", "women", 0), ("herrera", "men", 1))
    found = bars(chart)
    assert (found["Coclé", "men"].is_open, found["Coclé", "men"].text) == (True, "nd")
    zero = found["Herrera", "women"]
    assert (zero.is_open, zero.length, zero.hatch, zero.text) == (False, 0, (), "0")


def test_what_is_known_in_part_ends_in_a_hatched_box():
    chart = charts.paired_bars([("Coclé", {"women": Sum(518, 2, 1), "men": Sum(600, 2, 0)})], "direct")
    women, men = chart.areas[0].bars
    assert women.text == "≥ 518"
    assert len(women.hatch) >= 2
    assert men.hatch == ()
    assert women.text_x > women.length + chart.hatch


def test_the_smallest_number_is_seen_beside_the_largest():
    chart = charts.paired_bars([("a", {"women": Sum(1, 1, 0), "men": Sum(2_000_000_000, 1, 0)})], "direct")
    assert [bar.length for bar in chart.areas[0].bars] == [1, charts.LONGEST]
    assert chart.areas[0].bars[1].text_x + 7 * len("2,000,000,000") <= chart.width


def test_one_area_alone_is_no_chart():
    assert chart_of(("cocle", "women", 120), ("herrera", "women", "nd")) is None
    assert chart_of(("cocle", "women", 120), ("", "women", 30)) is None


def areas_of(number):
    return [(f"Area {n:02}", {"women": Sum(n, 1, 0), "men": Sum(1, 1, 0)}) for n in range(number)]


@pytest.mark.parametrize(("areas", "images"), [(2, [2]), (3, [3]), (4, [2, 2]), (7, [4, 3]), (13, [4, 4, 4, 1])])
def test_a_long_chart_is_several_images_that_show_every_area_once(areas, images):
    chart = charts.women_and_men(areas_of(areas), "No area")
    assert [len(image.areas) for image in chart.images] == images
    assert [area.name for image in chart.images for area in image.areas] == [area.name for area in chart.areas]
    for image in chart.images:
        for area in image.areas:
            assert image.top < area.y < image.top + image.height
    assert sum(image.height for image in chart.images) == chart.height


def test_of_very_many_areas_those_with_most_persons_are_drawn_in_the_sheets_order_and_the_rest_is_counted():
    chart = charts.women_and_men(areas_of(charts.MOST + 6), "No area")
    assert [area.name for area in chart.areas] == [f"Area {n:02}" for n in range(6, charts.MOST + 6)]
    assert chart.further == 6


def trend_of(*reports, as_of=date(2012, 6, 30), **kwargs):
    found = facts(*reports, periods=DUE, starts_on=date(2010, 1, 1), **kwargs)
    return charts.trend(by_period(found, as_of))


HALF_YEARS = [
    report("FAO", "2010-S2", *figures(("cocle", "women", 100), ("cocle", "men", 50))),
    report("FAO", "2011-S1", *figures(("cocle", "women", 100), ("cocle", "men", 50))),
    report("FAO", "2012-S1", *figures(("cocle", "women", 100), ("cocle", "men", "nd"))),
]


def test_the_trend_is_what_had_been_counted_up_to_the_end_of_each_period():
    chart = trend_of(*HALF_YEARS)
    assert [(moment.period, moment.women.known) for moment in chart.moments] == [
        ("2010-S2", 100),
        ("2011-S1", 200),
        ("2011-S2", 200),
        ("2012-S1", 300),
    ]
    heights = [dot.y for dot in chart.lines[0].dots]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] == charts.TOP


def test_periods_that_are_not_due_are_absent():
    chart = trend_of(*HALF_YEARS, as_of=date(2011, 9, 1))
    assert [moment.period for moment in chart.moments] == ["2010-S2", "2011-S1"]


def test_a_period_of_which_nothing_is_known_leaves_a_gap():
    nothing, some = Sum(None, 0, 1), Sum(10, 1, 0)
    line = charts._line("women", [some, nothing, some, some], 40, 10)
    assert [dot.y is None for dot in line.dots] == [False, True, False, False]
    assert len(line.runs) == 1


def test_a_part_that_is_missing_makes_the_dot_hollow():
    chart = trend_of(*HALF_YEARS)
    assert [dot.is_complete for dot in chart.lines[1].dots][-1] is False


def test_numbers_at_the_ends_of_two_lines_do_not_lie_on_each_other():
    same = [
        report("FAO", code, *figures(("cocle", "women", 100), ("cocle", "men", 101))) for code in ("2011-S1", "2011-S2")
    ]
    chart = trend_of(*same, as_of=date(2011, 12, 31))
    women, men = chart.lines
    assert abs(women.text_y - men.text_y) >= charts.NUMBER
    assert women.text_y > men.text_y


def test_one_period_alone_is_no_trend():
    assert trend_of(HALF_YEARS[0], as_of=date(2010, 12, 31)) is None


@pytest.mark.parametrize("language", ["es", "en"])
def test_both_are_images_with_a_name_a_description_and_no_style(language):
    bars_ = chart_of(("cocle", "women", 120), ("cocle", "men", "nd"), ("herrera", "women", 3))
    for template, chart in (("women_men_by_area", bars_), ("trend", trend_of(*HALF_YEARS))):
        with override(language):
            html = render_to_string(
                f"beneficiaries/_charts/{template}.html", {"chart": chart, "id": "c", "on_screen": True}
            )
        figure_ = ElementTree.fromstring(html)
        (image,) = [svg for svg in figure_.iter("svg") if svg.get("role") == "img"]
        assert image.get("aria-labelledby").split() == [child.get("id") for child in image[:2]]
        assert [bool(child.text.strip()) for child in image[:2]] == [True, True]
        assert not [node for node in figure_.iter() if node.get("style") or node.tag in ("style", "script")]


def test_indirect_figures_have_a_chart_of_their_own():
    stated = [figure(area, n, "women", "indirect") for n, area in enumerate(("cocle", "herrera"), start=1)]
    totals = count(facts(report("FAO", "2011-S2", *stated)), date(2011, 12, 31))
    assert by_area(totals) is None
    assert len(by_area(totals, reach=Reach.INDIRECT).areas) == 2


def test_of_very_many_areas_those_with_most_persons_are_drawn_not_those_with_most_of_one_sex():
    few = [(f"Área {number}", {"women": Sum(70, 1, 0), "men": Sum(0, 1, 0)}) for number in range(charts.MOST)]
    chart = charts.women_and_men([*few, ("Coclé", {"women": Sum(69, 1, 0), "men": Sum(69, 1, 0)})], "Sin área")
    assert "Coclé" in [area.name for area in chart.areas]
    assert chart.further == 1
