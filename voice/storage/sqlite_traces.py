"""What was deleted from SQLite leaves its files too: free pages, the index of words, and the journal.

``secure_delete`` overwrites a row as it goes, but not the copies that stay behind when pages of an index are divided;
a full-text index keeps the words of what went until its parts are merged; and the journal holds pages as they were.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

PAGES_AT_ONCE = 200
"""Of a full-text index, in one unit, so that people who are answering never wait long."""

_WORDS = "SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL TABLE%fts5%'"


def merge_some_words(connection: sqlite3.Connection, *, first: bool) -> bool:
    """Goes on merging the full-text indexes inside a transaction; whether there is more to merge."""
    more = False
    for row in connection.execute(_WORDS).fetchall():
        name = row["name"] if isinstance(row, dict) else row[0]
        before = connection.total_changes
        pages = -PAGES_AT_ONCE if first else PAGES_AT_ONCE  # a negative number begins to merge all parts
        connection.execute(f'INSERT INTO "{name}" ("{name}", "rank") VALUES (\'merge\', {pages})')  # noqa: S608
        more = more or first or connection.total_changes - before >= 2
    return more


def write_anew(path: Path, *, patience: float) -> None:
    """Writes the database file anew, with only what is still there, and empties its journal. It waits for others.

    Raises ``sqlite3.Error``, and the file is then as it was.
    """
    with contextlib.closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def empty_journal(path: Path, *, patience: float) -> None:
    """Empties the journal, in which pages stand as they were before the last changes. Raises ``sqlite3.Error``."""
    with contextlib.closing(sqlite3.connect(path, timeout=patience, isolation_level=None)) as connection:
        [[mode]] = connection.execute("PRAGMA journal_mode").fetchall()
        if mode == "wal":
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return
        # A commit of this connection, whose journal is not kept, takes the file away; it has to change something.
        connection.execute("BEGIN IMMEDIATE")
        [[version]] = connection.execute("PRAGMA user_version").fetchall()
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
