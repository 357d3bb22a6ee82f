"""Brings the schema up to date, step by step, each step wholly or not at all."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import surveys.migrations
import voice.migrations
from surveys.tables import Survey
from voice.storage.store import Store

APPLIED = "applied_migration"

ONE_AFTER_THE_OTHER = 4_072_116
"""PostgreSQL's lock: processes that start at the same moment bring the schema up to date once."""


async def migrate(store: Store) -> list[str]:
    """Applies what is missing and returns the names of the steps that were applied."""
    applied = []
    for name in await missing(store):
        if await store.write(lambda name=name: _apply(name, store.dialect)):  # type: ignore[misc]
            applied.append(name)
    return applied


async def missing(store: Store) -> list[str]:
    """The steps that were not applied yet."""

    async def known() -> set[str]:
        table = (
            "SELECT name FROM sqlite_schema WHERE name = {}"
            if store.dialect == "sqlite"
            else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() AND tablename = {}"
        )
        if not await Survey.raw(table, APPLIED):
            return set()
        return {row["name"] for row in await Survey.raw(f'SELECT "name" FROM "{APPLIED}"')}  # noqa: S608

    done = await store.read(known)
    return [name for name in steps() if name not in done]


def steps() -> list[str]:
    """Every step in the order of applying: ``surveys.migrations.m0001_…`` before ``voice.migrations.m0001_…``."""
    found = [
        (module.name, f"{package.__name__}.{module.name}")
        for package in (surveys.migrations, voice.migrations)
        for module in pkgutil.iter_modules(package.__path__)
    ]
    return [name for _, name in sorted(found, key=lambda step: (step[0][:5], step[1]))]


async def _apply(name: str, dialect: str) -> bool:
    if dialect == "postgres":
        await Survey.raw("SELECT pg_advisory_xact_lock({})", ONE_AFTER_THE_OTHER)
    await Survey.raw(f'CREATE TABLE IF NOT EXISTS "{APPLIED}" ("name" VARCHAR(200) PRIMARY KEY)')
    if await Survey.raw(f'SELECT "name" FROM "{APPLIED}" WHERE "name" = {{}}', name):  # noqa: S608
        return False
    for statement in import_module(name).statements(dialect):
        await Survey.raw(statement)
    await Survey.raw(f'INSERT INTO "{APPLIED}" ("name") VALUES ({{}})', name)  # noqa: S608
    return True
