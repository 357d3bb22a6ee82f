"""How long ``voice run`` takes on a folder that is already in use."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from benchmarks.browser import Browser
from benchmarks.figures import Figure, at_most
from benchmarks.serving import free_port, serving, start

TIMES = 3


def figures(folder: Path) -> list[Figure]:
    """The slowest of some starts: until it prints where parents go, and until a parent has the first page."""
    data = folder / "data"
    with serving(data):
        pass
    said, shown = [], []
    for _ in range(TIMES):
        port, began = free_port(), time.perf_counter()
        server = start(data, port)
        try:
            said.append(time.perf_counter() - began)
            asyncio.run(_first_page(port, server.link))
            shown.append(time.perf_counter() - began)
        finally:
            server.stop()
    return [
        Figure(f"until the line parent:, slowest of {TIMES}", max(said), "s", at_most(3)),
        Figure(f"until the first page, slowest of {TIMES}", max(shown), "s", at_most(3)),
    ]


async def _first_page(port: int, link: str) -> None:
    browser = Browser(port)
    response = await browser.get(link)
    browser.close()
    if response.status != 200:
        raise AssertionError(f"the first page came with {response.status}")
