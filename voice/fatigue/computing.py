"""Measures the ledger and the answers in a process of its own: a large ledger takes a minute and a gigabyte.

``python -m voice.fatigue.computing`` reads a :class:`Task` from standard input as JSON, and writes what it measured to
the folder that the task names.
"""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path

import msgspec
import pandas as pd

from analysis.fatigue.measures import fatigue_by, fatigue_measures
from analysis.fatigue.response_model import TooLittleToLearn, fit_response_model
from analysis.fatigue.results import Budget
from analysis.fatigue.terms import Term
from surveys.asking_less.rules import Rules, in_force
from surveys.ledger.frames import frame
from surveys.ledger.recording import KEPT
from surveys.terms import first_day, last_day, terms_between
from voice.fatigue.answers import what_answers_show
from voice.fatigue.figures import BY, AnswersShow, Measured
from voice.fatigue.keeping import MEASURES, MODEL
from voice.fatigue.model_file import packed
from voice.fatigue.told import Answered, answered_and_told, waiting
from voice.running.other_process import answer_apart
from voice.settings import Settings
from voice.storage import open_store

MOST_GROUPS = 40
"""Values of one kind that are told apart; those with most asks come first."""


class Task(msgspec.Struct, frozen=True):
    data: str
    database_url: str
    folder: str
    now: dt.datetime
    seen: str


class Found(msgspec.Struct, frozen=True):
    asks: pd.DataFrame
    answers: tuple[AnswersShow, ...]
    told: tuple[Answered, ...]
    rules: Rules


async def look(task: Task) -> Found:
    store = await open_store(Settings(data=Path(task.data), database_url=task.database_url))
    today = task.now.date()
    try:
        asks = await store.read(lambda: frame(since=today - KEPT))
        answers = await store.read(lambda: what_answers_show(today))
        told = await store.read(lambda: answered_and_told(today))
        rules = (await store.read(in_force)).rules
    finally:
        await store.close()
    return Found(asks.loc[asks["asked_at"] <= pd.Timestamp(task.now)], answers, told, rules)


def compute(task: Task) -> None:
    found = asyncio.run(look(task))
    folder = Path(task.folder)
    folder.mkdir(parents=True, exist_ok=True)
    budget = Budget(found.rules.asks_per_term, found.rules.minutes_per_term)
    measured = measure(found.asks, found.answers, budget, task)
    measured = msgspec.structs.replace(measured, waiting=waiting(found.told, task.now))
    _write(folder / MEASURES, msgspec.json.encode(measured))
    try:
        _write(folder / MODEL, packed(fit_response_model(found.asks)))
    except (TooLittleToLearn, ValueError, ArithmeticError):
        # What was learnt from another ledger is not kept: no forecast is better than an old one.
        (folder / MODEL).unlink(missing_ok=True)


def measure(asks: pd.DataFrame, answers: tuple[AnswersShow, ...], budget: Budget, task: Task) -> Measured:
    if asks.empty or (asks["outcome"] == "bounced").all():
        return Measured(task.now, task.seen, None, {}, answers)
    first, last = (asks["asked_at"].agg(end).date() for end in ("min", "max"))
    terms = [Term(key, first_day(key), last_day(key)) for key in terms_between(first, last)]
    groups = {}
    for column in BY:
        some = asks
        if column != "term":
            most = asks[column].value_counts().head(MOST_GROUPS).index
            some = asks if len(most) < MOST_GROUPS else asks.loc[asks[column].isin(most)]
        found = fatigue_by(some, terms, column, budget)
        groups[column] = {str(key): each for key, each in found.items()}
    return Measured(task.now, task.seen, fatigue_measures(asks, terms, budget), groups, answers)


def _write(path: Path, content: bytes) -> None:
    """In one step: whoever reads it meanwhile has the former or the new one."""
    beside = path.with_suffix(".new")
    beside.write_bytes(content)
    beside.replace(path)


def measured(sent: bytes) -> bytes:
    """Opens the store for itself, so it is never asked within a process that has one open."""
    compute(msgspec.json.decode(sent, type=Task))
    return b""


def main() -> None:
    answer_apart(measured)


if __name__ == "__main__":
    main()
