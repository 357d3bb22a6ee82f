"""The figures that measures are told in, each with what it rests on and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.measures import wilson_interval


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `n`, as `value` with its 95 % interval (Wilson 1927), all from 0 to 1; None when `n` is 0."""

    n: int
    part: int
    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number is spread over `n` cases of `families` families: the middle, the 90th centile, the highest.

    Centiles lie between the two nearest cases in proportion (Hyndman and Fan 1996, type 7). `low` and `high` are
    the 95 % interval of the median. All are None of no cases.
    """

    n: int
    families: int
    median: float | None
    p90: float | None
    highest: float | None
    low: float | None
    high: float | None


def share_of(part: int, n: int) -> Share:
    if n == 0:
        return Share(0, 0, None, None, None)
    low, high = wilson_interval(part, n)
    return Share(n, part, part / n, low, high)


def spread_of(values: NDArray[np.float64], families: int) -> Spread:
    """The interval of the median is that of order statistics, without any assumption about the shape: Conover, W.J.
    (1999), Practical Nonparametric Statistics, 3rd ed., 3.2."""
    n = len(values)
    if n == 0:
        return Spread(0, families, None, None, None, None, None)
    ordered = np.sort(values)
    half = 1.959963984540054 * np.sqrt(n) / 2
    low, high = max(0, int(np.floor(n / 2 - half)) - 1), min(n - 1, int(np.ceil(n / 2 + half)))
    median, p90 = np.percentile(ordered, [50, 90])
    return Spread(n, families, float(median), float(p90), *map(float, (ordered[-1], ordered[low], ordered[high])))
