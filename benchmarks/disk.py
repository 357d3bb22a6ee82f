"""What the disk allows: durable commits of one insert each, one after the other, without us in between."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]

from benchmarks.machine import store_journal_mode

AN_ANSWER = '{"plan_route":{"code":"new_assessment"},"kept_up_to_date":{"code":"mostly"}}'


def sqlite_commits(folder: Path, *, seconds: float) -> float:
    """Commits a second with the journal mode that the store chose and ``synchronous = FULL``."""
    connection = sqlite3.connect(folder / "raw.sqlite", isolation_level=None)
    try:
        connection.execute(f"PRAGMA journal_mode = {store_journal_mode()}")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE said (id INTEGER PRIMARY KEY, answers TEXT NOT NULL)")
        done, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO said (answers) VALUES (?)", (AN_ANSWER,))
            connection.execute("COMMIT")
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        connection.close()


async def postgres_commits(url: str, *, seconds: float) -> float:
    """Commits a second on one connection."""
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("CREATE TABLE said (id bigserial PRIMARY KEY, answers text NOT NULL)")
        done, began = 0, time.perf_counter()
        while time.perf_counter() - began < seconds:
            await connection.execute("INSERT INTO said (answers) VALUES ($1)", AN_ANSWER)
            done += 1
        return done / (time.perf_counter() - began)
    finally:
        await connection.execute("DROP TABLE IF EXISTS said")
        await connection.close()
