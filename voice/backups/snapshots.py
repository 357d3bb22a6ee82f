"""One view of all rows at one moment, while others go on writing."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, Protocol

from voice.backups.problems import BackupProblem
from voice.backups.schema import TableFound, tables_in
from voice.backups.values import Row
from voice.settings import Settings
from voice.storage.migrating import APPLIED
from voice.storage.sqlite import DATABASE

AT_ONCE = 2000
"""Rows that are fetched together."""

NOTHING_YET = "Nothing is stored yet: there is no database. Check --data and VOICE_DATABASE_URL."


class Snapshot(Protocol):
    """Whatever was acknowledged before it was begun is in it, and nothing by half."""

    @property
    def dialect(self) -> str: ...

    async def query(self, statement: str) -> Sequence[Mapping[str, Any]]: ...

    def rows(self, table: TableFound) -> AsyncIterator[Sequence[Row]]:
        """All rows by their key, some at a time: in what order they were stored is not told."""
        ...


@asynccontextmanager
async def snapshot(settings: Settings, work: Path) -> AsyncIterator[Snapshot]:
    """``work`` is a folder for what is needed meanwhile. Raises :class:`BackupProblem`."""
    if settings.database_url:
        async with _of_postgres(settings.database_url) as found:
            yield found
    else:
        path = settings.data / DATABASE
        if not path.is_file():
            raise BackupProblem(NOTHING_YET)
        copied = work / "copy.sqlite"
        try:
            await asyncio.to_thread(_copy, path, copied)
            with closing(sqlite3.connect(copied)) as connection:
                yield _OfSQLite(connection)
        except sqlite3.Error as problem:
            raise BackupProblem(f"The database cannot be read: {problem}. Run `voice doctor`.") from problem


async def steps_in(snapshot: Snapshot, tables: Sequence[TableFound]) -> tuple[str, ...]:
    if APPLIED not in {table.name for table in tables}:
        raise BackupProblem(NOTHING_YET)
    rows = await snapshot.query(f'SELECT "name" AS "name" FROM "{APPLIED}" ORDER BY "name"')  # noqa: S608
    return tuple(row["name"] for row in rows)


async def tables_of(snapshot: Snapshot) -> list[TableFound]:
    return await tables_in(snapshot.query, snapshot.dialect)


def _copy(path: Path, copied: Path) -> None:
    """A copy of the whole file, in one go: those who write wait meanwhile, some seconds for a gigabyte. Copied in
    steps, it would begin anew with every commit of the server, and never end while people answer."""
    copied.touch(0o600)
    with closing(sqlite3.connect(path, timeout=30)) as source, closing(sqlite3.connect(copied)) as target:
        source.execute("PRAGMA query_only = 1")
        source.backup(target, pages=-1, sleep=0.005)
        faults = target.execute("PRAGMA quick_check(1)").fetchone()[0]
    if faults != "ok":
        raise BackupProblem(f"The database is damaged ({faults}), so no backup was made. Run `voice doctor`.")


class _OfSQLite:
    dialect = "sqlite"

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def query(self, statement: str) -> Sequence[Mapping[str, Any]]:
        cursor = self._connection.execute(statement)
        names = [each[0] for each in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]

    async def rows(self, table: TableFound) -> AsyncIterator[Sequence[Row]]:
        cursor = self._connection.execute(select(table))
        while some := cursor.fetchmany(AT_ONCE):
            yield some


@asynccontextmanager
async def _of_postgres(url: str) -> AsyncIterator[Snapshot]:
    import asyncpg  # type: ignore[import-untyped]

    try:
        connection = await asyncpg.connect(url)
        try:
            async with connection.transaction(isolation="repeatable_read", readonly=True):
                await connection.execute("SELECT 1")  # from here on the view stands still
                yield _OfPostgres(connection)
        finally:
            await connection.close()
    except (OSError, ValueError, asyncpg.PostgresError, asyncpg.InterfaceError) as problem:
        raise BackupProblem(f"PostgreSQL cannot be read: {problem}. Run `voice doctor`.") from problem


class _OfPostgres:
    dialect = "postgres"

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def query(self, statement: str) -> Sequence[Mapping[str, Any]]:
        found: Sequence[Mapping[str, Any]] = await self._connection.fetch(statement)
        return found

    async def rows(self, table: TableFound) -> AsyncIterator[Sequence[Row]]:
        cursor = await self._connection.cursor(select(table))
        while some := await cursor.fetch(AT_ONCE):
            yield some


def select(table: TableFound) -> str:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    order = ", ".join(f'"{name}"' for name in table.key)
    return f'SELECT {columns} FROM "{table.name}"' + (f" ORDER BY {order}" if order else "")  # noqa: S608
