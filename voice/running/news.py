"""What other processes have changed: what this one keeps in memory of it is read anew."""

from __future__ import annotations

import asyncio
import logging
import uuid
from typing import Protocol

from voice.capture.open_rounds import OpenRounds
from voice.capture.sessions.live import Live
from voice.evidence import reading
from voice.evidence.reading import Reader
from voice.people.partnership import PartnershipInfo, partnership
from voice.running.line import EVERYTHING
from voice.storage import Store
from voice.translators import speak_as_translated

ROOM, ROUNDS, PARTNERSHIP, WORDS = "room", "rounds", "partnership", "words"
"""What the database says: see ``voice/migrations/m0115_told_to_all.py``."""

AGAIN_SECONDS = 2

log = logging.getLogger("voice.running")


class Kept(Protocol):
    """What is kept in memory, of the parts that the pages work with."""

    partnership: PartnershipInfo

    @property
    def store(self) -> Store: ...

    @property
    def rounds(self) -> OpenRounds: ...

    @property
    def live(self) -> Live: ...

    @property
    def reader(self) -> Reader: ...


class News:
    """Hears what has changed, and has it read anew. What is heard before ``listen`` waits for it."""

    def __init__(self) -> None:
        self._kept: Kept | None = None
        self._early: list[str] = []
        self._to_read: set[str] = set()
        self._wake = asyncio.Event()
        self._reading: asyncio.Task[None] | None = None

    def listen(self, kept: Kept) -> None:
        self._kept = kept
        self._reading = asyncio.create_task(self._read_anew(kept))
        for words in self._early:
            self.hear(words)

    async def stop(self) -> None:
        if self._reading is not None:
            self._reading.cancel()
            await asyncio.wait({self._reading})

    def hear(self, words: str) -> None:
        kept = self._kept
        if kept is None:
            self._early.append(words)
        elif words.startswith(ROOM):
            _, session, revision = words.split(" ")
            kept.live.tell(uuid.UUID(session), int(revision))
        elif words in reading.SAID:
            kept.reader.hear(words)
        elif words == ROUNDS:
            kept.rounds.forget()
        elif words in (PARTNERSHIP, WORDS):
            self._to_read.add(words)
            self._wake.set()
        elif words == EVERYTHING:
            kept.rounds.forget()
            kept.reader.hear(reading.SAID_NEW)
            self._to_read |= {PARTNERSHIP, WORDS}
            self._wake.set()
        # Others are of a newer version of the product, which serves beside this one until it has taken over.

    async def _read_anew(self, kept: Kept) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            to_read, self._to_read = self._to_read, set()
            try:
                if PARTNERSHIP in to_read:
                    kept.partnership = await kept.store.read(partnership)
                if WORDS in to_read:
                    await speak_as_translated(kept.store)
            except Exception:
                log.exception("what other processes changed could not be read; it is tried again")
                self._to_read |= to_read
                await asyncio.sleep(AGAIN_SECONDS)
                self._wake.set()
