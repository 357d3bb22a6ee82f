"""Who waits for news of a session. Held in memory: nobody asks the database whether anything has changed.

One process serves a room: see ``docs/decisions/0045-live-rooms.md``.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Hashable
from typing import Any

GATHERED_SECONDS = 0.08
"""What changes within this time is told together: forty people answer at the same moment."""

MOST_KEPT = 64
"""Pieces of pages kept for one session, all of its last revision."""


class Live:
    """The revision that each session has reached, as far as this process was told."""

    def __init__(self) -> None:
        self._reached: dict[uuid.UUID, int] = {}
        self._waiting: dict[uuid.UUID, set[asyncio.Future[None]]] = {}
        self._kept: dict[uuid.UUID, tuple[int, dict[Hashable, Any]]] = {}
        self._closed = False

    def tell(self, session: uuid.UUID, revision: int) -> None:
        """Says that a session has changed: whoever waits goes on."""
        self._reached[session] = max(revision, self._reached.get(session, 0))
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

    def kept(self, session: uuid.UUID, revision: int, what: Hashable) -> Any:
        """What was kept of this revision under this name, or ``None``."""
        found = self._kept.get(session)
        return found[1].get(what) if found and found[0] == revision else None

    def keep(self, session: uuid.UUID, revision: int, what: Hashable, value: Any) -> None:
        found = self._kept.get(session)
        if found is None or found[0] < revision or len(found[1]) >= MOST_KEPT:
            found = self._kept[session] = (revision, {})
        if found[0] == revision:
            found[1][what] = value

    def forget(self, session: uuid.UUID) -> None:
        """Lets go of a session that has ended."""
        self._kept.pop(session, None)

    def close(self) -> None:
        """Lets everybody go who waits, so that the server can stop."""
        self._closed = True
        for session in list(self._waiting):
            self._wake(session)

    def _wake(self, session: uuid.UUID) -> None:
        for news in self._waiting.get(session, ()):
            if not news.done():
                news.set_result(None)
