"""When two shares of the same question count as a disagreement, and how often they would by chance."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

from analysis.changes import difference_interval

MATTERS = 0.10
"""Fewer points than these are no disagreement, however sure they are."""

BY_CHANCE = 0.05
"""If nothing differed anywhere, this is how often one or more of all the pairs would count all the same, at most."""


@dataclass(frozen=True, slots=True)
class Judged:
    """The second share less the first (-1 to 1) with its 95 % interval.

    ``differs`` says whether they disagree after as many pairs were looked at as ``looked_at`` says.
    """

    difference: float
    low: float
    high: float
    looked_at: int
    differs: bool


def judged(first: tuple[int, int], second: tuple[int, int], *, looked_at: int, matters: float = MATTERS) -> Judged:
    """Each side is a part and its whole, of other people. ``looked_at`` is how many pairs are judged together.

    A pair disagrees when the difference is at least ``matters`` and an interval of 1 - 0.05 / ``looked_at`` holds
    no 0 (Dunn, O.J. (1961), "Multiple comparisons among means", Journal of the American Statistical Association 56,
    52-64). Raises ValueError unless 0 <= part <= whole, whole > 0 and looked_at > 0.
    """
    if looked_at < 1:
        raise ValueError("at least this pair is looked at")
    low, high = difference_interval(first, second)
    difference = second[0] / second[1] - first[0] / first[1]
    wider = NormalDist().inv_cdf(1 - BY_CHANCE / (2 * looked_at))
    sure_low, sure_high = difference_interval(first, second, wider)
    is_sure = sure_low > 0 or sure_high < 0
    return Judged(difference, low, high, looked_at, is_sure and abs(difference) >= matters)
