"""Voices that somebody should look at: those that the machine points to, and those that a person marked as urgent.

The queue holds where such a voice is and not its words: they go when the time of the voice is over. Every function
here runs inside a unit of the store.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from voice.safeguarding import deciding
from voice.safeguarding.tables import Worry
from voice.safeguarding.worries import Way, put_into_queue
from voice.storage.rows import as_uuid

AT_ONCE = 100


async def put_what_the_machine_flagged(*, today: dt.date) -> int:
    """Puts some of the voices that the machine points to, and that are not there yet, into the queue; returns how many.
    Those of which somebody has said that nobody need look are left out."""
    rows = await Worry.raw(
        'SELECT v."id" AS "id", v."source" AS "source", v."asked" AS "asked" FROM "suggestion" AS g '
        'JOIN "voice" AS v ON v."id" = g."voice" LEFT JOIN "worry" AS w ON w."voice" = g."voice" '
        'LEFT JOIN "voice_coding" AS c ON c."voice" = g."voice" '
        'WHERE g."urgent" AND w."id" IS NULL AND COALESCE(c."urgent", \'\') <> \'no\' '
        'AND v."text" IS NOT NULL LIMIT {}',
        AT_ONCE,
    )
    for row in rows:
        await _put(row, way="machine", today=today)
    return len(rows)


async def somebody_should_look(voice: uuid.UUID, *, by: uuid.UUID, today: dt.date) -> None:
    """A member of staff says so. What the machine flagged, or what was closed, must be looked at today then."""
    id = _id(voice)
    known = await Worry.select(Worry.way, Worry.state).where(Worry.id == id).first()
    if known is None:
        rows = await Worry.raw('SELECT "id", "source", "asked" FROM "voice" WHERE "id" = {} AND "text" <> \'\'', voice)
        if rows:
            await _put(rows[0], way="staff", today=today)
    elif known["way"] == "machine" or known["state"] == "closed":
        await Worry.update({Worry.way: "staff"}).where(Worry.id == id)
        state = "open" if known["state"] == "open" else "waiting"
        await deciding.look_again(id, "confirmed", "today", state=state, by=by, today=today)


async def nobody_need_look(voice: uuid.UUID, *, by: uuid.UUID, today: dt.date) -> None:
    """A member of staff has read what the machine flagged: it is closed, unless the safeguarding lead has it."""
    waits = (Worry.id == _id(voice)) & (Worry.way == "machine") & (Worry.state == "waiting")
    if await Worry.exists().where(waits):
        await deciding.close(_id(voice), "no_concern", by=by, today=today)


async def _put(row: dict[str, Any], *, way: Way, today: dt.date) -> None:
    voice = as_uuid(row["id"])
    if not await Worry.exists().where(Worry.id == _id(voice)):
        await put_into_queue(_id(voice), way=way, source=row["source"], place=row["asked"], voice=voice, today=today)


def _id(voice: uuid.UUID) -> uuid.UUID:
    return uuid.uuid5(voice, "urgent")
