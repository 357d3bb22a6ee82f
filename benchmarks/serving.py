"""The real server as a process of its own, as ``voice run`` starts it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

VOICE = (sys.executable, "-m", "voice")
STARTS_WITHIN_SECONDS = 300
STOPS_WITHIN_SECONDS = 20


class NotServing(Exception):
    """The server ended, or was too slow, before it said where parents go."""


class Server:
    """A started server; ``link`` is the path of the survey, as in ``/s/…``."""

    def __init__(self, process: subprocess.Popen[str], port: int, link: str) -> None:
        self.process = process
        self.port = port
        self.link = link

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        """Ends it at once, as a loss of power would end it."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._let_go()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOPS_WITHIN_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self._let_go()

    def _let_go(self) -> None:
        if self.process.stdout is not None:
            self.process.stdout.close()


def start(data: Path, port: int, database_url: str = "", variables: Mapping[str, str] | None = None) -> Server:
    """Starts ``voice run`` with these variables too, and waits for its line ``parent:``. What it complains of goes to
    ``data``.log."""
    with Path(f"{data}.log").open("a") as complaints:
        process = subprocess.Popen(
            [*VOICE, "run", "--port", str(port), "--data", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env={**environment(database_url), **(variables or {})},
        )
    assert process.stdout is not None
    too_late = threading.Timer(STARTS_WITHIN_SECONDS, process.kill)
    too_late.start()
    try:
        for line in process.stdout:
            if line.startswith("parent: "):
                return Server(process, port, "/" + line.split("/", 3)[3].strip())
    finally:
        too_late.cancel()
    process.kill()
    process.wait()
    process.stdout.close()
    raise NotServing(f"voice run: {Path(f'{data}.log').read_text()[-2000:]}")


@contextmanager
def serving(data: Path, database_url: str = "") -> Iterator[Server]:
    server = start(data, free_port(), database_url)
    try:
        yield server
    finally:
        server.stop()


def export(data: Path, out: Path, database_url: str = "") -> None:
    """``voice export answers``. Raises ``CalledProcessError`` when it cannot."""
    subprocess.run(
        [*VOICE, "export", "answers", "--data", str(data), "--out", str(out)],
        check=True,
        stdout=subprocess.DEVNULL,
        env=environment(database_url),
    )


def environment(database_url: str) -> dict[str, str]:
    """Ours, without settings of the product that happen to be set here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOICE_")}
    return {**kept, "VOICE_DATABASE_URL": database_url}


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
