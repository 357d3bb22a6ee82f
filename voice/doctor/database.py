"""Whether the database can be used, belongs to this version, and is whole."""

from __future__ import annotations

import asyncio
import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from surveys.tables import Survey
from voice.backups.schema import tables_in
from voice.doctor.finding import Finding, ok, wrong
from voice.people.partnership import partnership
from voice.settings import Settings
from voice.storage.migrating import missing, unknown
from voice.storage.sqlite import DATABASE
from voice.storage.store import Store

NOT_NAMED = (
    "not set, so families do not see who asks and who to call; "
    "an administrator does it on the page Your partnership (/manage/partnership)"
)
FROM_BACKUP = "Stop the server, keep this folder, and fill a new one from the last backup with `voice restore`"

PATIENCE_SECONDS = 5
CLOCKS_DIFFER = dt.timedelta(minutes=2)


def unreachable(settings: Settings, problem: object) -> Finding:
    """A store that cannot be opened."""
    if settings.database_url:
        remedy = "Check that PostgreSQL runs, and VOICE_DATABASE_URL"
    elif "not a database" in str(problem) or "malformed" in str(problem):
        remedy = FROM_BACKUP
    else:
        remedy = "Check that the folder is there and that this account may write in it"
    return wrong(f"store: {problem}. {remedy}.")


async def check_schema(store: Store) -> list[Finding]:
    newer, wanting = await unknown(store), await missing(store)
    if newer:
        return [
            wrong(
                f"schema: newer than this version ({newer[-1]}). Run the version that made it, "
                "or restore a backup of this version into a new folder"
            )
        ]
    if wanting:
        return [wrong(f"schema: {len(wanting)} steps missing: run `voice migrate`")]
    named = (await store.read(partnership)).name
    return [ok("schema: up to date"), ok(f"partnership: {'families see who to call' if named else NOT_NAMED}")]


async def check_sqlite(settings: Settings) -> list[Finding]:
    """Whether the file is whole and can be written. Nothing for PostgreSQL."""
    if settings.database_url:
        return []
    return await asyncio.to_thread(_of_file, settings.data / DATABASE)


def _of_file(path: Path) -> list[Finding]:
    try:
        with closing(sqlite3.connect(path, timeout=PATIENCE_SECONDS, isolation_level=None)) as connection:
            faults = [row[0] for row in connection.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
            if not faults and connection.execute("PRAGMA foreign_key_check").fetchone():
                faults = ["rows point at rows that are not there"]
            if faults:
                return [wrong(f"database: damaged ({'; '.join(faults)}). {FROM_BACKUP}.")]
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("CREATE TABLE try_to_write (n)")
            connection.execute("ROLLBACK")
    except sqlite3.Error as problem:
        return [_cannot(path, problem)]
    return [ok("database: whole, and can be written")]


def _cannot(path: Path, problem: sqlite3.Error) -> Finding:
    match getattr(problem, "sqlite_errorcode", 0) & 0xFF:
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_PERM:
            return wrong(
                f"database: {path} cannot be written ({problem}), so no answer is stored. Give the file and its folder "
                "to the account that runs the product, and check that the disk is not mounted read-only."
            )
        case sqlite3.SQLITE_FULL | sqlite3.SQLITE_IOERR:
            return wrong(f"database: nothing can be stored ({problem}). Make room on the disk, then look again.")
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return wrong(
                f"database: another program has held it for {PATIENCE_SECONDS} seconds. Look for one that hangs: "
                f"`fuser {path}`."
            )
        case _:
            return wrong(f"database: damaged ({problem}). {FROM_BACKUP}.")


MADE_UNDER_THE_SECRET = ("submission", "audit_entry")
"""Tables with ids or marks that only the secret makes again: a receipt finds its answers, the record can be checked."""


async def needs_the_secret(store: Store) -> bool:
    """Whether anything is stored that only the secret opens, finds or checks."""

    async def has_any(table: str, where: str) -> bool:
        return bool(await Survey.raw(f'SELECT 1 AS "one" FROM "{table}" WHERE {where} LIMIT 1'))  # noqa: S608

    async def unit() -> bool:
        for table in await tables_in(Survey.raw, store.dialect):
            if table.name in MADE_UNDER_THE_SECRET and await has_any(table.name, "TRUE"):
                return True
            if any(column.name == "sealed" for column in table.columns) and await has_any(
                table.name, '"sealed" IS NOT NULL'
            ):
                return True
        return False

    return await store.read(unit)


async def check_clock(store: Store, settings: Settings, now: dt.datetime) -> Finding:
    """This machine's clock against PostgreSQL's, or against what was stored last on SQLite."""
    if store.dialect == "postgres":
        rows = await store.read(lambda: Survey.raw('SELECT now() AS "now"'))
        apart = abs(rows[0]["now"] - now)
        if apart > CLOCKS_DIFFER:
            return wrong(
                f"clock: {int(apart.total_seconds())} seconds from PostgreSQL's. Let both machines follow a time server"
            )
        return ok("clock: as PostgreSQL's")
    changed = await asyncio.to_thread(lambda: (settings.data / DATABASE).stat().st_mtime)
    if dt.datetime.fromtimestamp(changed, dt.UTC) > now + CLOCKS_DIFFER:
        return wrong(
            f"clock: it shows {now:%Y-%m-%d %H:%M} UTC, but something was stored later than that. "
            "Let the machine follow a time server"
        )
    return _year(now)


def _year(now: dt.datetime) -> Finding:
    if now.year < 2026:
        return wrong(f"clock: it shows {now:%Y-%m-%d}. Let the machine follow a time server")
    return ok(f"clock: {now:%Y-%m-%d %H:%M} UTC")
