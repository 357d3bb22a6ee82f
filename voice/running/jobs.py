"""The jobs that go on beside the pages, each in one process at a time however many serve: the one that leads."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Protocol

from voice.actions.reminding import remind_owners
from voice.capture.drop_box.mail_intake import Intake, listening
from voice.inviting.working import work
from voice.parts import Parts
from voice.programs.delivering import deliver
from voice.programs.tables import Webhook
from voice.programs.telling import tell
from voice.running.tidying import keep_tidy
from voice.safeguarding.watching import Desk, put_back_what_was_left, watch_over_worries

AN_HOUR = 3600.0
SECONDS_BETWEEN_TELLING = 10.0
SECONDS_BETWEEN_WATCHING = 120.0

log = logging.getLogger("voice")


class Notes(Protocol):
    """Who keeps figures of the jobs."""

    def leading(self, leads: bool) -> None: ...

    def done(self, job: str) -> None: ...

    def failed(self, job: str) -> None: ...


class _NoNotes:
    def leading(self, leads: bool) -> None: ...

    def done(self, job: str) -> None: ...

    def failed(self, job: str) -> None: ...


def _notes(parts: Parts) -> Notes:
    if not parts.settings.metrics_token:
        return _NoNotes()
    from voice.running.metrics import JobFigures  # brings prometheus_client, for which every start would wait

    return JobFigures()


@asynccontextmanager
async def at_work(parts: Parts) -> AsyncIterator[None]:
    """Does the jobs whenever this process leads. Where it leads already, all is tidy before anything is served."""
    if parts.line.leading.is_set():
        await keep_tidy(parts)
    leading = asyncio.create_task(_lead(parts, tidied=parts.line.leading.is_set()))
    try:
        yield
    finally:
        leading.cancel()
        await asyncio.wait({leading})


async def _lead(parts: Parts, *, tidied: bool) -> None:
    note = _notes(parts)
    while True:
        await parts.line.leading.wait()
        parts.reader.start()
        note.leading(True)
        jobs = [
            asyncio.create_task(each)
            for each in (
                _every(AN_HOUR, "tidying", lambda: keep_tidy(parts), note, wait_first=tidied),
                _every(AN_HOUR, "reminders of actions", lambda: remind_owners(parts), note, wait_first=tidied),
                _every(SECONDS_BETWEEN_TELLING, "telling other programs", lambda: tell_programs(parts), note),
                _every(SECONDS_BETWEEN_TELLING, "sending invitations", lambda: work(parts), note),
                _every(SECONDS_BETWEEN_WATCHING, "letters about worries", lambda: tell_about_worries(parts), note),
                _take_in_letters(parts),
            )
        ]
        tidied = False
        try:
            await parts.line.not_leading.wait()
            log.warning("another process does the jobs from now on")
        finally:
            note.leading(False)
            for job in jobs:
                job.cancel()
            await asyncio.wait(jobs)  # a letter under way is still handed over, and written down
            await parts.reader.stop()


async def _every(
    seconds: float, what: str, do: Callable[[], Awaitable[object]], note: Notes, *, wait_first: bool = True
) -> None:
    while True:
        if wait_first:
            await asyncio.sleep(seconds)
        wait_first = True
        try:
            await do()
            note.done(what)
        except Exception:
            note.failed(what)
            log.exception("%s failed; it is tried again", what)


async def tell_about_worries(desk: Desk) -> int:
    """For the process that leads, which alone hands such letters over, one turn after the other: what was not written
    down as sent before a turn was lost by a machine that stopped, or while the database was away."""
    await desk.store.write(put_back_what_was_left)
    return await watch_over_worries(desk)


async def tell_programs(parts: Parts) -> int:
    """What is new goes into the outbox, and what waits there is sent. Returns how many messages arrived."""
    if await parts.store.read(lambda: Webhook.exists()):
        await parts.store.write(lambda: tell(now=parts.clock()))
    return await deliver(parts.store, now=parts.clock(), local_too=parts.settings.development)


async def _take_in_letters(parts: Parts) -> None:
    """E-mail comes into the drop box where a port is set for it. Where that is taken, all else goes on without."""
    settings = parts.settings
    if not settings.intake_port:
        return
    intake = Intake(parts.store, secret=parts.secret, clock=parts.clock, address=settings.intake_address)
    async with AsyncExitStack() as opened:
        try:
            await opened.enter_async_context(listening(intake, host=settings.intake_host, port=settings.intake_port))
        except (OSError, OverflowError) as problem:
            log.error("no e-mail comes in: port %s cannot be used (%s)", settings.intake_port, problem)
            return
        await asyncio.Event().wait()
