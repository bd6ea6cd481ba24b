"""Indicators: a baseline, a target that keeps what it was, a reading for each period with its state and source."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.actions import indicators
from programmes.actions.indicators import Stated
from programmes.models import Achievement, Indicator, IndicatorFigure, Period
from programmes.quantities import ND, Quantity
from reporting.status_sheet import build_status_sheet, from_json, to_json
from tests.programmes.browsing import form_on

INDICATORS = reverse("programmes:section_edit", args=["MDGF-2097", "indicators"])
READINGS = reverse("programmes:section_edit", args=["MDGF-2097", "readings"])
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def rco(client_of, rco_panama, panama):
    return client_of(rco_panama)


@pytest.fixture
def families(panama, rco_panama):
    """R1's indicator: from 120 families to 400 by the end of 2012, set in January 2010."""
    row = Indicator(name_es="Familias con negocio", name_en="Families with a business")
    baseline = Stated(Quantity(Decimal(120)), date(2009, 12, 31), "Censo")
    stated = (row, baseline, Stated(Quantity(Decimal(400)), date(2012, 12, 31), set_on=date(2010, 1, 15)))
    result = panama.results.get(number=1)
    indicators.arrange_all(programme=panama, indicators={result: [stated]}, by=rco_panama)
    return Indicator.objects.get()


def line(panama, as_of=date(2011, 10, 31)):
    return build_status_sheet(panama, as_of).results[0].indicators[0]


def sent_from(rco, address, **typed):
    return rco.post(address, form_on(rco.get(address)) | typed)


def test_an_indicator_is_added_on_the_page(rco, panama):
    result = panama.results.get(number=2)
    name = f"result{result.pk}"
    page = rco.post(INDICATORS, form_on(rco.get(INDICATORS)) | {"list_action": f"{name}:add"})
    typed = {f"{name}-0-name_es": "Ventas", f"{name}-0-baseline": "nd", f"{name}-0-target": "1,500"}
    answer = rco.post(INDICATORS, form_on(page) | typed)
    assert answer.status_code == 303
    row = result.indicators.get()
    assert [(figure.kind, figure.quantity) for figure in row.figures.order_by("kind")] == [
        ("baseline", ND),
        ("target", Quantity(Decimal("1500"))),
    ]


def test_a_new_row_takes_the_focus_in_the_first_field_that_it_asks(rco, panama, families):
    def first_of(address, name):
        page = rco.post(address, form_on(rco.get(address)) | {"list_action": f"{name}:add"}).content.decode()
        return re.findall(r'name="[\w-]+-(\w+)"', page.partition(" autofocus")[0])[-1]

    assert first_of(READINGS, f"indicator{families.pk}") == "period"
    assert first_of(INDICATORS, f"result{panama.results.get(number=2).pk}") == "name_es"


def test_saving_a_row_in_which_nothing_was_written_does_not_say_saved(rco, panama, families):
    name = f"indicator{families.pk}"
    page = rco.post(READINGS, form_on(rco.get(READINGS)) | {"list_action": f"{name}:add"})
    told = rco.post(READINGS, form_on(page), headers=ENGLISH, follow=True).content.decode()
    assert "Readings of the indicators: nothing has changed." in told
    page = rco.post(READINGS, form_on(rco.get(READINGS)) | {"list_action": f"{name}:add"})
    period = Period.objects.filter(fund=panama.fund).first()
    typed = {f"{name}-0-period": period.pk, f"{name}-0-reading": "nd"}
    told = rco.post(READINGS, form_on(page) | typed, headers=ENGLISH, follow=True).content.decode()
    assert "Readings of the indicators: saved." in told


def test_a_revised_target_keeps_the_old_one(rco, panama, families):
    result = families.result
    assert sent_from(rco, INDICATORS, **{f"result{result.pk}-0-target": "350"}).status_code == 303
    targets = families.figures.filter(kind="target").order_by("set_on")
    assert [target.value for target in targets] == [Decimal(400), Decimal(350)]
    assert targets[0].set_on == date(2010, 1, 15)


def test_a_target_says_the_day_it_was_decided(rco, panama, families):
    key = f"result{families.result_id}-0-target"
    assert sent_from(rco, INDICATORS, **{key: "350", f"{key}_set_on": "2011-03-01"}).status_code == 303
    assert line(panama, date(2011, 2, 28)).target.value == Quantity(Decimal(400))
    assert line(panama, date(2011, 3, 1)).target.value == Quantity(Decimal(350))


