"""Who is in which room: the key in the address of their page says so, and nothing else does.

A key has 128 bits, so nobody finds one by trying, and one mischievous tablet must not lock a hall out of its room:
wrong keys are not counted. The short codes are (see ``joining.py``).
"""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from litestar import Request
from litestar.exceptions import NotFoundException

from voice.capture.sessions import planning, tablets, viewing
from voice.capture.sessions.keys import board_key, session_of
from voice.capture.sessions.planning import UnknownSession
from voice.capture.sessions.tablets import Tablet
from voice.capture.sessions.viewing import RoomView
from voice.parts import Parts
from voice.web import cookies
from voice.web.parts import parts_of

"""Says that several people use this device. It says nothing of who."""


class Place(msgspec.Struct, frozen=True):
    """Somebody in a room. ``view`` is what everybody there sees."""

    key: str
    tablet: Tablet
    view: RoomView
    is_shared: bool

    @property
    def address(self) -> str:
        return f"/room/{self.key}"


async def place_of(request: Request[Any, Any, Any], key: str) -> Place:
    """Raises ``NotFoundException`` for a key that nobody was given."""
    parts = parts_of(request)
    tablet = await parts.store.read(lambda: tablets.find(parts.secret, key))
    if tablet is None:
        raise NotFoundException
    return Place(key, tablet, await view_now(parts, tablet.session), bool(cookies.kept(request, cookies.SHARED_TABLET)))


async def board_of(request: Request[Any, Any, Any], key: str) -> RoomView:
    """What the big screen with this key shows. Raises ``NotFoundException`` for a key that was made up."""
    parts = parts_of(request)
    session = session_of(parts.secret, key)
    if session is None:
        raise NotFoundException
    try:
        return await view_now(parts, session)
    except UnknownSession:
        raise NotFoundException from None


def files_of(parts: Parts, session: uuid.UUID) -> str:
    """Where the drawings, photos and recordings come from that the room has shown."""
    return f"/board/{board_key(parts.secret, session)}/files"


async def view_now(parts: Parts, session: uuid.UUID) -> RoomView:
    """What the room sees now, read once however many ask. Raises ``UnknownSession``."""
    if parts.line.several:  # another process may have changed it a moment ago
        parts.live.tell(session, await parts.store.read(lambda: planning.revision_of(session)))
    return await parts.live.once(session, "view", lambda: parts.store.read(lambda: viewing.view(session)))
