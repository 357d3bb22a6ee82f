"""PostgreSQL, which groups its commits itself."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

import asyncpg  # type: ignore[import-untyped]
from piccolo.engine.base import Engine
from piccolo.engine.postgres import PostgresEngine

from voice.storage.store import NotStorable, StoreUnavailable, Unit

T = TypeVar("T")

UNAVAILABLE = (
    OSError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # a connection that was cut in the midst of something
    asyncpg.PostgresConnectionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.OperatorInterventionError,
    asyncpg.PostgresSystemError,
)
"""What no query can help: the server is gone, is being stopped, or has no room left."""

PATIENCE_SECONDS = 30
"""How long writing a table anew may wait for those who use it."""

CLOSING_SECONDS = 10
"""How long units under way may take to finish when the store is closed."""


class _Unit:
    """What Piccolo asks the current transaction for: the connection that its queries go to."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection


class _Engine(PostgresEngine):
    """Piccolo's engine, which reaches for the server only when the store is opened and says so itself."""

    async def check_version(self) -> None:
        pass

    async def _run_in_pool(self, query: str, args: Sequence[Any] | None = None) -> Any:
        try:
            return await super()._run_in_pool(query, args)
        except UNAVAILABLE as problem:
            raise StoreUnavailable(str(problem)) from problem


class PostgresStore:
    """PostgreSQL does its own grouping of commits; a unit is a transaction on a pooled connection."""

    dialect = "postgres"

    def __init__(self, url: str, connections: int = 16) -> None:
        """``connections`` are kept at most: units that find none free wait for one."""
        self._most = connections
        self._engine = _Engine(config={"dsn": url}, extensions=())

    @property
    def engine(self) -> Engine[Any]:
        return self._engine

    async def open(self) -> None:
        try:
            await self._engine.start_connection_pool(min_size=1, max_size=self._most)
        except (OSError, ValueError, asyncpg.InterfaceError, asyncpg.PostgresError) as problem:
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
        except asyncpg.DataError as problem:
            raise NotStorable(str(problem)) from problem
        except UNAVAILABLE as problem:
            if isinstance(problem, asyncpg.InterfaceError) and isinstance(problem, ValueError):
                raise NotStorable(str(problem)) from problem  # the driver itself refuses the value
            raise StoreUnavailable(str(problem)) from problem

    async def leave_no_traces(self) -> None:
        # FULL writes a table into new files, without the rows that are gone. What PostgreSQL keeps of them in its log
        # of changes goes as that log is used again.
        assert self._engine.pool is not None
        try:
            async with self._engine.pool.acquire() as connection:
                await connection.execute(f"SET lock_timeout = '{PATIENCE_SECONDS}s'")
                tables = await connection.fetch(
                    "SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = current_schema()"
                )
                for table in tables:
                    await connection.execute(f"VACUUM (FULL) {table['name']}")
        except (*UNAVAILABLE, asyncpg.PostgresError) as problem:
            raise StoreUnavailable(f"the database could not be written anew: {problem}") from problem

    async def empty_journal(self) -> None:
        pass  # its log of changes is of the whole server, and used again by itself

    async def close(self) -> None:
        pool = self._engine.pool
        if pool is None:
            return
        try:
            await asyncio.wait_for(self._engine.close_connection_pool(), CLOSING_SECONDS)
        except TimeoutError:
            pool.terminate()

    def describe(self) -> str:
        return "PostgreSQL"
