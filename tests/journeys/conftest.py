"""A real server with the invented partnership, and one real browser, for all journeys."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.journeys.serving import Server, running
from tests.journeys.visitor import DESKTOP, Visitor
from voice.languages import LANGUAGES

LOCALES = {code: language.locale.replace("_Guru", "").replace("_", "-") for code, language in LANGUAGES.items()}
PATIENCE_MS = 60_000
"""How long a page or a sentence may take to come while another browser and server are busy beside this one."""

expect.set_options(timeout=PATIENCE_MS)

Visit = Callable[..., Awaitable[Visitor]]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, demonstration: Path) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("journeys")
    shutil.copytree(demonstration, folder / "data")
    with running("demo", folder) as opened:
        yield opened


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
                "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1, EXCLUDE localhost",
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