def test_an_indicator_with_a_reading_that_nobody_saw_is_not_removed_unasked(rco, panama, families, rco_panama):
    name = f"result{families.result_id}"
    sent = form_on(rco.post(INDICATORS, form_on(rco.get(INDICATORS)) | {"list_action": f"{name}:remove:0"}))
    reading = IndicatorFigure(period=Period.objects.get(code="2011-S1"), value=Decimal(9))
    indicators.record_readings(programme=panama, readings={families: [reading]}, by=rco_panama)
    assert rco.post(INDICATORS, sent).status_code == 409
    assert families.figures.filter(kind="reading").exists()


def test_a_result_is_not_removed_with_its_indicators_unasked(rco, panama, families):
    address = reverse("programmes:section_edit", args=["MDGF-2097", "results"])
    Achievement.objects.filter(result=families.result).delete()
    sent = form_on(rco.post(address, form_on(rco.get(address)) | {"list_action": "results:remove:0"}))
    assert rco.post(address, sent).status_code == 422
    assert rco.post(address, sent | {"removal_is_meant": "on"}).status_code == 303
    assert not Indicator.objects.exists()


def test_the_sheet_of_an_instant_names_an_indicator_as_it_was_called_then(panama, families):
    then = timezone.now()
    families.name_es = "Otro nombre"
    families.save()
    families.delete()
    [shown] = build_status_sheet(panama, date(2011, 10, 31), then).results[0].indicators
    assert shown.name.es == "Familias con negocio"


def test_an_untouched_page_writes_nothing(rco, panama, families):
    before = IndicatorFigure.history.count()
    assert sent_from(rco, INDICATORS).status_code == 303
    assert IndicatorFigure.history.count() == before


@pytest.mark.parametrize(("typed", "shown"), [("210", "210"), ("nd", "nd"), ("pendiente", "pending"), ("0", "0")])
def test_a_reading_has_a_period_a_value_or_state_and_a_source(rco, panama, families, typed, shown):
    name = f"indicator{families.pk}"
    period = Period.objects.get(code="2011-S1")
    page = rco.post(READINGS, form_on(rco.get(READINGS)) | {"list_action": f"{name}:add"})
    given = {f"{name}-0-period": period.pk, f"{name}-0-reading": typed, f"{name}-0-source": "Encuesta"}
    assert rco.post(READINGS, form_on(page) | given).status_code == 303
    reading = line(panama).readings[0]
    assert (reading.period, reading.source) == ("2011-S1", "Encuesta")
    assert (str(reading.value.value) if reading.value.is_reported else reading.value.state.value).removesuffix(
        ".00"
    ) == shown


@pytest.mark.parametrize("typed", ["doce", "1.839", "12.345", "1" * 20])
def test_what_is_no_number_is_refused_and_kept(rco, panama, families, typed):
    key = f"result{families.result_id}-0-baseline"
    answer = sent_from(rco, INDICATORS, **{key: typed})
    assert answer.status_code == 422
    assert form_on(answer)[key] == typed
    assert families.figures.get(kind="baseline").value == Decimal(120)


def test_a_period_is_read_once(rco, panama, families):
    name, period = f"indicator{families.pk}", Period.objects.get(code="2011-S1")
    page = rco.post(READINGS, form_on(rco.get(READINGS)) | {"list_action": f"{name}:add"})
    page = rco.post(READINGS, form_on(page) | {f"{name}-0-period": period.pk, "list_action": f"{name}:add"})
    assert rco.post(READINGS, form_on(page) | {f"{name}-1-period": period.pk}).status_code == 422
    assert not families.figures.filter(kind="reading").exists()


def test_the_sheet_takes_the_target_set_and_the_readings_begun_by_its_date(panama, families, rco_panama):
    later = IndicatorFigure(period=Period.objects.get(code="2011-S2"), value=Decimal(250))
    earlier = IndicatorFigure(period=Period.objects.get(code="2010-S2"), value=None, state="nd")
    indicators.record_readings(programme=panama, readings={families: [later, earlier]}, by=rco_panama)
    assert line(panama, date(2009, 12, 1)).target is None
    shown = line(panama, date(2011, 3, 1))
    assert [reading.period for reading in shown.readings] == ["2010-S2"]
    assert shown.latest is None
    assert line(panama).latest.value == Quantity(Decimal(250))


def test_indicators_survive_json(panama, families):
    sheet = build_status_sheet(panama, date(2011, 10, 31))
    assert from_json(to_json(sheet)) == sheet


def test_a_result_with_thirty_indicators_takes_as_many_queries(panama, families, rco, django_assert_max_num_queries):
    for number in range(30):
        row = Indicator.objects.create(result=families.result, name_es=f"Indicador {number}", position=number + 1)
        IndicatorFigure.objects.create(indicator=row, kind="baseline", state="blank")
    for address in (INDICATORS, READINGS):
        with django_assert_max_num_queries(16):
            assert rco.get(address).status_code == 200
