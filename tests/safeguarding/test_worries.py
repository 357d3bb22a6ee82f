"""Worries: sealed when they come in, stored once, and opened with our own secret alone."""

from __future__ import annotations

import base64
import uuid

from tests.conftest import NOON
from voice.people import signing_in
from voice.people.roles import Role
from voice.safeguarding import worries
from voice.safeguarding.tables import Worry
from voice.storage import Store

SECRET = b"s" * 32
TODAY = NOON.date()


async def raise_one(store: Store, text: str = "He hits me.", id: uuid.UUID | None = None, days: int = 0) -> uuid.UUID:
    id = id or uuid.uuid4()
    day = TODAY.replace(day=TODAY.day + days)
    await store.write(
        lambda: worries.raise_worry(text, id=id, source="session", place="Forum", secret=SECRET, today=day)
    )
    return id


class TestRaising:
    async def test_nobody_reads_it_in_the_database(self, store: Store) -> None:
        await raise_one(store)
        [row] = await store.read(lambda: Worry.select())
        assert "hits" not in str(row)
        made_at = int.from_bytes(base64.urlsafe_b64decode(row["sealed"])[1:9])
        assert made_at % 86_400 == 0, "the seal tells the day and no time"

    async def test_the_same_worry_sent_twice_is_one_worry(self, store: Store) -> None:
        id = await raise_one(store, "The first words")
        await raise_one(store, "Other words", id)
        assert [each.text for each in await store.read(lambda: worries.queue(SECRET))] == ["The first words"]

    async def test_it_keeps_as_many_letters_as_it_says(self, store: Store) -> None:
        await raise_one(store, "x" * 5000)
        [raised] = await store.read(lambda: worries.queue(SECRET))
        assert raised.text == "x" * worries.LONGEST


class TestTheQueue:
    async def test_the_oldest_that_nobody_looked_at_stands_on_top(self, store: Store) -> None:
        new, old, done = [await raise_one(store, days=days) for days in (2, 1, 0)]
        who = await store.write(lambda: signing_in.add_member("safe@council.example", Role.SAFEGUARDING))
        await store.write(lambda: worries.look_at(done, by=who, today=TODAY))
        queue = await store.read(lambda: worries.queue(SECRET))
        assert [each.id for each in queue] == [old, new, done]
        assert [each.looked_at_on for each in queue] == [None, None, TODAY]

    async def test_who_looked_first_stays(self, store: Store) -> None:
        id, first, second = await raise_one(store), uuid.uuid4(), uuid.uuid4()
        for who in (first, second):
            await store.write(lambda who=who: worries.look_at(id, by=who, today=TODAY))
        [row] = await store.read(lambda: Worry.select(Worry.looked_at_by))
        assert row["looked_at_by"] == first

    async def test_another_secret_opens_nothing_and_hides_no_worry(self, store: Store) -> None:
        await raise_one(store)
        assert [each.text for each in await store.read(lambda: worries.queue(b"t" * 32))] == [None]
