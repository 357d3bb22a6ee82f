"""Rows in every table of a database, whatever its version: made up from what the database says of its columns."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from surveys.tables import Survey
from voice.backups.schema import Column, TableFound, tables_in
from voice.backups.snapshots import select
from voice.backups.values import Sum, kind_of, written
from voice.storage import Store

ROWS = 3
NOT_FILLED = ("applied_migration", "voice_number")
SAID = 'They said “it’s fine”;\n\'twas not — "never", 100 % 😀 ਉਹ آپ\u200f, a,b\t\\x'


async def tables(store: Store) -> list[TableFound]:
    found = await store.read(lambda: tables_in(Survey.raw, store.dialect))
    return [table for table in found if table.name not in NOT_FILLED]


async def fill(store: Store, empty: Iterable[TableFound]) -> list[str]:
    """Puts rows into these tables, and returns the names of those that took them: some say who may write to them."""
    filled = []
    for table in empty:
        try:
            await store.write(lambda table=table: _fill(table, store.dialect))  # type: ignore[misc]
        except Exception as problem:
            print(f"{table.name} took no rows: {problem}")
        else:
            filled.append(table.name)
    return filled


async def _fill(table: TableFound, dialect: str) -> None:
    columns = ", ".join(f'"{column.name}"' for column in table.columns)
    places = ", ".join("{}" for _ in table.columns)
    for number in range(ROWS):
        values = [_value(table, column, number, dialect) for column in table.columns]
        await Survey.raw(f'INSERT INTO "{table.name}" ({columns}) VALUES ({places})', *values)


def _value(table: TableFound, column: Column, number: int, dialect: str) -> Any:
    for reference in table.references:
        if reference.column == column.name:
            # rows of one table point at the first of it, and only that is there by then
            of = 0 if reference.table == table.name else number
            if reference.table == table.name and number == 0:
                return None
            return _made_up(reference.table, Column(reference.to, column.type, False), of, dialect)
    if column.optional and number == 2:
        return None
    return _made_up(table.name, column, number, dialect)


def _made_up(table: str, column: Column, number: int, dialect: str) -> Any:
    match kind_of(column.type):
        case "id":
            id = uuid.uuid5(uuid.NAMESPACE_OID, f"{table}.{column.name}.{number}")
            return id if dialect == "postgres" else str(id)
        case "day":
            day = dt.date(2024, 2, 29) + dt.timedelta(days=number)
            return day if dialect == "postgres" else day.isoformat()
        case "time":
            moment = dt.datetime(2026, 3, 29, 0, 59, 59, 123_456 * (number % 2), tzinfo=dt.UTC)
            return moment if dialect == "postgres" else str(moment)
        case "truth":
            return number % 2 == 0
        case "bytes":
            return bytes(range(256)) * (number + 1)
        case "json":
            return '{"b": [1, null], "a": "é"}'
        case "small_real":
            return 0.1 * (number + 1)
        case _ if column.type.startswith(("INT", "BIGINT", "SMALLINT")):
            return number + 1
        case _ if column.type.startswith(("DOUBLE", "FLOAT", "NUMERIC")):
            return 0.1 * (number + 1)
    length = int(column.type.partition("(")[2].rstrip(")") or 10_000)
    return f"{number}{SAID}"[:length]


async def sums(store: Store, found: Iterable[TableFound]) -> dict[str, str]:
    """The sum of each column of each table, by ``table.column``: the same on both databases for the same values."""
    return {name: total for table in found for name, total in (await _sums(store, table)).items()}


async def _sums(store: Store, table: TableFound) -> dict[str, str]:
    rows = await store.read(lambda: Survey.raw(select(table)))
    told = {}
    for column in table.columns:
        kind = kind_of(column.type)
        total = Sum([kind])
        for row in rows:
            total.add([written(kind, row[column.name])])
        told[f"{table.name}.{column.name}"] = f"{total.rows} {total.total()}"
    return told
