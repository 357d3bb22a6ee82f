"""Brings the schema up to date, step by step, each wholly or not at all, and never at the cost of what is stored."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Mapping
from importlib import import_module

import surveys.migrations
import voice.migrations
from surveys.tables import Survey
from voice.storage.store import Store, StoreUnavailable

APPLIED = "applied_migration"

ONE_AFTER_THE_OTHER = 4_072_116
"""PostgreSQL's lock: processes that start at the same moment bring the schema up to date once."""
INDEX = "voice_words"
"""The index of words, with tables of its own beneath it on SQLite; it can be made anew at any time."""

MOVED = {
    "voice.migrations.m0077_themes": frozenset({"suggestion"}),  # the machine suggests anew
    # Who looked, and when, stands in the record of each worry.
    "voice.migrations.m0105_safeguarding_queue": frozenset({"worry.looked_at_by", "worry.looked_at_on"}),
}
"""Tables and columns (``table.column``) that a step takes away once what they hold stands elsewhere, or can be worked
out again. Any other step that would take away what is stored is refused: see :class:`WouldLose`."""

TAKES_AWAY = re.compile(r"\b(DROP\s+(TABLE|COLUMN)|DELETE|TRUNCATE|REPLACE\s+INTO|RENAME)\b", re.IGNORECASE)


class NewerSchema(StoreUnavailable):
    """The database was brought up to date by a newer version, which may keep things that this one would spoil."""

    def __init__(self, steps: list[str]) -> None:
        super().__init__(
            f"the database belongs to a newer version of Golden Thread (it has {steps[-1]}); "
            "run that version, or restore a backup of this one"
        )
        self.steps = steps


class WouldLose(StoreUnavailable):
    """A step would have taken away what is stored. It was not applied."""

    def __init__(self, step: str, lost: list[str]) -> None:
        super().__init__(f"the step {step} would lose what is stored in {', '.join(lost)}; it was not applied")
        self.lost = lost


async def migrate(store: Store) -> list[str]:
    """Applies what is missing and returns the names of the steps that were applied.

    Raises :class:`NewerSchema` and :class:`WouldLose`.
    """
    if newer := await unknown(store):
        raise NewerSchema(newer)
    applied = []
    for name in await missing(store):
        if await store.write(lambda name=name: safely(name, store.dialect)):  # type: ignore[misc]
            applied.append(name)
    return applied


async def missing(store: Store) -> list[str]:
    """The steps that were not applied yet."""
    done = await store.read(lambda: _known(store.dialect))
    return [name for name in steps() if name not in done]


async def unknown(store: Store) -> list[str]:
    """Steps that were applied and that this version does not have."""
    done = await store.read(lambda: _known(store.dialect))
    return sorted(done - {*steps()})


async def _known(dialect: str) -> set[str]:
    table = (
        "SELECT name FROM sqlite_schema WHERE name = {}"
        if dialect == "sqlite"
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = {}"
    )
    if not await Survey.raw(table, APPLIED):
        return set()
    return {row["name"] for row in await Survey.raw(f'SELECT "name" FROM "{APPLIED}"')}  # noqa: S608


def steps() -> list[str]:
    """Every step in the order of applying: ``surveys.migrations.m0001_…`` before ``voice.migrations.m0001_…``."""
    found = [
        (module.name, f"{package.__name__}.{module.name}")
        for package in (surveys.migrations, voice.migrations)
        for module in pkgutil.iter_modules(package.__path__)
    ]
    return [name for _, name in sorted(found, key=lambda step: (step[0][:5], step[1]))]


async def apply(name: str, dialect: str) -> bool:
    """Applies one step in a unit of the store, whatever it does to what is there."""
    if dialect == "postgres":
        await Survey.raw("SELECT pg_advisory_xact_lock({})", ONE_AFTER_THE_OTHER)
    await Survey.raw(f'CREATE TABLE IF NOT EXISTS "{APPLIED}" ("name" VARCHAR(200) PRIMARY KEY)')
    if await Survey.raw(f'SELECT "name" FROM "{APPLIED}" WHERE "name" = {{}}', name):  # noqa: S608
        return False
    for statement in import_module(name).statements(dialect):
        await Survey.raw(statement)
    await Survey.raw(f'INSERT INTO "{APPLIED}" ("name") VALUES ({{}})', name)  # noqa: S608
    return True


async def safely(name: str, dialect: str) -> bool:
    """Applies one step in a unit of the store. Raises :class:`WouldLose`; then the unit must not be kept."""
    if not any(TAKES_AWAY.search(statement) for statement in import_module(name).statements(dialect)):
        return await apply(name, dialect)
    before = await _columns(dialect)
    rows = {table: await _count(table) for table in before}
    touched = await apply(name, dialect)
    after = await _columns(dialect)
    lost = []
    for table, columns in before.items():
        if not rows[table]:
            continue
        if table not in after or await _count(table) < rows[table]:
            lost.append(table)
        else:
            lost += [f"{table}.{column}" for column in sorted(columns - after[table])]
    if lost := [each for each in lost if each not in MOVED.get(name, ())]:
        raise WouldLose(name, lost)
    return touched


async def _count(table: str) -> int:
    return int((await Survey.raw(f'SELECT COUNT(*) AS "n" FROM "{table}"'))[0]["n"])  # noqa: S608 - a name of ours


async def _columns(dialect: str) -> Mapping[str, set[str]]:
    """The columns of every table but the index of words, by its name."""
    rows = await Survey.raw(
        'SELECT s.name AS "table", c.name AS "column" FROM sqlite_schema AS s, pragma_table_info(s.name) AS c '
        "WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite_%'"
        if dialect == "sqlite"
        else 'SELECT c.relname AS "table", a.attname AS "column" FROM pg_attribute a JOIN pg_class c '
        "ON a.attrelid = c.oid WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace "
        "AND a.attnum > 0 AND NOT a.attisdropped"
    )
    found: dict[str, set[str]] = {}
    for row in rows:
        if not row["table"].startswith(INDEX):
            found.setdefault(row["table"], set()).add(row["column"])
    return found
