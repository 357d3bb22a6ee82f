"""XmR charts: figures by term that are no shares, judged by how much they usually move from one term to the next.

Individuals and moving ranges after Shewhart (1931) and Provost and Murray (2011). The usual limits, the mean and 2.66
mean moving ranges, suppose many earlier terms; with a handful they would give several times the false signals. So the
limits are those of a prediction: they take in that centre and spread are estimates, by Student's t with as many
degrees of freedom as the mean of moving ranges is worth (Patnaik 1950).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from analysis.process_control.many import standing
from analysis.process_control.moving_ranges import MEAN_RANGE, moving_ranges, spread_by_ranges, unsureness
from analysis.process_control.results import Direction, MeanChart, MeanPoint, MeanSignal, WatchedMeans
from analysis.process_control.watching import NO_BREAKS, RATES

EARLIER = 6
"""Of fewer terms nobody can tell well how much a figure usually moves."""
RANGE_LIMIT = 3.267
"""D4 for moving ranges of two: upper limit as a multiple of their mean."""


def watch_means(
    series: Mapping[Hashable, Sequence[MeanPoint]],
    *,
    term: str | None = None,
    breaks: Mapping[Hashable, Collection[str]] = NO_BREAKS,
    rates: Mapping[Direction, float] = RATES,
) -> WatchedMeans:
    """The figures of the latest term that lie outside of what at least six earlier terms let expect.

    As `watch`; there is one rule, and the rates hold for figures that are about normal and as sure in each term.
    Imports scipy. A series that never moved is looked at for nothing: any other figure in it gives a signal, with a
    chance of 0.
    """
    found: list[MeanSignal] = []
    looked_at = 0
    for key, points in series.items():
        compared = _since_break(points, breaks.get(key, ()))
        if len(compared) <= EARLIER or compared[-1].term != (term or points[-1].term):
            continue
        looked_at += 1
        found += [signal for direction, rate in rates.items() if (signal := _look(key, compared, direction, rate))]
    stand = standing([signal.as_clear for signal in found], looked_at * len(rates)) if found else ()
    told = [replace(signal, holds=holds) for signal, holds in zip(found, stand, strict=True)]
    expected = looked_at * sum(rates.values())
    return WatchedMeans(tuple(sorted(told, key=lambda signal: signal.as_clear)), looked_at, expected)


def mean_chart(points: Sequence[MeanPoint], rates: Mapping[Direction, float] = RATES) -> MeanChart | None:
    """A chart whose limits are for the latest point, from those before; None of fewer than six before."""
    if len(points) <= EARLIER:
        return None
    values = [point.value for point in points]
    earlier = values[:-1]
    centre, error, freedom = _expected(earlier)
    mean_range = spread_by_ranges(earlier) * MEAN_RANGE
    low = centre + error * _student(rates[Direction.DIP], freedom)
    high = centre - error * _student(rates[Direction.RISE], freedom)
    return MeanChart(tuple(points), centre, low, high, moving_ranges(values), RANGE_LIMIT * mean_range)


@lru_cache(maxsize=256)
def degrees_of_freedom(terms: int) -> tuple[float, float]:
    """How many the mean of moving ranges of so many terms is worth, and the factor that makes it a chi.

    Mean and variance of a chi with them, times a factor, are those of the estimate.
    """
    from scipy.optimize import brentq  # type: ignore[import-untyped]

    goal = unsureness(terms) ** 2
    freedom = float(brentq(lambda each: each / _mean_of_chi(each) ** 2 - 1 - goal, 0.2, 10 * terms + 10))
    return freedom, _mean_of_chi(freedom) / math.sqrt(freedom)


def _mean_of_chi(freedom: float) -> float:
    return math.sqrt(2) * math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2))


def _expected(earlier: Sequence[float]) -> tuple[float, float, float]:
    """The centre, the standard error of the next figure about it, and its degrees of freedom."""
    freedom, factor = degrees_of_freedom(len(earlier))
    error = spread_by_ranges(earlier) * factor * math.sqrt(1 + 1 / len(earlier))
    return sum(earlier) / len(earlier), error, freedom


def _student(rate: float, freedom: float) -> float:
    from scipy.special import stdtrit  # type: ignore[import-untyped]

    return float(stdtrit(freedom, rate))


def _look(key: Hashable, points: Sequence[MeanPoint], direction: Direction, rate: float) -> MeanSignal | None:
    from scipy.special import stdtr

    now = points[-1].value
    before, error, freedom = _expected([point.value for point in points[:-1]])
    change = now - before
    lower = change if direction is Direction.DIP else -change
    chance = float(stdtr(freedom, lower / error)) if error else float(lower >= 0)
    if chance > rate:
        return None
    half = error * -_student(0.025, freedom)
    return MeanSignal(
        key,
        direction,
        points[-1].term,
        before,
        now,
        change - half,
        change + half,
        by_chance=rate,
        as_clear=chance,
        holds=False,
        points=tuple(points),
    )


def _since_break(points: Sequence[MeanPoint], breaks: Collection[str]) -> tuple[MeanPoint, ...]:
    if len({point.term for point in points}) < len(points):
        raise ValueError("each term stands once in a series")
    begins = max((place for place, point in enumerate(points) if point.term in breaks), default=0)
    return tuple(points[begins:])
