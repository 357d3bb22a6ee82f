"""The lead's first page over a million answers and 200,000 voices: when nothing changed, and after a new answer."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
import uuid
from collections.abc import Sequence
from pathlib import Path

from benchmarks import searching
from benchmarks.figures import Figure, Reference, at_most, percentile
from surveys.publishing import OpenRound, open_round, publish, rounds
from surveys.tables import Answer, Submission
from surveys.templates import TEMPLATES
from surveys.terms import first_day, last_day
from voice.findings.briefing import briefing
from voice.languages import LANGUAGES, words
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

ANSWERS = 1_000_000
IN_A_UNIT = 4000
AT_ONCE = 500
TIMES = 9
TODAY = dt.date(2026, 11, 18)
SURVEYS = ("post-ehcp", "my-life-parent-carer", "my-life-young-person")
TERMS = tuple(f"{year}-{season}" for year in (2023, 2024, 2025, 2026) for season in ("spring", "summer", "autumn"))
SETTINGS = tuple(f"School {number}" for number in range(90))


def figures(folder: Path, *, database_url: str = "") -> list[Figure]:
    return asyncio.run(_figures(Settings(data=folder / "data", database_url=database_url)))


async def _figures(settings: Settings) -> list[Figure]:
    store = await open_store(settings)
    try:
        await migrate(store)
        answers = await fill(store)

        async def looked() -> float:
            began = time.perf_counter()
            await briefing(store, settings, None, today=TODAY)
            return time.perf_counter() - began

        first = await looked()
        again = percentile([await looked() for _ in range(TIMES)], 0.5)
        asked = await store.read(rounds)
        chance = random.Random(11)
        after = []
        for _ in range(3):
            await store.write(lambda: _some(asked, chance, people=1))
            after.append(await looked())
        counting = Reference("counting all answers", await _counting(store))
        return [
            Figure("answers stored", answers, ""),
            Figure("when the server has begun", first, "s", reference=counting),
            Figure("nothing changed", again, "s", at_most(1), counting),
            Figure("after a new answer", percentile(after, 1), "s", at_most(3), counting),
        ]
    finally:
        await store.close()


async def _counting(store: Store) -> float:
    """How long the database takes to count what was chosen, which a page without anything kept would wait for."""
    began = time.perf_counter()
    await store.read(
        lambda: Answer.raw(
            'SELECT u."round", a."concept", a."code", COUNT(*) FROM "answer" AS a '
            'JOIN "submission" AS u ON a."submission" = u."id" GROUP BY u."round", a."concept", a."code"'
        )
    )
    return time.perf_counter() - began


async def fill(store: Store) -> int:
    """Voices as for the benchmark of searching, and answers of three surveys in twelve terms. Returns how many."""
    await searching.fill(store)
    chance = random.Random(7)
    asked = await store.write(_asked)
    made = 0
    while made < ANSWERS:
        made += await store.write(lambda: _some(asked, chance))
    if store.dialect == "postgres":
        await Answer.raw("ANALYZE")  # what the server does by itself a minute later
    return made


async def _asked() -> list[OpenRound]:
    for slug in SURVEYS:
        version = await publish(TEMPLATES[slug](words, tuple(LANGUAGES)), today=TODAY)
        for term in TERMS:
            await open_round(
                version,
                term=term,
                identity_mode="anonymous",
                link=None,
                opens_on=first_day(term),
                closes_on=last_day(term),
            )
    return await rounds()


async def _some(asked: Sequence[OpenRound], chance: random.Random, *, people: int = IN_A_UNIT) -> int:
    """Stores what ``people`` answered, each every question that has options."""
    sent, answers = [], []
    for _ in range(people):
        round = chance.choice(asked)
        person = uuid.UUID(int=chance.getrandbits(128), version=4)
        setting = chance.choice(SETTINGS) if round.document.audience == "young_person" else None
        sent.append(
            Submission(
                id=person,
                round=round.id,
                language="en",
                mode="online",
                respondent_kind=round.document.audience,
                submitted_at=str(first_day(round.term)),
                digest=f"{chance.getrandbits(128):032x}",
                said_by=chance.choices(("own_words", "supported"), (9, 1))[0],
                setting=setting,
            )
        )
        answers += [
            Answer(
                id=uuid.UUID(int=chance.getrandbits(128), version=4),
                submission=person,
                concept=question.concept,
                code=chance.choice(question.options).code,
                language="en",
            )
            for question in round.document.questions
            if question.options
        ]
    for rows, table in ((sent, Submission), (answers, Answer)):
        for start in range(0, len(rows), AT_ONCE):
            await table.insert(*rows[start : start + AT_ONCE])
    return len(answers)
