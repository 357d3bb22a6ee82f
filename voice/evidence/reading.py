"""Answers become voices, and the machine reads them: themes by the code frame's keywords, and sentiment. Only ever
suggestions.

Reading goes on beside the server, a batch at a time, so that a lead never waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from functools import cache

import msgspec

from voice.evidence.from_surveys import take_in
from voice.evidence.indexing import changed
from voice.evidence.other_process import in_another_process
from voice.evidence.suggesting import Suggested, Unread
from voice.evidence.tables import Suggestion, Voice
from voice.storage import Store

AT_ONCE = 2000
"""Voices read by one process."""

IN_A_UNIT = 200
"""Suggestions stored in one unit, so that people who are answering never wait long."""

TO_GATHER_SECONDS = 60
"""After something new was said, we wait for more of it, instead of starting a process for each person.
Somebody who opens a page of what was said does not wait: see ``Reader.wanted_now``."""

RULES = "keywords-1"
"""Changes when the rules that make suggestions change, so that old suggestions are made anew."""

log = logging.getLogger("voice.evidence")


class Reader:
    """Reads voices that have no suggestion of the current engine, for as long as the server runs."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._new = asyncio.Event()
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.has_read = asyncio.Event()
        """Set when new voices were read; whoever waits for that clears it."""

    def start(self) -> None:
        self._new.set()
        self._wanted.set()
        self._task = asyncio.create_task(self._keep_reading())

    def something_new(self) -> None:
        self._new.set()

    def wanted_now(self) -> None:
        """Somebody is looking: whatever is new is read at once."""
        self._wanted.set()

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _keep_reading(self) -> None:
        while True:
            await self._new.wait()
            # Not asyncio.wait_for: on Python 3.11 it can swallow that this task was told to stop.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(TO_GATHER_SECONDS):
                    await self._wanted.wait()
            self._new.clear()
            self._wanted.clear()
            try:
                if await read_new_voices(self._store):
                    self.has_read.set()
            except Exception:
                # Voices stay unread and the page says how many; the next new one starts another try.
                log.exception("reading new voices failed")


async def read_new_voices(store: Store) -> int:
    """Takes in answers that are no voices yet, reads all voices that were not read, and returns how many there were."""
    await take_in(store)
    read = 0
    while unread := await _unread():
        written = await in_another_process("voice.evidence.suggesting", msgspec.msgpack.encode(unread))
        suggested = msgspec.msgpack.decode(written, type=list[Suggested])
        for start in range(0, len(suggested), IN_A_UNIT):
            batch = suggested[start : start + IN_A_UNIT]
            await store.write(lambda batch=batch: _keep(batch))  # type: ignore[misc]
        read += len(unread)
    return read


@cache
def engine_name() -> str:
    """The code frame and the rules that suggestions are made with."""
    from analysis.code_frame import send_code_frame

    frame = hashlib.blake2b(repr(send_code_frame()).encode(), digest_size=6).hexdigest()
    return f"{RULES}-{frame}"


async def _unread() -> list[Unread]:
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", v."asked" AS "question", v."text" AS "text", v."language" AS "language" '
        'FROM "voice" AS v LEFT JOIN "suggestion" AS g ON g."voice" = v."id" '
        'WHERE v."text" IS NOT NULL AND (g."voice" IS NULL OR g."engine" <> {}) LIMIT {}',
        engine_name(),
        AT_ONCE,
    )
    return [Unread(**row) for row in rows]


async def _keep(suggested: list[Suggested]) -> None:
    await Suggestion.delete().where(Suggestion.voice.is_in([each.voice for each in suggested]))
    await Suggestion.insert(*(Suggestion(engine=engine_name(), **msgspec.structs.asdict(each)) for each in suggested))
    await changed([each.voice for each in suggested])
