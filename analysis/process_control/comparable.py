"""Which terms of a series compare: enough people, no known break between, no change long settled."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from analysis.process_control.moving_ranges import beyond_chance
from analysis.process_control.results import Point

EARLIER = 2
"""So many terms at least are compared with."""
SETTLED_AFTER = 4
"""Terms before the latest after which a change is the new level: before, it is news."""
SURELY = 0.001
"""A change that chance makes in fewer series than this share is taken for one."""
MAY_BE_NEWS = 2
"""The latest terms have no say in how much a series varies: what they tell may be the change itself."""


@dataclass(frozen=True, slots=True)
class Comparable:
    """Points of terms that compare, and the same as numbers of people who would say as much if terms varied by chance
    alone; `spread` is by how much more they do."""

    points: tuple[Point, ...]
    counted: tuple[Point, ...]
    spread: float


def comparable(points: Sequence[Point], breaks: Collection[str], floor: int) -> Comparable:
    """What compares with the latest of the terms with ``floor`` people.

    A break is the first term that no longer compares with those before it. Raises ValueError for a term told twice.
    """
    terms = [point.term for point in points]
    if len(set(terms)) < len(terms):
        raise ValueError("each term stands once in a series")
    begins = max((place for place, term in enumerate(terms) if term in breaks), default=0)
    enough = tuple(point for point in points[begins:] if point.whole >= floor)
    spread = beyond_chance(enough[:-MAY_BE_NEWS])
    counted = _since_settled(_thinned(enough, spread))
    return Comparable(enough[len(enough) - len(counted) :], counted, spread)


def together(points: Sequence[Point]) -> tuple[int, int]:
    """Part and whole of all the points."""
    return sum(point.part for point in points), sum(point.whole for point in points)


def _thinned(points: tuple[Point, ...], spread: float) -> tuple[Point, ...]:
    """As many people as say as much as these do where terms vary by more than chance (Rao and Scott 1992)."""
    if spread == 1:
        return points
    return tuple(
        replace(point, part=min(round(point.part / spread**2), whole), whole=whole)
        for point in points
        for whole in (max(round(point.whole / spread**2), 1),)
    )


def _since_settled(points: tuple[Point, ...]) -> tuple[Point, ...]:
    """The points since the level last changed beyond doubt, if ``SETTLED_AFTER`` terms and the latest passed since.

    The latest term has no say in it.
    """
    known = points[:-1]
    if len(known) - SETTLED_AFTER < EARLIER:
        return points
    where = max(range(EARLIER, len(known)), key=lambda split: _apart(known[:split], known[split:]))
    if where > len(known) - SETTLED_AFTER:
        return points
    from analysis.process_control.chance import mid_p

    part, whole = together(known[where:])
    earlier, earlier_whole = together(known[:where])
    low = mid_p(part, whole, earlier, earlier_whole)
    high = mid_p(whole - part, whole, earlier_whole - earlier, earlier_whole)
    is_settled = 2 * min(low, high) * len(known) < SURELY
    return _since_settled(points[where:]) if is_settled else points


def _apart(earlier: Sequence[Point], later: Sequence[Point]) -> float:
    """How far apart two shares are, in numbers that order them as their chances would (Pearson 1900)."""
    part, whole = together(later)
    before, before_whole = together(earlier)
    share = (part + before) / (whole + before_whole)
    varies = share * (1 - share) * (1 / whole + 1 / before_whole)
    return (part / whole - before / before_whole) ** 2 / varies if varies else 0.0
