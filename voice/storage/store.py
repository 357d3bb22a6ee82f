"""The store as the rest of the product sees it, and the choice between its two kinds."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol, TypeVar

import asyncpg  # type: ignore[import-untyped]
from piccolo.engine.base import Engine
from piccolo.engine.postgres import PostgresEngine

from surveys.tables import Submission
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
        return await self._run(unit)

    async def read(self, unit: Unit[T]) -> T:
        async def reading() -> T:
            await Submission.raw("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            return await unit()

        return await self._run(reading)

    async def _run(self, unit: Unit[T]) -> T:
        transaction = self._engine.transaction()
        try:
            await transaction.__aenter__()
            try:
                result = await unit()
            except BaseException as problem:
                await transaction.__aexit__(type(problem), problem, problem.__traceback__)
                raise
            await transaction.__aexit__(None, None, None)
        except (OSError, asyncpg.PostgresConnectionError, asyncpg.InterfaceError) as problem:
            raise StoreUnavailable(str(problem)) from problem
        return result

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
