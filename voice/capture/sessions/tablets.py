"""People in the room, one at a time at a device. Nobody can be found by what is stored: the key is theirs alone.

Every function that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import hmac
import uuid

import msgspec

from surveys import identity
from voice.capture.sessions.planning import RoomSession
from voice.capture.sessions.tables import SessionTablet

LONGEST_NAME = 40
SAID_BY = ("own_words", "supported", "proxy")
MOST_IN_A_ROOM = 1000


class RoomFull(Exception):
    pass


class Tablet(msgspec.Struct, frozen=True):
    """``name`` is empty unless the group chose names."""

    id: uuid.UUID
    session: uuid.UUID
    name: str
    said_by: str
    handed_on: bool


def id_of(secret: bytes, key: str) -> uuid.UUID:
    """The id under which what somebody does is stored. Only their page's address holds the key that leads to it."""
    return uuid.UUID(bytes=hmac.digest(secret, b"tablet:" + key.encode(), "sha256")[:16])


async def join(session: RoomSession, key: str, *, secret: bytes, name: str = "", said_by: str = "own_words") -> None:
    """Takes somebody in under a key that they, or their device, made. The same key again changes nothing.

    Raises :class:`RoomFull`.
    """
    id = id_of(secret, key)
    if await SessionTablet.exists().where(SessionTablet.id == id):
        return
    if await SessionTablet.count().where(SessionTablet.session == session.id) >= MOST_IN_A_ROOM:
        raise RoomFull
    await SessionTablet.insert(
        SessionTablet(
            id=id,
            session=session.id,
            key_hash=identity.code_hash(secret, f"tablet:{key}"),
            name=" ".join(name.replace("\x00", "").split())[:LONGEST_NAME] if session.plan.named else "",
            said_by=said_by if said_by in SAID_BY else "own_words",
            handed_on=False,
        )
    )


async def call(tablet: Tablet, name: str, *, session: RoomSession) -> None:
    """Keeps what somebody wants to be called, where the group chose names."""
    if session.plan.named:
        name = " ".join(name.replace("\x00", "").split())[:LONGEST_NAME]
        await SessionTablet.update({SessionTablet.name: name}).where(SessionTablet.id == tablet.id)


async def hand_on(tablet: Tablet) -> None:
    """Says that the next person has the device: the page of this one does not show any more what they said."""
    await SessionTablet.update({SessionTablet.handed_on: True}).where(SessionTablet.id == tablet.id)


async def find(secret: bytes, key: str) -> Tablet | None:
    if identity.key_bytes(key) is None:
        return None
    row = await SessionTablet.select().where(SessionTablet.id == id_of(secret, key)).first()
    if row is None:
        return None
    return Tablet(row["id"], row["session"], row["name"], row["said_by"], row["handed_on"])


async def names(session: uuid.UUID) -> dict[uuid.UUID, str]:
    """What people want to be called, by tablet: for the page of who leads, where the group chose names."""
    rows = await SessionTablet.select(SessionTablet.id, SessionTablet.name).where(SessionTablet.session == session)
    return {row["id"]: row["name"] for row in rows if row["name"]}


async def people_in(session: uuid.UUID) -> int:
    return int(await SessionTablet.count().where(SessionTablet.session == session))
