"""Looks after the processes that serve: starts them, starts others when they died, and lets new ones take over.

It holds the socket at which people arrive, and nothing else of the product: so on SIGHUP the new processes are of the
version that is installed by then, while this one goes on. The old ones leave when the new ones are ready, and stay
where those cannot start.
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
from typing import Any

from voice.running.service_manager import tell_service_manager

SECONDS_TO_START = 600.0
"""A migration of much data takes minutes."""

SECONDS_TO_LEAVE = 60.0

PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
"""Seconds before each new try to start, where the last one failed."""

OF_THIS_PROCESS = ("NOTIFY_SOCKET", "LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES")

log = logging.getLogger("voice.running")

Process = asyncio.subprocess.Process


class Supervisor:
    """``command`` starts a generation of processes (``generation.py``); the numbers of its open files are put after it,
    and ``--first`` for the first. It says that it is ready with one byte, and leaves when ``--lives`` ends."""

    def __init__(self, command: list[str], listening: socket.socket, environment: dict[str, str]) -> None:
        self._command = command
        self._listening = listening
        self._environment = {name: value for name, value in environment.items() if name not in OF_THIS_PROCESS}
        self._stop = asyncio.Event()
        self._anew = asyncio.Event()
        self._lives, self._we_live = os.pipe()

    async def run(self) -> int:
        """Returns 0 when it was told to stop, or 1 when nothing can be started."""
        loop = asyncio.get_running_loop()
        for sign in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(sign, self._stop.set)
        loop.add_signal_handler(signal.SIGHUP, self._anew.set)
        serving = await self._start("--first")
        if serving is None:
            return 0 if self._stop.is_set() else 1
        tell_service_manager("READY=1")
        while not self._stop.is_set():
            await self._until_something_happens(serving)
            if serving.returncode is not None and not self._stop.is_set():
                log.error("all processes have ended by themselves (%d); others are started", serving.returncode)
                serving = await self._start_patiently() or serving
            elif self._anew.is_set() and not self._stop.is_set():
                serving = await self._taken_over(serving)
        tell_service_manager("STOPPING=1")
        self._listening.close()  # whoever comes now would wait for nobody
        await self._end(serving)
        return 0

    async def _until_something_happens(self, serving: Process) -> None:
        watching = [asyncio.create_task(each()) for each in (self._stop.wait, self._anew.wait, serving.wait)]
        await asyncio.wait(watching, return_when=asyncio.FIRST_COMPLETED)
        for each in watching:
            each.cancel()

    async def _start_patiently(self) -> Process | None:
        failed = 0
        while not self._stop.is_set():
            if started := await self._start():
                return started
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(PAUSES[min(failed, len(PAUSES) - 1)]):
                    await self._stop.wait()
            failed += 1
        return None

    async def _taken_over(self, old: Process) -> Process:
        """Who serves from now on."""
        self._anew.clear()
        tell_service_manager(f"RELOADING=1\nMONOTONIC_USEC={time.monotonic_ns() // 1000}")
        new = await self._start()
        if new is None and not self._stop.is_set():
            log.error("no new processes can start; those that serve go on as they are")
        elif new is not None:
            await self._end(old)
            log.info("new processes have taken over")
        tell_service_manager("READY=1")
        return new or old

    async def _start(self, *more: str) -> Process | None:
        """Processes that serve by now; ``None`` where they cannot."""
        ready, says_ready = os.pipe()
        handed = {"--listening": self._listening.fileno(), "--ready": says_ready, "--lives": self._lives}
        given = [word for name, number in handed.items() for word in (name, str(number))]
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command, *given, *more, pass_fds=tuple(handed.values()), env=self._environment
            )
        except OSError as problem:
            log.error("no process can be started: %s", problem)
            os.close(ready)
            return None
        finally:
            os.close(says_ready)
        try:
            said = await self._unless_stopped(_read(ready))
        finally:
            os.close(ready)
        if said:
            log.info("the processes of %d serve", process.pid)
            return process
        await self._end(process)
        return None

    async def _unless_stopped(self, what: Coroutine[Any, Any, bytes]) -> bytes:
        asked = asyncio.create_task(self._stop.wait())
        doing = asyncio.create_task(what)
        await asyncio.wait([asked, doing], timeout=SECONDS_TO_START, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        if doing.done():
            return doing.result()
        doing.cancel()
        await asyncio.wait({doing})
        return b""

    @staticmethod
    async def _end(process: Process) -> None:
        with contextlib.suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), SECONDS_TO_LEAVE)
        except TimeoutError:
            log.error("the processes of %d do not leave; they are ended", process.pid)
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


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
