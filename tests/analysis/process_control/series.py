"""Series of shares by term, invented with a seed."""

from __future__ import annotations

import numpy as np

from analysis.process_control.results import Point


def points(*counts: tuple[int, int]) -> list[Point]:
    """Terms named t0, t1, … with so many of so many people."""
    return [Point(f"t{place}", part, whole) for place, (part, whole) in enumerate(counts)]


def by_chance(number: int, *, share: float, terms: int, fewest: int, most: int, seed: int) -> dict[int, list[Point]]:
    """Series in which nothing ever changed."""
    chance = np.random.default_rng(seed)
    wholes = chance.integers(fewest, most + 1, (number, terms))
    parts = chance.binomial(wholes, share)
    return {place: points(*zip(parts[place].tolist(), wholes[place].tolist(), strict=True)) for place in range(number)}
