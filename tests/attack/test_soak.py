"""Families and staff look at pages for an hour: no answer is a fault of ours, and the server does not grow."""

from __future__ import annotations

import asyncio
import itertools
import shutil
import time
from collections import Counter
from pathlib import Path

import uvloop

from benchmarks.browser import Browser
from benchmarks.serving import Server, free_port, start
from surveys import identity
from tests.attack.conftest import Tell
from tests.attack.sizes import FULL, size
from voice.clock import now
from voice.commands.with_store import with_store
from voice.people import signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.storage import Store

SECONDS = size(short=4, full=3600)
PAGES_A_SECOND = 200
AT_ONCE = 32
GROWTH = 0.10
PLACES = 5000
"""Addresses that they come from, so that the limits for one are not what is measured."""

FOR_FAMILIES = (
    "/",
    "/safe",
    "/you-said",
    "/what-happened",
    "/already-said",
    "/continue",
    "/sign-in",
    "/tell-us",
    "/my-views",
)
FOR_LEADS = ("/lead", "/lead/said", "/lead/themes", "/work/actions", "/lead/unheard", "/account")


class Looking:
    """Browsers that together ask for so many pages a second, whatever the server does."""

    def __init__(self, server: Server, sign_in: list[str]) -> None:
        self._server = server
        self._sign_in = iter(sign_in)
        self.answers: Counter[int] = Counter()
        self.memory: list[int] = []

    async def look(self) -> None:
        pages = self._pages()
        began = time.monotonic()
        numbers = itertools.count()
        async with asyncio.TaskGroup() as people:
            for _ in range(AT_ONCE):
                people.create_task(self._person(pages, numbers, began))
            people.create_task(self._weigh(began))

    async def _person(self, pages: itertools.cycle[str], numbers: itertools.count[int], began: float) -> None:
        browser = Browser(self._server.port)
        signed_in = await browser.get(next(self._sign_in))
        assert signed_in.status == 303
        place = f"{self._server.link}/{identity.new_key()}"
        await browser.post(self._server.link, {"key": place.rpartition("/")[2], "language": "en"})
        while (number := next(numbers)) < SECONDS * PAGES_A_SECOND:
            await asyncio.sleep(max(0.0, began + number / PAGES_A_SECOND - time.monotonic()))
            browser.comes_from = f"2001:db8:{number % PLACES:x}::1"
            if number % 10 == 0:
                answer = await browser.post(f"{place}/q/kept_up_to_date", {"answer": "yes", "go": "continue"})
            else:
                answer = await browser.get(next(pages))
            self.answers[answer.status] += 1
        browser.close()

    def _pages(self) -> itertools.cycle[str]:
        # A lead's page is a hundred times the work of a family's; one in fifty is more than a partnership has.
        families = (*FOR_FAMILIES, self._server.link) * 5
        return itertools.cycle([page for lead in FOR_LEADS for page in (lead, *families)])

    async def _weigh(self, began: float) -> None:
        """The memory in bytes at a sixth of the time, and at the end."""
        for at in (SECONDS / 6, SECONDS):
            await asyncio.sleep(max(0.0, began + at - time.monotonic()))
            self.memory.append(resident(self._server.pid))


def resident(process: int) -> int:
    """The memory that a process holds, in bytes."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) * 1024


class TestAnHour:
    def test_it_neither_fails_nor_grows(self, demonstration: Path, tmp_path: Path, tell: Tell) -> None:
        data = tmp_path / "data"
        shutil.copytree(demonstration, data)
        server = start(data, free_port(), variables={"VOICE_TRUSTED_PROXY": "127.0.0.1"})
        try:
            looking = Looking(server, links_for_leads(data))
            began = time.monotonic()
            uvloop.run(looking.look())
            took = time.monotonic() - began
        finally:
            server.stop()
        first, last = looking.memory
        tell(
            f"{PAGES_A_SECOND} pages a second for {SECONDS} s",
            f"{looking.answers.total() / took:.0f} a second, answers {dict(looking.answers)}, memory "
            f"{first / 1e6:.0f} → {last / 1e6:.0f} MB ({last / first - 1:+.1%})",
        )
        assert not [status for status in looking.answers if status >= 400]
        if FULL:
            assert last < first * (1 + GROWTH)


def links_for_leads(data: Path) -> list[str]:
    """The path of a sign-in link for each browser."""

    async def make(store: Store) -> list[str]:
        lead = next(each for each in await store.read(signing_in.members) if each.role is Role.LEAD)

        async def unit() -> list[str]:
            return [await signing_in.make_link(lead.id, now=now()) for _ in range(AT_ONCE)]

        return [f"/sign-in/once/{token}" for token in await store.write(unit)]

    return with_store(Settings(data=data), make)
