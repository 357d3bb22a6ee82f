"""Intervals by drawing the same number of cases again and again, with replacement (Efron, B. (1979))."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

from benchmarks.quality import Score

DRAWS = 1000
Case = TypeVar("Case")


def scored(name: str, cases: Sequence[Case], figure: Callable[[Sequence[Case]], float]) -> Score:
    """The figure over all cases, with the middle 95 % of what it is over drawn ones."""
    draw = random.Random(5)
    drawn = sorted(figure(draw.choices(cases, k=len(cases))) for _ in range(DRAWS)) if cases else [0.0]
    low, high = (drawn[int(share * (len(drawn) - 1))] for share in (0.025, 0.975))
    return Score(name, figure(cases) if cases else 0.0, low, high, len(cases))


def share(cases: Sequence[bool]) -> float:
    return sum(cases) / len(cases) if cases else 0.0
