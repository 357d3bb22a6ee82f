"""Answers become voices, and the machine reads them: themes under the frame in use, sentiment, and what a person
should see today. Only ever suggestions, and it learns from what people decide.

Reading goes on beside the server, a batch at a time, so that nobody who looks at a page waits for it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import Callable
from pathlib import Path

import msgspec

from voice.evidence.from_surveys import take_in
from voice.evidence.indexing import changed
from voice.evidence.suggesting import Suggested, Task, Unread
from voice.evidence.tables import SuggestedMention, Suggestion, Voice
from voice.evidence.translated import translations_of
from voice.running.other_process import in_another_process
from voice.storage import Store, StoreUnavailable
from voice.themes.copies import look_for_campaigns
from voice.themes.learning import Engine, engine_now, gone, note_reading, to_learn_from

AT_ONCE = 2000
"""Voices read by one process."""

IN_A_UNIT = 40
"""Suggestions stored in one unit, so that people who are answering never wait long."""

BETWEEN_UNITS_SECONDS = 0.1
"""Units that follow each other at once would leave other programs (``voice user``) no moment to write on SQLite."""

TO_GATHER_SECONDS = 60
"""After something new was said, we wait for more of it, instead of starting a process for each person.
Somebody who opens a page of what was said does not wait: see ``Reader.wanted_now``."""

IN_A_STATEMENT = 100
"""Mentions of one statement: SQLite takes 999 values."""

ENGLISH = "en"

SAID = SAID_NEW, SAID_WANTED, SAID_READ = "voices new", "voices wanted", "voices read"
"""What processes that serve together tell each other about reading."""

log = logging.getLogger("voice.evidence")


class Reader:
    """Reads voices that have no suggestion of the current engine, for as long as the server runs.

    ``vectors`` is the folder where meanings are remembered. ``say`` tells the other processes that serve: one of them
    reads for all.
    """

    def __init__(self, store: Store, vectors: Path | None = None, say: Callable[[str], None] = lambda _: None) -> None:
        self._store = store
        self._vectors = vectors
        self._say = say
        self._new = asyncio.Event()
        self._wanted = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.has_read = asyncio.Event()
        """Set when new voices were read; whoever waits for that clears it."""

    def start(self) -> None:
        """Reads what is unread, though not in the moments after a start unless somebody looks: others start up too."""
        self._new.set()
        self._task = asyncio.create_task(self._keep_reading())

    def something_new(self) -> None:
        self.hear(SAID_NEW)
        self._say(SAID_NEW)

    def wanted_now(self) -> None:
        """Somebody is looking: whatever is new is read at once."""
        self.hear(SAID_WANTED)
        self._say(SAID_WANTED)

    def hear(self, words: str) -> None:
        """What another process says: one of ``SAID``."""
        {SAID_NEW: self._new, SAID_WANTED: self._wanted, SAID_READ: self.has_read}[words].set()

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

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
                if await read_new_voices(self._store, self._vectors):
                    self.hear(SAID_READ)
                    self._say(SAID_READ)
            except StoreUnavailable as problem:
                log.warning("reading new voices waits for the database: %s", problem)
                self._new.set()
            except Exception:
                # Voices stay unread and the page says how many; the next new one starts another try.
                log.exception("reading new voices failed")


async def read_new_voices(store: Store, vectors: Path | None = None) -> int:
    """Takes in answers that are no voices yet, looks which are copies of each other, and reads all voices that were not
    read. Returns how many there were.

    ``vectors`` is the folder of what is remembered of meanings; without it, the machine reads without them.
    """
    await take_in(store)
    await look_for_campaigns(store)
    engine = await store.read(engine_now)
    remembered = await asyncio.to_thread(remembered_in, vectors, await store.read(gone)) if vectors else ""
    read = 0
    while unread := await store.read(lambda: _unread(engine)):
        learn_from = await store.read(lambda: to_learn_from(engine.learned_from)) if engine.learned_from else []
        task = Task(engine.frame, learn_from, unread, remembered)
        written = await in_another_process("voice.evidence.suggesting", msgspec.msgpack.encode(task))
        suggested = msgspec.msgpack.decode(written, type=list[Suggested])
        for start in range(0, len(suggested), IN_A_UNIT):
            batch = suggested[start : start + IN_A_UNIT]
            await store.write(lambda batch=batch: _keep(batch, engine.name))  # type: ignore[misc]
            await asyncio.sleep(BETWEEN_UNITS_SECONDS)
        read += len(unread)
    if read:
        await store.write(lambda: note_reading(engine))
    return read


async def _unread(engine: Engine) -> list[Unread]:
    """Voices without a suggestion of these rules and this frame; and where people decide, those that what was learned
    since may help with. What a person has settled is left as it is."""
    rows = await Voice.raw(
        'SELECT v."id" AS "voice", v."asked" AS "question", v."text" AS "text", v."language" AS "language" '
        'FROM "voice" AS v LEFT JOIN "suggestion" AS g ON g."voice" = v."id" '
        'LEFT JOIN "voice_coding" AS c ON c."voice" = v."id" WHERE v."text" IS NOT NULL AND (g."voice" IS NULL '
        'OR (NOT COALESCE(c."settled", FALSE) AND g."engine" <> {} AND (SUBSTR(g."engine", 1, {}) <> {} '
        'OR v."term" IN (SELECT w."term" FROM "voice_coding" AS k JOIN "voice" AS w ON w."id" = k."voice" '
        'WHERE k."settled")))) LIMIT {}',
        engine.name,
        len(engine.base),
        engine.base,
        AT_ONCE,
    )
    translated = await translations_of([row["voice"] for row in rows if row["language"] != ENGLISH])
    return [
        Unread(
            **row,
            translation=next((t.text for t in translated.get(_uuid(row["voice"]), ()) if t.language == ENGLISH), ""),
        )
        for row in rows
    ]


async def _keep(suggested: list[Suggested], engine: str) -> None:
    voices = [each.voice for each in suggested]
    await Suggestion.delete().where(Suggestion.voice.is_in(voices))
    await SuggestedMention.delete().where(SuggestedMention.voice.is_in(voices))
    rows = [msgspec.structs.asdict(each) for each in suggested]
    mentions = [
        SuggestedMention(id=uuid.uuid4(), voice=row["voice"], **msgspec.structs.asdict(mention))
        for row in rows
        for mention in row.pop("mentions")
    ]
    await Suggestion.insert(*(Suggestion(engine=engine, **row) for row in rows))
    for start in range(0, len(mentions), IN_A_STATEMENT):
        await SuggestedMention.insert(*mentions[start : start + IN_A_STATEMENT])
    await changed(voices)


def remembered_in(folder: Path, gone: int) -> str:
    """The file of vectors, of words that are all still there: when voices have gone, a new file is begun."""
    here = folder / f"meanings-{gone}.bin"
    for other in folder.glob("meanings-*.bin"):
        if other != here:
            other.unlink(missing_ok=True)
    return str(here)


def _uuid(found: object) -> uuid.UUID:
    return uuid.UUID(str(found))
