"""Writing the ledger; ``frames.py`` reads it again. Everything async here runs inside a unit of the store.

What came of asks is noted for many at once, in the order of their random ids: nothing tells which came first.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Collection, Iterator, Sequence
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from surveys.ledger.tables import Ask

Row = TypeVar("Row")

ENGLAND = ZoneInfo("Europe/London")
KEPT = dt.timedelta(days=3 * 366)
"""The rules look a year back, and a trend is told over three."""

AT_ONCE = 500
"""Rows in one statement: SQLite takes so many values."""


class NewAsk(msgspec.Struct, frozen=True):
    """An ask as it is written; the fields are those of the table ``ask``."""

    family: str
    person: str
    survey: str
    partner: str
    kind: str
    asked_at: dt.datetime
    way: str = ""
    audience: str = ""
    language: str = ""
    outcome: str = "none"
    minutes: int | None = None
    send: uuid.UUID | None = None
    upload: uuid.UUID | None = None


def day_in_england(moment: dt.datetime) -> dt.date:
    return moment.astimezone(ENGLAND).date()


async def record(asks: Sequence[NewAsk]) -> list[uuid.UUID]:
    """Writes asks and returns their ids, in the order given."""
    ids = [uuid.uuid4() for _ in asks]
    rows = sorted(zip(ids, asks, strict=True), key=lambda pair: pair[0])
    for some in _pieces(rows):
        await Ask.insert(
            *(Ask(id=id, asked_on=day_in_england(ask.asked_at), **msgspec.structs.asdict(ask)) for id, ask in some)
        )
    return ids


async def note_outcome(asks: Collection[uuid.UUID], outcome: str) -> None:
    """Notes what came of these asks."""
    for some in _pieces(sorted(asks)):
        await Ask.update({Ask.outcome: outcome}).where(Ask.id.is_in(list(some)))


async def clear_old(*, today: dt.date) -> None:
    """Forgets asks that are older than anybody looks back."""
    await Ask.delete().where(Ask.asked_on < today - KEPT)


def _pieces(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]
