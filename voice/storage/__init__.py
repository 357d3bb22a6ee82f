"""Where everything is kept: SQLite with one writer, or PostgreSQL.

Work on the database is done in *units*: ``await store.write(unit)`` runs an async function whose
queries take effect together, or not at all, and are on disk when the call returns. ``store.read``
gives a function one consistent view. Inside a unit, await nothing but queries.
"""

from __future__ import annotations

from functools import cache

from voice.audit.chain import sign_with
from voice.settings import Settings
from voice.storage.postgres import PostgresStore
from voice.storage.secret import read_secret
from voice.storage.sqlite import DATABASE, SQLiteStore
from voice.storage.store import NotStorable, Store, StoreUnavailable
from voice.storage.tables import bind_tables

__all__ = ["NotStorable", "Store", "StoreUnavailable", "bind_tables", "open_store"]


async def open_store(settings: Settings) -> Store:
    """Opens the store that the settings name, and lets our tables use it."""
    store: Store
    if settings.database_url:
        store = PostgresStore(settings.database_url, settings.database_connections)
    else:
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
        store = SQLiteStore(settings.data / DATABASE, settings.sqlite_journal)
    await store.open()
    bind_tables(store.engine)
    sign_with(cache(lambda: read_secret(settings.data)))
    return store
