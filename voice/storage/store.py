"""The store as the rest of the product sees it, and the choice between its two kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import asyncpg  # type: ignore[import-untyped]
from piccolo.engine.base import Engine
from piccolo.engine.postgres import PostgresEngine

from voice.settings import Settings
from voice.storage.tables import bind_tables

T = TypeVar("T")
Unit = Callable[[], Awaitable[T]]


class StoreUnavailable(Exception):
    """The database could not do what was asked just now: nothing of the unit was stored."""


class Store(Protocol):
    @property
    def dialect(self) -> str:
        """``sqlite`` or ``postgres``."""
        ...

    async def write(self, unit: Unit[T]) -> T:
        """Runs ``unit`` alone in its transaction; what it stored is on disk on return."""
        ...

    async def read(self, unit: Unit[T]) -> T:
        """Runs ``unit`` on one view of the database. It cannot write."""
        ...

    async def close(self) -> None: ...

    def describe(self) -> str:
        """One line for ``voice doctor``."""
        ...


class _Unit:
    """What Piccolo asks the current transaction for: the connection that its queries go to."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection


class PostgresStore:
    """PostgreSQL does its own grouping of commits; a unit is a transaction on a pooled connection."""

    dialect = "postgres"

    def __init__(self, url: str) -> None:
        self._engine = PostgresEngine(config={"dsn": url})

    @property
    def engine(self) -> Engine[Any]:
        return self._engine

    async def open(self) -> None:
        try:
            await self._engine.start_connection_pool(min_size=1, max_size=16)
        except (OSError, asyncpg.PostgresError) as problem:
            raise StoreUnavailable(f"PostgreSQL cannot be reached: {problem}") from problem

    async def write(self, unit: Unit[T]) -> T:
        return await self._run(unit, isolation="read_committed", readonly=False)

    async def read(self, unit: Unit[T]) -> T:
        return await self._run(unit, isolation="repeatable_read", readonly=True)

    async def _run(self, unit: Unit[T], *, isolation: str, readonly: bool) -> T:
        # Not Piccolo's own transactions: one that is cancelled, or whose commit fails, keeps its connection
        # for ever, and the pool can then never be closed.
        assert self._engine.pool is not None
        try:
            async with (
                self._engine.pool.acquire() as connection,
                connection.transaction(isolation=isolation, readonly=readonly),
            ):
                token = self._engine.current_transaction.set(_Unit(connection))  # type: ignore[arg-type]
                try:
                    return await unit()
                finally:
                    self._engine.current_transaction.reset(token)
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError) as problem:
            raise StoreUnavailable(str(problem)) from problem

    async def close(self) -> None:
        await self._engine.close_connection_pool()

    def describe(self) -> str:
        return "PostgreSQL"


async def open_store(settings: Settings) -> Store:
    """Opens the store that the settings name, and lets our tables use it."""
    from voice.storage.sqlite import SQLiteStore

    store: SQLiteStore | PostgresStore
    if settings.database_url:
        store = PostgresStore(settings.database_url)
    else:
        settings.data.mkdir(parents=True, exist_ok=True)
        store = SQLiteStore(settings.data / "golden-thread.sqlite")
    await store.open()
    bind_tables(store.engine)
    return store
