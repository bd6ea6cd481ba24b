"""A result's indicators at a date: the baseline, targets set by then, readings of periods begun by then."""

from operator import attrgetter

from programmes.models import IndicatorFigure
from programmes.quantities import State
from reporting.status_sheet.values import IndicatorLine, Reading, TargetSet

_BASELINE, _TARGET, _READING = IndicatorFigure.Kind


def indicators(figures, as_of):
    """Result → its indicators in order. ``figures`` come with their indicators and periods."""
    found, by_indicator = {}, {}
    for figure in figures:
        found[figure.indicator_id] = figure.indicator
        by_indicator.setdefault(figure.indicator_id, []).append(figure)
    lines = {}
    for row in sorted(found.values(), key=attrgetter("position", "pk")):
        lines.setdefault(row.result_id, []).append(_line(row, by_indicator[row.pk], as_of))
    return {result: tuple(of_result) for result, of_result in lines.items()}


def _line(row, figures, as_of):
    baseline = next((figure for figure in figures if figure.kind == _BASELINE), IndicatorFigure(state=State.BLANK))
    targets = sorted((f for f in figures if f.kind == _TARGET and f.set_on <= as_of), key=attrgetter("set_on"))
    readings = [f for f in figures if f.kind == _READING and f.period.starts_on <= as_of]
    return IndicatorLine(
        name=row.name,
        unit=row.unit,
        baseline=baseline.quantity,
        baseline_on=baseline.on,
        baseline_source=baseline.source,
        targets=tuple(TargetSet(target.set_on, target.on, target.quantity) for target in targets),
        readings=tuple(
            Reading(reading.period.code, reading.period.ends_on, reading.quantity, reading.source)
            for reading in sorted(readings, key=attrgetter("period.starts_on"))
        ),
    )
