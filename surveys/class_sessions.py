"""Classes and groups that answer together: one code for all, counts for who leads them, and no names.

Every function here runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid

import msgspec

from surveys import identity
from surveys.tables import ClassSession


class ClassProblem(Exception):
    """``code`` is ``unknown`` or ``over``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ClassState(msgspec.Struct, frozen=True):
    """A class on its day. ``begun`` and ``sent`` are counts of people; ``setting`` is where they are."""

    id: uuid.UUID
    round: uuid.UUID
    setting: str
    day: dt.date
    ended: bool
    begun: int
    sent: int
    started_by: uuid.UUID

    def is_over(self, today: dt.date) -> bool:
        return self.ended or self.day != today


def code_of(secret: bytes, id: uuid.UUID) -> str:
    """The spoken code of a class: 40 bits, such as ``7K3MQ2PX``. It follows from the id and is not stored."""
    return identity.come_back_code(secret, f"class:{id}")


async def start(
    round: uuid.UUID, setting: str, *, by: uuid.UUID, secret: bytes, today: dt.date, id: uuid.UUID | None = None
) -> uuid.UUID:
    """Starts a class that lasts until the end of the day."""
    id = id or uuid.uuid4()
    added = ClassSession(
        id=id,
        round=round,
        setting=setting,
        code_hash=identity.code_hash(secret, code_of(secret, id)),
        day=today,
        ended=False,
        begun=0,
        sent=0,
        started_by=by,
    )
    await added.save()
    return id


async def by_code(secret: bytes, code: str, *, today: dt.date) -> ClassState:
    """The class of a code as somebody typed it. Raises :class:`ClassProblem`."""
    found = await ClassSession.select().where(ClassSession.code_hash == identity.code_hash(secret, code)).first()
    if found is None:
        raise ClassProblem("unknown")
    state = msgspec.convert({name: found[name] for name in ClassState.__struct_fields__}, ClassState)
    if state.is_over(today):
        raise ClassProblem("over")
    return state


async def load(id: uuid.UUID) -> ClassState:
    found = await ClassSession.select().where(ClassSession.id == id).first()
    if found is None:
        raise ClassProblem("unknown")
    return msgspec.convert({name: found[name] for name in ClassState.__struct_fields__}, ClassState)


async def of_the_day(member: uuid.UUID, *, today: dt.date) -> list[ClassState]:
    """The classes that this member of staff has started today."""
    rows = await ClassSession.select().where(ClassSession.started_by == member, ClassSession.day == today)
    return [msgspec.convert({name: row[name] for name in ClassState.__struct_fields__}, ClassState) for row in rows]


async def end(id: uuid.UUID) -> None:
    await ClassSession.update({ClassSession.ended: True}).where(ClassSession.id == id)


async def count_begun(id: uuid.UUID) -> None:
    await ClassSession.raw('UPDATE "class_session" SET "begun" = "begun" + 1 WHERE "id" = {}', id)


async def count_sent(id: uuid.UUID) -> str:
    """Counts one person's answers, and returns the setting they came from."""
    rows = await ClassSession.raw(
        'UPDATE "class_session" SET "sent" = "sent" + 1 WHERE "id" = {} RETURNING "setting"', id
    )
    return str(rows[0]["setting"])
