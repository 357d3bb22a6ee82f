"""What time it is. Whatever reads a clock takes one that a test can set; this is the one of real life."""

from __future__ import annotations

import datetime as dt


def now() -> dt.datetime:
    """The moment, in UTC."""
    return dt.datetime.now(dt.UTC)
