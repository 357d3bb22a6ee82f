"""The tables as a database itself tells them, also those of a version that the code no longer knows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import msgspec

from voice.storage.migrating import APPLIED

NOT_KEPT = frozenset(
    {
        APPLIED,  # told by the list of steps
        "voice_number",  # the index of words is made anew from the voices
        "sign_in_session",  # who was signed in does it again: a session that was ended must not come back
        "sign_in_link",
        "sign_in_try",  # how often something was tried
        "try_count",
    }
)
"""Tables whose rows are in no backup."""

INDEX = "voice_words"
"""The index of words is of another kind on each database, with tables of its own beneath it on SQLite."""

Query = Callable[..., Awaitable[Sequence[Mapping[str, Any]]]]
"""Runs a query with its values and gives its rows by the names of their columns."""


class Column(msgspec.Struct, frozen=True):
    name: str
    type: str
    """As it was declared, in capitals."""
    optional: bool


class Reference(msgspec.Struct, frozen=True):
    column: str
    table: str
    to: str


class TableFound(msgspec.Struct, frozen=True):
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[Reference, ...]


async def tables_in(query: Query, dialect: str) -> list[TableFound]:
    """Every table of ours but the index of words, each after those that it points to."""
    found = await (_in_sqlite(query) if dialect == "sqlite" else _in_postgres(query))
    return _in_order({table.name: table for table in found if not table.name.startswith(INDEX)})


def is_kept(name: str) -> bool:
    return name not in NOT_KEPT


def _in_order(tables: Mapping[str, TableFound]) -> list[TableFound]:
    ordered: dict[str, TableFound] = {}

    def place(name: str, on_the_way: frozenset[str]) -> None:
        if name in ordered or name in on_the_way or name not in tables:
            return
        for reference in tables[name].references:
            place(reference.table, on_the_way | {name})
        ordered[name] = tables[name]

    for name in sorted(tables):
        place(name, frozenset())
    return list(ordered.values())


async def _in_sqlite(query: Query) -> list[TableFound]:
    names = await query(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    found = []
    for name in (row["name"] for row in names):
        columns = await query(f"SELECT * FROM pragma_table_info('{name}')")  # noqa: S608 - a name of ours
        references = await query(f"SELECT * FROM pragma_foreign_key_list('{name}')")  # noqa: S608
        found.append(
            TableFound(
                name=name,
                columns=tuple(
                    Column(each["name"], each["type"].upper(), not each["notnull"] and not each["pk"])
                    for each in columns
                ),
                key=tuple(each["name"] for each in sorted(columns, key=lambda each: int(each["pk"])) if each["pk"]),
                references=tuple(Reference(each["from"], each["table"], each["to"] or "id") for each in references),
            )
        )
    return found


async def _in_postgres(query: Query) -> list[TableFound]:
    columns = await query(
        "SELECT c.relname::text AS table, a.attname::text AS name, "
        "upper(format_type(a.atttypid, a.atttypmod)) AS type, NOT a.attnotnull AS optional "
        "FROM pg_attribute a JOIN pg_class c ON a.attrelid = c.oid WHERE c.relkind = 'r' "
        "AND c.relnamespace = current_schema()::regnamespace AND a.attnum > 0 AND NOT a.attisdropped "
        "ORDER BY c.relname, a.attnum"
    )
    constraints = await query(
        "SELECT k.conrelid::regclass::text AS table, k.contype::text AS kind, f.relname::text AS other, "
        "(SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(k.conkey) WITH ORDINALITY AS u(attnum, n) "
        "JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = u.attnum) AS own, "
        "(SELECT array_agg(a.attname::text ORDER BY u.n) FROM unnest(k.confkey) WITH ORDINALITY AS u(attnum, n) "
        "JOIN pg_attribute a ON a.attrelid = k.confrelid AND a.attnum = u.attnum) AS theirs "
        "FROM pg_constraint k LEFT JOIN pg_class f ON f.oid = k.confrelid "
        "WHERE k.connamespace = current_schema()::regnamespace AND k.contype IN ('p', 'f')"
    )
    by_table: dict[str, list[Column]] = {}
    for each in columns:
        by_table.setdefault(each["table"], []).append(Column(each["name"], each["type"], bool(each["optional"])))
    keys = {_bare(each["table"]): tuple(each["own"]) for each in constraints if each["kind"] == "p"}
    references: dict[str, list[Reference]] = {}
    for each in constraints:
        if each["kind"] == "f":
            found = zip(each["own"], each["theirs"], strict=True)
            references.setdefault(_bare(each["table"]), []).extend(
                Reference(own, each["other"], theirs) for own, theirs in found
            )
    return [
        TableFound(name, tuple(by_table[name]), keys.get(name, ()), tuple(references.get(name, ())))
        for name in sorted(by_table)
    ]


def _bare(name: str) -> str:
    """PostgreSQL writes names that are words of its own in quotes, and names of another schema with it."""
    return name.rpartition(".")[2].strip('"')
