"""A search over 200,000 voices, with its counts: the whole of what the page of searches asks for."""

from __future__ import annotations

import asyncio
import csv
import datetime as dt
import random
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.figures import Figure, at_most, percentile
from voice.evidence.keeping import NewVoice, keep
from voice.evidence.may_read import MayRead, may_read
from voice.evidence.searching import Bank, Found, Search
from voice.evidence.tables import Suggestion
from voice.people.roles import Role
from voice.settings import ROOT, Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

VOICES = 200_000
IN_A_UNIT = 4000
TIMES = 9
GOAL_MS = 300
TODAY = dt.date(2026, 11, 18)
SAID = ROOT / "voice" / "demonstration" / "said.csv"

SEARCHES = {
    "nothing typed": Search(),
    "a word of one voice in five hundred": Search("trampoline"),
    "a word of one voice in eight": Search("school"),
    "a word of most voices": Search("the"),
    "the beginning of many words": Search("wai"),
    "three words": Search("school help plan"),
    "words as they stand": Search('"the school"'),
    "a word in Urdu": Search("اسکول"),
    "a word, a term and a theme": Search("school", term="2026-autumn", theme="waiting"),
    "five filters": Search(
        source="survey", respondent_kind="young_person", language="en", said_by="own_words", age_band="11_to_15"
    ),
    "what nobody said": Search("zzyzx"),
}


def figures(folder: Path, *, database_url: str = "") -> list[Figure]:
    return asyncio.run(_figures(Settings(data=folder / "data", database_url=database_url)))


async def _figures(settings: Settings) -> list[Figure]:
    store = await open_store(settings)
    try:
        await migrate(store)
        began = time.perf_counter()
        await fill(store)
        kept = time.perf_counter() - began
        if store.dialect == "postgres":
            await Suggestion.raw("ANALYZE")  # what the server does by itself a minute later
        bank = Bank(store)
        began = time.perf_counter()
        await bank.shelves()
        found = [
            Figure("voices kept", VOICES / kept, "a second"),
            Figure("counts made ready at the start", time.perf_counter() - began, "s"),
        ]
        analyst = may_read(Role.ANALYST, uuid.uuid4(), today=TODAY)
        for name, asked in SEARCHES.items():
            found += await _measured(name, bank, asked, analyst)
        lead = may_read(Role.LEAD, uuid.uuid4(), today=TODAY)
        found += await _measured("a lead, a word of most voices", bank, Search("the"), lead)
        found += await _measured("a lead, nothing typed", bank, Search(), lead)
        found.append(await _one_more(store, bank, analyst))
        return found
    finally:
        await store.close()


async def _measured(name: str, bank: Bank, asked: Search, reader: MayRead) -> list[Figure]:
    took: list[float] = []
    found: Found | None = None
    for _ in range(TIMES):
        began = time.perf_counter()
        bank.forget_searches()  # so that each is the first with its words
        found = await bank.search(asked, reader, today=TODAY)
        took.append(1000 * (time.perf_counter() - began))
    assert found is not None
    label = f"{name} ({found.total or 0:,})"
    return [
        Figure(f"{label}, p50", percentile(took, 0.5), "ms", at_most(GOAL_MS)),
        Figure(f"{label}, p95", percentile(took, 0.95), "ms", at_most(GOAL_MS)),
    ]


async def _one_more(store: Store, bank: Bank, reader: MayRead) -> Figure:
    """A voice more, and the search that finds it."""
    made = _voice(random.Random(1), VOICES, _said(), [], lambda: uuid.uuid4())
    await store.write(lambda: keep([made]))
    began = time.perf_counter()
    await bank.search(Search("school"), reader, today=TODAY)
    took = 1000 * (time.perf_counter() - began)
    return Figure("the search after a voice was kept", took, "ms", at_most(GOAL_MS))


async def fill(store: Store) -> None:
    chance = random.Random(2026)
    said = _said()
    words = sorted({word for texts in said.values() for text in texts for word in text.split()})

    def some_id() -> uuid.UUID:
        return uuid.UUID(int=chance.getrandbits(128), version=4)

    for start in range(0, VOICES, IN_A_UNIT):
        voices = [_voice(chance, start + place, said, words, some_id) for place in range(IN_A_UNIT)]
        await store.write(lambda voices=voices: _keep(voices, chance))  # type: ignore[misc]


async def _keep(voices: Sequence[NewVoice], chance: random.Random) -> None:
    for start in range(0, len(voices), 100):
        some = voices[start : start + 100]
        await Suggestion.raw(
            'INSERT INTO "suggestion" ("voice", "engine", "themes", "confidence", "confidences", "why", "outcome", '
            '"needs_person", "sentiment", "sentiment_why", "urgent", "urgent_why") VALUES '
            + ", ".join(["({}, 'benchmark', {}, 0.7, '', '', 'themed', FALSE, 'neutral', '', FALSE, '')"] * len(some)),
            *(value for voice in some for value in (voice.id, ";".join(chance.sample(THEMES, chance.choice(SEVERAL))))),
        )
    await keep(voices)


SEVERAL = (0, 1, 1, 2)
THEMES = ("waiting", "kept_in_touch", "plan_itself", "school_welcome", "friends", "getting_there", "thanks")
TERMS = [(year, month) for year in (2023, 2024, 2025, 2026) for month in (2, 5, 10)]


def _voice(
    chance: random.Random,
    number: int,
    said: dict[str, list[str]],
    words: list[str],
    some_id: Callable[[], uuid.UUID],
) -> NewVoice:
    language = chance.choices(list(said), [20 if code == "en" else 1 for code in said])[0]
    # Twenty more words beside what was invented: a voice of today has some thirty.
    more = " ".join(chance.choices(words, k=20)) if words else ""
    rare = " trampoline" if number % 500 == 0 else ""
    source = chance.choices(("survey", "session", "review", "drop_box"), (12, 4, 1, 1))[0]
    year, month = chance.choice(TERMS)
    return NewVoice(
        id=some_id(),
        source=source,
        origin=uuid.UUID(int=number // 40 + 1),
        person=uuid.UUID(int=number // 3 + 1) if source == "survey" else None,
        concept=f"concept_{chance.randrange(60)}",
        asked="What could we do better?",
        text=f"{chance.choice(said[language])} {more}{rare}",
        language=language,
        respondent_kind=chance.choice(("parent_carer", "parent_carer", "young_person", "school")),
        said_by=chance.choices(("own_words", "supported", "proxy"), (8, 2, 1))[0],
        said_on=f"{year}-{month:02}",
        age_band=chance.choice(("", "5_to_10", "11_to_15", "16_to_18")),
        need=chance.choice(("", "", "autism", "speech", "physical", "hearing")),
        setting=f"School {chance.randrange(200)}" if number % 3 == 0 else "",
        permitted=chance.choices(("read", "quote", "count"), (2, 6, 1))[0],
    )


def _said() -> dict[str, list[str]]:
    by_language: dict[str, list[str]] = {}
    with SAID.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            by_language.setdefault(row["language"], []).append(row["text"])
    return by_language
