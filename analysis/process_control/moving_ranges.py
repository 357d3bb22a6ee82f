"""How much a series varies from one term to the next.

Moving ranges look past a step or a slope in the series, which a standard deviation takes for variation. For normal
values their mean is 1.128 standard deviations (d2 for two: Shewhart 1931; Montgomery 2013). How sure it is follows from
the variance of the mean of moving ranges, neighbours among which share a value (Cryer and Ryan 1990).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from analysis.process_control.results import Point

MEAN_RANGE = 2 / math.sqrt(math.pi)
_VARIANCE = 2 - 4 / math.pi
_COVARIANCE = 4 / math.pi * (math.sqrt(0.75) + math.asin(0.5) / 2 - 1)

FEWEST = 4
"""Of fewer terms nobody can tell whether they vary more than by chance."""
CLEARLY = 1.96
"""Standard errors: chance alone passes them in about one series of forty."""


def moving_ranges(values: Sequence[float]) -> tuple[float, ...]:
    return tuple(abs(after - before) for before, after in pairwise(values))


def spread_by_ranges(values: Sequence[float]) -> float:
    """The standard deviation of two values or more, as their moving ranges tell it."""
    ranges = moving_ranges(values)
    return sum(ranges) / len(ranges) / MEAN_RANGE


def unsureness(terms: int) -> float:
    """The standard error of that standard deviation of so many terms, as a share of it."""
    ranges = terms - 1
    return math.sqrt((_VARIANCE + 2 * (ranges - 1) / ranges * _COVARIANCE) / ranges) / MEAN_RANGE


def beyond_chance(points: Sequence[Point]) -> float:
    """By how much more a series of shares varies than by chance alone, as a ratio of standard deviations.

    It is Laney's sigma z of the p' chart (Laney 2002, Quality Engineering 14(4), 531-537), which looks past a step in
    the series; 1 unless Pearson's chi square says that there clearly is more, so that a series without more variation
    is not judged by a number that is mostly luck.
    """
    everybody, said = sum(point.whole for point in points), sum(point.part for point in points)
    if len(points) < FEWEST or said in (0, everybody):
        return 1.0
    share = said / everybody
    scores = [(point.part / point.whole - share) / math.sqrt(share * (1 - share) / point.whole) for point in points]
    if sum(score**2 for score in scores) < _chi_square(len(points) - 1):
        return 1.0
    return max(spread_by_ranges(scores), 1.0)


def _chi_square(freedom: int) -> float:
    """What chi square passes as rarely as a standard error is passed by ``CLEARLY`` (Wilson and Hilferty 1931)."""
    varies = 2 / (9 * freedom)
    return freedom * (1 - varies + CLEARLY * math.sqrt(varies)) ** 3
