"""What we keep of somebody, found by what they have in hand: a receipt, their address or number, the code of their
private space, or the code of a session.

Nothing is found by a name: nothing is kept by one.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Literal, get_args

import msgspec

from surveys import contact_wishes, who_answered
from surveys.contact_wishes import SealedWish
from surveys.identity import read_code
from surveys.invitations import known_people
from surveys.invitations.known_people import KnownPerson, SealedRow
from surveys.invitations.reaching import Sealing
from surveys.references import read_reference
from surveys.tables import Submission
from voice.capture.sessions import planning
from voice.capture.sessions.cards import cards
from voice.capture.sessions.planning import UnknownSession
from voice.capture.views import keys, spaces
from voice.capture.views.keys import Locked
from voice.capture.views.saying import views_for
from voice.capture.views.spaces import Opened
from voice.storage import Store

Way = Literal["reference", "contact", "space", "session"]
WAYS: tuple[Way, ...] = get_args(Way)

LONGEST = 200


class Clue(msgspec.Struct, frozen=True):
    """What somebody gave us to be found by."""

    way: Way
    written: str


class SpaceFound(msgspec.Struct, frozen=True):
    """A private space. What is in it is for those who hold its codes: here it is counted."""

    opened: Opened
    views: int
    voices: tuple[uuid.UUID, ...]
    """What the family lets us learn from it."""


class SessionFound(msgspec.Struct, frozen=True):
    title: str
    held_on: dt.date
    cards: int


class Found(msgspec.Struct, frozen=True):
    """All that the clues of a request lead to. ``shared`` are references that two people's receipts have, which tell
    nobody whose answers are whose; ``nothing`` are the clues that led nowhere."""

    submissions: tuple[uuid.UUID, ...] = ()
    shared: tuple[str, ...] = ()
    person: KnownPerson = KnownPerson()
    wishes: dict[uuid.UUID, SealedWish] = {}
    spaces: tuple[SpaceFound, ...] = ()
    sessions: tuple[SessionFound, ...] = ()
    nothing: tuple[Way, ...] = ()


async def find(store: Store, clues: Sequence[Clue], *, secret: bytes) -> Found:
    """What these lead to, each thing once."""
    found = [await _FINDERS[clue.way](store, clue.written, secret) for clue in clues]
    person = KnownPerson(
        **{
            name: tuple(dict.fromkeys(value for each in found for value in getattr(each.person, name)))
            for name in KnownPerson.__struct_fields__
        }
    )
    spaces = {each.opened.space: each for one in found for each in one.spaces}
    return Found(
        submissions=tuple(dict.fromkeys(id for each in found for id in each.submissions)),
        shared=tuple(dict.fromkeys(each for one in found for each in one.shared)),
        person=person,
        wishes={id: wish for each in found for id, wish in each.wishes.items()},
        spaces=tuple(spaces.values()),
        sessions=tuple(dict.fromkeys(each for one in found for each in one.sessions)),
        nothing=tuple(clue.way for clue, each in zip(clues, found, strict=True) if each == Found()),
    )


async def _by_reference(store: Store, written: str, _: bytes) -> Found:
    reference = read_reference(written)
    if not reference:
        return Found()
    rows = await store.read(lambda: Submission.select(Submission.id).where(Submission.reference == reference).run())
    if len(rows) > 1:
        return Found(shared=(reference,))
    return Found(submissions=tuple(row["id"] for row in rows))


async def _by_contact(store: Store, written: str, secret: bytes) -> Found:
    async def sealed() -> tuple[list[SealedRow], list[SealedRow], dict[uuid.UUID, SealedWish]]:
        wishes = await contact_wishes.wishes_to_reach(known_people.theirs(written), secret)
        return await known_people.entries(), await known_people.replies(), wishes

    entries, replies, wishes = await store.read(sealed)
    person = await asyncio.to_thread(known_people.known, entries, replies, written, Sealing(secret))
    confidential = await store.read(lambda: who_answered.answers_of_persons(person.persons, secret=secret))
    return Found(submissions=tuple(confidential), person=person, wishes=wishes)


async def _by_space(store: Store, written: str, secret: bytes) -> Found:
    code = read_code(written)
    if len(code) != keys.CODE_LENGTH:
        return Found()
    strong = await asyncio.to_thread(keys.strengthened, secret, code)

    async def opened() -> SpaceFound:
        space = await spaces.by_link(secret, await spaces.link_by_code(strong))
        said = await views_for(space)
        return SpaceFound(space, len(said), tuple(each.said.voice for each in said if each.said.voice))

    try:
        return Found(spaces=(await store.read(opened),))
    except Locked:
        return Found()


async def _by_session(store: Store, written: str, secret: bytes) -> Found:
    async def found() -> SessionFound:
        session = await planning.by_code(secret, read_code(written))
        return SessionFound(session.plan.title, session.plan.held_on, len(await cards(session.id)))

    try:
        return Found(sessions=(await store.read(found),))
    except UnknownSession:
        return Found()


_FINDERS = {"reference": _by_reference, "contact": _by_contact, "space": _by_space, "session": _by_session}
