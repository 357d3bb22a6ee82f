"""Whether somebody is who they say: their password or a code of their app, each counted before it is looked at."""

from __future__ import annotations

import asyncio
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Literal

from litestar import Request

from voice.parts import Parts
from voice.people import devices, passwords, second_factor, signing_in, slowing
from voice.people.tables import Member
from voice.web.cookies import kept
from voice.web.parts import parts_of

DEVICE = "device"
"""The cookie of a device that somebody signed in on before: 256 random bits that say nothing else."""

Ways = Literal["code", "password", "link"]
"""How somebody shows again who they are: the strongest that they have."""
Tried = Literal["right", "wrong", "wait"]

CODES_OF_APPS = 8
"""Letters: what is longer is no code of an app."""

_hashing = ThreadPoolExecutor(max_workers=2, thread_name_prefix="passwords")
"""Each check takes 64 MB and a twentieth of a second on purpose; so many at once are enough."""


async def ways_of(member: uuid.UUID) -> Ways:
    """Runs inside a unit."""
    if await second_factor.is_set_up(member):
        return "code"
    row = await Member.select(Member.password_hash).where(Member.id == member).first()
    return "password" if row and row["password_hash"] else "link"


class Counted:
    """What tries of one thing by one person on this device are counted under."""

    def __init__(self, request: Request[Any, Any, Any], what: str, email: str, member: uuid.UUID | None) -> None:
        self._parts = parts_of(request)
        self._what, self._email, self._member = what, email, member
        self._device = kept(request, DEVICE)
        self._key = ""

    async def take(self) -> bool:
        """Counts a try and says whether it may be made now. Runs inside a unit that writes."""
        now = self._parts.clock()
        known = self._member is not None and await devices.is_known(self._member, self._device, today=now.date())
        device = self._device if known else ""
        self._key = slowing.name_of(self._parts.secret, self._what, self._email, device)
        return await slowing.take_try(self._key, now=now, free=slowing.FREE * (2 if known else 1))

    async def was_right(self) -> None:
        await slowing.right_at_last(self._key)


async def in_thread(work: Any, *given: object) -> Any:
    """Runs what takes long on purpose, so that nobody else waits for it."""
    return await asyncio.get_running_loop().run_in_executor(_hashing, work, *given)


async def try_password(
    request: Request[Any, Any, Any], email: str, member: Member | None, password: str
) -> tuple[Tried, str]:
    """Whether the password is theirs, and if so the hash that is kept of it now."""
    parts = parts_of(request)
    counted = Counted(request, "password", email, member.id if member else None)
    if not await parts.store.write(counted.take):
        return "wait", ""
    stored = member.password_hash if member else None
    if not await in_thread(passwords.is_right, password[: passwords.LONGEST + 1], stored) or not (member and stored):
        return "wrong", ""
    anew = await in_thread(passwords.hash_password, password) if passwords.is_outdated(stored) else None

    async def unit() -> bool:
        if not await signing_in.still_has(member.id, stored, anew=anew):
            return False
        await counted.was_right()
        return True

    return ("right", anew or stored) if await parts.store.write(unit) else ("wrong", "")


async def try_code(parts: Parts, counted: Counted, member: uuid.UUID, typed: str) -> Tried:
    """Whether it is a code of their app, or one of their recovery codes, which is spent then. Runs inside a unit.

    A recovery code cannot be guessed, so those who have one wait for nobody.
    """
    if len(typed) > CODES_OF_APPS and await second_factor.spend_recovery_code(member, typed, secret=parts.secret):
        return "right"
    if not await counted.take():
        return "wait"
    if not await second_factor.is_right(member, typed, secret=parts.secret, now=parts.clock()):
        return "wrong"
    await counted.was_right()
    return "right"
