"""Where everything is kept: SQLite with one writer, or PostgreSQL.

Work on the database is done in *units*: ``await store.write(unit)`` runs an async function whose
queries take effect together, or not at all, and are on disk when the call returns. ``store.read``
gives a function one consistent view. Inside a unit, await nothing but queries.
"""

from __future__ import annotations

from voice.storage.store import Store, StoreUnavailable, open_store

__all__ = ["Store", "StoreUnavailable", "open_store"]
