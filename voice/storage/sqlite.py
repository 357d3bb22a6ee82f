"""SQLite with one writer: what has queued up is committed as one group.

A durable commit costs one or two milliseconds of waiting for the disk, whoever asks. So requests hand
their unit to the writer, which runs all that wait inside one transaction, each in a savepoint of its
own, commits once, and only then answers them. See ``docs/decisions/0002-one-writer.md``.

Units run on the event loop itself: a query on a small row takes some twenty microseconds, less than
handing it to a thread. The commit, which waits for the disk, is done in a thread. Queries outside of
a unit (long lists, exports) run in a thread on a connection of their own, which cannot write.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

import aiosqlite
from piccolo.engine.base import Engine
from piccolo.engine.sqlite import SQLiteEngine, dict_factory

from voice.storage.sqlite_traces import empty_journal, merge_some_words, write_anew
from voice.storage.store import StoreUnavailable, Unit

T = TypeVar("T")

DATABASE = "golden-thread.sqlite"
"""Its file, in the folder of all that is stored."""

LARGEST_GROUP = 256
"""Units in one commit: bounds how long the first of them waits for the rest."""

BUSY_SECONDS = 30
"""How long another program (an import beside the server) may hold the database before we give up."""

SAFE_WAL_FROM = (3, 51, 3)
SAFE_WAL_ALSO = ((3, 50, 7), (3, 44, 6))


def journal_mode(version: tuple[int, int, int]) -> str:
    """``WAL``, or ``PERSIST`` for versions of SQLite whose WAL mode can lose data.

    Before 3.51.3 (but for 3.50.7 and 3.44.6) two connections that write or checkpoint at the same
    moment can damage a WAL database (https://sqlite.org/wal.html, "the WAL-reset bug").
    """
    safe = version >= SAFE_WAL_FROM or any(version[:2] == fixed[:2] and version >= fixed for fixed in SAFE_WAL_ALSO)
    return "WAL" if safe else "PERSIST"


class _Unit:
    """What Piccolo asks the current transaction for: the connection that its queries go to."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection


class _Engine(SQLiteEngine):
    """Piccolo's engine, with queries in a unit run at once and others on a reading connection kept open."""

    def __init__(self, path: Path) -> None:
        super().__init__(path=str(path), timeout=BUSY_SECONDS)
        self._reader: aiosqlite.Connection | None = None
        self._opening = asyncio.Lock()

    async def _run_in_existing_connection(
        self,
        connection: sqlite3.Connection,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",  # noqa: ARG002 - Piccolo's signature
        table: Any = None,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        return connection.execute(query, args or []).fetchall()

    async def _run_in_new_connection(
        self,
        query: str,
        args: list[Any] | None = None,
        query_type: str = "generic",  # noqa: ARG002 - Piccolo's signature
        table: Any = None,  # noqa: ARG002
    ) -> list[dict[str, Any]]:
        with _faults_told():
            async with self._opening:
                if self._reader is None:
                    self._reader = await aiosqlite.connect(**self.connection_kwargs)
                    self._reader.row_factory = dict_factory  # type: ignore[assignment]
                    await self._reader.execute("PRAGMA query_only = 1")
            return list(await self._reader.execute_fetchall(query, args or []))  # type: ignore[arg-type]

    async def close(self) -> None:
        if self._reader is not None:
            await self._reader.close()
            self._reader = None


def _code(problem: sqlite3.Error) -> int:
    """Why SQLite could not do it; 0 for what Python's own part of it refuses."""
    return getattr(problem, "sqlite_errorcode", 0) & 0xFF


def _is_busy(problem: sqlite3.Error) -> bool:
    return _code(problem) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


FAULTS_OF_THE_FILE = frozenset(
    {
        *(sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
        *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM, sqlite3.SQLITE_PROTOCOL),
    }
)
"""What no query can help: the disk is full or broken, or somebody wrote over the file."""


@contextlib.contextmanager
def _faults_told() -> Iterator[None]:
    """Raises what is wrong with the file as :class:`StoreUnavailable`. A query that is wrong stays what it is."""
    try:
        yield
    except sqlite3.Error as problem:
        if _code(problem) not in FAULTS_OF_THE_FILE:
            raise
        raise StoreUnavailable(f"the database cannot be used: {problem}") from problem


async def _nothing() -> None:
    pass


class SQLiteStore:
    dialect = "sqlite"

    def __init__(self, path: Path, journal: str = "") -> None:
        self._path = path
        self._journal = journal or journal_mode(sqlite3.sqlite_version_info)
        self._engine = _Engine(path)
        self._waiting: asyncio.Queue[tuple[Unit[Any], asyncio.Future[Any]]] = asyncio.Queue()
        self._committing = ThreadPoolExecutor(max_workers=1, thread_name_prefix="commit")
        self._readable = asyncio.Event()
        self._readable.set()

    @property
    def engine(self) -> Engine[Any]:
        return self._engine

    async def open(self) -> None:
        try:
            if not self._path.exists():
                self._path.touch(0o600)  # SQLite would let everybody read it, and its journal is like it
            self._writing = self._connect()
            # The first of these reads the file, and finds it locked while another program commits.
            await self._patiently(self._prepare_to_write)
            self._reading = self._connect()
            self._reading.execute("PRAGMA query_only = 1")
        except (sqlite3.Error, OSError, StoreUnavailable) as problem:
            raise StoreUnavailable(f"{self._path} cannot be opened: {problem.__cause__ or problem}") from problem
        self._writer = asyncio.create_task(self._write_groups())

    def _prepare_to_write(self) -> None:
        self._writing.execute(f"PRAGMA journal_mode = {self._journal}")
        self._writing.execute("PRAGMA synchronous = FULL")
        assert self._writing.execute("PRAGMA synchronous").fetchone() == {"synchronous": 2}
        self._writing.execute("PRAGMA secure_delete = ON")

    def _connect(self) -> sqlite3.Connection:
        # No waiting inside SQLite: units run on the event loop, so waiting is done there (see _patiently).
        connection: sqlite3.Connection = sqlite3.connect(
            **{**self._engine.connection_kwargs, "timeout": 0}, check_same_thread=False
        )
        connection.row_factory = dict_factory
        connection.execute("PRAGMA foreign_keys = 1")
        return connection

    async def write(self, unit: Unit[T]) -> T:
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((unit, done))
        return await done

    async def read(self, unit: Unit[T]) -> T:
        while True:
            # Without WAL a commit shuts readers out until it is on disk. Who is woken may find the next one under way.
            while not self._readable.is_set():
                await self._readable.wait()
            token = self._engine.current_transaction.set(_Unit(self._reading))  # type: ignore[arg-type]
            self._reading.execute("BEGIN")
            try:
                with _faults_told():
                    return await unit()
            except sqlite3.OperationalError as problem:
                if not _is_busy(problem):
                    raise
            finally:
                self._engine.current_transaction.reset(token)
                self._reading.execute("COMMIT")
            # Another program is committing. Nothing was read yet that could differ, so the unit begins anew.
            await self._patiently(self._see_the_schema)

    def _see_the_schema(self) -> None:
        self._reading.execute("SELECT 1 FROM sqlite_schema LIMIT 1").fetchall()

    async def _write_groups(self) -> None:
        while True:
            group = [await self._waiting.get()]
            try:
                await self._patiently(self._begin)
            except StoreUnavailable as problem:
                group += self._queued_up(LARGEST_GROUP)
                self._refuse(group, problem)
                continue
            group += self._queued_up(LARGEST_GROUP - 1)
            await self._write(group)
            await asyncio.sleep(0)  # whoever waited to read does so now, before the next group

    def _begin(self) -> None:
        if self._writing.in_transaction:  # a group before could not even be undone
            self._writing.execute("ROLLBACK")
        self._writing.execute("BEGIN IMMEDIATE")

    def _queued_up(self, most: int) -> list[tuple[Unit[Any], asyncio.Future[Any]]]:
        return [self._waiting.get_nowait() for _ in range(min(most, self._waiting.qsize()))]

    async def _write(self, group: list[tuple[Unit[Any], asyncio.Future[Any]]]) -> None:
        outcomes: list[tuple[asyncio.Future[Any], Any, BaseException | None]] = []
        token = self._engine.current_transaction.set(_Unit(self._writing))  # type: ignore[arg-type]
        try:
            for unit, done in group:
                if done.cancelled():
                    continue
                self._writing.execute("SAVEPOINT unit")
                try:
                    with _faults_told():
                        outcomes.append((done, await unit(), None))
                    self._writing.execute("RELEASE unit")
                except Exception as problem:
                    outcomes.append((done, None, problem))
                    self._writing.execute("ROLLBACK TO unit")
                    self._writing.execute("RELEASE unit")
            self._readable.clear()
            await asyncio.get_running_loop().run_in_executor(self._committing, self._commit)
        except sqlite3.Error as problem:
            with contextlib.suppress(sqlite3.Error):
                self._writing.execute("ROLLBACK")
            self._refuse(group, StoreUnavailable(f"nothing could be stored: {problem}"))
            return
        finally:
            self._readable.set()
            self._engine.current_transaction.reset(token)
        for done, result, failure in outcomes:
            if done.cancelled():
                continue
            if failure is None:
                done.set_result(result)
            else:
                done.set_exception(failure)

    def _commit(self) -> None:
        # In this thread it is right to wait: for a long list being read, or for another program.
        deadline = time.monotonic() + BUSY_SECONDS
        while True:
            try:
                self._writing.execute("COMMIT")
                return
            except sqlite3.OperationalError as problem:
                if not _is_busy(problem) or time.monotonic() > deadline:
                    raise
                time.sleep(0.002)

    @staticmethod
    def _refuse(group: list[tuple[Unit[Any], asyncio.Future[Any]]], problem: StoreUnavailable) -> None:
        for _, done in group:
            if not done.done():
                done.set_exception(problem)

    @staticmethod
    async def _patiently(step: Callable[[], object]) -> None:
        """Tries ``step`` until another program lets go of the database, without holding up the event loop."""
        pause = 0.001
        deadline = asyncio.get_running_loop().time() + BUSY_SECONDS
        while True:
            try:
                step()
                return
            except sqlite3.Error as problem:
                if not _is_busy(problem) or asyncio.get_running_loop().time() > deadline:
                    raise StoreUnavailable(f"the database cannot be used just now: {problem}") from problem
                await asyncio.sleep(pause)
                pause = min(pause * 2, 0.05)

    async def close(self) -> None:
        with contextlib.suppress(StoreUnavailable):
            await self.write(_nothing)  # whatever was handed in before is on disk after this, or was refused
        self._writer.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._writer
        self._refuse(self._queued_up(self._waiting.qsize()), StoreUnavailable("the store is closed"))
        await self._engine.close()
        self._reading.close()
        self._writing.close()
        self._committing.shutdown()

    async def leave_no_traces(self) -> None:
        first = True
        while await self.write(lambda first=first: self._merge(first)):  # type: ignore[misc]
            first = False
        await self._beside(write_anew)

    async def empty_journal(self) -> None:
        await self._beside(empty_journal)

    async def _beside(self, step: Callable[..., None]) -> None:
        """Does something with the file on a connection of its own, which waits for the others."""
        try:
            await asyncio.to_thread(step, self._path, patience=BUSY_SECONDS)
        except sqlite3.Error as problem:
            raise StoreUnavailable(f"traces could not be taken out: {problem}") from problem

    async def _merge(self, first: bool) -> bool:
        return merge_some_words(self._writing, first=first)

    def describe(self) -> str:
        mode = self._writing.execute("PRAGMA journal_mode").fetchone()["journal_mode"].upper()
        why = "" if mode == "WAL" else " (this SQLite has a fault in WAL mode; from 3.51.3 on WAL is used)"
        return f"SQLite {sqlite3.sqlite_version}, journal {mode}{why}, synchronous FULL, {self._path}"
