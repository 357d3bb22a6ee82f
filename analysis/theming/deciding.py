"""From how likely each theme is to which themes stand, how sure that is, and whom to ask first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.special import expit  # type: ignore[import-untyped]

Likely = npt.NDArray[np.float64]
Held = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Bars:
    """How likely each theme must be to be suggested, and how likely the likeliest, where no other is."""

    each: npt.NDArray[np.float64]
    best: float

    def held(self, likely: Likely) -> Held:
        """Which themes are suggested, a row a comment."""
        held: Held = likely >= self.each
        if likely.size:
            rows = np.arange(len(likely))
            best = likely.argmax(axis=1)
            held[rows, best] |= likely[rows, best] >= self.best
        return held


def sureness(likely: Likely, held: Held) -> npt.NDArray[np.float64]:
    """How sure it is that each row's set of themes stands (0-1).

    It grows with how many themes are expected to be right, and falls twice as fast with how many are expected to be
    wrong or missing: what is kept in this order has the best F1 of all its themes. A row without a theme, which can
    only be without fault, is at most 0.73 sure.
    """
    right = np.where(held, likely, 0).sum(axis=1)
    wrong = np.where(held, 1 - likely, likely).sum(axis=1)
    sure: npt.NDArray[np.float64] = expit(1 + 2 * (right - 2 * wrong))
    return sure


def best_bars(likely: Likely, labels: Held, rare: float = 50.0) -> Bars:
    """Bars under which the suggestions agree best (F1) with ``labels``.

    A theme's own bar counts as far as there are mentions of it: with ``rare`` mentions it counts as much as the common
    bar, with half as many a fifth.
    """
    steps = np.arange(0.1, 0.66, 0.025)
    common = max(steps, key=lambda bar: (_f1(likely >= bar, labels), -bar))
    each = np.full(likely.shape[1], common)
    for theme in range(likely.shape[1]):
        mentions = int(labels[:, theme].sum())
        if not mentions:
            continue
        own = max(steps, key=lambda bar: (_f1(likely[:, theme] >= bar, labels[:, theme]), -abs(bar - common)))
        trusted = mentions**2 / (mentions**2 + rare**2)
        each[theme] = trusted * own + (1 - trusted) * common
    lower = list(np.arange(0.05, common + 0.01, 0.05))
    best = max(lower, key=lambda bar: (_f1(Bars(each, float(bar)).held(likely), labels), bar))
    return Bars(each, float(best))


def least_sure(confidence: pd.Series[float], share: float = 0.3) -> pd.Series[bool]:
    """Which rows are among the least sure ``share`` of all; of rows equally sure the first ones."""
    count = math.floor(len(confidence) * share)
    places = np.argsort(confidence.to_numpy(dtype=np.float64), kind="stable")[:count]
    chosen = np.zeros(len(confidence), dtype=np.bool_)
    chosen[places] = True
    return pd.Series(chosen, index=confidence.index, dtype=bool)


def _f1(said: Held, labels: Held) -> float:
    both = int((said & labels).sum())
    return 2 * both / max(int(said.sum()) + int(labels.sum()), 1)
