"""The one writer of SQLite: groups, patience with other programs, and the journal it can trust."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from surveys.tables import Survey
from voice.settings import Settings
from voice.storage import Store, StoreUnavailable, open_store
from voice.storage.migrating import migrate
from voice.storage.sqlite import SQLiteStore, journal_mode

HOLDS_THE_LOCK = """
import sqlite3, sys, time
database = sqlite3.connect(sys.argv[1], isolation_level=None)
database.execute(f"BEGIN {sys.argv[2]}")
database.execute("INSERT INTO survey VALUES (?, 'theirs')", (sys.argv[3],))
print("locked", flush=True)
time.sleep(0.4)
database.execute("COMMIT")
"""


@pytest.fixture
def database() -> str:
    return ""


@pytest.fixture
async def opened(settings: Settings) -> AsyncIterator[SQLiteStore]:
    store = await open_store(settings)
    assert isinstance(store, SQLiteStore)
    await migrate(store)
    yield store
    await store.close()


async def add(slug: str) -> None:
    await Survey.insert(Survey(id=uuid.uuid4(), slug=slug))


async def slugs() -> list[str]:
    return sorted(row["slug"] for row in await Survey.select(Survey.slug))


class TestTheJournal:
    @pytest.mark.parametrize(
        ("version", "mode"),
        [
            ((3, 52, 0), "WAL"),
            ((3, 51, 3), "WAL"),
            ((3, 51, 2), "PERSIST"),
            ((3, 50, 8), "WAL"),
            ((3, 50, 7), "WAL"),
            ((3, 50, 6), "PERSIST"),
            ((3, 45, 0), "PERSIST"),
            ((3, 44, 6), "WAL"),
            ((3, 44, 5), "PERSIST"),
            ((3, 40, 1), "PERSIST"),
        ],
    )
    def test_it_is_wal_only_where_wal_is_safe(self, version: tuple[int, int, int], mode: str) -> None:
        assert journal_mode(version) == mode

    async def test_it_says_which_it_uses(self, opened: SQLiteStore) -> None:
        assert f"journal {journal_mode(sqlite3.sqlite_version_info)}" in opened.describe()
        assert "synchronous FULL" in opened.describe()


def modes_of(data: Path) -> dict[str, int]:
    return {path.name: path.stat().st_mode for path in (data, *data.iterdir())}


class TestWhoMayRead:
    @pytest.mark.parametrize("journal", ["WAL", "PERSIST"])
    async def test_its_files_are_for_their_owner_alone(self, tmp_path: Path, journal: str) -> None:
        usual, data = os.umask(0o022), tmp_path / "data"
        try:
            store = await open_store(Settings(data=data, sqlite_journal=journal))
            await migrate(store)
            modes = modes_of(data)
            await store.close()
        finally:
            os.umask(usual)
        assert len(modes) > 2
        assert [name for name, mode in modes.items() if mode & 0o077] == []


class TestGroups:
    async def test_it_commits_what_waits_together(self, opened: SQLiteStore) -> None:
        statements: list[str] = []
        opened._writing.set_trace_callback(statements.append)
        await asyncio.gather(*(opened.write(lambda n=n: add(str(n))) for n in range(100)))  # type: ignore[misc]
        opened._writing.set_trace_callback(None)
        assert 1 <= statements.count("COMMIT") <= 3
        assert statements.count("SAVEPOINT unit") == 100

    async def test_it_commits_a_lone_unit_at_once(self, opened: SQLiteStore) -> None:
        await asyncio.wait_for(opened.write(lambda: add("alone")), timeout=5)
        assert await opened.read(slugs) == ["alone"]


class TestClosing:
    async def test_it_keeps_what_was_handed_in(self, settings: Settings) -> None:
        store = await open_store(settings)
        await migrate(store)
        handed_in = [asyncio.create_task(store.write(lambda n=n: add(f"{n:02}"))) for n in range(40)]  # type: ignore[misc]
        await asyncio.sleep(0)
        await store.close()
        await asyncio.gather(*handed_in)
        again = await open_store(settings)
        assert await again.read(slugs) == [f"{n:02}" for n in range(40)]
        await again.close()


class TestAFileThatIsSpoilt:
    async def test_it_answers_everybody_and_goes_on_when_the_file_is_well_again(
        self, opened: SQLiteStore, settings: Settings
    ) -> None:
        await opened.write(lambda: add("before"))
        assert await opened.read(slugs) == ["before"]  # the connection for reading knows the tables from here on
        path = settings.data / "golden-thread.sqlite"
        kept = path.read_bytes()
        path.write_bytes(b"no database " * 1000)
        waiting = [asyncio.create_task(opened.write(lambda n=n: add(str(n)))) for n in range(300)]  # type: ignore[misc]
        done = await asyncio.wait_for(asyncio.gather(*waiting, return_exceptions=True), timeout=10)
        assert {type(each) for each in done} == {StoreUnavailable}
        with pytest.raises(StoreUnavailable):
            await opened.read(slugs)
        with pytest.raises(StoreUnavailable):
            await slugs()
        path.write_bytes(kept)
        await asyncio.wait_for(opened.write(lambda: add("after")), timeout=10)
        assert await opened.read(slugs) == ["after", "before"]

    async def test_it_can_still_be_closed(self, settings: Settings) -> None:
        store = await open_store(settings)
        await migrate(store)
        (settings.data / "golden-thread.sqlite").write_bytes(b"no database " * 1000)
        await asyncio.wait_for(store.close(), timeout=10)

    async def test_a_query_that_is_wrong_is_no_fault_of_the_file(self, opened: SQLiteStore) -> None:
        async def wrong() -> None:
            await Survey.raw("SELECT nothing")

        for work in (opened.write, opened.read):
            with pytest.raises(sqlite3.OperationalError, match="nothing"):
                await work(wrong)


class TestQueriesOutsideOfUnits:
    async def test_they_cannot_write(self, opened: SQLiteStore) -> None:
        with pytest.raises(Exception, match="readonly"):
            await add("outside")
        assert await slugs() == []

    async def test_they_see_what_was_acknowledged(self, opened: SQLiteStore) -> None:
        await opened.write(lambda: add("one"))
        assert await slugs() == ["one"]


class TestAnotherProgram:
    @pytest.mark.parametrize("kind", ["IMMEDIATE", "EXCLUSIVE"])
    async def test_it_waits_until_the_other_has_written(self, opened: Store, settings: Settings, kind: str) -> None:
        path = settings.data / "golden-thread.sqlite"
        with self.holding(path, kind) as other:
            await asyncio.wait_for(opened.write(lambda: add("ours")), timeout=20)
            assert await opened.read(slugs) == ["ours", "theirs"]
            assert other.wait(timeout=10) == 0

    async def test_it_is_waited_for_when_a_store_is_opened(self, opened: Store, settings: Settings) -> None:
        with self.holding(settings.data / "golden-thread.sqlite", "EXCLUSIVE"):
            beside = await open_store(settings)
            assert await beside.read(slugs) == ["theirs"]
            await beside.close()

    async def test_it_does_not_hold_up_the_event_loop_meanwhile(self, opened: Store, settings: Settings) -> None:
        with self.holding(settings.data / "golden-thread.sqlite", "IMMEDIATE") as other:
            writing = asyncio.create_task(opened.write(lambda: add("ours")))
            turns = 0
            while not writing.done():
                await asyncio.sleep(0.005)
                turns += 1
            assert turns > 10
            assert other.wait(timeout=10) == 0

    @staticmethod
    def holding(path: Path, kind: str) -> subprocess.Popen[str]:
        other = subprocess.Popen(
            [sys.executable, "-c", HOLDS_THE_LOCK, str(path), kind, str(uuid.uuid4())],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "locked"
        return other
