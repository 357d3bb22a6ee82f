"""The record of a worry: what was done about it, by whom and on which day. It is only ever added to.

Every function here that is async runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from voice.safeguarding import sealing
from voice.safeguarding.tables import WorryEvent
from voice.storage.rows import as_day, as_uuid

Kind = Literal["raised", "read", "contact", "noted", "looking", "confirmed", "closed", "reopened", "told", "words_gone"]


class Step(msgspec.Struct, frozen=True):
    """``note`` is what somebody wrote, empty for nothing, and ``None`` where it cannot be opened any more."""

    number: int
    kind: Kind
    detail: str
    by: uuid.UUID | None
    day: dt.date
    note: str | None


async def add(
    worry: uuid.UUID, kind: Kind, detail: str, *, by: uuid.UUID | None, today: dt.date, sealed: str = ""
) -> None:
    await WorryEvent.raw(
        'INSERT INTO "worry_event" ("worry", "number", "kind", "detail", "by", "on_day", "sealed") '
        'VALUES ({}, 1 + (SELECT COUNT(*) FROM "worry_event" WHERE "worry" = {}), {}, {}, {}, {}, {})',
        worry,
        worry,
        kind,
        detail,
        by,
        today,
        sealed,
    )


async def steps_of(worry: uuid.UUID, key: str, secret: bytes) -> list[Step]:
    rows = await WorryEvent.select().where(WorryEvent.worry == worry).order_by(WorryEvent.number)
    return [_step(row, key, secret) for row in rows]


async def last_number(worry: uuid.UUID) -> int:
    """The number of the last step that says anything new about a worry: see ``OpenedWorry.seen``."""
    rows = await WorryEvent.raw(
        'SELECT MAX("number") AS "number" FROM "worry_event" WHERE "worry" = {} '
        "AND \"kind\" NOT IN ('read', 'contact', 'told')",
        worry,
    )
    return int(rows[0]["number"] or 0)


def _step(row: Mapping[str, Any], key: str, secret: bytes) -> Step:
    return Step(
        number=row["number"],
        kind=row["kind"],
        detail=row["detail"],
        by=as_uuid(row["by"]) if row["by"] else None,
        day=as_day(row["on_day"]),
        note=sealing.opened(row["sealed"], key, secret) if row["sealed"] else "",
    )
