"""Invented families whose truth is known: how willing each is, and what every further ask does to that."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import expit

DAY = 86_400
WHEN_REMINDED = 0.7
"""How much lower the log-odds are that a reminder is answered."""

Row = tuple[int, int, int, str, str]
"""Family, survey, second, kind, outcome."""

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


@dataclass(frozen=True, slots=True)
class Invented:
    """The asks of a world, ordered by family and time, and how willing each family is (log-odds)."""

    asks: pd.DataFrame
    willing: np.ndarray


def asks_of(world: World, *, families: int, asks: float, days: int, seed: int) -> pd.DataFrame:
    return invented(world, families=families, asks=asks, days=days, seed=seed).asks


def invented(world: World, *, families: int, asks: float, days: int, seed: int) -> Invented:
    """`families` families, some `asks` invitations each over `days` days."""
    chance = np.random.default_rng(seed)
    willing = chance.normal(world.willing, world.differ, families)
    effect = chance.normal(0, world.surveys_differ, world.surveys)
    lean = np.exp(world.drawn_to_willing * (willing - world.willing))
    times = chance.poisson(asks * lean / lean.mean()).clip(1)
    rows = list[Row]()
    for family in range(families):
        asked = np.sort(FIRST + (chance.random(times[family]) * days * DAY).astype(np.int64))
        survey = chance.integers(0, world.surveys, len(asked))
        rows += _asked_in_turn(world, chance, family, float(willing[family]), asked.tolist(), survey.tolist(), effect)
    return Invented(frame_of(rows), willing)


def answers_to_a_new_survey(world: World, families: Invented, day: int, seed: int) -> tuple[list[str], int]:
    """Who of the families has not stopped when a new survey goes to all on a day, and how many of them answer it."""
    chance = np.random.default_rng(seed)
    effect, moment, answers = chance.normal(0, world.surveys_differ), FIRST + day * DAY, 0
    asked = families.asks["asked_at"].dt.as_unit("s").astype("int64").to_numpy()
    keys = families.asks["family"].to_numpy()
    stopped = set(keys[(families.asks["outcome"] == "opted_out").to_numpy()])
    history = dict[str, list[int]]()
    for key, then in zip(keys, asked.tolist(), strict=True):
        history.setdefault(key, []).append(then)
    sent = [key for key in history if key not in stopped]
    for key in sent:
        odds = families.willing[int(key, 16)] + effect + _of_asking(world, history[key], moment)
        answers += bool(chance.random() < expit(odds))
        answers += bool(world.reminders and chance.random() < (1 - expit(odds)) * expit(odds - WHEN_REMINDED))
    return sent, answers


def _asked_in_turn(
    world: World,
    chance: np.random.Generator,
    family: int,
    willing: float,
    asked: list[int],
    surveys: list[int],
    effect: np.ndarray,
) -> list[Row]:
    rows, history = list[Row](), list[int]()
    for moment, survey in zip(asked, surveys, strict=True):
        odds = willing + float(effect[survey]) + _of_asking(world, history, moment)
        done = bool(chance.random() < expit(odds))
        stops = not done and bool(chance.random() < world.opting_out)
        rows.append((family, survey, moment, "invitation", "completed" if done else "opted_out" if stops else "none"))
        history.append(moment)
        if stops:
            break
        if world.reminders and not done:
            later = moment + 10 * DAY
            answered = bool(chance.random() < expit(odds - WHEN_REMINDED))
            rows.append((family, survey, later, "reminder", "completed" if answered else "none"))
            history.append(later)
    return rows


def _of_asking(world: World, history: list[int], moment: int) -> float:
    """What asks before a moment do to the log-odds of an answer."""
    earlier = [then for then in history if then < moment]
    counted = sum(1 for then in earlier if then >= moment - 90 * DAY)
    haste = world.haste * float(np.exp(-(moment - max(earlier)) / DAY / 14)) if earlier else 0.0
    return world.slope * counted - haste


def frame_of(rows: list[Row]) -> pd.DataFrame:
    """The columns of a ledger."""
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
