"""What changed since an earlier term: themes and feelings, and where nobody can tell.

The interval of a difference of two shares: Newcombe, R.G. (1998), "Interval estimation for the difference between
independent proportions", Statistics in Medicine 17(8), 873-890, method 10, which joins two Wilson intervals.
"""

from __future__ import annotations

import math
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


def _share(part: int, whole: int) -> Share:
    if not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    low, high = wilson_interval(part, whole) if whole else (0.0, 1.0)
    return Share(part, whole, low, high)
