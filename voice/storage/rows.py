"""Values of plain SQL as both databases give them: SQLite has neither ids nor days of its own."""

from __future__ import annotations

import datetime as dt
import uuid


def as_uuid(found: uuid.UUID | str) -> uuid.UUID:
    return found if isinstance(found, uuid.UUID) else uuid.UUID(found)


def as_day(found: dt.date | str) -> dt.date:
    return found if isinstance(found, dt.date) else dt.date.fromisoformat(found)
