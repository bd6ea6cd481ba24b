"""The portfolio's three charts as coordinates: status by window, delivery against time, beneficiaries by sex. Pure.

Missing is not zero: who has not been judged is hatched, who has reported nothing stands beneath the axis as nd.
The units are those of an image 320 wide, as in the charts of beneficiaries: whole ones, because a page in Spanish
would write a fraction with a comma.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from beneficiaries.charts import WIDTH, paired_bars
from programmes.models import Performance
from reporting.portfolio.totals import NOTHING

#: From best to worst, then whoever nobody has judged.
ORDER = (
    Performance.COMPLETED,
    Performance.ON_TRACK,
    Performance.NEEDS_ATTENTION,
    Performance.DELAYED,
    Performance.STALLED,
    Performance.REFORMULATION,
    "",
)
ROW, BAR_Y, BAR, LONGEST, NARROWEST = 36, 18, 14, 284, 12


@dataclass(frozen=True, slots=True)
class Segment:
    performance: str
    programmes: int
    x: int
    width: int
    hatch: str = ""

    @property
    def middle(self):
        return self.x + self.width // 2

    @property
    def shows_number(self):
        return self.width >= NARROWEST


@dataclass(frozen=True, slots=True)
class WindowBar:
    name: str
    y: int
    segments: tuple[Segment, ...]
    counts: tuple[int, ...]  # in the order of ``ORDER``
    programmes: int

    @property
    def end(self):
        last = self.segments[-1]
        return last.x + last.width + 6


@dataclass(frozen=True, slots=True)
class StatusChart:
    windows: tuple[WindowBar, ...]
    present: tuple[str, ...]  # the statuses that occur, in their order
    assessed: int
    programmes: int
    width: int = WIDTH
    bar: int = BAR

    @property
    def height(self):
        return len(self.windows) * ROW


def by_window(groups):
    """Window → its groups, by name; programmes outside of any window come last."""
    found = {}
    for group in groups:
        found.setdefault(group.window, []).append(group)
    return dict(sorted(found.items(), key=lambda entry: (entry[0] == "", entry[0].casefold())))


def status_by_window(groups):
    """One stacked bar a window, all to one scale; ``None`` for an empty selection."""
    counted = {}
    for window, members in by_window(groups).items():
        counted[window] = Counter()
        for group in members:
            counted[window][group.performance] += group.programmes
    if not counted:
        return None
    largest = max(counts.total() for counts in counted.values())
    windows = tuple(
        _window_bar(window or _("No window"), number * ROW, counts, largest)
        for number, (window, counts) in enumerate(counted.items())
    )
    present = tuple(name for name in ORDER if any(counts[name] for counts in counted.values()))
    everyone = sum(counts.total() for counts in counted.values())
    return StatusChart(windows, present, everyone - sum(counts[""] for counts in counted.values()), everyone)


def _window_bar(name, y, counts, largest):
    segments, before = [], 0
    for performance in ORDER:
        number = counts[performance]
        if number:
            x, end = (round(part * LONGEST / largest) for part in (before, before + number))
            hatch = "" if performance else _hatch(x, BAR_Y, max(end - x, 1))
            segments.append(Segment(str(performance), number, x, max(end - x, 1), hatch))
            before += number
    return WindowBar(name, y, tuple(segments), tuple(counts[name] for name in ORDER), counts.total())


def _hatch(x, y, width):
    """Strokes across a box, as one path."""
    starts = range(x + 1, x + width - 4, 5)
    return "".join(f"M{start},{y + BAR}L{min(start + 5, x + width)},{y}" for start in starts)


LEFT, TOP, SIDE_X, SIDE_Y, BENEATH = 34, 8, 278, 180, 44


@dataclass(frozen=True, slots=True)
class Dot:
    """One programme, or several that stand on the same spot. ``y`` beneath the axis: nothing complete is known."""

    x: int
    y: int
    performance: str
    is_known: bool
    programmes: int
    code: str
    elapsed: int
    delivered: int | None

    @property
    def others(self):
        return self.programmes - 1


@dataclass(frozen=True, slots=True)
class DeliveryChart:
    dots: tuple[Dot, ...]
    known: int
    unknown: int  # time is known, delivery is not
    undated: int  # without start or end: not drawn
    top: int  # per cent at the upper edge
    width: int = WIDTH
    height: int = TOP + SIDE_Y + BENEATH
    left: int = LEFT
    base: int = TOP + SIDE_Y
    right: int = LEFT + SIDE_X

    @property
    def programmes(self):
        return self.known + self.unknown + self.undated

    @property
    def pace(self):
        """The upper end of the line on which as much is spent as time has passed."""
        return TOP + SIDE_Y - SIDE_Y * 100 // self.top

    @property
    def marks(self):
        """Per cent → height on the axis."""
        return [(value, TOP + SIDE_Y - SIDE_Y * value // self.top) for value in range(0, self.top + 1, 50)]

    @property
    def middle(self):
        return (self.left + self.right) // 2

    @property
    def nd_y(self):
        return self.base + 16


def delivery_against_time(groups):
    """Spent / budget over time elapsed, one dot a programme; ``None`` where no programme has dates."""
    dated = [group for group in groups if group.elapsed is not None]
    if not dated:
        return None
    top = max(100, *(-(-group.delivered // 50) * 50 for group in dated if group.delivered is not None), 100)
    top = min(top, 200)
    dots = []
    for group in dated:
        known = group.delivered is not None
        y = TOP + SIDE_Y - SIDE_Y * min(group.delivered, top) / top if known else TOP + SIDE_Y + 16
        x = LEFT + SIDE_X * group.elapsed / 100
        dots.append(
            Dot(
                round(x), round(y), group.performance, known, group.programmes, group.code, group.elapsed,
                group.delivered,
            )
        )  # fmt: skip
    known, unknown = (sum(dot.programmes for dot in dots if dot.is_known is state) for state in (True, False))
    everyone = sum(group.programmes for group in groups)
    return DeliveryChart(tuple(dots), known, unknown, everyone - known - unknown, top)


def by_sex(groups):
    """Women and men of each window, direct, to date; ``None`` while nobody has a number."""
    bars = []
    for window, members in by_window(groups).items():
        sums = {name: sum((group.totals[name] for group in members), NOTHING).sum for name in ("women", "men")}
        bars.append((window or _("No window"), sums))
    if all(value.known is None for _name, sums in bars for value in sums.values()):
        return None
    return paired_bars(bars, "direct")
