"""How much of an attack is done: a small cut of it in ``make test``, all of it in ``make attack``."""

from __future__ import annotations

import os

FULL = os.environ.get("ATTACK") == "full"


def size(short: int, full: int) -> int:
    return full if FULL else short
