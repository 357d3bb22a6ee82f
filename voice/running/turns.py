"""Work that takes much memory or time is done by a few at a time; the others wait their turn, and not for ever."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from weakref import WeakKeyDictionary

from voice.storage.store import StoreUnavailable


class Turns:
    """``at_once`` may work at the same moment. Whoever waits for longer than ``seconds_to_wait`` is told so."""

    def __init__(self, *, at_once: int, seconds_to_wait: float) -> None:
        self._at_once = at_once
        self._seconds_to_wait = seconds_to_wait
        self._of_loop: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = WeakKeyDictionary()

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Raises ``StoreUnavailable`` when too many are before."""
        places = self._of_loop.setdefault(asyncio.get_running_loop(), asyncio.Semaphore(self._at_once))
        try:
            async with asyncio.timeout(self._seconds_to_wait):
                await places.acquire()
        except TimeoutError as problem:
            raise StoreUnavailable("Too many wait for this at the moment.") from problem
        try:
            yield
        finally:
            places.release()
