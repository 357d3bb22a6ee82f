"""How a share of people changed from one term to the next, and whether that could be chance."""

import math
from dataclasses import dataclass
from enum import StrEnum

from analysis.measures import wilson_interval


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Change:
    """The difference of two shares (now less then, -1 to 1) with its 95 % interval."""

    difference: float
    low: float
    high: float

    @property
    def direction(self) -> Direction:
        """Nothing is told of a difference whose interval holds 0."""
        if self.low > 0:
            return Direction.UP
        return Direction.DOWN if self.high < 0 else Direction.CANNOT_TELL


def change_of(then: int, of_then: int, now: int, of_now: int) -> Change:
    """The difference of two independent shares.

    Newcombe, R.G. (1998), "Interval estimation for the difference between independent proportions: comparison of
    eleven methods", Statistics in Medicine 17, 873-890, method 10. Raises ValueError as `wilson_interval` does.
    """
    low_then, high_then = wilson_interval(then, of_then)
    low_now, high_now = wilson_interval(now, of_now)
    was, is_now = then / of_then, now / of_now
    difference = is_now - was
    return Change(
        difference,
        difference - math.sqrt((is_now - low_now) ** 2 + (high_then - was) ** 2),
        difference + math.sqrt((high_now - is_now) ** 2 + (was - low_then) ** 2),
    )
