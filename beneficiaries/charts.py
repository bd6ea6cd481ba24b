"""Two charts of beneficiaries as coordinates: women and men by area, and their trend by period. Pure.

Missing is not zero: what is only known in part ends in a hatched box, what nobody knows is a dashed box or a gap.
The units are those of an image 320 wide, so that its text can be read on the narrowest phone as on paper.
"""

from dataclasses import dataclass, replace
from datetime import date

from beneficiaries.models import Reach
from beneficiaries.totals.values import NO_AREA
from programmes import figures
from programmes.quantities import Sum

WIDTH = 320
WOMEN, MEN = "women", "men"
SERIES = (WOMEN, MEN)
NOTHING = Sum(None, 0, 1)
BAR, GAP, NAME, LONGEST, HATCH, BOX = 11, 3, 18, 216, 14, 26
NAME_LENGTH = 38
MOST = 24  # areas in one chart; the rest is counted
SHORT, TALL = 3, 6  # areas of a chart in one image, and of each of several


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, ``length`` of it known; ``hatch`` are strokes where more is missing, ``is_open`` is a dashed box."""

    category: str
    y: int
    length: int
    text: str
    text_x: int
    hatch: tuple[str, ...] = ()
    is_open: bool = False

    @property
    def middle(self):
        return self.y + BAR - 2


@dataclass(frozen=True, slots=True)
class AreaBars:
    name: str
    shown: str
    y: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """Areas that follow each other: what is seen of the chart from ``top`` down."""

    areas: tuple[AreaBars, ...]
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """``further`` areas have figures and are not drawn."""

    areas: tuple[AreaBars, ...]
    reach: str
    height: int
    further: int = 0
    width: int = WIDTH
    bar: int = BAR
    hatch: int = HATCH
    box: int = BOX

    @property
    def has_hatch(self):
        return any(bar.hatch for area in self.areas for bar in area.bars)

    @property
    def has_gap(self):
        return any(bar.is_open for area in self.areas for bar in area.bars)

    @property
    def images(self):
        """The chart in pieces that stand beside each other on paper, so that a long one breaks between them."""
        areas = len(self.areas)
        each = areas if areas <= SHORT else -(-areas // (2 * -(-areas // (2 * TALL))))
        step = self.height // areas
        return tuple(
            Image(piece, first * step, len(piece) * step)
            for first in range(0, areas, each)
            for piece in [self.areas[first : first + each]]
        )


def persons_by_area(totals, order, reach=Reach.DIRECT):
    """``(name, {category: Sum})`` of each area in the sheet's order; ``""`` is what is not known by area.

    ``order``: slugs; areas that are not among them follow by name. Nothing where no area has a figure of its own.
    """
    by_area = {
        area: {category: sums[category, reach] for category in SERIES if (category, reach) in sums}
        for area, sums in totals.by_area().items()
    }
    names = {slug: facts.name for slug, facts in totals.facts.areas.items()}
    place = {slug: number for number, slug in enumerate(order)}
    slugs = sorted(
        (slug for slug, sums in by_area.items() if sums),
        key=lambda slug: (slug == NO_AREA, place.get(slug, len(place)), names.get(slug, slug)),
    )
    return [(names.get(slug, slug), by_area[slug]) for slug in slugs] if set(slugs) - {NO_AREA} else []


def women_and_men(areas, no_area, reach=Reach.DIRECT):
    """Paired bars of ``persons_by_area``; ``None`` while fewer than two areas have a number.

    ``no_area`` is what the last pair is called. Of very many areas those with most persons are drawn.
    """
    if sum(name != NO_AREA and _known(sums) is not None for name, sums in areas) < 2:
        return None
    drawn = sorted(sorted(range(len(areas)), key=lambda place: -(_known(areas[place][1]) or 0))[:MOST])
    chart = paired_bars([(areas[place][0] or no_area, areas[place][1]) for place in drawn], str(reach))
    return replace(chart, further=len(areas) - len(drawn))


def _known(sums):
    known = [value.known for value in sums.values() if value.known is not None]
    return sum(known) if known else None


def paired_bars(areas, reach):
    """``areas``: ``(name, {category: Sum})`` in their order."""
    largest = max((value.known or 0 for _name, sums in areas for value in sums.values()), default=0)
    step = NAME + len(SERIES) * (BAR + GAP) + 8
    drawn = tuple(
        AreaBars(
            name,
            name if len(name) <= NAME_LENGTH else f"{name[: NAME_LENGTH - 1].rstrip()}…",
            number * step + NAME - 5,
            tuple(
                _bar(category, sums.get(category, NOTHING), number * step + NAME + place * (BAR + GAP), largest)
                for place, category in enumerate(SERIES)
            ),
        )
        for number, (name, sums) in enumerate(areas)
    )
    return BarChart(drawn, reach, len(areas) * step)


def _bar(category, value, y, largest):
    if value.known is None:
        return Bar(category, y, 0, figures.partial(value), 4, is_open=True)
    length = _scaled(value.known, largest, LONGEST)
    if value.is_complete:
        return Bar(category, y, length, figures.partial(value), length + 6)
    strokes = tuple(f"M{length + start},{y + BAR}L{length + start + 4},{y}" for start in range(1, HATCH - 3, 4))
    return Bar(category, y, length, figures.partial(value), length + HATCH + 6, strokes)


def _scaled(value, largest, room):
    """At least a hair's breadth for what is not zero, and nothing for zero."""
    if not value or not largest:
        return 0
    return max(1, round(value * room / largest))


