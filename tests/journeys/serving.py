"""A server of ours that runs beside a browser, with whatever it should hold prepared first."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import datetime as dt
import os
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from surveys.document import SurveyDocument
from surveys.publishing import open_round, publish
from tests.commands.voice_command import voice
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

ROOT = Path(__file__).resolve().parent.parent.parent
VOICE = (sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())")
SECONDS_TO_START = 600
SECONDS_TO_STOP = 60
"""Both are far more than it takes: beside other work on the machine everything takes longer."""


class Server(NamedTuple):
    """A server that runs: its address, its folder, and the links that it printed by name."""

    address: str
    data: Path
    links: dict[str, str]

    @property
    def letter(self) -> str:
        """The address of the survey, as it stands on the letter."""
        return self.links["parent"].removeprefix(self.address)

    def voice(self, *arguments: str) -> str:
        """What a command of ours prints beside the running server."""
        done = voice(*arguments, "--data", str(self.data))
        assert done.returncode == 0, done.stderr
        return done.stdout

    def answers(self) -> list[dict[str, str]]:
        """Every answer that was sent, as ``voice export`` writes it."""
        out = self.data.parent / "answers.csv"
        self.voice("export", "answers", "--out", str(out))
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@contextlib.contextmanager
def running(
    verb: str, folder: Path, prepare: Callable[[Store], Awaitable[None]] | None = None, **variables: str
) -> Iterator[Server]:
    """Runs a verb that serves what ``prepare`` has put into its store, with these ``VOICE_…`` variables."""
    data, printed, port = folder / "data", folder / "printed.txt", _free_port()
    if prepare is not None:
        asyncio.run(_prepared(data, prepare))
    with printed.open("w") as out:
        process = subprocess.Popen(
            [*VOICE, verb, "--port", str(port), "--data", str(data)],
            cwd=ROOT,
            stdout=out,
            stderr=out,
            env={**os.environ, **variables},
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", data, _links(process, printed))
    finally:
        process.terminate()
        process.wait(timeout=SECONDS_TO_STOP)


async def _prepared(data: Path, prepare: Callable[[Store], Awaitable[None]]) -> None:
    store = await open_store(Settings(data=data))
    try:
        await migrate(store)
        await prepare(store)
    finally:
        await store.close()


async def open_survey(document: SurveyDocument, link: str, today: dt.date) -> None:
    """Publishes a survey and opens it at ``/s/LINK``, inside a unit of the store."""
    version = await publish(document, today=today)
    await open_round(version, term="2026-autumn", identity_mode="anonymous", link=link, opens_on=None, closes_on=None)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _links(process: subprocess.Popen[bytes], printed: Path) -> dict[str, str]:
    until = time.monotonic() + SECONDS_TO_START
    while "Stop it with" not in (text := printed.read_text()):
        assert process.poll() is None, f"the server did not start:\n{text}"
        assert time.monotonic() < until, f"the server took too long:\n{text}"
        time.sleep(0.1)
    return dict(line.split(": ", 1) for line in text.splitlines() if ": http" in line)
