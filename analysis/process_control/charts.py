"""What a chart of a series shows: its centre, and between which limits each term would lie if nothing had changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from analysis.disclosure import FLOOR
from analysis.process_control.comparable import EARLIER, comparable, together
from analysis.process_control.results import Chart, ChartPoint, Direction, Point, Rule
from analysis.process_control.watching import RATES, as_lows


def chart(
    points: Sequence[Point],
    *,
    breaks: Collection[str] = (),
    rates: Mapping[Direction, float] = RATES,
    floor: int = FLOOR,
) -> Chart:
    """A chart of the terms with ``floor`` people or more, the oldest first.

    The limits of a term are those of the rule of one term as they stood then: a point outside gave a signal in its
    term. Terms before a break, or before a change that has settled, are drawn without limits. Raises ValueError for a
    term told twice.
    """
    shown = [point for point in points if point.whole >= floor]
    compared = comparable(points, breaks, floor)
    begins = len(shown) - len(compared.points)
    drawn = [ChartPoint(point, None, None) for point in shown[:begins]]
    for place, point in enumerate(compared.points):
        low = _limit(compared.counted[: place + 1], Direction.DIP, rates[Direction.DIP])
        high = _limit(compared.counted[: place + 1], Direction.RISE, rates[Direction.RISE])
        drawn.append(ChartPoint(point, low, None if high is None else 1 - high))
    earlier = compared.points[:-1]
    part, whole = together(earlier)
    centre = part / whole if earlier else None
    return Chart(tuple(drawn), centre, compared.points[0].term if compared.points else "")


def _limit(points: Sequence[Point], direction: Direction, rate: float) -> float | None:
    """The share between the most people who would give a signal and one more; None if not even none would."""
    from analysis.process_control.chance import WEIGHTS, lows, mid_p

    if len(points) <= EARLIER:
        return None
    turned = as_lows(points, direction)
    expected = lows([point.whole for point in turned], sum(point.part for point in turned))
    if expected is None:
        return None
    level = expected.level_near(rate)[0] * WEIGHTS[Rule.ONE_TERM]
    earlier, earlier_whole = together(turned[:-1])
    below, above, whole = -1, turned[-1].whole, turned[-1].whole
    while above - below > 1:
        middle = (below + above) // 2
        signals = mid_p(middle, whole, earlier, earlier_whole) <= level
        below, above = (middle, above) if signals else (below, middle)
    return None if below < 0 else (below + 0.5) / whole
