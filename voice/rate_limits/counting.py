"""Counts tries by the minute and by where they come from."""

from __future__ import annotations

import datetime as dt
import hmac
import ipaddress
from collections.abc import Callable

from voice.rate_limits.tables import TryCount
from voice.storage import Store

BYTES_OF_A_MARK = 3
_COUNT = """INSERT INTO "try_count" ("mark", "turn", "tries") VALUES ({}, {}, 1)
    ON CONFLICT ("mark") DO UPDATE SET "tries" = "try_count"."tries" + 1 WHERE "try_count"."tries" < {}
    RETURNING "tries" """
_GIVE_BACK = 'UPDATE "try_count" SET "tries" = "tries" - 1 WHERE "mark" = {} AND "tries" > 0'
_OLD = 'DELETE FROM "try_count" WHERE "turn" NOT IN ({}, {}, {})'


class Tries:
    """The tries of this minute, of all processes that share the store.

    ``place`` is the address that the connection comes from, as the server sees it.
    """

    def __init__(self, store: Store, secret: bytes, clock: Callable[[], dt.datetime]) -> None:
        self._store = store
        self._secret = secret
        self._clock = clock
        self._minute = ""
        self._most: dict[str, int] = {}

    async def count(self, name: str, place: str, *, most: int) -> int:
        """How many this one makes. When ``most`` have been made, no more are written down, however many come."""
        mark = self._mark(name, place)
        if self._most.get(mark, 0) > most:
            return most + 1
        tries = await self._store.write(lambda: self._counted(mark, most + 1)) or most + 1
        self._most[mark] = tries
        return tries

    async def take(self, name: str, place: str, *, most: int) -> str | None:
        """Takes one of ``most`` tries, before anybody looks whether it is right: a thousand at once get no more than
        one after another. Returns what ``give_back`` takes; ``None`` when all are taken, and nothing is written down.
        """
        mark = self._mark(name, place)
        return mark if await self._store.write(lambda: self._counted(mark, most)) else None

    async def give_back(self, taken: str) -> None:
        """A try that was right counts no more."""
        await self._store.write(lambda: TryCount.raw(_GIVE_BACK, taken).run())

    async def forget_old(self) -> None:
        await self._store.write(self._without_old)

    async def _counted(self, mark: str, up_to: int) -> int:
        """How many this one makes; 0 where it would be more than ``up_to``, and is not written down."""
        rows = await TryCount.raw(_COUNT, mark, self._turn(), up_to)
        tries: int = rows[0]["tries"] if rows else 0
        if tries == 1:
            await self._without_old()
        return tries

    async def _without_old(self) -> None:
        # The minutes beside this one stay: another process may have a clock that is a little off.
        await TryCount.raw(_OLD, *((self._turn() + beside) % 10 for beside in (-1, 0, 1)))

    def _turn(self) -> int:
        return self._clock().minute % 10

    def _mark(self, name: str, place: str) -> str:
        minute = f"{self._clock():%Y-%m-%dT%H:%M}"
        if minute != self._minute:
            self._minute = minute
            self._most.clear()
        told = hmac.digest(self._secret, f"{name}|{minute}|{source(place)}".encode(), "sha256")
        return f"{name}.{told[:BYTES_OF_A_MARK].hex()}"


def source(place: str) -> str:
    """Whoever has one address of IPv6 has sixty-four bits of them, so all of those count as one."""
    try:
        address = ipaddress.ip_address(place.partition("%")[0])
    except ValueError:
        return place
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(ipaddress.IPv6Network((address, 64), strict=False))
    return str(address)
