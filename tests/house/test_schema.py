"""The tables in the code are the tables in the database, column by column, on both databases."""

from __future__ import annotations

from surveys.tables import Survey
from voice.storage import Store
from voice.storage.tables import TABLES

APPLIED = "applied_migration"
WORDS = "voice_words"
"""The index of words is of another kind on each database, with tables of its own beneath it on SQLite."""
POSTGRES_NAMES = {"character varying": "VARCHAR", "timestamp with time zone": "TIMESTAMPTZ"}

Columns = dict[str, tuple[str, bool]]
"""By name: the type in our words, and whether it may be empty."""


def in_code() -> dict[str, Columns]:
    return {
        table._meta.tablename: {
            column._meta.db_column_name: (column.column_type, column._meta.null) for column in table._meta.columns
        }
        for table in TABLES
    }


async def in_database(store: Store) -> dict[str, Columns]:
    return await store.read(_in_sqlite if store.dialect == "sqlite" else _in_postgres)


async def _in_sqlite() -> dict[str, Columns]:
    names = await Survey.raw("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return {
        row["name"]: {
            column["name"]: (column["type"], not column["notnull"] and not column["pk"])
            for column in await Survey.raw(f"SELECT * FROM pragma_table_info('{row['name']}')")
        }
        for row in names
        if row["name"] != APPLIED and not row["name"].startswith(WORDS)
    }


async def _in_postgres() -> dict[str, Columns]:
    rows = await Survey.raw(
        "SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, "
        "NOT a.attnotnull AS empty FROM pg_attribute a JOIN pg_class c ON a.attrelid = c.oid "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND a.attnum > 0 AND NOT a.attisdropped"
    )
    found: dict[str, Columns] = {}
    for row in rows:
        kind = row["type"]
        for theirs, ours in POSTGRES_NAMES.items():
            kind = kind.replace(theirs, ours)
        if row["table"] not in (APPLIED, WORDS):
            found.setdefault(row["table"], {})[row["name"]] = (kind.upper(), row["empty"])
    return found


class TestSchema:
    async def test_it_is_the_same_in_the_code_and_in_the_database(self, store: Store) -> None:
        assert await in_database(store) == in_code()

    async def test_it_names_every_table_once(self) -> None:
        assert len(in_code()) == len(TABLES) >= 14
