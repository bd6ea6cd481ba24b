"""Indicators on the sheet: a small chart with its table on the workspace; on paper where the Fund asks for them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import override

from programmes.actions import indicators
from programmes.actions.indicators import Stated
from programmes.models import BilingualText, Fund, Indicator, IndicatorFigure, Period
from programmes.quantities import BLANK, ND, Quantity
from reporting.rendering import render_html
from reporting.status_sheet import build_status_sheet
from reporting.status_sheet.values import IndicatorLine, Reading, TargetSet
from reporting.templatetags.indicators import chart_of

AS_OF = date(2011, 10, 31)


def measured(*values, baseline=BLANK, target=None):
    """An indicator with these readings, one a year."""
    readings = [Reading(str(2009 + n), date(2009 + n, 12, 31), value, "") for n, value in enumerate(values, start=1)]
    targets = (TargetSet(date(2010, 1, 1), None, target),) if target else ()
    return IndicatorLine(BilingualText("Ventas"), BilingualText(), baseline, None, "", targets, tuple(readings))


def number(value):
    return Quantity(Decimal(value))


def test_what_is_missing_leaves_a_gap_and_is_no_zero():
    with override("en"):
        chart = chart_of(measured(number(10), number(20), ND, number(30), number(40)))
    assert len(chart.lines) == 2
    assert [point.number for point in chart.points if point.y is None] == ["blank", "nd"]  # as the table says


def test_the_axis_begins_at_zero_or_below():
    chart = chart_of(measured(number(0), number(100)))
    assert [point.y for point in chart.points if point.y is not None] == [chart.base, 18]
    below = chart_of(measured(number(-50), number(50)))
    assert below.points[1].y == below.base


@pytest.mark.parametrize("lonely", [measured(), measured(ND, ND), measured(number(5))])
def test_one_number_alone_is_no_chart(lonely):
    assert chart_of(lonely) is None


def test_equal_numbers_do_not_divide_by_nothing():
    assert chart_of(measured(number(0), number(0))).points


@pytest.fixture
def families(panama, rco_panama):
    row = Indicator(name_es="Familias con negocio", name_en="Families with a business")
    stated = (row, Stated(number(120), None, "Censo"), Stated(number(400), set_on=date(2010, 1, 15)))
    result = panama.results.get(number=1)
    indicators.arrange_all(programme=panama, indicators={result: [stated]}, by=rco_panama)
    reading = IndicatorFigure(period=Period.objects.get(code="2011-S1"), value=Decimal(4321))
    indicators.record_readings(programme=panama, readings={Indicator.objects.get(): [reading]}, by=rco_panama)
    return Indicator.objects.get()


@pytest.mark.parametrize("languages", ["es", "en", "both"])
def test_the_workspace_shows_a_chart_and_its_table(families, client_of, rco_panama, languages):
    client = client_of(rco_panama)
    page = client.get(reverse("reporting:programme_detail", args=["MDGF-2097"]), {"languages": languages})
    shown = page.content.decode()
    assert shown.count("<polyline") == 1
    assert shown.count("4,321") == 2  # in the chart and in its table
    assert reverse("programmes:section_edit", args=["MDGF-2097", "readings"]) in shown


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("languages", [("es",), ("en",), ("es", "en")])
def test_paper_shows_them_where_the_fund_asks(families, panama, asked, languages):
    Fund.objects.update(prints_indicators=asked)
    printed = render_html(build_status_sheet(panama, AS_OF), languages)
    assert ("4,321" in printed) == asked
    assert "<polyline" not in printed
