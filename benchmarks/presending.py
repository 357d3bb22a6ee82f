"""Before a sending to 20,000 families: whom the rules let be asked, with a ledger of a million asks."""

from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.figures import Figure, at_most, percentile
from surveys.asking_less.presending import PreSendCheck, check_send
from surveys.invitations import registers, sends
from surveys.invitations.reaching import Contact, Sealing
from surveys.invitations.register_rows import RegisterRow
from surveys.invitations.sends import SendChoice
from surveys.ledger import choices
from surveys.ledger.frames import COLUMNS
from surveys.ledger.tables import Ask
from surveys.migrations import m0083_asking_less
from surveys.publishing import open_round, publish
from surveys.templates.post_ehcp import document
from voice.languages import words
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

ASKS = 1_000_000
FAMILIES = 60_000
IN_THE_REGISTER = 20_000
CHOSE = 2_000
"""People of the register who chose how often they are asked, or said stop."""

IN_A_UNIT = 20_000
AT_ONCE = 1000
TIMES = 7
GOAL_S = 2
TODAY = dt.date(2026, 11, 18)
YEARS = 3
SURVEYS = (
    "post-ehcp",
    "School transport",
    "Short breaks",
    "Therapies",
    "Waiting times",
    "Annual review",
    "Holiday clubs",
)
PARTNERS = ("Council", "NHS trust", "Parent carer forum", "Schools")
BY = uuid.UUID(int=1)


def figures(folder: Path, *, database_url: str = "") -> list[Figure]:
    return asyncio.run(_figures(Settings(data=folder / "data", database_url=database_url)))


async def _figures(settings: Settings) -> list[Figure]:
    store = await open_store(settings)
    try:
        await migrate(store)
        await _fill_ledger(store)
        send = await _planned(store)
        if store.dialect == "postgres":
            await store.write(lambda: Ask.raw("ANALYZE"))  # what the server does by itself a minute later
        return await _measured(lambda: store.read(lambda: check_send(send, today=TODAY)))
    finally:
        await store.close()


async def _measured(checked: Callable[[], Awaitable[PreSendCheck]]) -> list[Figure]:
    took: list[float] = []
    worked: list[float] = []
    found: PreSendCheck | None = None
    for _ in range(TIMES):
        began, busy = time.perf_counter(), time.process_time()
        found = await checked()
        took.append(time.perf_counter() - began)
        worked.append(time.process_time() - busy)
    assert found is not None
    label = f"{IN_THE_REGISTER:,} families, {len(found.asked):,} may be asked"
    return [
        Figure(f"{label}, p50", percentile(took, 0.5), "s", at_most(GOAL_S)),
        Figure(f"{label}, the slowest of {TIMES}", max(took), "s", at_most(GOAL_S)),
        Figure("processor time of this process, p50", percentile(worked, 0.5), "s"),
    ]


def _family(number: int) -> str:
    return f"f1-{random.Random(number).getrandbits(128):032x}"


def _person(number: int) -> str:
    return f"p1-{random.Random(-1 - number).getrandbits(128):032x}"


async def _fill_ledger(store: Store) -> None:
    """In the order of ids, and indexed at the end: the disk has a tenth of the work."""
    chance = random.Random(2026)
    people = [(_family(number), _person(number)) for number in range(FAMILIES)]
    indexes = [each for each in m0083_asking_less.INDEXES if ' ON "ask" ' in each]
    for name in [index.split('"')[1] for index in indexes]:
        await store.write(lambda name=name: Ask.raw(f'DROP INDEX "{name}"'))  # type: ignore[misc]
    for start in range(0, ASKS, IN_A_UNIT):
        rows = [_ask(chance, start + at, *people[chance.randrange(FAMILIES)]) for at in range(IN_A_UNIT)]
        await store.write(lambda rows=rows: _keep(rows))  # type: ignore[misc]
    for index in indexes:
        await store.write(lambda index=index: Ask.raw(index))  # type: ignore[misc]


def _ask(chance: random.Random, number: int, family: str, person: str) -> tuple[object, ...]:
    moment = dt.datetime.combine(TODAY, dt.time(10), dt.UTC) - dt.timedelta(days=chance.randrange(365 * YEARS))
    return (
        uuid.UUID(int=(number << 100) + chance.getrandbits(100)),
        moment.date(),
        *(family, person, chance.choice(SURVEYS), chance.choice(PARTNERS)),
        chance.choices(("invitation", "reminder", "statutory"), (6, 3, 1))[0],
        moment,
        chance.choices(("none", "opened", "completed"), (6, 2, 2))[0],
        chance.choice((3, 5, 8, 12)),
        *("email", "parent_carer", "en"),
    )


async def _keep(rows: list[tuple[object, ...]]) -> None:
    """As literals, which we made ourselves: a value each takes the database driver ten times as long."""
    columns = ", ".join(f'"{name}"' for name in ("id", "asked_on", *COLUMNS))
    for start in range(0, len(rows), AT_ONCE):
        values = ", ".join(f"({', '.join(map(_literal, row))})" for row in rows[start : start + AT_ONCE])
        await Ask.raw(f'INSERT INTO "ask" ({columns}) VALUES {values}')


def _literal(value: object) -> str:
    return "NULL" if value is None else f"{value}" if isinstance(value, int) else f"'{value}'"


async def _planned(store: Store) -> uuid.UUID:
    """A sending of a survey that has asked before, to a third of the families; some of them chose otherwise."""
    rows = [
        RegisterRow(
            family=_family(number),
            person=_person(number),
            audience="parent_carer",
            language="en",
            groups={"area": f"Area {number % 12}", "need": f"Need {number % 7}"},
            contact=Contact(email=f"person{number}@example.org"),
        )
        for number in range(IN_THE_REGISTER)
    ]
    sealed = registers.sealed_rows(rows, Sealing(b"s" * 32), day=TODAY)

    async def planned() -> uuid.UUID:
        version = await publish(document(words, ("en",)), today=TODAY)
        round = await open_round(
            version, term="2026-autumn", identity_mode="anonymous", link="post-ehcp", opens_on=None, closes_on=None
        )
        register = await registers.add(sealed, name="Families", partner="Council", by=BY, today=TODAY)
        await choices.introduce({row.person: row.family for row in rows}, secret=b"s" * 32)
        for number, row in enumerate(rows[:CHOSE]):
            if number % 2:
                await choices.stop(row.person, today=TODAY)
            else:
                await choices.choose(row.person, pace="termly", way="", language="", pause="no", today=TODAY)
        return await sends.plan(
            round=round,
            register=register,
            kind="invitation",
            way="email",
            minutes=5,
            goes_on=TODAY,
            choice=SendChoice(),
            by=BY,
            today=TODAY,
        )

    return await store.write(planned)
