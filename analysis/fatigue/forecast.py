"""How many answers to expect of an ask before it is sent: now, later, or as part of another survey.

What is not known goes into the interval: how the survey will be received (surveys differ; with few of them this is most
of it, by Student's t), the effect of asking, each family's propensity, and the luck of single answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import special  # type: ignore[import-untyped]

from analysis.fatigue.response_model import ResponseModel, at_moment

LEVEL = 0.8
_DRAWS = 4_000
_LEVELS_LOOKED_AT = np.linspace(-3.0, 3.0, 25)
_SLOPES_LOOKED_AT = np.array([-2.0, 0.0, 2.0])


@dataclass(frozen=True, slots=True)
class Forecast:
    """`answers` to expect from `families` families, with an interval that holds in 80 of 100 cases; `rate` is the
    share.

    `never_asked` of them are new to the ledger and are taken to be as willing as others. `asks_before` is what a family
    had been asked in the 90 days before, on average. `cannot_say` has codes: `surveys_differ_unknown` (too few
    surveys), `length_not_reckoned` (what added minutes do to answers is not known from the ledger).
    """

    families: int
    never_asked: int
    asks_before: float | None
    answers: float
    low: float
    high: float
    rate: float | None
    cannot_say: tuple[str, ...] = ()


def forecast(
    model: ResponseModel,
    families: Sequence[str],
    moment: pd.Timestamp,
    *,
    survey: str | None = None,
    planned: pd.DataFrame | None = None,
    seed: int = 0,
) -> Forecast:
    """The answers to expect when each family is asked once at `moment`, reminders as usual.

    `survey` names one of the ledger, whose reception is then known; otherwise it is new. `planned` are asks to come
    before: `family`, `asked_at`. The ledger's own asks after `moment` do not count.
    """
    if not len(families):
        return Forecast(0, 0, None, 0.0, 0.0, 0.0, None, model.cannot_say)
    places = np.array([model.known.get(family, -1) for family in families], dtype=np.int64)
    lately = np.vstack([at_moment(model, moment, planned), np.zeros(len(model.effects))])[places]
    average = model.propensity.mean(axis=0)
    willing = np.vstack([model.propensity, average])[places]
    chance = np.random.default_rng(seed)
    effects, levels = _drawn(model, survey, chance)
    expected, luck = _answers(model, lately, willing, levels, effects)
    drawn = np.clip(expected + np.sqrt(luck) * chance.standard_normal(_DRAWS), 0, len(families))
    low, high = np.percentile(drawn, [50 - 50 * LEVEL, 50 + 50 * LEVEL])
    answers = float(expected.mean())
    return Forecast(
        families=len(families),
        never_asked=int((places < 0).sum()),
        asks_before=float(lately[:, 0].mean()),
        answers=answers,
        low=float(low),
        high=float(high),
        rate=answers / len(families),
        cannot_say=() if survey in model.surveys else model.cannot_say,
    )


def forecast_merged(
    model: ResponseModel,
    families: Sequence[str],
    carrier_families: Sequence[str],
    moment: pd.Timestamp,
    *,
    carrier: str | None = None,
    planned: pd.DataFrame | None = None,
    seed: int = 0,
) -> Forecast:
    """The answers to expect when the questions go with another survey instead: only from families that get both.

    `carrier` is that survey's name, `moment` when it goes out. Nobody is asked once more than without the questions.
    """
    others = set(carrier_families)
    both = [family for family in families if family in others]
    found = forecast(model, both, moment, survey=carrier, planned=planned, seed=seed)
    return Forecast(
        *(found.families, found.never_asked, found.asks_before, found.answers, found.low, found.high, found.rate),
        cannot_say=(*found.cannot_say, "length_not_reckoned"),
    )


def _drawn(model: ResponseModel, survey: str | None, chance: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Effects and the survey's level as they may be, given the ledger; they go together."""
    known = np.concatenate([model.effects, model.levels])
    drawn = chance.multivariate_normal(known, model.covariance, _DRAWS, method="cholesky")
    effects, levels = drawn[:, : len(model.effects)], drawn[:, len(model.effects) :]
    if survey in model.surveys:
        return effects, levels[:, model.surveys[survey]]
    surveys = levels.shape[1]
    away = special.stdtrit(min(model.freedom, 1e6), chance.random(_DRAWS)) * model.between * np.sqrt(1 + 1 / surveys)
    return effects, levels.mean(axis=1) + away


def _answers(
    model: ResponseModel, lately: np.ndarray, willing: np.ndarray, levels: np.ndarray, effects: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each draw the answers to expect and their variance by luck.

    Both are smooth in the level and in how strong the effects are, so they are worked out at a few and read between.
    """
    covariance = model.covariance[: len(model.effects), : len(model.effects)]
    middle, wide = float(np.median(levels)), float(max(levels.std(), 1e-6))
    grid = middle + wide * _LEVELS_LOOKED_AT
    # Along the direction in which the effects move the sum most, one number tells how strong they are.
    weigh = lately.mean(axis=0)
    total = effects @ weigh
    spread = float(max(np.sqrt(weigh @ covariance @ weigh), 1e-9))
    strength = (total - model.effects @ weigh) / spread
    direction = covariance @ weigh / spread
    kinds, of = np.unique(np.round(lately, 2), axis=0, return_inverse=True)
    expected, luck = np.zeros((len(_SLOPES_LOOKED_AT), len(grid))), np.zeros((len(_SLOPES_LOOKED_AT), len(grid)))
    for row, step in enumerate(_SLOPES_LOOKED_AT):
        moved = (kinds @ (model.effects + step * direction))[of.ravel()]
        for column, level in enumerate(grid):
            odds = special.expit(moved[:, None] + level + model.places)
            each = (odds * willing).sum(axis=1)
            expected[row, column], luck[row, column] = each.sum(), (each * (1 - each)).sum()
    return _between(grid, expected, levels, strength), _between(grid, luck, levels, strength)


def _between(grid: np.ndarray, found: np.ndarray, levels: np.ndarray, strength: np.ndarray) -> np.ndarray:
    """Read between what was worked out: straight along levels, a parabola through three strengths."""
    low, middle, high = (np.interp(levels, grid, line) for line in found)
    part = strength / _SLOPES_LOOKED_AT[-1]
    return np.asarray(np.maximum(middle + part * (high - low) / 2 + part**2 * ((high + low) / 2 - middle), 0))
