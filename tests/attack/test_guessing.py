"""Somebody guesses, from one address and from a thousand: passwords of an account, and codes that were written down.

No guess hits, the one whose account it is gets in on the device they know and by their mailbox, and others notice
nothing. The guesses of codes are spread over many addresses, as if the limits for one address were not there.
"""

from __future__ import annotations

import asyncio
import email
import email.policy
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvloop

from benchmarks.browser import Browser, Response, form_on
from benchmarks.serving import Server, free_port, start
from surveys import identity
from surveys.identity import CODE_LETTERS
from tests.attack.conftest import Tell, size
from voice.commands.with_store import with_store
from voice.people import passwords, signing_in
from voice.people.roles import Role
from voice.settings import Settings
from voice.storage import Store

PASSWORDS = size(short=40, full=1000)
"""Of one account. At full size that is as many as somebody could send in a minute."""
CODES = size(short=600, full=1_000_000)
AT_ONCE = 32
RIGHT = "seven brown horses swim"
OWNER, COLLEAGUE = "owner@council.gov.uk", "colleague@council.gov.uk"
SIGNED_IN = "/lead"


def anywhere(chance: random.Random) -> str:
    """An address of the kind that somebody with many machines has."""
    return f"2001:db8:{chance.randrange(1 << 16):x}:{chance.randrange(1 << 16):x}::1"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def server(data: Path) -> Iterator[Server]:
    async def add(store: Store) -> None:
        async def unit() -> None:
            for address in (OWNER, COLLEAGUE):
                member = await signing_in.add_member(address, Role.LEAD)
                await signing_in.set_password(member, passwords.hash_password(RIGHT))

        await store.write(unit)

    with_store(Settings(data=data), add)
    found = start(data, free_port(), variables={"VOICE_TRUSTED_PROXY": "127.0.0.1"})
    try:
        yield found
    finally:
        found.stop()


async def sign_in(browser: Browser, email: str, password: str) -> Response:
    page = await browser.get("/sign-in")
    fields = {**form_on(page.html).fields, "email": email, "password": password, "go": "password"}
    return await browser.post("/sign-in", fields)


class TestPasswords:
    def test_no_guess_hits_and_nobody_else_is_kept_out(self, server: Server, data: Path, tell: Tell) -> None:
        chance = random.Random(8)
        statuses: Counter[int] = Counter()

        async def guess() -> None:
            owner = Browser(server.port, comes_from="192.0.2.1")
            first = await sign_in(owner, OWNER, RIGHT)
            assert (first.status, first.location) == (303, SIGNED_IN)
            left = iter(range(PASSWORDS))

            async def attacker() -> None:
                for number in left:
                    browser = Browser(server.port, comes_from=anywhere(chance) if number % 2 else "198.51.100.7")
                    answer = await sign_in(browser, OWNER, f"seven brown horses {number}")
                    statuses[answer.status] += 1
                    browser.close()

            async with asyncio.TaskGroup() as together:
                for _ in range(8):
                    together.create_task(attacker())
                # Meanwhile a colleague signs in for the first time on their machine.
                colleague = Browser(server.port, comes_from="192.0.2.2")
                came_in = await sign_in(colleague, COLLEAGUE, RIGHT)
            assert (came_in.status, came_in.location) == (303, SIGNED_IN)

            again = await sign_in(owner, OWNER, RIGHT)
            assert (again.status, again.location) == (303, SIGNED_IN), "the owner, on the device they know"
            elsewhere = Browser(server.port, comes_from="192.0.2.3")
            page = await elsewhere.get("/sign-in")
            await elsewhere.post("/sign-in", {**form_on(page.html).fields, "email": OWNER, "go": "link"})
            letters: list[Path] = []
            for _ in range(200):  # it is sent after the answer
                if letters := list((data / "outbox").glob("*.eml")):
                    break
                await asyncio.sleep(0.05)
            newest = max(letters, key=lambda path: path.name)
            letter = email.message_from_bytes(newest.read_bytes(), policy=email.policy.default)
            found = re.search(r"(/sign-in/mail/\S+)", letter.get_content())
            assert found
            page = await elsewhere.get(found[1])
            entered = await elsewhere.post(found[1], form_on(page.html).fields)
            assert (entered.status, entered.location) == (303, SIGNED_IN), "the owner, by their mailbox"
            for browser in (owner, colleague, elsewhere):
                browser.close()

        uvloop.run(guess())
        tell(f"{PASSWORDS:,} guesses of one password", f"answers {dict(statuses)}, nobody got in, nobody was kept out")
        assert set(statuses) <= {422, 429}
        assert statuses.total() == PASSWORDS


class TestCodes:
    def test_no_guess_hits_and_families_answer_meanwhile(self, server: Server, tell: Tell) -> None:
        chance = random.Random(9)
        statuses: Counter[int] = Counter()
        families: Counter[int] = Counter()

        async def guess() -> None:
            left = iter(range(CODES))
            guessing = asyncio.Event()

            async def attacker() -> None:
                browser = Browser(server.port)
                for _ in left:
                    browser.comes_from = anywhere(chance)
                    answer = await browser.post("/continue", {"code": "".join(chance.choices(CODE_LETTERS, k=8))})
                    statuses[answer.status] += 1
                    guessing.set()
                browser.close()

            async def family(done: asyncio.Event) -> None:
                browser = Browser(server.port, comes_from="192.0.2.9")
                await guessing.wait()
                while not done.is_set():
                    key = identity.new_key()
                    place = f"{server.link}/{key}"
                    for path, fields in (
                        (server.link, {"key": key, "language": "en"}),
                        (f"{place}/q/kept_up_to_date", {"answer": "yes", "go": "continue"}),
                        (f"{place}/check", {}),
                    ):
                        families[(await browser.post(path, fields)).status] += 1
                browser.close()

            over = asyncio.Event()
            answering = asyncio.create_task(family(over))
            async with asyncio.TaskGroup() as together:
                for _ in range(AT_ONCE):
                    together.create_task(attacker())
            over.set()
            await answering

        uvloop.run(guess())
        tell(
            f"{CODES:,} guesses of a code from as many addresses",
            f"answers {dict(statuses)}, meanwhile families {dict(families)}",
        )
        assert statuses[303] == 0
        assert statuses[422] + statuses[429] == CODES
        assert set(families) == {303}
        assert families.total() > 0
