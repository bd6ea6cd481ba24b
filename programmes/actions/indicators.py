"""What is measured under each result, where it began, where it shall go, and where it stands."""

from dataclasses import dataclass
from datetime import date

from programmes.actions.arranging import arrange, replace
from programmes.actions.writing import save_changed, writing
from programmes.models import IndicatorFigure
from programmes.quantities import BLANK, Quantity

_BASELINE, _TARGET, _READING = IndicatorFigure.Kind


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as somebody states it: its value, the day it is about, and where it comes from."""

    value: Quantity = BLANK
    on: date | None = None
    source: str = ""


def arrange_all(*, programme, indicators, on, by, reason=""):
    """Write the indicators of each result in order: ``{result: [(indicator, baseline, target), …]}``.

    Baseline and target are ``Stated``. Another target than the one in force is a new one, set ``on`` this day.
    """
    with writing(programme, by, reason):
        for result, listed in indicators.items():
            for indicator, _baseline, _target in listed:
                indicator.result = result
            saved = arrange(result.indicators.all(), [indicator for indicator, *_stated in listed])
            for indicator, (_row, baseline, target) in zip(saved, listed, strict=True):
                _state_baseline(indicator, baseline)
                _state_target(indicator, target, on)


def record_readings(*, programme, readings, by, reason=""):
    """Write the readings of indicators: ``{indicator: [figure, …]}``; a period that is left out has none."""
    with writing(programme, by, reason):
        for indicator, figures in readings.items():
            for figure in figures:
                figure.indicator, figure.kind = indicator, _READING
            replace(indicator.figures.filter(kind=_READING), figures, key="period_id")


def target_in_force(indicator):
    """The target set last, or ``None``."""
    return indicator.figures.filter(kind=_TARGET).order_by("set_on").last()


def _state_baseline(indicator, stated):
    stored = indicator.figures.filter(kind=_BASELINE).first()
    save_changed(_figure(indicator, _BASELINE, stated), stored)


def _state_target(indicator, stated, on):
    in_force = target_in_force(indicator)
    if in_force is None and stated == Stated():
        return
    if in_force is not None and (in_force.quantity, in_force.on) == (stated.value, stated.on):
        return
    same_day = in_force if in_force is not None and in_force.set_on == on else None
    save_changed(_figure(indicator, _TARGET, stated, set_on=on), same_day)


def _figure(indicator, kind, stated, **more):
    return IndicatorFigure(
        indicator=indicator,
        kind=kind,
        value=stated.value.value,
        state=stated.value.state,
        on=stated.on,
        source=stated.source,
        **more,
    )
