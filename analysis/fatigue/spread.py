"""How a number is spread over families and terms."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from analysis.fatigue.results import Spread


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
