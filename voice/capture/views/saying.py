"""What is said in a private space: added, shown to those it is for, shared, chosen and taken away.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import uuid
from typing import Literal

import msgspec

from voice.capture.views import keys
from voice.capture.views.keys import FAMILY, SHARED, Locked, Role
from voice.capture.views.spaces import Opened, SpaceProblem, family_only
from voice.capture.views.tables import View, ViewFile

LONGEST_TEXT = 4000
MOST_VIEWS = 500

Learn = Literal["", "count", "read"]


class KeptFile(msgspec.Struct, frozen=True):
    """A sealed file; ``opens`` is its own key."""

    id: uuid.UUID
    opens: bytes
    kind: str
    media_type: str
    seconds: int | None = None


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that somebody said, as it is sealed.

    ``key``, ``role`` and ``called`` tell whose view it is; ``month`` when. ``sorted`` has what was put in which place.
    ``learn`` is what the family lets the partnership do with it, and ``voice`` the voice that stands for it there: no
    one else can tell that the two are the same.
    """

    section: str
    key: uuid.UUID
    role: Role
    called: str = ""
    said_by: str = "own_words"
    month: str
    language: str
    text: str = ""
    pictures: tuple[str, ...] = ()
    sorted: tuple[tuple[str, str], ...] = ()
    file: KeptFile | None = None
    to_meeting: bool = False
    learn: Learn = ""
    voice: uuid.UUID | None = None


class ViewSeen(msgspec.Struct, frozen=True):
    id: uuid.UUID
    place: int
    ring: str
    said: Said

    @property
    def is_shared(self) -> bool:
        return self.ring == SHARED


async def add(opened: Opened, said: Said, id: uuid.UUID) -> uuid.UUID:
    """Keeps what somebody said, and returns its id: the same twice is kept once, something else is never lost.

    Raises :class:`SpaceProblem` (``full``).
    """
    rows = await View.select(View.id, View.place, View.ring, View.sealed).where(View.space == opened.space)
    if len(rows) >= MOST_VIEWS:
        raise SpaceProblem("full")
    same = next((row for row in rows if row["id"] == id), None)
    if same is not None:
        if opened_view(opened, same).said == said:
            return id
        id = uuid.uuid4()
    ring = home_ring(opened)
    await View.insert(
        View(
            id=id,
            space=opened.space,
            place=max((row["place"] for row in rows), default=0) + 1,
            ring=ring,
            sealed=keys.seal(opened.held.ring_key(ring), said, id),
        )
    )
    return id


async def views_for(opened: Opened) -> list[ViewSeen]:
    """What this person may read, in the order in which it came."""
    query = View.select(View.id, View.place, View.ring, View.sealed).where(View.space == opened.space)
    if not opened.held.is_family:
        query = query.where(View.ring.is_in(list(opened.held.rings)))
    return [opened_view(opened, row) for row in await query.order_by(View.place)]


async def one_view(opened: Opened, id: uuid.UUID) -> ViewSeen:
    """Raises :class:`Locked` when there is no such view for this person."""
    found = (
        await View.select(View.id, View.place, View.ring, View.sealed)
        .where(View.id == id, View.space == opened.space)
        .first()
    )
    if found is None:
        raise Locked
    return opened_view(opened, found)


async def share(opened: Opened, id: uuid.UUID, *, shared: bool) -> None:
    """Shows a view to everybody who was invited, or to them no more. Raises :class:`SpaceProblem`."""
    family_only(opened)
    view = await one_view(opened, id)
    alone = str(view.said.key) if view.said.role == "invited" else FAMILY
    await _put(opened, view, SHARED if shared else alone, view.said)


async def change(opened: Opened, view: ViewSeen, said: Said) -> None:
    """Keeps what the family has chosen for a view. Raises :class:`SpaceProblem`."""
    family_only(opened)
    await _put(opened, view, view.ring, said)


async def take_away(opened: Opened, id: uuid.UUID) -> tuple[Said, list[uuid.UUID]]:
    """Deletes a view: the family any, others their own. Returns what it was, and the files that are to be removed."""
    view = await one_view(opened, id)
    if not may_take_away(opened, view):
        raise Locked
    files = await ViewFile.select(ViewFile.id).where(ViewFile.view == id, ViewFile.space == opened.space)
    await ViewFile.delete().where(ViewFile.view == id, ViewFile.space == opened.space)
    await View.delete().where(View.id == id)
    return view.said, [row["id"] for row in files]


def may_take_away(opened: Opened, view: ViewSeen) -> bool:
    return opened.held.is_family or view.said.key == opened.key


def home_ring(opened: Opened) -> str:
    """The ring that what this person says is sealed for, until the family shares it."""
    return FAMILY if opened.held.is_family else str(opened.key)


def opened_view(opened: Opened, row: dict[str, object]) -> ViewSeen:
    id, ring, place = row["id"], str(row["ring"]), row["place"]
    assert isinstance(id, uuid.UUID)
    assert isinstance(place, int)
    return ViewSeen(id, place, ring, keys.unseal(opened.held.ring_key(ring), str(row["sealed"]), id, Said))


async def _put(opened: Opened, view: ViewSeen, ring: str, said: Said) -> None:
    sealed = keys.seal(opened.held.ring_key(ring), said, view.id)
    await View.update({View.ring: ring, View.sealed: sealed}).where(View.id == view.id)
