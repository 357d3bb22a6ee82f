"""Opening how somebody can be reached: each time is noted before it is shown, in rows that are only ever added.

Every function here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Literal

import msgspec

from surveys import contact_wishes
from surveys.contact_wishes import SealedWish
from surveys.tables import ContactWish
from voice.safeguarding.tables import ContactOpening

Why = Literal["get_in_touch", "they_asked", "worry", "file"]
WHY_A_WISH: tuple[Why, ...] = ("get_in_touch", "they_asked")


class Opening(msgspec.Struct, frozen=True):
    """``opened`` is how many; ``by`` is empty for the command line."""

    why: str
    opened: int
    by: uuid.UUID | None
    day: dt.date


async def note(
    *,
    why: Why,
    by: uuid.UUID | None,
    today: dt.date,
    wish: uuid.UUID | None = None,
    worry: uuid.UUID | None = None,
    opened: int = 1,
) -> None:
    await ContactOpening.raw(
        'INSERT INTO "contact_opening" ("wish", "worry", "opened", "why", "opened_by", "opened_on") '
        "VALUES ({}, {}, {}, {}, {}, {})",
        wish,
        worry,
        opened,
        why,
        by,
        today,
    )


async def open_wish(id: uuid.UUID, *, why: Why, by: uuid.UUID, secret: bytes, today: dt.date) -> SealedWish | None:
    """``None`` when the wish is not there any more; then nothing is noted."""
    found = await contact_wishes.opened(id, secret)
    if found is not None:
        await note(why=why, by=by, today=today, wish=id)
    return found


async def open_all(*, secret: bytes, today: dt.date) -> list[SealedWish]:
    """Every wish, for a file that somebody writes on the server itself."""
    found = await contact_wishes.wishes(secret)
    await note(why="file", by=None, today=today, opened=len(found))
    return found


async def done_with(id: uuid.UUID) -> None:
    """Somebody got in touch, or need not: what was sealed goes."""
    await ContactWish.delete().where(ContactWish.id == id)


async def openings(most: int) -> list[Opening]:
    """The newest first: of wishes, and of files of them. Those of worries stand in the record of each worry."""
    rows = (
        await ContactOpening.select()
        .where(ContactOpening.worry.is_null())
        .order_by(ContactOpening.place, ascending=False)
        .limit(most)
    )
    return [Opening(row["why"], row["opened"], row["opened_by"], row["opened_on"]) for row in rows]
