"""A small chart of an indicator: readings by period, a gap where there is none, the target as a line."""

from dataclasses import dataclass
from decimal import Decimal

from django import template
from django.utils.translation import get_language

from programmes import figures

register = template.Library()
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 304, 96, 8, 8, 18, 20


@dataclass(frozen=True, slots=True)
class Point:
    """Where a figure stands; ``y`` is ``None`` for one that says no number."""

    x: int
    label: str
    y: int | None
    number: str


@dataclass(frozen=True, slots=True)
class Chart:
    points: tuple[Point, ...]
    lines: tuple[str, ...]  # one for each run of readings without a gap
    target_y: int | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def right(self):
        return self.width - RIGHT

    @property
    def base(self):
        return self.height - BOTTOM


@register.filter
def has_indicators(sheet):
    return any(result.indicators for result in sheet.results)


@register.filter
def chart_of(indicator):
    """The chart; ``None`` while there are not two numbers to compare."""
    stated = [("", indicator.baseline), *((reading.period, reading.value) for reading in indicator.readings)]
    target = indicator.target.value if indicator.target else None
    numbers = [value.value for _label, value in stated if value.is_reported]
    scale = [*numbers, target.value] if target and target.is_reported else numbers
    if len(scale) < 2:
        return None
    step = (WIDTH - LEFT - RIGHT - 40) / max(len(stated) - 1, 1)
    points = tuple(_point(place, step, label, value, scale) for place, (label, value) in enumerate(stated))
    goal = _height(target.value, scale) if target and target.is_reported else None
    return Chart(points, tuple(_runs(points)), goal)


def _point(place, step, label, value, scale):
    x = round(LEFT + 20 + place * step)
    if not value.is_reported:
        return Point(x, label, None, figures.quantity(value, (get_language() or "es")[:2]))
    return Point(x, label, _height(value.value, scale), figures.number(value.value))


def _height(value, scale):
    """From the bottom up; the axis begins at zero unless a figure lies below it."""
    low, high = min(Decimal(0), *scale), max(Decimal(0), *scale)
    room = HEIGHT - TOP - BOTTOM
    return round(TOP + room - (Decimal(value) - low) * room / ((high - low) or 1))


def _runs(points):
    """Points joined where one follows the other: what is missing leaves a gap."""
    run = []
    for point in [*points, None]:
        if point is not None and point.y is not None:
            run.append(f"{point.x},{point.y}")
            continue
        if len(run) > 1:
            yield " ".join(run)
        run = []
