"""Which series of shares changed in the latest term, and how often that would be seen by chance."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from analysis.changes import change
from analysis.disclosure import FLOOR
from analysis.process_control.comparable import EARLIER, Comparable, comparable, together
from analysis.process_control.many import standing
from analysis.process_control.results import Direction, Point, Signal, Watched

RATES = {Direction.DIP: 1 / 20, Direction.RISE: 1 / 100}
"""Of terms in which nothing changed, so many give a signal, as near as whole people allow. A dip must be seen early, so
it may be seen in vain more often."""

NO_BREAKS: Mapping[Hashable, Collection[str]] = {}


def watch(
    series: Mapping[Hashable, Sequence[Point]],
    *,
    term: str | None = None,
    breaks: Mapping[Hashable, Collection[str]] = NO_BREAKS,
    rates: Mapping[Direction, float] = RATES,
    floor: int = FLOOR,
) -> Watched:
    """The signals of the latest term: ``term``, or what is latest in each series.

    ``series`` holds the terms of each, the oldest first. ``breaks`` are the terms of a series from which on it no
    longer compares with what was before (other words, another survey, another frame of themes). Looked at are series
    with ``floor`` people in the latest term and in two terms before it that compare; terms with fewer people are left
    out. Imports numpy. Raises ValueError for a term told twice.
    """
    found: list[Signal] = []
    looked_at, expected = 0, 0.0
    wanted = tuple(rates.items())
    for key, points in series.items():
        compared = comparable(points, breaks.get(key, ()), floor)
        if len(compared.points) <= EARLIER or compared.points[-1].term != (term or points[-1].term):
            continue
        looked_at += 1
        for direction, rate in wanted:
            signal, by_chance = _look(compared, direction, rate)
            expected += by_chance
            found += [replace(signal, series=key)] if signal else []
    stand = standing([signal.as_clear for signal in found], looked_at * len(wanted)) if found else ()
    told = [replace(signal, holds=holds) for signal, holds in zip(found, stand, strict=True)]
    return Watched(tuple(sorted(told, key=lambda signal: signal.as_clear)), looked_at, expected)


@lru_cache(maxsize=16_384)
def _look(compared: Comparable, direction: Direction, rate: float) -> tuple[Signal | None, float]:
    """The signal if there is one, of no series yet, and how often there would be by chance.

    Remembered, for after one more answer most series are what they were.
    """
    from analysis.process_control.chance import TERMS, lows

    low = as_lows(compared.counted, direction)
    expected = lows([point.whole for point in low], sum(point.part for point in low))
    if expected is None:
        return None, 0.0
    level, by_chance = expected.level_near(rate)
    rule, clearest = expected.lowest([point.part for point in low])
    if clearest > level:
        return None, by_chance
    latest = TERMS[rule]
    whole = change("", before=together(compared.points[:-latest]), now=together(compared.points[-latest:]))
    sure = change("", before=together(compared.counted[:-latest]), now=together(compared.counted[-latest:]))
    signal = Signal(
        series=None,
        rule=rule,
        direction=direction,
        since=compared.points[-latest].term,
        before=whole.before,
        now=whole.now,
        low=sure.low,
        high=sure.high,
        by_chance=by_chance,
        as_clear=min(expected.chance(clearest), by_chance),
        holds=False,
        spread=compared.spread,
        points=compared.points,
    )
    return signal, by_chance


def as_lows(points: Sequence[Point], direction: Direction) -> tuple[Point, ...]:
    """A rise of those who say it is a dip of those who do not."""
    if direction is Direction.DIP:
        return tuple(points)
    return tuple(replace(point, part=point.whole - point.part) for point in points)
