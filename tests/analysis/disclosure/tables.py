"""Tables at random, and the attack on what is shown of them: written without a line of what is attacked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog

Rows = list[tuple[tuple[str, ...], int]]


@dataclass(frozen=True)
class Invented:
    """A table in long form, and the sizes of its dimensions without totals."""

    rows: Rows
    shape: tuple[int, ...]
    threshold: int

    @property
    def keys(self) -> list[tuple[str, ...]]:
        return [key for key, _ in self.rows]

    @property
    def counts(self) -> list[int]:
        return [count for _, count in self.rows]


def with_totals(inner: np.ndarray) -> Rows:
    """Every cell and every total, in long form."""
    for k in range(inner.ndim):
        inner = np.concatenate([inner, inner.sum(axis=k, keepdims=True)], axis=k)
    return [
        (
            tuple("Total" if at == size - 1 else f"c{at}" for at, size in zip(place, inner.shape, strict=True)),
            int(count),
        )
        for place, count in np.ndenumerate(inner)
    ]


def invented(seed: int, largest: Sequence[int] = (12, 7, 4)) -> Invented:
    """A table of one to three dimensions: dense or sparse, small or large counts, some without some totals or zeros."""
    chance = np.random.default_rng(seed)
    dimensions = int(chance.integers(1, 4))
    shape = tuple(int(size) for size in chance.integers(2, largest[dimensions - 1] + 1, size=dimensions))
    inner = chance.gamma(chance.choice([0.5, 1, 4]), chance.choice([1, 3, 8, 20, 60]), shape).astype(int)
    inner[chance.random(shape) < chance.choice([0, 0.1, 0.3, 0.6])] = 0
    rows = with_totals(inner)
    if chance.random() < 0.3:
        left_out = {kind for kind in itertools.product((False, True), repeat=dimensions) if chance.random() < 0.4}
        rows = [
            row
            for row in rows
            if not any(name == "Total" for name in row[0]) or tuple(name == "Total" for name in row[0]) not in left_out
        ]
    if chance.random() < 0.3:
        rows = [row for row in rows if row[1]] or rows
    chance.shuffle(rows)
    return Invented([(tuple(key), int(count)) for key, count in rows], shape, int(chance.choice([5, 10, 10, 15])))


def worked_out(table: Invented, shown: Sequence[bool]) -> list[tuple[tuple[str, ...], float, float]]:
    """Hidden cells whose bounds are narrower than the threshold, with the bounds: every one is attacked with a solver.

    The attacker's unknowns are the cells inside the table, of which those without a row are nobody.
    """
    inside = list(itertools.product(*(range(size) for size in table.shape)))
    there = {key for key, _ in table.rows}
    sums = np.array(
        [
            [all(name in ("Total", f"c{at}") for name, at in zip(key, place, strict=True)) for place in inside]
            for key in table.keys
        ],
        dtype=float,
    )
    bounds = [(0, None if tuple(f"c{at}" for at in place) in there else 0) for place in inside]
    known = np.array(shown, dtype=bool)
    equal, to = (sums[known], np.array(table.counts)[known]) if known.any() else (None, None)
    found = []
    for row in np.flatnonzero(~known):
        ends = []
        for sign in (1, -1):
            solved = linprog(sign * sums[row], A_eq=equal, b_eq=to, bounds=bounds, method="highs")
            assert solved.status in (0, 3), solved.message
            ends.append(-sign * np.inf if solved.status == 3 else sign * solved.fun)
        if ends[1] - ends[0] < table.threshold - 1e-6:
            found.append((table.keys[row], ends[0], ends[1]))
    return found
