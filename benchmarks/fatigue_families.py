"""Invented families whose truth is known: how willing each is, and what every further ask does to that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

DAY = 86_400
FIRST = int(pd.Timestamp("2025-09-01", tz="UTC").timestamp())


@dataclass(frozen=True, slots=True)
class World:
    """What is true of the families. `slope` is the change in the log-odds of an answer with each ask in 90 days before.

    `drawn_to_willing` makes willing families be asked more (above 0) or less: who compares families with each other is
    then misled. With `reminders`, who does not answer is reminded after ten days. Who stops (a share `opting_out` of
    those who do not answer) is asked no more. Being asked again at once costs `haste`, which fades within a fortnight.
    """

    slope: float = -0.3
    willing: float = 0.5
    differ: float = 1.2
    surveys: int = 12
    surveys_differ: float = 0.5
    drawn_to_willing: float = 0.3
    reminders: bool = False
    opting_out: float = 0.0
    haste: float = 0.0


def asks_of(world: World, *, families: int, asks: float, days: int, seed: int) -> pd.DataFrame:
    """Asks of `families` families, some `asks` invitations each over `days` days, ordered by time within a family."""
    chance = np.random.default_rng(seed)
    willing = chance.normal(world.willing, world.differ, families)
    effect = chance.normal(0, world.surveys_differ, world.surveys)
    lean = np.exp(world.drawn_to_willing * (willing - world.willing))
    times = chance.poisson(asks * lean / lean.mean()).clip(1)
    family = np.repeat(np.arange(families), times)
    asked = FIRST + (chance.random(len(family)) * days * DAY).astype(np.int64)
    order = np.lexsort((asked, family))
    family, asked = family[order], asked[order]
    survey = chance.integers(0, world.surveys, len(family))
    luck, stops, reminded = chance.random((3, len(family)))
    rows = list[tuple[int, int, int, str, str]]()
    current, history, stopped = -1, list[int](), False
    for place, who in enumerate(family.tolist()):
        if who != current:
            current, history, stopped = who, [], False
        if stopped:
            continue
        moment = int(asked[place])
        odds = willing[who] + effect[survey[place]] + world.slope * _before(history, moment)
        earlier = [then for then in history if then < moment]
        if earlier:
            odds -= world.haste * np.exp(-(moment - earlier[-1]) / DAY / 14)
        done = bool(luck[place] < expit(odds))
        stopped = not done and bool(stops[place] < world.opting_out)
        outcome = "completed" if done else "opted_out" if stopped else "none"
        rows.append((who, int(survey[place]), moment, "invitation", outcome))
        history.append(moment)
        if world.reminders and not done and not stopped:
            later = moment + 10 * DAY
            answered = bool(reminded[place] < expit(odds - 0.7))
            rows.append((who, int(survey[place]), later, "reminder", "completed" if answered else "none"))
            history = sorted([*history, later])
    return frame_of(rows)


def frame_of(rows: list[tuple[int, int, int, str, str]]) -> pd.DataFrame:
    """A ledger's columns from family, survey, second, kind and outcome."""
    family, survey, asked, kind, outcome = (list(column) for column in zip(*rows, strict=True))
    return pd.DataFrame(
        {
            "family": [f"{each:016x}" for each in family],
            "person": "0",
            "survey": [f"survey-{each}" for each in survey],
            "partner": [("council", "health", "forum")[each % 3] for each in survey],
            "kind": pd.Categorical(kind, categories=["invitation", "reminder", "statutory", "session"]),
            "asked_at": pd.to_datetime(asked, unit="s", utc=True),
            "outcome": pd.Categorical(
                outcome, categories=["none", "opened", "partial", "completed", "opted_out", "bounced"]
            ),
            "minutes": 5.0,
        }
    )


def _before(history: list[int], moment: int) -> int:
    return sum(1 for then in history if moment - 90 * DAY <= then < moment)
