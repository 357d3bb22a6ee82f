"""Rows of a backup into an empty database, in one unit of its store, and read again out of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from surveys.tables import Survey
from voice.backups.format import ROWS, Looked, Part, TableKept
from voice.backups.problems import BackupProblem
from voice.backups.rows import rows_in
from voice.backups.schema import TableFound, tables_in
from voice.backups.sealing import DAMAGED
from voice.backups.snapshots import AT_ONCE, select
from voice.backups.values import TIMES, Row, Sum, for_database, kind_of, written
from voice.storage.migrating import apply, steps
from voice.storage.store import Store

MESSAGES = "outgoing_message"
"""The queue of messages to families: see ``surveys/invitations/tables.py``."""


async def fill(store: Store, looked: Looked, read: Callable[[], Iterator[Part]]) -> None:
    """Makes the schema of the backup and puts its rows there.

    Raises :class:`BackupProblem` where what is stored is not what the backup says.
    """
    for name in steps():
        if name in looked.about.steps:
            await apply(name, store.dialect)
    found = {table.name: table for table in await tables_in(Survey.raw, store.dialect)}
    kept = {table.name: table for table in looked.about.tables}
    for name, table in kept.items():
        if name not in found or {column.name for column in found[name].columns} != set(table.columns):
            raise BackupProblem(f"This backup has a table {name} that this version does not know so.")
    database = _database(store)
    await database.begin()
    for name in reversed(kept):
        if await Survey.raw(f'SELECT 1 AS "one" FROM "{name}" LIMIT 1'):  # noqa: S608 - a name that is in the schema
            await Survey.raw(f'DELETE FROM "{name}"')  # noqa: S608 - a step put it there; the backup has it too
    for part in read():
        if (named := ROWS.fullmatch(part.name)) is not None:
            into = kept.get(named.group(1))
            if into is None:
                raise BackupProblem(DAMAGED)
            await database.put(into, _rows(part, into, store.dialect))
    await database.end([found[name] for name in kept])
    for name in kept:
        await _compare(database, found[name], kept[name], looked)


def _rows(part: Part, table: TableKept, dialect: str) -> list[Row]:
    makers = [for_database(kind, dialect) for kind in table.kinds]
    return [
        [None if value is None else make(value) for make, value in zip(makers, row, strict=True)]
        for row in rows_in(part, table)
    ]


async def _compare(database: _Database, found: TableFound, kept: TableKept, looked: Looked) -> None:
    by_name = {column.name: column for column in found.columns}
    same_order = TableFound(found.name, tuple(by_name[name] for name in kept.columns), (), ())
    kinds = [kind_of(column.type) for column in same_order.columns]
    total = Sum(kept.kinds)
    async for some in database.rows(same_order):
        for row in some:
            total.add([written(kind, value) for kind, value in zip(kinds, row, strict=True)])
    wanted = looked.manifest.tables[found.name]
    if total.rows != wanted.rows or total.total() != wanted.sum:
        raise BackupProblem(
            f"The table {found.name} is not as it was ({total.rows} rows, {wanted.rows} were in the backup)."
        )


async def hold_back(*, now: dt.datetime) -> int:
    """Leaves messages to a person that were due when the backup was made, and returns how many they are.

    They may have gone out after the backup, and a second one would ask a family twice.
    """
    rows = await Survey.raw(
        f'SELECT "id" AS "id", "due_at" AS "due_at" FROM "{MESSAGES}" '  # noqa: S608
        "WHERE \"state\" IN ('waiting', 'handing_over')"
    )
    due = [row["id"] for row in rows if dt.datetime.fromisoformat(written(TIMES, row["due_at"])) <= now]
    for id in due:
        await Survey.raw(f'UPDATE "{MESSAGES}" SET "state" = \'unknown\' WHERE "id" = {{}}', id)  # noqa: S608
    return len(due)


class _Database(Protocol):
    async def begin(self) -> None: ...

    async def put(self, table: TableKept, rows: Sequence[Row]) -> None: ...

    async def end(self, tables: Sequence[TableFound]) -> None: ...

    def rows(self, table: TableFound) -> Any: ...


def _database(store: Store) -> _Database:
    current = store.engine.current_transaction.get()
    assert current is not None, "rows are filled in within a unit of the store"
    connection = current.connection
    return _SQLite(connection) if store.dialect == "sqlite" else _Postgres(connection)


class _SQLite:
    def __init__(self, connection: Any) -> None:
        self._connection = connection

    async def begin(self) -> None:
        self._connection.execute("PRAGMA defer_foreign_keys = 1")

    async def put(self, table: TableKept, rows: Sequence[Row]) -> None:
        columns = ", ".join(f'"{name}"' for name in table.columns)
        places = ", ".join("?" for _ in table.columns)
        self._connection.executemany(
            f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})',  # noqa: S608 - names that are in the schema
            rows,
        )

    async def end(self, tables: Sequence[TableFound]) -> None:  # noqa: ARG002 - SQLite needs none
        if self._connection.execute("PRAGMA foreign_key_check").fetchall():
            raise BackupProblem(DAMAGED)

    async def rows(self, table: TableFound) -> Any:
        cursor = self._connection.execute(select(table))
        while some := cursor.fetchmany(AT_ONCE):
            yield [tuple(row.values()) for row in some]


class _Postgres:
    """Its foreign keys are taken away meanwhile and made anew, so that rows of one table may point at each other."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._keys: list[Mapping[str, str]] = []

    async def begin(self) -> None:
        self._keys = await self._connection.fetch(
            "SELECT conrelid::regclass::text AS table, quote_ident(conname) AS name, "
            "pg_get_constraintdef(oid) AS definition FROM pg_constraint "
            "WHERE contype = 'f' AND connamespace = current_schema()::regnamespace"
        )
        for key in self._keys:
            await self._connection.execute(f"ALTER TABLE {key['table']} DROP CONSTRAINT {key['name']}")

    async def put(self, table: TableKept, rows: Sequence[Row]) -> None:
        await self._connection.copy_records_to_table(table.name, records=rows, columns=table.columns)

    async def end(self, tables: Sequence[TableFound]) -> None:
        import asyncpg  # type: ignore[import-untyped]

        try:
            for key in self._keys:
                await self._connection.execute(
                    f"ALTER TABLE {key['table']} ADD CONSTRAINT {key['name']} {key['definition']}"
                )
        except asyncpg.ForeignKeyViolationError as problem:
            raise BackupProblem(DAMAGED) from problem
        for table in tables:
            await self._count_on(table)

    async def _count_on(self, table: TableFound) -> None:
        """Numbers that the database gives out go on after the highest that is there."""
        for column in table.columns:
            counter = await self._connection.fetchval(
                "SELECT pg_get_serial_sequence(quote_ident($1), $2)", table.name, column.name
            )
            if counter is not None:
                await self._connection.execute(
                    f'SELECT setval(\'{counter}\', COALESCE((SELECT MAX("{column.name}") FROM "{table.name}"), 0) + 1, '  # noqa: S608
                    "false)"
                )

    async def rows(self, table: TableFound) -> Any:
        cursor = await self._connection.cursor(select(table))
        while some := await cursor.fetch(AT_ONCE):
            yield some
