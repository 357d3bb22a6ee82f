"""Units that must not run side by side, because each goes on from what the one before has written."""

from __future__ import annotations

from surveys.tables import Survey


async def one_at_a_time(name: int) -> None:
    """Waits until no other unit holds this name, and holds it to the end of this one. Runs inside a unit.

    ``name`` is the number of an advisory lock of PostgreSQL. SQLite has one writer at a time by itself.
    """
    if Survey._meta.db.engine_type == "postgres":
        await Survey.raw("SELECT pg_advisory_xact_lock({})", name)
