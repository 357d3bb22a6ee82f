"""Who waits for news of a session. Held in memory: nobody asks the database whether anything has changed.

Other processes that serve the same room are told by the database: see ``docs/decisions/0045-live-rooms.md`` and
``0137-processes-that-serve-together.md``.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Hashable
from typing import Any, TypeVar

GATHERED_SECONDS = 0.08
"""What changes within this time is told together: forty people answer at the same moment."""

MOST_ROOMS = 50
"""Sessions of which something is kept; the one that changed longest ago makes room."""

T = TypeVar("T")


class Live:
    """The revision that each session has reached, as far as this process was told."""

    def __init__(self) -> None:
        self._reached: dict[uuid.UUID, int] = {}
        self._waiting: dict[uuid.UUID, set[asyncio.Future[None]]] = {}
        self._kept: dict[uuid.UUID, tuple[int, dict[Hashable, asyncio.Future[Any]]]] = {}
        self._closed = False

    def tell(self, session: uuid.UUID, revision: int) -> None:
        """Says that a session has changed: whoever waits goes on. What is known already wakes nobody."""
        if revision > self._reached.get(session, 0):
            self._reached[session] = revision
            self._wake(session)

    async def wait(self, session: uuid.UUID, seen: int, *, seconds: float) -> None:
        """Returns when the session has got beyond the revision ``seen``, or after so many seconds."""
        if self._closed:
            return
        if self._reached.get(session, 0) <= seen:
            news: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            waiting = self._waiting.setdefault(session, set())
            waiting.add(news)
            try:
                await asyncio.wait_for(news, seconds)
            except TimeoutError:
                return
            finally:
                waiting.discard(news)
                if not waiting:
                    self._waiting.pop(session, None)
            if not self._closed:
                await asyncio.sleep(GATHERED_SECONDS)

    def reached(self, session: uuid.UUID) -> int:
        """The revision that this process was told last; 0 when it was told none."""
        return self._reached.get(session, 0)

    async def once(self, session: uuid.UUID, what: Hashable, make: Callable[[], Awaitable[T]]) -> T:
        """What ``make`` makes of the session as it is now: made once for all who ask until it changes."""
        reached = self.reached(session)
        kept = self._kept.get(session)
        if kept is None or kept[0] < reached:
            self._kept.pop(session, None)
            while len(self._kept) >= MOST_ROOMS:
                self._kept.pop(next(iter(self._kept)))
            kept = self._kept[session] = (reached, {})
        if what not in kept[1]:
            kept[1][what] = asyncio.ensure_future(make())
        try:
            return await asyncio.shield(kept[1][what])
        except BaseException:
            kept[1].pop(what, None)
            raise

    def close(self) -> None:
        """Lets everybody go who waits, so that the server can stop."""
        self._closed = True
        for session in list(self._waiting):
            self._wake(session)

    def _wake(self, session: uuid.UUID) -> None:
        for news in self._waiting.get(session, ()):
            if not news.done():
                news.set_result(None)
