"""What changed since an earlier term: themes and feelings, and where nobody can tell.

The interval of a difference of two shares: Newcombe, R.G. (1998), "Interval estimation for the difference between
independent proportions", Statistics in Medicine 17(8), 873-890, method 10, which joins two Wilson intervals.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum

from analysis.measures import Z_95, wilson_interval


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
    low, high = difference_interval(before, now)
    direction = Direction.MORE if low > 0 else Direction.LESS if high < 0 else Direction.CANNOT_TELL
    return Change(name, then, today, low, high, direction)


def difference_interval(first: tuple[int, int], second: tuple[int, int], z: float = Z_95) -> tuple[float, float]:
    """Where the second share less the first lies (-1 to 1), each a part and its whole of other people.

    95 % unless ``z`` says another. Raises ValueError unless 0 <= part <= whole and whole > 0.
    """
    (low, high), (other_low, other_high) = wilson_interval(*first, z), wilson_interval(*second, z)
    share, other = first[0] / first[1], second[0] / second[1]
    difference = other - share
    return (
        max(difference - math.hypot(other - other_low, high - share), -1.0),
        min(difference + math.hypot(other_high - other, share - low), 1.0),
    )


def _share(part: int, whole: int) -> Share:
    if not 0 <= part <= whole:
        raise ValueError("a part lies between none and all of a whole")
    low, high = wilson_interval(part, whole) if whole else (0.0, 1.0)
    return Share(part, whole, low, high)
