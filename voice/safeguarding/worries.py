"""Worries: sealed when they come in, opened for the safeguarding lead alone, and looked at by a day that was agreed.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from voice.safeguarding import sealing
from voice.safeguarding.agreement import Urgency, agreement_now
from voice.safeguarding.history import Step, add, steps_of
from voice.safeguarding.tables import Worry
from voice.storage.rows import as_day, as_uuid

LONGEST = 4000
"""Letters of a worry."""

LONGEST_PLACE = 200
LONGEST_CONTACT = 200

Way = Literal["somebody", "staff", "machine"]
Words = Literal["here", "gone", "locked"]

FIRST_URGENCY: dict[str, Urgency] = {"somebody": "today", "staff": "today", "machine": "soon"}
"""How soon somebody looks, until a person has said otherwise."""


class Line(msgspec.Struct, frozen=True):
    """A worry as it stands in the queue: without what was said. See :class:`Worry` for what the fields are."""

    id: uuid.UUID
    way: Way
    source: str
    place: str
    raised_on: dt.date
    urgency: Urgency
    due_on: dt.date
    state: str
    outcome: str
    closed_on: dt.date | None
    voice: uuid.UUID | None

    def is_late(self, today: dt.date) -> bool:
        return self.state != "closed" and self.due_on < today


class OpenedWorry(msgspec.Struct, frozen=True):
    """A worry with what was said, which is ``None`` unless the ``words`` are here: they are gone once their time is
    over, and locked when another secret sealed them. ``why`` are words in it that led the machine to point to it.
    ``steps`` are what was done about it, the first on top."""

    line: Line
    text: str | None
    why: str
    words: Words
    language: str
    has_contact: bool
    steps: tuple[Step, ...]

    @property
    def seen(self) -> int:
        """The number of the last step that changed how the worry stands, or says something about it."""
        return max(each.number for each in self.steps if each.kind not in ("read", "contact", "told"))


class NoSuchWorry(Exception):
    pass


async def raise_worry(
    text: str, *, id: uuid.UUID, source: str, place: str, secret: bytes, today: dt.date, contact: str = ""
) -> None:
    """Puts a worry into the queue. The same ``id`` again changes nothing: a tablet may send twice."""
    if await Worry.exists().where(Worry.id == id):
        return
    key = sealing.new_key(secret, today)
    await put_into_queue(
        id,
        way="somebody",
        source=source,
        place=place,
        today=today,
        key=key,
        sealed=sealing.seal(text[:LONGEST], key, secret, today),
        contact=sealing.seal_contact(contact[:LONGEST_CONTACT], secret, today) if contact else "",
    )


async def put_into_queue(
    id: uuid.UUID,
    *,
    way: Way,
    source: str,
    place: str,
    today: dt.date,
    voice: uuid.UUID | None = None,
    key: str = "",
    sealed: str = "",
    contact: str = "",
) -> None:
    urgency = FIRST_URGENCY[way]
    due_on = (await agreement_now()).due(urgency, today)
    added = await Worry.raw(
        'INSERT INTO "worry" ("id", "way", "source", "place", "voice", "key", "sealed", "contact", "raised_on", '
        '"urgency", "due_on", "state", "outcome") '
        "VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, 'waiting', '') ON CONFLICT DO NOTHING RETURNING \"id\"",
        id,
        way,
        source,
        place[:LONGEST_PLACE],
        voice,
        key,
        sealed,
        contact,
        today,
        urgency,
        due_on,
    )
    if added:
        await add(id, "raised", urgency, by=None, today=today)


_COLUMNS = ", ".join(f'w."{name}" AS "{name}"' for name in Line.__struct_fields__)


async def waiting() -> list[Line]:
    """Every worry that is not closed: what must be looked at first stands on top, and what a person said before what
    the machine points to."""
    rows = await Worry.raw(
        f'SELECT {_COLUMNS} FROM "worry" AS w WHERE w."state" <> \'closed\' '  # noqa: S608
        'ORDER BY w."way" = \'machine\', w."due_on", w."raised_on", w."id"'
    )
    return [line_of(row) for row in rows]


async def closed(most: int) -> list[Line]:
    """The worries that were closed last."""
    rows = await Worry.raw(
        f'SELECT {_COLUMNS} FROM "worry" AS w WHERE w."state" = \'closed\' '  # noqa: S608
        'ORDER BY w."closed_on" DESC, w."id" LIMIT {}',
        most,
    )
    return [line_of(row) for row in rows]


class Counts(msgspec.Struct, frozen=True):
    """How the queue stands, for those who may not read it."""

    waiting: int
    late: int
    oldest: dt.date | None


async def counts(today: dt.date) -> Counts:
    open_ones = await waiting()
    return Counts(
        waiting=len(open_ones),
        late=sum(each.is_late(today) for each in open_ones),
        oldest=min((each.raised_on for each in open_ones), default=None),
    )


async def open_worry(id: uuid.UUID, *, by: uuid.UUID, secret: bytes, today: dt.date) -> OpenedWorry:
    """What was said, for somebody who may read it; that they read it is noted, once a day.

    Raises :class:`NoSuchWorry`.
    """
    row = await hold(id)
    steps = await steps_of(id, row["key"], secret)
    if not any(each.kind == "read" and each.by == by and each.day == today for each in steps):
        await add(id, "read", "", by=by, today=today)
        steps = await steps_of(id, row["key"], secret)
    text, words, language, why = await _said(row, secret)
    return OpenedWorry(
        line=line_of(row),
        text=text,
        why=why,
        words=words,
        language=language,
        has_contact=bool(row["contact"]),
        steps=tuple(steps),
    )


async def _said(row: Mapping[str, Any], secret: bytes) -> tuple[str | None, Words, str, str]:
    if row["voice"] is not None:
        said = await Worry.raw(
            'SELECT v."text" AS "text", v."language" AS "language", COALESCE(g."urgent_why", \'\') AS "why" '
            'FROM "voice" AS v LEFT JOIN "suggestion" AS g ON g."voice" = v."id" WHERE v."id" = {}',
            row["voice"],
        )
        return (said[0]["text"], "here", said[0]["language"], said[0]["why"]) if said else (None, "gone", "", "")
    if not row["sealed"]:
        return None, "gone", "", ""
    text = sealing.opened(row["sealed"], row["key"], secret)
    return text, "locked" if text is None else "here", "", ""


async def hold(id: uuid.UUID) -> dict[str, Any]:
    """The row of a worry, which nobody else changes until this unit is over. Raises :class:`NoSuchWorry`."""
    rows = await Worry.raw('UPDATE "worry" SET "state" = "state" WHERE "id" = {} RETURNING *', id)
    if not rows:
        raise NoSuchWorry
    row: dict[str, Any] = rows[0]
    return row


def line_of(row: Mapping[str, Any]) -> Line:
    return Line(
        id=as_uuid(row["id"]),
        way=row["way"],
        source=row["source"],
        place=row["place"],
        raised_on=as_day(row["raised_on"]),
        urgency=row["urgency"],
        due_on=as_day(row["due_on"]),
        state=row["state"],
        outcome=row["outcome"],
        closed_on=as_day(row["closed_on"]) if row["closed_on"] else None,
        voice=as_uuid(row["voice"]) if row["voice"] else None,
    )
