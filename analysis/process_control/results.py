"""What watching finds, and what a chart of it needs. Plain: pages read it without numpy."""

from __future__ import annotations

import math
from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum

from analysis.changes import Share
from analysis.disclosure import FLOOR

LEAST_SCALE = 4
"""Tenths that an axis shows at least."""


class Direction(StrEnum):
    DIP = "dip"
    RISE = "rise"


class Rule(StrEnum):
    """Which latest terms differ from all before them."""

    ONE_TERM = "one_term"
    TWO_TERMS = "two_terms"
    FOUR_TERMS = "four_terms"


@dataclass(frozen=True, slots=True)
class Point:
    """Of ``whole`` people who answered in a term, ``part`` gave the answer that is counted."""

    term: str
    part: int
    whole: int

    def __post_init__(self) -> None:
        if not 0 <= self.part <= self.whole:
            raise ValueError("a part lies between none and all of a whole")

    @property
    def may_be_shown(self) -> bool:
        """Whether neither those who did nor those who did not are so few that one of them could be told."""
        return self.whole >= FLOOR and all(n == 0 or n >= FLOOR for n in (self.part, self.whole - self.part))


@dataclass(frozen=True, slots=True)
class Signal:
    """A series that no longer is what it was.

    `since` is the first of the terms taken together as `now`; `before` is all terms before, as far as they compare.
    The change lies from `low` to `high` (-1 to 1, 95 %). Of terms in which nothing changed, the rules give a signal
    of this direction in the share `by_chance`, and one as clear as this in the share `as_clear`. `holds` says whether
    it stands when all series that were looked at are taken into account. `spread` is by how much more than chance
    alone the series varies from term to term (1: no more); the rates are exact where it is 1, and estimates
    elsewhere. `points` are the terms that were compared, the oldest first.
    """

    series: Hashable
    rule: Rule
    direction: Direction
    since: str
    before: Share
    now: Share
    low: float
    high: float
    by_chance: float
    as_clear: float
    holds: bool
    spread: float
    points: tuple[Point, ...]

    @property
    def may_be_shown(self) -> bool:
        """Whether its numbers may: not if one of the terms is hidden, for the others would give it away."""
        return all(point.may_be_shown for point in self.points)


@dataclass(frozen=True, slots=True)
class Watched:
    """The signals, the clearest first. Of `looked_at` series so many would give one if nothing had changed anywhere:
    `expected_by_chance`. The others had too few people or too few terms to look at."""

    signals: tuple[Signal, ...]
    looked_at: int
    expected_by_chance: float


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """A term of a chart. From `low` to `high` its share would lie if nothing had changed, as far as could be told from
    the terms before it; None where there were too few of them, or where no number of people would lie beyond."""

    point: Point
    low: float | None
    high: float | None

    @property
    def share(self) -> float:
        return self.point.part / self.point.whole

    @property
    def lies_outside(self) -> bool:
        below = self.low is not None and self.share < self.low
        return below or (self.high is not None and self.share > self.high)


@dataclass(frozen=True, slots=True)
class Chart:
    """Points of terms with enough people, the oldest first. `centre` is the share of all but the latest of those that
    compare, which begin at `since`; None of a single one."""

    points: tuple[ChartPoint, ...]
    centre: float | None
    since: str

    @property
    def begins(self) -> int:
        """The place of the first point that compares; 0 of none."""
        return next((place for place, each in enumerate(self.points) if each.point.term == self.since), 0)

    @property
    def scale(self) -> tuple[float, float]:
        """From where to where an axis goes: whole tenths, with all that is drawn, and never so near that chance looks
        like a change. Of nothing, all."""
        if not self.points:
            return 0.0, 1.0
        drawn = [y for each in self.points for y in (each.share, each.low, each.high) if y is not None]
        bottom, top = math.floor(10 * min(drawn)), math.ceil(10 * max(drawn))
        wanted = max(LEAST_SCALE - (top - bottom), 0)
        bottom = max(bottom - (wanted + 1) // 2, 0)
        top = min(max(top, bottom + LEAST_SCALE), 10)
        return min(bottom, top - LEAST_SCALE) / 10, top / 10


@dataclass(frozen=True, slots=True)
class MeanPoint:
    """A measured figure that is no share, such as the mean of a scale or days of waiting."""

    term: str
    value: float


@dataclass(frozen=True, slots=True)
class MeanSignal:
    """A figure outside of what earlier terms let expect; its fields are as those of `Signal`."""

    series: Hashable
    direction: Direction
    since: str
    before: float
    now: float
    low: float
    high: float
    by_chance: float
    as_clear: float
    holds: bool
    points: tuple[MeanPoint, ...]


@dataclass(frozen=True, slots=True)
class WatchedMeans:
    signals: tuple[MeanSignal, ...]
    looked_at: int
    expected_by_chance: float


@dataclass(frozen=True, slots=True)
class MeanChart:
    """Centre and limits for the next figure, and the moving ranges with their upper limit, as in any XmR chart."""

    points: tuple[MeanPoint, ...]
    centre: float
    low: float
    high: float
    ranges: tuple[float, ...]
    range_limit: float
