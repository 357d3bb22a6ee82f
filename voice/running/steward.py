"""Looks after the processes that serve: starts them, starts another for one that died, and takes them over one by one.

It holds the socket at which people arrive, and nothing else of the product: so on SIGHUP each new process is of the
version that is installed by then, while this one goes on. An old process leaves when a new one is ready, and all old
ones stay where a new one cannot start.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import socket
import time
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from voice.running.service_manager import tell_service_manager

SECONDS_TO_START = 600.0
"""A migration of much data takes minutes."""

SECONDS_TO_LEAVE = 60.0

LIVED_SECONDS = 10.0
"""Who lived shorter than this is not started again at once."""

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)

log = logging.getLogger("voice.running")

Process = asyncio.subprocess.Process


class Steward:
    """``command`` starts a process; the numbers of its open files are put after it, and ``--first`` for the first.
    ``figures`` is the folder where processes put their figures; empty where none are kept."""

    def __init__(self, command: list[str], listening: socket.socket, processes: int, figures: str = "") -> None:
        self._command = command
        self._listening = listening
        self._wanted = processes
        self._figures = figures
        self._working: dict[Process, asyncio.Task[int]] = {}
        self._stop = asyncio.Event()
        self._anew = asyncio.Event()
        self._lives, self._we_live = os.pipe()
        self._started_at = 0.0

    async def run(self) -> int:
        """Returns when it was told to stop, or 1 when the first process cannot start."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._anew.set)
        try:
            if not await self._start("--first"):
                return 0 if self._stop.is_set() else 1
            await self._fill_up()
            tell_service_manager("READY=1")
            while not self._stop.is_set():
                await self._until_something_happens()
                if self._anew.is_set() and not self._stop.is_set():
                    await self._take_over()
                await self._fill_up()
            return 0
        finally:
            tell_service_manager("STOPPING=1")
            self._listening.close()  # whoever comes now would wait for nobody
            await asyncio.gather(*(self._end(each) for each in list(self._working)))

    async def _until_something_happens(self) -> None:
        asked = [asyncio.create_task(each.wait()) for each in (self._stop, self._anew)]
        await asyncio.wait([*asked, *self._working.values()], return_when=asyncio.FIRST_COMPLETED)
        for each in asked:
            each.cancel()
        for process in [each for each, ended in self._working.items() if ended.done()]:
            log.error("process %d has ended by itself (%s); another is started", process.pid, process.returncode)
            del self._working[process]
            self._forget_figures(process)

    async def _fill_up(self) -> None:
        failed = 0 if time.monotonic() - self._started_at > LIVED_SECONDS or self._complete else 1
        while not self._complete and not self._stop.is_set():
            if failed:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(PAUSES[min(failed, len(PAUSES)) - 1]):
                        await self._stop.wait()
                        return
            failed = 0 if await self._start() else failed + 1

    @property
    def _complete(self) -> bool:
        return len(self._working) >= self._wanted

    async def _start(self, *more: str) -> bool:
        """Whether one more process serves by now."""
        ready, says_ready = os.pipe()
        handed = {"--listening": self._listening.fileno(), "--ready": says_ready, "--lives": self._lives}
        given = [word for name, number in handed.items() for word in (name, str(number))]
        environment = {name: value for name, value in os.environ.items() if name not in OF_THIS_PROCESS}
        if self._figures:
            environment["PROMETHEUS_MULTIPROC_DIR"] = self._figures
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, *given, *more, pass_fds=tuple(handed.values()), env=environment
            )
        except OSError as problem:
            log.error("no process can be started: %s", problem)
            os.close(ready)
            return False
        finally:
            os.close(says_ready)
        self._started_at = time.monotonic()
        ended = asyncio.create_task(process.wait())
        try:
            said = await self._unless_stopped(_read(ready), SECONDS_TO_START)
        finally:
            os.close(ready)
        if said:
            self._working[process] = ended
            log.info("process %d serves", process.pid)
            return True
        await self._end(process)
        return False

    async def _unless_stopped(self, what: Coroutine[Any, Any, bytes], seconds: float) -> bytes:
        asked = asyncio.create_task(self._stop.wait())
        doing = asyncio.create_task(what)
        await asyncio.wait([asked, doing], timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if doing.done():
            return doing.result()
        doing.cancel()
        await asyncio.wait({doing})
        return b""

    async def _take_over(self) -> None:
        self._anew.clear()
        tell_service_manager(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
        for old in list(self._working):
            if not await self._start():
                log.error("no new process can start; those that serve go on as they are")
                break
            self._working.pop(old).cancel()
            await self._end(old)
        else:
            log.info("new processes have taken over")
        tell_service_manager("READY=1")

    async def _end(self, process: Process) -> None:
        self._working.pop(process, None)
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), SECONDS_TO_LEAVE)
        except TimeoutError:
            log.error("process %d does not leave; it is ended", process.pid)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
        self._forget_figures(process)

    def _forget_figures(self, process: Process) -> None:
        """What a process said of itself alone (``voice/running/metrics.py``) is over with it; what it counted stays."""
        if self._figures:
            for file in Path(self._figures).glob(f"gauge_live*_{process.pid}.db"):
                file.unlink(missing_ok=True)


OF_THIS_PROCESS = ("NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")


async def _read(number: int) -> bytes:
    """What is written there first; nothing when whoever could write has ended."""
    loop = asyncio.get_running_loop()
    there: asyncio.Future[None] = loop.create_future()

    def settle() -> None:
        if not there.done():
            there.set_result(None)

    loop.add_reader(number, settle)
    try:
        await there
    finally:
        loop.remove_reader(number)
    return os.read(number, 1)
