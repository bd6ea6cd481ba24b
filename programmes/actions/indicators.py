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
    """A figure as somebody states it: its value, the day it is about, its source; of a target the day of decision."""

    value: Quantity = BLANK
    on: date | None = None
    source: str = ""
    set_on: date | None = None


def arrange_all(*, programme, indicators, by, reason=""):
    """Write the indicators of each result in order: ``{result: [(indicator, baseline, target), …]}``.

    Baseline and target are ``Stated``. A target with another value or day than the one in force is a new one, set on
    its day of decision; with the same day of decision it corrects the stored one.
    """
    with writing(programme, by, reason):
        for result, listed in indicators.items():
            for indicator, _baseline, _target in listed:
                indicator.result = result
            saved = arrange(result.indicators.all(), [indicator for indicator, *_stated in listed])
            for indicator, (_row, baseline, target) in zip(saved, listed, strict=True):
                _state_baseline(indicator, baseline)
                _state_target(indicator, target)


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


def _state_target(indicator, stated):
    in_force = target_in_force(indicator)
    if in_force is None and stated.value == BLANK and stated.on is None:
        return
    same = in_force is not None and (in_force.quantity, in_force.on) == (stated.value, stated.on)
    stored = in_force if same else indicator.figures.filter(kind=_TARGET, set_on=stated.set_on).first()
    save_changed(_figure(indicator, _TARGET, stated, set_on=stated.set_on), stored)


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
