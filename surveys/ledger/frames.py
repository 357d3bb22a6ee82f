"""The ledger as a table for ``analysis/fatigue``. Apart from ``recording.py``, since what it brings is large."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from surveys.ledger.tables import Ask
from surveys.stored_days import as_day

COLUMNS = (
    "family",
    "person",
    "survey",
    "partner",
    "kind",
    "asked_at",
    "outcome",
    "minutes",
    "way",
    "audience",
    "language",
)
"""The columns that ``voice fatigue`` reads, and what its pages tell asks apart by."""

DAYS_AT_ONCE = 30
"""Rows as they come from the database take ten times the room that they have in the table."""


async def frame(*, since: dt.date | None = None) -> pd.DataFrame:
    """``COLUMNS``, ``asked_at`` in UTC, one row an ask. Runs inside a unit of the store."""
    ends = await Ask.raw('SELECT MIN("asked_on") AS "first", MAX("asked_on") AS "last" FROM "ask"')
    first, last = (as_day(ends[0][name]) for name in ("first", "last"))
    pieces = []
    day = max(first, since) if first and since else first
    while day is not None and last is not None and day <= last:
        until = day + dt.timedelta(days=DAYS_AT_ONCE)
        pieces.append(_table(await _rows(day, until)))
        day = until
    return pd.concat(pieces, ignore_index=True) if pieces else _table([])


async def _rows(first: dt.date, until: dt.date) -> list[dict[str, object]]:
    columns = ", ".join(f'"{column}"' for column in COLUMNS)
    rows: list[dict[str, object]] = await Ask.raw(
        f'SELECT {columns} FROM "ask" WHERE "asked_on" >= {{}} AND "asked_on" < {{}}',  # noqa: S608
        first,
        until,
    )
    return rows


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    made = pd.DataFrame(rows, columns=list(COLUMNS))
    made["asked_at"] = pd.to_datetime(made["asked_at"], utc=True, format="ISO8601")
    made["minutes"] = pd.to_numeric(made["minutes"]).astype(float)
    return made
