"""What families were asked in a term, in asks and minutes, how many had more than the budget, and who carries it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from analysis.fatigue.results import Budget, Load, Share, Spread, share_of
from analysis.fatigue.spread import spread_of

TENTH = 0.1
_POINTS = 20
_RESAMPLES = 200


def per_family_per_term(history: pd.DataFrame, term: np.ndarray) -> pd.DataFrame:
    """One row for each family and term in which it was asked at least once: `family_code`, `term`, `asks`, `minutes`.

    `term` is of `in_terms`; asks in no term are left out. Minutes that are not known count as none.
    """
    inside = term >= 0
    family = history["family_code"].to_numpy()[inside]
    terms = int(term.max(initial=0)) + 1
    cell, place = np.unique(family * terms + term[inside], return_inverse=True)
    minutes = np.nan_to_num(history["minutes"].to_numpy(dtype=float)[inside])
    return pd.DataFrame(
        {
            "family_code": cell // terms,
            "term": cell % terms,
            "asks": np.bincount(place, minlength=len(cell)),
            "minutes": np.bincount(place, weights=minutes, minlength=len(cell)),
        }
    )


def asks_per_family_per_term(cells: pd.DataFrame) -> Spread:
    """Of `per_family_per_term`: only terms in which a family was asked count, so it says how heavy being asked is."""
    return spread_of(cells["asks"].to_numpy(dtype=float), int(cells["family_code"].nunique()))


def minutes_per_family_per_term(cells: pd.DataFrame) -> Spread:
    return spread_of(cells["minutes"].to_numpy(dtype=float), int(cells["family_code"].nunique()))


def over_budget(cells: pd.DataFrame, budget: Budget) -> Share:
    """Families that had more asks or more minutes than the budget in at least one term, of all asked in a term.

    Statutory letters, which no rule holds back, count here: they take a family's time.
    """
    over = (cells["asks"] > budget.asks) | (cells["minutes"] > budget.minutes)
    families = int(cells["family_code"].nunique())
    return share_of(int(cells.loc[over, "family_code"].nunique()), families)


def load(history: pd.DataFrame, *, seed: int = 0) -> Load:
    """Who carries the load, over all asks of the history."""
    asks = np.sort(np.bincount(history["family_code"].to_numpy(dtype=np.int64)))
    asks = asks[asks > 0].astype(float)
    if not len(asks):
        return Load(0, 0, None, None, None, None, ())
    chance = np.random.default_rng(seed)
    drawn = [_top_share(np.sort(chance.choice(asks, len(asks)))) for _ in range(_RESAMPLES)]
    low, high = np.percentile(drawn, [2.5, 97.5])
    n, place = len(asks), np.arange(1, len(asks) + 1)
    gini = float(((2 * place - n - 1) * asks).sum() / (n * asks.sum()))
    carried = np.concatenate([[0.0], asks.cumsum() / asks.sum()])
    curve = tuple(
        (part, float(np.interp(part * n, np.arange(n + 1), carried))) for part in np.linspace(0, 1, _POINTS + 1)
    )
    points = tuple((float(part), share) for part, share in curve)
    return Load(int(asks.sum()), n, _top_share(asks), float(low), float(high), gini, points)


def _top_share(ordered: np.ndarray) -> float:
    """Of asks by family, the fewest first; a tenth that cuts through a family takes its part of it."""
    most = len(ordered) * TENTH
    whole = int(most)
    part = (most - whole) * ordered[-whole - 1] if whole < len(ordered) else 0.0
    return float((ordered[len(ordered) - whole :].sum() + part) / ordered.sum())
