"""Days as a database gives them: SQLite writes the ones that were worked out, and reads only whole columns as days."""

from __future__ import annotations

import datetime as dt
import functools
from typing import overload


@overload
def as_day(stored: str | dt.date) -> dt.date: ...
@overload
def as_day(stored: None) -> None: ...
@overload
def as_day(stored: str | dt.date | None) -> dt.date | None: ...
@functools.lru_cache(maxsize=1000)  # a year has so many days, and a ledger a million rows
def as_day(stored: str | dt.date | None) -> dt.date | None:
    return dt.date.fromisoformat(stored) if isinstance(stored, str) else stored
