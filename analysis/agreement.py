"""How well two people agree who coded the same comments without seeing each other's themes.

Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological Measurement 20,
37-46: `sklearn.metrics.cohen_kappa_score`. Krippendorff, K. (2004), Content Analysis, 2nd ed., ch. 11, also for the
convention that figures from 0.80 on can be relied on, and from 0.667 for tentative conclusions: the package
`krippendorff`, level nominal. Sets of themes are compared as wholes by MASI distance (Passonneau, R. (2006), Measuring
agreement on set-valued items, LREC), put into Krippendorff's alpha.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import krippendorff
import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import cohen_kappa_score  # type: ignore[import-untyped]

RELIABLE = 0.8
TENTATIVE = 0.667
"""Krippendorff's convention."""

RESAMPLES = 500
LEVEL = 0.95

Coded = frozenset[str]
"""The themes that a coder gave a comment; empty when none fits."""

Verdict = Literal["well", "enough", "too_little", "unknown"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A coefficient with its 95 % interval. All are None where it is not defined: there was nothing to tell apart."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """`n` comments; `first`, `second` and `both` of them had the theme by one coder, the other, both.

    `same` is the share, 0 to 1, in which the two agreed, also that it does not fit. Over all themes (`theme_id` is
    empty) it is the share in which the sets are equal, `kappa` is undefined, and `alpha` is for whole sets.
    """

    theme_id: str
    n: int
    first: int
    second: int
    both: int
    same: float
    kappa: Figure
    alpha: Figure

    @property
    def verdict(self) -> Verdict:
        """By Krippendorff's convention, of alpha."""
        if self.alpha.value is None:
            return "unknown"
        return "well" if self.alpha.value >= RELIABLE else "enough" if self.alpha.value >= TENTATIVE else "too_little"


def agreement(
    first: Sequence[Coded], second: Sequence[Coded], theme_ids: Sequence[str], *, seed: int
) -> tuple[Agreement, ...]:
    """Over all themes, then for each theme in their order. The two sequences are of the same comments, in one order.

    Intervals are percentiles of 500 bootstrap resamples of the comments (Efron, B. and Tibshirani, R. (1993), An
    Introduction to the Bootstrap, ch. 13); resamples in which a figure is undefined are left out.
    """
    if len(first) != len(second):
        raise ValueError("both coders must have coded the same comments")
    n = len(first)
    draws = np.random.default_rng(seed).integers(0, n, size=(RESAMPLES, n)) if n else np.zeros((0, 0), dtype=int)
    distance = _distances(first, second)
    whole = Agreement(
        theme_id="",
        n=n,
        first=sum(map(bool, first)),
        second=sum(map(bool, second)),
        both=sum(bool(one and other) for one, other in zip(first, second, strict=True)),
        same=_share(one == other for one, other in zip(first, second, strict=True)),
        kappa=Figure(None),
        alpha=_figure(lambda rows: _alpha_of_sets(distance, rows, n), draws),
    )
    return (whole, *(_of_theme(theme_id, first, second, draws) for theme_id in theme_ids))


def kappa(first: NDArray[np.int_], second: NDArray[np.int_]) -> float | None:
    """Cohen's kappa of two coders' yes (1) and no (0). None where both only ever said the same one thing."""
    if not len(first) or len(np.unique(np.concatenate([first, second]))) < 2:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return float(cohen_kappa_score(first, second, labels=[0, 1]))


def alpha(first: NDArray[np.int_], second: NDArray[np.int_]) -> float | None:
    """Krippendorff's alpha, nominal. None where both only ever said the same one thing."""
    if not len(first) or len(np.unique(np.concatenate([first, second]))) < 2:
        return None
    return float(
        krippendorff.alpha(
            reliability_data=np.vstack([first, second]), level_of_measurement="nominal", value_domain=[0, 1]
        )
    )


def masi_distance(one: Coded, other: Coded) -> float:
    """0 for equal sets, 1 for sets that share nothing: 1 - Jaccard x (1 equal, 2/3 one within the other, 1/3 overlap).

    Two empty sets are equal: both said that none fits.
    """
    if one == other:
        return 0.0
    shared = len(one & other)
    within = one <= other or other <= one
    weight = 0.0 if not shared else 2 / 3 if within else 1 / 3
    return 1.0 - shared / len(one | other) * weight


def _of_theme(theme_id: str, first: Sequence[Coded], second: Sequence[Coded], draws: NDArray[np.int_]) -> Agreement:
    one = np.array([theme_id in coded for coded in first], dtype=int)
    other = np.array([theme_id in coded for coded in second], dtype=int)
    return Agreement(
        theme_id=theme_id,
        n=len(one),
        first=int(one.sum()),
        second=int(other.sum()),
        both=int((one & other).sum()),
        same=_share(one == other),
        kappa=_figure(lambda rows: _kappa_counted(one, other, rows), draws, kappa(one, other)),
        alpha=_figure(lambda rows: _alpha_counted(one, other, rows), draws, alpha(one, other)),
    )


def _kappa_counted(one: NDArray[np.int_], other: NDArray[np.int_], rows: NDArray[np.int_]) -> float | None:
    """The same figure from counts: quick enough to be worked out for every resample."""
    a, b = one[rows], other[rows]
    p, q = a.mean(), b.mean()
    by_chance = p * q + (1 - p) * (1 - q)
    return None if by_chance == 1 else float(((a == b).mean() - by_chance) / (1 - by_chance))


def _alpha_counted(one: NDArray[np.int_], other: NDArray[np.int_], rows: NDArray[np.int_]) -> float | None:
    a, b = one[rows], other[rows]
    values = 2 * len(rows)
    yes = int(a.sum() + b.sum())
    expected = 2 * yes * (values - yes) / (values * (values - 1))
    return None if not expected else float(1 - (a != b).mean() / expected)


def _distances(first: Sequence[Coded], second: Sequence[Coded]) -> tuple[NDArray[np.int_], NDArray[np.float64]]:
    """Each coder's set for each comment as a number, two rows; and the distance between any two numbers."""
    sets = list(dict.fromkeys([*first, *second]))
    number = {each: index for index, each in enumerate(sets)}
    coded = np.array([[number[each] for each in first], [number[each] for each in second]], dtype=int)
    return coded, np.array([[masi_distance(one, other) for other in sets] for one in sets], dtype=float)


def _alpha_of_sets(
    found: tuple[NDArray[np.int_], NDArray[np.float64]], rows: NDArray[np.int_] | None, n: int
) -> float | None:
    coded, distance = found
    pairs = coded if rows is None else coded[:, rows]
    counts = np.bincount(pairs.ravel(), minlength=len(distance)).astype(float)
    values = 2 * n
    expected = counts @ distance @ counts / (values * (values - 1)) if n else 0.0
    return None if not expected else float(1 - distance[pairs[0], pairs[1]].mean() / expected)


def _figure(
    of: Callable[[NDArray[np.int_]], float | None], draws: NDArray[np.int_], value: float | None = None
) -> Figure:
    """The figure of all comments, and the interval of resamples."""
    if not len(draws):
        return Figure(None)
    value = of(np.arange(draws.shape[1])) if value is None else value
    if value is None:
        return Figure(None)
    tries = [found for rows in draws if (found := of(rows)) is not None]
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(tries, [tail, 1 - tail])
    return Figure(value, float(low), float(high))


def _share(same: object) -> float:
    found = np.fromiter(same, dtype=bool)  # type: ignore[call-overload]
    return float(found.mean()) if len(found) else 0.0
