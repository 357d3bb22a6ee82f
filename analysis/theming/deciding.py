"""From how likely each theme is to which themes stand, how sure that is, and whom to ask first."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

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
    """How sure it is that each row's set of themes stands: the F1 to be expected of it; for a row without themes, the
    chance that none fits.
    """
    chosen = held.sum(axis=1)
    found = np.where(held, likely, 0).sum(axis=1)
    expected = 2 * found / np.maximum(chosen + likely.sum(axis=1), 1e-9)
    return np.clip(np.where(chosen > 0, expected, np.prod(1 - likely, axis=1)), 0, 1)


def best_bars(likely: Likely, labels: Held, rare: float = 40.0) -> Bars:
    """Bars under which the suggestions agree best (F1) with ``labels``.

    A theme's own bar counts as far as there are mentions of it: ``rare`` mentions count as much as the common bar.
    """
    steps = np.arange(0.1, 0.66, 0.025)
    common = max(steps, key=lambda bar: (_f1(likely >= bar, labels), -bar))
    each = np.full(likely.shape[1], common)
    for theme in range(likely.shape[1]):
        mentions = int(labels[:, theme].sum())
        if not mentions:
            continue
        own = max(steps, key=lambda bar: (_f1(likely[:, theme] >= bar, labels[:, theme]), -abs(bar - common)))
        each[theme] = (mentions * own + rare * common) / (mentions + rare)
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