LEFT, RIGHT, TOP, BOTTOM, TREND_HEIGHT, LABEL_ROOM, NUMBER = 22, 66, 22, 24, 170, 48, 13


@dataclass(frozen=True, slots=True)
class Moment:
    """What had been counted up to the end of a period, or to the date of the totals when that comes first."""

    period: str
    day: date
    women: Sum
    men: Sum


@dataclass(frozen=True, slots=True)
class Dot:
    """``y`` is ``None`` where nothing is known: a gap."""

    x: int
    y: int | None
    text: str
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Line:
    category: str
    dots: tuple[Dot, ...]
    runs: tuple[str, ...]  # points joined where one follows the other
    text_y: int | None = None  # of the last number, which never stands on the other line's

    @property
    def last(self):
        """The last known one, which carries its number."""
        return next((dot for dot in reversed(self.dots) if dot.y is not None), None)


@dataclass(frozen=True, slots=True)
class TrendChart:
    moments: tuple[Moment, ...]
    lines: tuple[Line, ...]
    labels: tuple[tuple[int, str], ...]
    reach: str
    width: int = WIDTH
    height: int = TREND_HEIGHT

    @property
    def base(self):
        return self.height - BOTTOM

    @property
    def right(self):
        return self.width - RIGHT + 8

    @property
    def has_gap(self):
        return any(dot.y is None for line in self.lines for dot in line.dots)

    @property
    def has_open(self):
        return any(dot.y is not None and not dot.is_complete for line in self.lines for dot in line.dots)

    @property
    def gaps(self):
        """Where neither is known: said once beneath the lines."""
        women, men = self.lines
        return [dot.x for dot, other in zip(women.dots, men.dots, strict=True) if dot.y is None and other.y is None]


def moments(periods, reach=Reach.DIRECT):
    return tuple(
        Moment(at.period.code, at.day, *(_of(at.totals, category, reach) for category in SERIES)) for at in periods
    )


def _of(totals, category, reach):
    return next((row[reach] for row in totals.rows if row.code == category), NOTHING)


def trend(periods, reach=Reach.DIRECT):
    """Women and men to date ``by_period``; ``None`` while fewer than two periods have a number."""
    found = moments(periods, reach)
    while found and found[0].women.known is None and found[0].men.known is None:
        found = found[1:]  # before the first figure there is nothing to compare
    if sum(moment.women.known is not None or moment.men.known is not None for moment in found) < 2:
        return None
    largest = max((value.known or 0 for moment in found for value in (moment.women, moment.men)), default=0)
    step = (WIDTH - LEFT - RIGHT) / max(len(found) - 1, 1)
    lines = tuple(
        _line(category, [getattr(moment, category) for moment in found], step, largest) for category in SERIES
    )
    every = max(1, -(-LABEL_ROOM // max(int(step), 1)))
    last = len(found) - 1
    labels = tuple(
        (round(LEFT + 8 + n * step), moment.period) for n, moment in enumerate(found) if (last - n) % every == 0
    )
    return TrendChart(found, _apart(lines), labels, str(reach))


def _line(category, values, step, largest):
    room = TREND_HEIGHT - TOP - BOTTOM
    dots = tuple(
        Dot(
            round(LEFT + 8 + number * step),
            None if value.known is None else TOP + room - _scaled(value.known, largest, room),
            figures.partial(value),
            value.is_complete,
        )
        for number, value in enumerate(values)
    )
    return Line(category, dots, tuple(_runs(dots)))


def _runs(dots):
    run = []
    for dot in (*dots, None):
        if dot is not None and dot.y is not None:
            run.append(f"{dot.x},{dot.y}")
            continue
        if len(run) > 1:
            yield " ".join(run)
        run = []


def _apart(lines):
    """The last numbers, moved from each other where both lines end at nearly the same height."""
    ends = [line.last.y for line in lines if line.last]
    if len(ends) < 2 or abs(ends[0] - ends[1]) >= NUMBER:
        return tuple(replace(line, text_y=line.last and line.last.y + 4) for line in lines)
    upper = min(lines, key=lambda line: line.last.y)
    top = max(NUMBER, min(sum(ends) // 2 + 4 - NUMBER // 2, TREND_HEIGHT - BOTTOM - NUMBER))
    return tuple(replace(line, text_y=top if line is upper else top + NUMBER) for line in lines)
