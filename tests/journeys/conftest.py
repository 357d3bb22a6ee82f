"""A real server with the invented partnership, and one real browser, for all journeys."""

from __future__ import annotations

import asyncio
import csv
import socket
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.journeys.visitor import DESKTOP, Visitor
from voice.languages import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
VOICE = (sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())")
LOCALES = {code: language.locale.replace("_Guru", "").replace("_", "-") for code, language in LANGUAGES.items()}
SECONDS_TO_START = 60
PATIENCE_MS = 30_000
"""How long a page or a sentence may take to come while another browser and server are busy beside this one."""

expect.set_options(timeout=PATIENCE_MS)

Visit = Callable[..., Awaitable[Visitor]]


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
        done = subprocess.run(
            [*VOICE, *arguments, "--data", str(self.data)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        return done.stdout

    def answers(self) -> list[dict[str, str]]:
        """Every answer that was sent, as ``voice export`` writes it."""
        out = self.data.parent / "answers.csv"
        self.voice("export", "answers", "--out", str(out))
        with out.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("journeys")
    printed = folder / "printed.txt"
    port = _free_port()
    with printed.open("w") as out:
        running = subprocess.Popen(
            [*VOICE, "demo", "--port", str(port), "--data", str(folder / "data")], cwd=ROOT, stdout=out, stderr=out
        )
    try:
        yield Server(f"http://127.0.0.1:{port}", folder / "data", _links(running, printed))
    finally:
        running.terminate()
        running.wait(timeout=20)


def _links(running: subprocess.Popen[bytes], printed: Path) -> dict[str, str]:
    until = time.monotonic() + SECONDS_TO_START
    while "Stop it with" not in (text := printed.read_text()):
        assert running.poll() is None, f"the server did not start:\n{text}"
        assert time.monotonic() < until, f"the server took too long:\n{text}"
        time.sleep(0.1)
    return dict(line.split(": ", 1) for line in text.splitlines() if ": http" in line)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        opened = await playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                # Whatever a page asks for elsewhere is not found, and the visitor complains of it.
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
            ],
        )
        yield opened
        await opened.close()


@pytest.fixture
async def visit(browser: Browser, server: Server) -> AsyncIterator[Visit]:
    """Makes visitors, each with a browser profile of their own, and listens to their complaints at the end."""
    visitors: list[Visitor] = []

    async def come(
        language: str = "en", size: tuple[int, int] = DESKTOP, *, scripts: bool = True, **options: Any
    ) -> Visitor:
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=LOCALES[language],
            java_script_enabled=scripts,
            reduced_motion="reduce",
            **options,
        )
        context.set_default_timeout(PATIENCE_MS)
        visitors.append(Visitor(context, await context.new_page(), server.address, language))
        return visitors[-1]

    yield come
    for visitor in visitors:
        await visitor.context.close()
    assert [complaint for visitor in visitors for complaint in visitor.complaints] == []


@pytest.fixture
async def colleague(visit: Visit, server: Server) -> Callable[..., Awaitable[Visitor]]:
    """Makes visitors who are signed in: the command line makes a one-time link, and they open it."""

    async def come(role: str, language: str = "en", **options: Any) -> Visitor:
        printed = await asyncio.to_thread(server.voice, "user", "add", f"{role}@journeys.example", "--role", role)
        link = "/sign-in/once/" + printed.strip().rpartition("/")[2]
        visitor = await visit(language, **options)
        return await visitor.open(f"{link}?lang={language}")

    return come
