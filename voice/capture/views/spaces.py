"""Private spaces: begun, opened with a link or a code, shared with others, and ended.

Every function here that is async runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import secrets
import uuid

import msgspec

from surveys import identity
from voice.capture.views import keys
from voice.capture.views.keys import FAMILY, SHARED, Code, Held, Locked, Role
from voice.capture.views.tables import View, ViewFile, ViewKey, ViewSpace
from voice.storage.rows import as_uuid

LONGEST_CALLED = 60
MOST_KEYS = 20

MONTHS_KEPT = 24
"""A space that nobody opens for so long goes by itself: those who could end it may have lost their codes."""


class SpaceProblem(Exception):
    """``code`` is ``not_family`` (only the family may), ``too_many`` (keys), ``full`` (views, or bytes of files) or
    ``own`` (nobody ends their own key)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Opened(msgspec.Struct, frozen=True):
    """A space as one person has opened it."""

    space: uuid.UUID
    key: uuid.UUID
    link: str
    held: Held
    used_in: str = ""


class NewKey(msgspec.Struct, frozen=True):
    """A link and a code that were just made."""

    id: uuid.UUID
    link: str
    link_hash: str
    opens: bytes
    code: Code


class KnownKey(msgspec.Struct, frozen=True):
    """Somebody who can open the space, as the family sees them."""

    id: uuid.UUID
    role: Role
    called: str


class _Told(msgspec.Struct, frozen=True):
    role: Role
    called: str


def make_key(secret: bytes) -> NewKey:
    """Takes a twentieth of a second: call it in a thread."""
    link = identity.new_key()
    code = keys.strengthened(secret, keys.code_of(secret, link))
    return NewKey(uuid.uuid4(), link, keys.link_hash(secret, link), keys.link_opens(secret, link), code)


async def begin(new: NewKey, role: Role, *, month: str) -> Opened:
    """A new, empty space, with a key of the family."""
    space = uuid.uuid4()
    await ViewSpace.insert(ViewSpace(id=space, used_in=month))
    held = Held(role, "", {FAMILY: secrets.token_bytes(32)})
    await _store(space, new, held, held.rings[FAMILY])
    return Opened(space, new.id, new.link, held, month)


async def by_link(secret: bytes, link: str) -> Opened:
    """Raises :class:`Locked` when there is no such space, or its link was ended."""
    if identity.key_bytes(link) is None:
        raise Locked
    rows = await ViewKey.raw(
        'SELECT k."id", k."space", k."held", s."used_in" FROM "view_key" AS k '
        'JOIN "view_space" AS s ON k."space" = s."id" WHERE k."link_hash" = {}',
        keys.link_hash(secret, link),
    )
    if not rows:
        raise Locked
    id = as_uuid(rows[0]["id"])
    held = keys.unseal(keys.link_opens(secret, link), rows[0]["held"], id, Held)
    return Opened(as_uuid(rows[0]["space"]), id, link, held, rows[0]["used_in"])


async def link_by_code(code: Code) -> str:
    """The link of a code that somebody typed. Raises :class:`Locked` when nobody has this code."""
    found = await ViewKey.select(ViewKey.id, ViewKey.link).where(ViewKey.code_hash == code.found_by).first()
    if found is None:
        raise Locked
    return keys.unseal(code.opens, found["link"], found["id"], str)


async def note_use(space: uuid.UUID, month: str) -> None:
    await ViewSpace.update({ViewSpace.used_in: month}).where(ViewSpace.id == space)


async def add_key(opened: Opened, new: NewKey, role: Role, called: str) -> None:
    """Lets one more person open the space. Raises :class:`SpaceProblem`."""
    family = _family_key(opened)
    if len(await keys_of(opened)) >= MOST_KEYS:
        raise SpaceProblem("too_many")
    if role == "invited":
        rings = {SHARED: keys.ring_key(family, SHARED), str(new.id): keys.ring_key(family, str(new.id))}
    else:
        rings = {FAMILY: family}
    await _store(opened.space, new, Held(role, called[:LONGEST_CALLED], rings), family)


async def renew_key(opened: Opened, id: uuid.UUID, new: NewKey) -> None:
    """Gives a person another link and code, because theirs were lost; the old ones end.

    Raises :class:`SpaceProblem`.
    """
    family = _family_key(opened)
    known = await _known(opened, id)
    await ViewKey.delete().where(ViewKey.id == id, ViewKey.space == opened.space)
    # The id stays, and with it the ring of what an invited person has said.
    again = msgspec.structs.replace(new, id=id)
    if known.role == "invited":
        rings = {SHARED: keys.ring_key(family, SHARED), str(id): keys.ring_key(family, str(id))}
    else:
        rings = {FAMILY: family}
    await _store(opened.space, again, Held(known.role, known.called, rings), family)


async def end_key(opened: Opened, id: uuid.UUID) -> None:
    """Lets a person in no more. What they said stays. Raises :class:`SpaceProblem`."""
    await _known(opened, id)
    if id == opened.key:
        raise SpaceProblem("own")
    await ViewKey.delete().where(ViewKey.id == id, ViewKey.space == opened.space)


async def keys_of(opened: Opened) -> list[KnownKey]:
    """Who can open the space; the family alone can ask. Raises :class:`SpaceProblem`."""
    family = _family_key(opened)
    rows = await ViewKey.select(ViewKey.id, ViewKey.told).where(ViewKey.space == opened.space)
    known = []
    for row in rows:
        told = keys.unseal(family, row["told"], row["id"], _Told)
        known.append(KnownKey(row["id"], told.role, told.called))
    order = ("young_person", "parent_carer", "invited")
    return sorted(known, key=lambda each: (order.index(each.role), each.called, str(each.id)))


async def end_space(space: uuid.UUID) -> list[uuid.UUID]:
    """Deletes a space and all that is in it. Returns the files that are to be removed."""
    files: list[uuid.UUID] = [row["id"] for row in await ViewFile.select(ViewFile.id).where(ViewFile.space == space)]
    for table in (ViewFile, View, ViewKey):
        await table.delete().where(table.space == space)
    await ViewSpace.delete().where(ViewSpace.id == space)
    return files


async def unused_since(month: str) -> list[uuid.UUID]:
    """Spaces that nobody has opened since before ``month``."""
    found = await ViewSpace.select(ViewSpace.id).where(ViewSpace.used_in < month)
    return [row["id"] for row in found]


def family_only(opened: Opened) -> None:
    """Raises :class:`SpaceProblem` for somebody who was invited."""
    _family_key(opened)


def _family_key(opened: Opened) -> bytes:
    if not opened.held.is_family:
        raise SpaceProblem("not_family")
    return opened.held.rings[FAMILY]


async def _known(opened: Opened, id: uuid.UUID) -> KnownKey:
    found = [each for each in await keys_of(opened) if each.id == id]
    if not found:
        raise Locked
    return found[0]


async def _store(space: uuid.UUID, new: NewKey, held: Held, family: bytes) -> None:
    await ViewKey.insert(
        ViewKey(
            id=new.id,
            space=space,
            link_hash=new.link_hash,
            code_hash=new.code.found_by,
            held=keys.seal(new.opens, held, new.id),
            link=keys.seal(new.code.opens, new.link, new.id),
            told=keys.seal(family, _Told(held.role, held.called), new.id),
        )
    )
