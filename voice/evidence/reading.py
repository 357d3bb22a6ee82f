"""The machine reads new voices: themes by the code frame's keywords, and sentiment. Only ever suggestions.

Reading goes on beside the server, a batch at a time, so that a lead never waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import logging
from functools import cache

import msgspec

from surveys.document import wording
from surveys.publishing import rounds
from surveys.tables import Answer
from voice.evidence.other_process import in_another_process
from voice.evidence.suggesting import Suggested, Unread
from voice.evidence.tables import Suggestion
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
    """Reads all voices that were not read yet, and returns how many there were."""
    read = 0
    while unread := await _unread(store):
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


async def _unread(store: Store) -> list[Unread]:
    rows = await Answer.raw(
        'SELECT a."id" AS "voice", a."concept" AS "concept", a."text" AS "text", a."language" AS "language", '
        'u."round" AS "round" FROM "answer" AS a JOIN "submission" AS u ON a."submission" = u."id" '
        'LEFT JOIN "suggestion" AS g ON g."voice" = a."id" '
        'WHERE a."text" IS NOT NULL AND (g."voice" IS NULL OR g."engine" <> {}) LIMIT {}',
        engine_name(),
        AT_ONCE,
    )
    if not rows:
        return []
    asked = {each.id: each.document for each in await store.read(rounds)}
    found = []
    for row in rows:
        question = asked[row["round"]].question(row["concept"])
        found.append(
            Unread(
                voice=row["voice"],
                question=wording(question.title, "en") if question else "",
                text=row["text"],
                language=row["language"],
            )
        )
    return found


async def _keep(suggested: list[Suggested]) -> None:
    await Suggestion.delete().where(Suggestion.voice.is_in([each.voice for each in suggested]))
    await Suggestion.insert(*(Suggestion(engine=engine_name(), **msgspec.structs.asdict(each)) for each in suggested))
