"""What changed since an earlier term: themes and feelings, and where nobody can tell.

The interval of a difference of two shares: Newcombe, R.G. (1998), "Interval estimation for the difference between
independent proportions", Statistics in Medicine 17(8), 873-890, method 10, which joins two Wilson intervals.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from analysis.measures import wilson_interval


class Direction(StrEnum):
    MORE = "more"
    LESS = "less"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole number of voices, with its 95 % interval (0 to 1; of no voices, the whole range)."""

    part: int
    whole: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Change:
    """How a share moved from ``before`` to ``now``; the difference lies from ``low`` to ``high`` (-1 to 1, 95 %).

    Where the interval holds 0 the direction cannot be told.
    """

    name: str
    before: Share
    now: Share
    low: float
    high: float
    direction: Direction


def change(name: str, *, before: tuple[int, int], now: tuple[int, int]) -> Change:
    """How a share changed; each of ``before`` and ``now`` is a part and its whole, in voices.

    Raises ValueError unless 0 <= part <= whole.
    """
    then, today = _share(*before), _share(*now)
    if then.value is None or today.value is None:
        return Change(name, then, today, -1.0, 1.0, Direction.CANNOT_TELL)
    difference = today.value - then.value
    low = difference - math.hypot(today.value - today.low, then.high - then.value)
    high = difference + math.hypot(today.high - today.value, then.value - then.low)
    direction = Direction.MORE if low > 0 else Direction.LESS if high < 0 else Direction.CANNOT_TELL
    return Change(name, then, today, max(low, -1.0), min(high, 1.0), direction)


def theme_changes(
    before: Sequence[Iterable[str]], now: Sequence[Iterable[str]], themes: Iterable[str]
) -> tuple[Change, ...]:
    """For each of ``themes``, in their order, how its share of voices changed.

    ``before`` and ``now`` hold the theme ids of each voice of a term; a voice with none counts in the whole.
    """
    then, today = [set(ids) for ids in before], [set(ids) for ids in now]
    return tuple(
        change(
            theme,
            before=(sum(theme in ids for ids in then), len(then)),
            now=(sum(theme in ids for ids in today), len(today)),
        )
        for theme in themes
    )


def sentiment_changes(before: Sequence[str], now: Sequence[str], sentiments: Iterable[str]) -> tuple[Change, ...]:
    """For each of ``sentiments`` how its share changed, of the voices whose sentiment is one of them.

    Voices that were not measured are in neither whole.
    """
    looked_at = tuple(sentiments)
    then, today = ([feeling for feeling in term if feeling in looked_at] for term in (before, now))
    return tuple(
        change(feeling, before=(then.count(feeling), len(then)), now=(today.count(feeling), len(today)))
        for feeling in looked_at
    )


def _share(part: int, whole: int) -> Share:
    if not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    low, high = wilson_interval(part, whole) if whole else (0.0, 1.0)
    return Share(part, whole, low, high)
