"""What holds for units of work on either database."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid

import pytest

from surveys.publishing import publish
from surveys.tables import Survey, SurveyVersion
from surveys.templates import post_ehcp
from voice.languages import LANGUAGES, words
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate, missing, steps
from voice.storage.tables import bind_tables


async def add(slug: str) -> str:
    await Survey.insert(Survey(id=uuid.uuid4(), slug=slug))
    return slug


async def slugs() -> list[str]:
    return sorted(row["slug"] for row in await Survey.select(Survey.slug))


class TestWriting:
    async def test_it_gives_back_what_the_unit_returns(self, store: Store) -> None:
        assert await store.write(lambda: add("one")) == "one"
        assert await store.read(slugs) == ["one"]

    async def test_it_stores_many_units_at_once(self, store: Store) -> None:
        names = [f"survey {number:03}" for number in range(300)]
        await asyncio.gather(*(store.write(lambda name=name: add(name)) for name in names))  # type: ignore[misc]
        assert await store.read(slugs) == names

    async def test_it_leaves_the_others_alone_when_a_unit_fails(self, store: Store) -> None:
        async def fails(number: int) -> None:
            await add(f"half {number}")
            raise LookupError(number)

        outcomes = await asyncio.gather(
            *(
                store.write(lambda n=n: fails(n) if n % 3 == 0 else add(f"whole {n}"))  # type: ignore[misc]
                for n in range(12)
            ),
            return_exceptions=True,
        )
        assert [type(outcome) for outcome in outcomes[:4]] == [LookupError, str, str, LookupError]
        assert await store.read(slugs) == sorted(f"whole {n}" for n in range(12) if n % 3)

    async def test_it_takes_back_what_the_database_refuses(self, store: Store) -> None:
        async def twice() -> None:
            await add("first")
            await add("same")
            await add("same")

        outcomes = await asyncio.gather(store.write(twice), store.write(lambda: add("other")), return_exceptions=True)
        assert isinstance(outcomes[0], Exception)
        assert await store.read(slugs) == ["other"]

    async def test_it_goes_on_after_a_unit_that_nobody_waits_for(self, store: Store) -> None:
        given_up = asyncio.create_task(store.write(lambda: add("given up")))
        await asyncio.sleep(0)
        given_up.cancel()
        await store.write(lambda: add("after"))
        assert "after" in await store.read(slugs)


class TestReading:
    async def test_it_cannot_write(self, store: Store) -> None:
        with pytest.raises(Exception, match=r"read-only|readonly"):
            await store.read(lambda: add("sneaked in"))
        assert await store.read(slugs) == []
        assert await store.write(lambda: add("a write")) == "a write"

    async def test_it_sees_one_view_while_others_write(self, store: Store) -> None:
        await store.write(lambda: add("before"))
        writing: list[asyncio.Task[str]] = []

        async def twice() -> tuple[list[str], list[str]]:
            first = await slugs()
            writing.append(asyncio.create_task(store.write(lambda: add("meanwhile"))))
            await asyncio.sleep(0.1)
            return first, await slugs()

        assert await store.read(twice) == (["before"], ["before"])
        await writing[0]
        assert await store.read(slugs) == ["before", "meanwhile"]


class TestClosing:
    async def test_it_finishes_what_is_under_way(self, store: Store, settings: Settings) -> None:
        closing = await open_store(settings)

        async def slowly() -> str:
            await add("under way")
            await asyncio.sleep(0.1)
            return "done"

        writing = asyncio.create_task(closing.write(slowly))
        await asyncio.sleep(0.03)
        await closing.close()
        assert await writing == "done"
        bind_tables(store.engine)
        assert await store.read(slugs) == ["under way"]


class TestPublishedVersions:
    async def published(self, store: Store) -> uuid.UUID:
        document = post_ehcp.document(words, tuple(LANGUAGES))
        return await store.write(lambda: publish(document, today=dt.date(2026, 11, 18)))

    async def test_it_never_changes_them(self, store: Store) -> None:
        version = await self.published(store)
        with pytest.raises(Exception, match="never changes"):
            await store.write(
                lambda: SurveyVersion.update({SurveyVersion.number: 2}).where(SurveyVersion.id == version)
            )
        assert (await store.read(SurveyVersion.select(SurveyVersion.number).run))[0]["number"] == 1

    async def test_it_never_deletes_them(self, store: Store) -> None:
        version = await self.published(store)
        with pytest.raises(Exception, match=r"never (changes|deleted)"):
            await store.write(lambda: SurveyVersion.delete().where(SurveyVersion.id == version))
        assert await store.read(SurveyVersion.count) == 1


class TestMigrating:
    async def test_it_applies_each_step_once(self, store: Store) -> None:
        assert await missing(store) == []
        assert await migrate(store) == []

    async def test_it_knows_what_is_missing_from_an_empty_database(self, settings: Settings) -> None:
        empty = await open_store(settings)
        try:
            assert await missing(empty) == steps()
            assert await migrate(empty) == steps()
            assert await missing(empty) == []
        finally:
            await empty.close()

    def test_it_makes_what_is_asked_before_what_is_said(self) -> None:
        assert steps()[:2] == ["surveys.migrations.m0001_first_thread", "voice.migrations.m0001_first_thread"]
