"""What was measured is kept in a folder beside the store, and measured again when the ledger or the answers changed."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Protocol

import msgspec

from surveys.ledger.tables import Ask
from surveys.tables import Submission
from voice.fatigue.figures import Measured
from voice.published.tables import Publication
from voice.running.other_process import in_another_process
from voice.settings import Settings
from voice.storage import Store

MEASURES, MODEL = "measures.json", "model.npz"
"""The files; ``computing.py`` writes them."""

_decoder = msgspec.json.Decoder(Measured)
_read: dict[Path, tuple[int, Measured]] = {}


class Parts(Protocol):
    """What is needed of the parts that the pages work with."""

    settings: Settings
    store: Store

    def clock(self) -> dt.datetime: ...


def folder_of(settings: Settings) -> Path:
    return settings.data / "fatigue"


async def measured(settings: Settings) -> Measured | None:
    """What was measured last; ``None`` while nothing ever was."""
    return await asyncio.to_thread(_measured, folder_of(settings) / MEASURES)


def _measured(path: Path) -> Measured | None:
    try:
        changed = path.stat().st_mtime_ns
        if path not in _read or _read[path][0] != changed:
            _read[path] = (changed, _decoder.decode(path.read_bytes()))
    except (OSError, msgspec.MsgspecError):
        return None
    return _read[path][1]


async def measure_again(parts: Parts) -> bool:
    """Measures when something has changed since. Raises ``RuntimeError`` when it cannot be done."""
    now = parts.clock()
    seen = await parts.store.read(lambda: _seen(now.date()))
    known = await measured(parts.settings)
    if seen is None or (known is not None and known.seen == seen):
        return False
    task = {
        "data": str(parts.settings.data),
        "database_url": parts.settings.database_url,
        "folder": str(folder_of(parts.settings)),
        "now": now,
        "seen": seen,
    }
    await in_another_process("voice.fatigue.computing", msgspec.json.encode(task))
    return True


async def _seen(today: dt.date) -> str | None:
    """Tells one state of the ledger and the answers from another; ``None`` while nobody was asked. In a unit."""
    rows = await Ask.raw('SELECT "outcome", COUNT(*) AS "n" FROM "ask" GROUP BY "outcome" ORDER BY "outcome"')
    if not rows:
        return None
    answers = await Submission.raw('SELECT COUNT(*) AS "n" FROM "submission"')
    told = await Publication.raw('SELECT COUNT(*) AS "n" FROM "publication" WHERE "published_on" IS NOT NULL')
    counts = " ".join(f"{row['outcome']}={row['n']}" for row in rows)
    return f"{today:%Y-%m-%d} {counts} answers={answers[0]['n']} told={told[0]['n']}"
