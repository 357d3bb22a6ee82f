"""The line between processes that serve together: what one tells the others, and which of them does the jobs.

On PostgreSQL each process keeps a connection of its own for it. What changes in the database is told by the database
itself, with the commit (``voice/migrations/m0115_told_to_all.py``). Whoever leads holds a lock that ends with its
connection, so that another takes over when a process dies, however it dies.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Protocol

import asyncpg  # type: ignore[import-untyped]

from voice.settings import Settings

CHANNEL = "golden_thread"
"""PostgreSQL keeps channels of each database apart, and locks too."""

LEADING = 4_072_115
"""PostgreSQL's lock of the process that does the jobs."""

EVERYTHING = "everything"
"""Heard when the line was broken: whatever was told meanwhile is not known."""

ROUND_SECONDS = 2.0
"""Between looks at the line: whether it holds, whether somebody has to lead."""

ANSWER_SECONDS = 10.0
"""A database that says nothing for so long counts as gone."""

log = logging.getLogger("voice.running")

Hear = Callable[[str], None]


BROKEN = (OSError, TimeoutError, asyncpg.InterfaceError, asyncpg.InternalClientError, asyncpg.PostgresError)
"""What a connection says that was cut, whatever was being asked at that moment."""


class Line(Protocol):
    """``several`` says whether other processes may serve beside this one."""

    several: bool
    leading: asyncio.Event
    """Set while this process does the jobs."""

    not_leading: asyncio.Event

    async def open(self, hear: Hear) -> None:
        """``hear`` is called with what other processes say. Afterwards it is known who leads."""
        ...

    def say(self, words: str) -> None:
        """Tells the other processes soon. What is lost with a connection is made up for by ``EVERYTHING``."""
        ...

    async def close(self) -> None: ...


def line_of(settings: Settings) -> Line:
    return PostgresLine(settings.database_url) if settings.database_url else FileLine(settings.data)


class _Leads:
    """Two events that are never set together."""

    def __init__(self) -> None:
        self.leading = asyncio.Event()
        self.not_leading = asyncio.Event()
        self.not_leading.set()

    def lead(self, leads: bool) -> None:
        (self.leading if leads else self.not_leading).set()
        (self.not_leading if leads else self.leading).clear()


class FileLine(_Leads):
    """For SQLite: one process serves, and while it is started anew a second. Who holds the lock of a file leads."""

    several = False

    def __init__(self, data: Path, *, round_seconds: float = ROUND_SECONDS) -> None:
        super().__init__()
        self._round = round_seconds
        self._path = data / "jobs.lock"
        self._file: IO[bytes] | None = None
        self._trying: asyncio.Task[None] | None = None

    async def open(self, hear: Hear) -> None:  # noqa: ARG002 - nobody speaks
        self._file = self._path.open("ab")
        self._try()
        if not self.leading.is_set():
            self._trying = asyncio.create_task(self._keep_trying())

    def say(self, words: str) -> None:
        """Nobody listens."""

    async def close(self) -> None:
        if self._trying is not None:
            await _ended(self._trying)
        self.lead(False)
        if self._file is not None:
            self._file.close()  # and lets go of the lock

    def _try(self) -> None:
        assert self._file is not None
        with contextlib.suppress(BlockingIOError):
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self.lead(True)

    async def _keep_trying(self) -> None:
        while not self.leading.is_set():
            await asyncio.sleep(self._round)
            self._try()


class PostgresLine(_Leads):
    """For PostgreSQL: notices and a lock, on a connection that is made again when it breaks."""

    several = True

    def __init__(self, url: str, *, round_seconds: float = ROUND_SECONDS) -> None:
        super().__init__()
        self._url = url
        self._round = round_seconds
        self._hear: Hear = lambda words: None  # noqa: ARG005 - until it is opened
        self._connection: asyncpg.Connection | None = None
        self._to_say: dict[str, None] = {}
        self._wake = asyncio.Event()
        self._keeping: asyncio.Task[None] | None = None

    async def open(self, hear: Hear) -> None:
        self._hear = hear
        try:
            await self._connect()
        except BROKEN:
            await self._give_up()
        self._keeping = asyncio.create_task(self._keep())

    def say(self, words: str) -> None:
        self._to_say[words] = None  # the same words, said ten times in a moment, are said once
        self._wake.set()

    async def close(self) -> None:
        if self._keeping is not None:
            await _ended(self._keeping)
        self.lead(False)
        connection, self._connection = self._connection, None
        if connection is not None:
            with contextlib.suppress(*BROKEN):
                await connection.close(timeout=ANSWER_SECONDS)

    async def _connect(self) -> None:
        connection = await asyncpg.connect(self._url, timeout=ANSWER_SECONDS, command_timeout=ANSWER_SECONDS)
        self._connection = connection
        connection.add_termination_listener(self._has_broken)
        own = connection.get_server_pid()

        def heard(_: Any, who: int, __: str, words: object) -> None:
            if who != own:
                self._hear(str(words))

        await connection.add_listener(CHANNEL, heard)
        await self._look_who_leads(connection)

    def _has_broken(self, connection: asyncpg.Connection) -> None:
        # The lock went with the connection: another process may lead by now, so this one stops at once.
        if connection is self._connection:
            self._connection = None
            self.lead(False)
            self._wake.set()

    async def _look_who_leads(self, connection: asyncpg.Connection) -> None:
        if self.leading.is_set():
            await connection.execute("SELECT 1")  # does the line hold?
        elif await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADING):
            self.lead(True)

    async def _keep(self) -> None:
        while True:
            try:
                connection = self._connection
                if connection is None or connection.is_closed():
                    await self._connect()
                    self._hear(EVERYTHING)
                elif self._to_say:
                    said, self._to_say = list(self._to_say), {}
                    await connection.execute("SELECT pg_notify($1, w) FROM unnest($2::text[]) AS w", CHANNEL, said)
                else:
                    await self._look_who_leads(connection)
            except BROKEN:
                await self._give_up()
            self._wake.clear()
            if not self._to_say or self._connection is None:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(self._round):
                        await self._wake.wait()

    async def _give_up(self) -> None:
        connection, self._connection = self._connection, None
        self.lead(False)
        if connection is not None:
            log.warning("the line to other processes broke; it is made again")
            connection.terminate()


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
