"""Fatigue: a ledger of a million asks through ``voice fatigue``, a check before a send, and whether intervals hold.

Intervals are tried on invented families whose truth is known. Which of a hundred intervals of 95 % hold is chance too:
a figure of 93 is expected to be met in about nine of ten measurements of a method that is right.
"""

from __future__ import annotations

import csv
import os
import subprocess
import time
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.fatigue.decay import decay
from analysis.fatigue.forecast import forecast
from analysis.fatigue.ledger import KINDS, OUTCOMES, with_history
from analysis.fatigue.response_model import fit_response_model
from benchmarks.fatigue_families import DAY, FIRST, World, answers_to_a_new_survey, asks_of, invented
from benchmarks.figures import Figure, at_least, at_most
from benchmarks.scale import memory_of_tree
from benchmarks.serving import VOICE

ASKS, FAMILIES, SENT_TO = 1_000_000, 60_000, 20_000
RUNS = 100
MISLEADING = World(slope=-0.3, drawn_to_willing=0.4, reminders=True, opting_out=0.03)
PLAIN = World(slope=-0.3)


def figures(folder: Path, *, runs: int = RUNS) -> list[Figure]:
    ledger = folder / "ledger.csv"
    write_ledger(ledger)
    found = _measured(folder, ledger)
    found.append(_before_a_send(ledger))
    for name, world in (("plain", PLAIN), ("misleading", MISLEADING)):
        held = sum(_slope_holds(world, seed) for seed in range(runs)) * 100 / runs
        found.append(Figure(f"true slope within 95 %, {name} families", held, "of 100", goal=at_least(93)))
    held = sum(_forecast_holds(PLAIN, 1_000 + seed) for seed in range(runs)) * 100 / runs
    found.append(Figure("answers within the forecast's 80 %", held, "of 100", goal=at_least(75)))
    found.append(Figure("and no wider than needed", held, "of 100", goal=at_most(85)))
    return found


def write_ledger(path: Path, asks: int = ASKS, families: int = FAMILIES) -> None:
    """Asks at random over two years, with keys as long as real ones."""
    chance = np.random.default_rng(2026)
    keys = np.array([chance.bytes(32).hex() for _ in range(families)])
    moments = FIRST + chance.integers(0, 730 * DAY, asks)
    columns = (
        keys[chance.integers(0, families, asks)],
        chance.choice(["parent", "young-person"], asks),
        np.char.add("survey-", chance.integers(0, 80, asks).astype(str)),
        chance.choice(["council", "health", "forum"], asks),
        chance.choice(KINDS, asks, p=[0.6, 0.25, 0.1, 0.05]),
        np.char.add(np.datetime_as_string(moments.astype("datetime64[s]")), "Z"),
        chance.choice(OUTCOMES, asks, p=[0.5, 0.1, 0.05, 0.3, 0.01, 0.04]),
        chance.integers(1, 20, asks),
    )
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["family", "person", "survey", "partner", "kind", "asked_at", "outcome", "minutes"])
        writer.writerows(zip(*(column.tolist() for column in columns), strict=True))


def _measured(folder: Path, ledger: Path) -> list[Figure]:
    """From the program's start to its end, and the time of the processors that it used."""
    used = os.times()
    began, most = time.perf_counter(), 0.0
    program = subprocess.Popen(
        [*VOICE, "fatigue", str(ledger), "--out", str(folder / "out.json")], stderr=subprocess.DEVNULL
    )
    while program.poll() is None:
        most = max(most, memory_of_tree(program.pid))
        time.sleep(0.1)
    seconds, after = time.perf_counter() - began, os.times()
    if program.returncode:
        raise RuntimeError(f"voice fatigue ended with status {program.returncode}")
    processors = after.children_user + after.children_system - used.children_user - used.children_system
    return [
        Figure(f"{ASKS:,} asks of {FAMILIES:,} families", seconds, "seconds", goal=at_most(20)),
        Figure("the same, of a processor", processors, "seconds"),
        Figure("the same, memory", most, "MB", goal=at_most(1500)),
    ]


def _before_a_send(ledger: Path) -> Figure:
    """What to expect of a send to many families, when the model has been fitted."""
    asks = pd.read_csv(ledger, nrows=ASKS // 3)
    asks["asked_at"] = pd.to_datetime(asks["asked_at"], utc=True)
    model = fit_response_model(asks)
    families = list(model.known)[:SENT_TO]
    began = time.perf_counter()
    forecast(model, families, asks["asked_at"].max())
    return Figure(f"forecast for {len(families):,} families", time.perf_counter() - began, "seconds", goal=at_most(2))


def _slope_holds(world: World, seed: int) -> bool:
    found = decay(with_history(asks_of(world, families=600, asks=8, days=365, seed=seed)))
    return found.low is not None and found.high is not None and found.low <= world.slope <= found.high


def _forecast_holds(world: World, seed: int) -> bool:
    families = invented(world, families=600, asks=8, days=365, seed=seed)
    sent, answers = answers_to_a_new_survey(world, families, 370, seed + 1_000_000)
    found = forecast(
        fit_response_model(families.asks), sent, pd.Timestamp(FIRST + 370 * DAY, unit="s", tz="UTC"), seed=seed
    )
    return found.low <= answers <= found.high
