"""Dips early: whether signals come as rarely as stated when nothing changed, and how soon a dip of ten points is found.

Series are invented with a seed. The share of signals that came, of those that were stated, is of some hundred signals
in each setting: chance alone moves it by about seven of a hundred, and that of all settings together by three.
"""

from __future__ import annotations

import time
from collections.abc import Hashable

import numpy as np

from analysis.process_control.means import watch_means
from analysis.process_control.results import Direction, MeanPoint, Point
from analysis.process_control.watching import watch
from benchmarks.figures import Figure, at_least, at_most

QUIET = 3_000
DIPPING = 600
FIGURES = 20_000
DIP = 0.1
PEOPLE = 100
CHANGELESS = (
    (0.5, 8, 20, 400),
    (0.75, 2, 20, 400),
    (0.75, 8, 100, 100),
    (0.75, 4, 20, 60),
    (0.85, 15, 50, 150),
    (0.95, 3, 20, 60),
    (0.98, 6, 20, 400),
)
"""A true share, the terms before the latest, and the fewest and most people of a term."""
BEFORE_A_DIP = ((0.75, 4), (0.75, 6), (0.75, 8), (0.75, 12), (0.6, 8), (0.9, 8))
"""A true share and how many terms it held before it fell by ten points."""


def figures(quiet: int = QUIET, dipping: int = DIPPING) -> list[Figure]:
    found: list[Figure] = []
    came = stated = seconds = 0.0
    for setting in CHANGELESS:
        series = changeless(*setting, number=quiet)
        began = time.process_time()
        watched = watch(series)
        seconds += time.process_time() - began
        came += len(watched.signals)
        stated += watched.expected_by_chance
        share, terms, fewest, most = setting
        name = f"{share:.0%}, {terms} terms before, {fewest} to {most} people"
        found.append(Figure(f"{name}: stated", 1000 * watched.expected_by_chance / quiet, "of 1,000 terms"))
        found.append(Figure(f"{name}: came", 1000 * len(watched.signals) / quiet, "of 1,000 terms"))
    found.append(Figure("all of these: came, at least", 100 * came / stated, "of 100 stated", goal=at_least(90)))
    found.append(Figure("all of these: came, at most", 100 * came / stated, "of 100 stated", goal=at_most(110)))
    for share, terms in BEFORE_A_DIP:
        name = f"10 points from {share:.0%} after {terms} terms of {PEOPLE}"
        goal = at_least(80) if share == 0.75 else None
        found.append(Figure(f"{name}: found within two", 100 * _found(share, terms, dipping), "of 100 dips", goal=goal))
    for spread in (0.01, 0.03):
        watched = watch(changeless(0.75, 12, PEOPLE, PEOPLE, number=quiet // 4, spread=spread))
        name = f"terms that vary more than chance (correlation {spread})"
        found.append(Figure(f"{name}: came", 1000 * len(watched.signals) / watched.looked_at, "of 1,000 terms"))
    means = watch_means(_figures_without_change(FIGURES))
    found.append(
        Figure("figures, 8 terms before: came", 100 * len(means.signals) / means.expected_by_chance, "of 100 stated")
    )
    per_thousand = 1000 * seconds / (quiet * len(CHANGELESS))
    return [*found, Figure("a thousand series", per_thousand, "seconds of a processor", goal=at_most(5))]


def changeless(
    share: float, terms: int, fewest: int, most: int, *, number: int, spread: float = 0.0
) -> dict[Hashable, list[Point]]:
    """Series that never change; with ``spread``, the true share of each term is drawn anew (beta-binomial)."""
    chance = np.random.default_rng(2026)
    wholes = chance.integers(fewest, most + 1, (number, terms + 1))
    true = np.full(wholes.shape, share)
    if spread:
        true = chance.beta(share * (1 - spread) / spread, (1 - share) * (1 - spread) / spread, wholes.shape)
    return _series(chance.binomial(wholes, true), wholes)


def _series(parts: np.ndarray, wholes: np.ndarray) -> dict[Hashable, list[Point]]:
    return {
        place: [Point(f"t{term}", *counts) for term, counts in enumerate(zip(*each, strict=True))]
        for place, each in enumerate(zip(parts.tolist(), wholes.tolist(), strict=True))
    }


def _found(share: float, terms: int, number: int) -> float:
    chance = np.random.default_rng(2027)
    true = np.array([share] * terms + [share - DIP] * 2)
    parts = chance.binomial(PEOPLE, true, (number, len(true)))
    wholes = np.full(parts.shape, PEOPLE)
    seen = {
        signal.series
        for until in (terms + 1, terms + 2)
        for signal in watch(_series(parts[:, :until], wholes[:, :until])).signals
        if signal.direction is Direction.DIP
    }
    return len(seen) / number


def _figures_without_change(number: int) -> dict[Hashable, list[MeanPoint]]:
    values = np.random.default_rng(2028).normal(50, 5, (number, 9)).tolist()
    return {run: [MeanPoint(f"t{term}", value) for term, value in enumerate(each)] for run, each in enumerate(values)}
