"""The processes of one version that serve side by side: copies of one process that has loaded the product once.

Copies share what was loaded, so several take little more memory and time to start than one. The process that is copied
never opens the store, and starts no thread: it only looks after its copies.
"""

from __future__ import annotations

import contextlib
import logging
import os
import selectors
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LIVED_SECONDS = 10.0
"""Who lived shorter than this is not made again at once."""

PAUSE_SECONDS = 5.0

SIGNS = (signal.SIGCHLD, signal.SIGTERM, signal.SIGINT)

log = logging.getLogger("voice.running")


class Generation:
    """``serve`` is what each copy does: it gets the numbers of two open files, says at the first with one byte that it
    is ready, and leaves when the second ends; it returns the status of its process.

    ``listening`` is the socket at which all serve. ``lives`` ends when the whole generation is to leave. ``figures`` is
    the folder where processes put their figures; empty where none are kept.
    """

    def __init__(
        self, serve: Callable[[int, int], int], processes: int, *, listening: int, lives: int, figures: str = ""
    ) -> None:
        self._serve = serve
        self._wanted = processes
        self._listening = listening
        self._lives = lives
        self._figures = figures
        self._working: dict[int, float] = {}
        self._leaving = False
        self._ready = 0

    def run(self, on_ready: Callable[[], None]) -> int:
        """Returns when all have left; 1 when one could not even start. ``on_ready`` is called when all serve."""
        self._are_ready, self._say_ready = os.pipe()
        self._copies_live, self._we_live = os.pipe()
        with _signs() as signs, selectors.DefaultSelector() as waiting:
            for number in (signs, self._are_ready, self._lives):
                waiting.register(number, selectors.EVENT_READ)
            for _ in range(self._wanted):
                self._copy()
            while self._working or not self._leaving:
                short = len(self._working) < self._wanted and not self._leaving
                happened = {key.fd for key, _ in waiting.select(PAUSE_SECONDS if short else None)}
                if signs in happened and {signal.SIGTERM, signal.SIGINT} & set(os.read(signs, 100)):
                    self._leave()
                if self._lives in happened:
                    waiting.unregister(self._lives)
                    self._leave()
                if self._are_ready in happened:
                    before = self._ready
                    self._ready += len(os.read(self._are_ready, 100))
                    if before < self._wanted <= self._ready:
                        on_ready()
                if not self._all_live():
                    return 1
                if short and not happened:
                    self._copy()
        return 0

    def _copy(self) -> None:
        process = os.fork()
        if process:
            self._working[process] = time.monotonic()
            log.info("process %d begins", process)
            return
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            for sign in SIGNS:
                signal.signal(sign, signal.SIG_DFL)
            os.close(self._we_live)
            status = self._serve(self._say_ready, self._copies_live)
        except BaseException as problem:
            # Nobody above may go on with the work of the process that was copied.
            log.critical("a process ends", exc_info=problem)
        finally:
            os._exit(status)

    def _all_live(self) -> bool:
        """Whether those that have ended were ready before, or are meant to leave. Another is made for each."""
        while self._working:
            process, status = os.waitpid(-1, os.WNOHANG)
            if not process:
                return True
            began = self._working.pop(process)
            self._forget_figures(process)
            if self._leaving:
                continue
            code = os.waitstatus_to_exitcode(status)
            log.error("process %d has ended by itself (%d)", process, code)
            if self._ready < self._wanted:
                self._leave()
                return False
            if time.monotonic() - began > LIVED_SECONDS:
                self._copy()
        return True

    def _leave(self) -> None:
        if not self._leaving:
            os.close(self._listening)  # or whoever comes when all have left would wait for nobody
        self._leaving = True
        for process in self._working:
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGTERM)

    def _forget_figures(self, process: int) -> None:
        """What a process said of itself alone (``voice/running/metrics.py``) is over with it; what it counted stays."""
        if self._figures:
            for file in Path(self._figures).glob(f"gauge_live*_{process}.db"):
                file.unlink(missing_ok=True)


@contextlib.contextmanager
def _signs() -> Iterator[int]:
    """The number of a file from which the signals can be read that came."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    os.set_blocking(write, False)
    before = {sign: signal.signal(sign, lambda *_: None) for sign in SIGNS}
    signal.set_wakeup_fd(write, warn_on_full_buffer=False)
    try:
        yield read
    finally:
        signal.set_wakeup_fd(-1)
        for sign, handler in before.items():
            signal.signal(sign, handler)
