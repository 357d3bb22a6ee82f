"""The server is killed again and again while families answer: what it acknowledged is there, once and whole.

A killed process proves that nothing is stored by half and that trying again stores nothing twice. That a
commit is on disk when it is acknowledged, which only a loss of power would show, is for SQLite asserted by
the store when it opens (``synchronous = FULL``).
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
import uvloop

from benchmarks.browser import Browser, ConnectionLost, form_on
from benchmarks.serving import Server, export, free_port, start
from benchmarks.stored import Sent, read_export, wrong_with
from surveys import identity
from surveys.submissions import reference
from surveys.tables import Submission
from tests.attack.conftest import Tell
from tests.attack.sizes import FULL, size
from tests.conftest import database_on
from voice.commands.with_store import with_store
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import read_secret

FAMILIES = size(short=315, full=21_000)
LEFT_UNSENT = 21
"""One family in so many answers and does not send; the others are 300, or 20,000."""
AT_ONCE = 64
KILLS = size(short=2, full=50)
POSTS_A_FAMILY = 4


class Where(msgspec.Struct, frozen=True):
    """A database, and for SQLite the journal it keeps."""

    name: str
    server: bool = False
    journal: str = ""


PLACES = (
    Where("PostgreSQL", server=True),
    Where("SQLite, PERSIST", journal="PERSIST"),
    *((Where("SQLite, WAL", journal="WAL"),) if FULL else ()),
)
"""The journal that is not the one of this machine's SQLite is killed at full size alone."""


class Left(msgspec.Struct, frozen=True):
    """A draft whose answers were all acknowledged and which nobody sent."""

    key: str
    answers: Mapping[str, str]


class Town:
    """Families who answer at the same time, and a server that dies under them."""

    def __init__(self, settings: Settings, chance: random.Random) -> None:
        self._settings = settings
        self._variables = {"VOICE_SQLITE_JOURNAL": settings.sqlite_journal}
        self._chance = chance
        self._port = free_port()
        self._server: Server
        self._serving = asyncio.Event()
        self._posts = 0
        self._kill_at = sorted(chance.sample(range(AT_ONCE, (FAMILIES - AT_ONCE) * POSTS_A_FAMILY), KILLS))
        self._time_to_die = asyncio.Event()
        self.kills = 0
        self.unacknowledged = 0
        self.sent: list[Sent] = []
        self.left: list[Left] = []

    async def answer(self) -> list[str]:
        """Everybody answers. Returns what was wrong with the drafts that were left."""
        await self._start()
        killing = asyncio.create_task(self._kill())
        waiting = iter(range(FAMILIES))
        try:
            async with asyncio.TaskGroup() as town:
                for _ in range(AT_ONCE):
                    town.create_task(self._house(waiting))
            await killing
            return await self._wrong_with_drafts()
        finally:
            killing.cancel()
            self._server.stop()

    async def _start(self) -> None:
        self._server = await asyncio.to_thread(
            start, self._settings.data, self._port, self._settings.database_url, self._variables
        )
        self._serving.set()

    async def _kill(self) -> None:
        for _ in range(KILLS):
            await self._time_to_die.wait()
            # Some milliseconds more or less, so that it is not always the same moment after a request.
            await asyncio.sleep(self._chance.uniform(0, 0.02))
            self._serving.clear()
            self._server.kill()
            self.kills += 1
            self._kill_at.pop(0)
            self._time_to_die.clear()
            await self._start()

    async def _house(self, waiting: Any) -> None:
        for number in waiting:
            browser = Browser(self._port)
            try:
                await self._family(browser, number)
            finally:
                browser.close()

    async def _family(self, browser: Browser, number: int) -> None:
        key = identity.new_key()  # as the start page names one
        answers = {
            "kept_up_to_date": self._chance.choice(("yes", "mostly", "a_little", "no", "rather_not_say")),
            "went_well": f"Somebody rang us back on day {number}.",
        }
        await self._post(browser, self._server.link, {"key": key, "language": "en"})
        place = f"{self._server.link}/{key}"
        for concept, given in answers.items():
            name = "text" if concept == "went_well" else "answer"
            await self._post(browser, f"{place}/q/{concept}", {name: given, "go": "continue"})
        if number % LEFT_UNSENT == 0:
            self.left.append(Left(key, answers))
            return
        went_to = await self._post(browser, f"{place}/check", {})
        assert went_to.startswith(f"{place}/receipt")
        id = identity.submission_id(read_secret(self._settings.data), key)
        self.sent.append(Sent(reference(id), answers))

    async def _post(self, browser: Browser, path: str, fields: Mapping[str, str]) -> str:
        """Posts until it is acknowledged, always the same, as a browser that lost its connection does."""
        while True:
            await self._serving.wait()
            self._posts += 1
            if self._kill_at and self._posts >= self._kill_at[0]:
                self._time_to_die.set()
            try:
                response = await browser.post(path, fields)
            except ConnectionLost:
                self.unacknowledged += 1
                continue
            assert response.status == 303, f"{response.status} for {path}: {response.html.decode()[:2000]}"
            return response.location

    async def _wrong_with_drafts(self) -> list[str]:
        wrong = []
        browser = Browser(self._port)
        for draft in self.left:
            for concept, given in draft.answers.items():
                page = await browser.get(f"{self._server.link}/{draft.key}/q/{concept}")
                fields = form_on(page.html).fields
                shown = fields.get("text") or fields.get("answer")
                if shown != given:
                    wrong.append(f"a draft shows {shown!r} for {concept}, but {given!r} was given")
        browser.close()
        return wrong


def counted(settings: Settings) -> dict[str, int]:
    """Rows of each kind in the store, and those that belong to nothing."""
    counts = {
        "submissions": 'SELECT count(*) AS "n" FROM "submission"',
        "drafts": 'SELECT count(*) AS "n" FROM "draft"',
        "submissions without answers": (
            'SELECT count(*) AS "n" FROM "submission" WHERE "id" NOT IN (SELECT "submission" FROM "answer")'
        ),
        "answers without a submission": (
            'SELECT count(*) AS "n" FROM "answer" WHERE "submission" NOT IN (SELECT "id" FROM "submission")'
        ),
        "drafts that were sent": ('SELECT count(*) AS "n" FROM "draft" WHERE "id" IN (SELECT "id" FROM "submission")'),
    }

    async def count(store: Store) -> dict[str, int]:
        async def unit() -> dict[str, int]:
            return {name: (await Submission.raw(query))[0]["n"] for name, query in counts.items()}

        return await store.read(unit)

    return with_store(settings, count)


def faults_in_the_file(settings: Settings) -> list[Any]:
    """What SQLite itself finds wrong with its file; nothing for PostgreSQL."""

    async def check(store: Store) -> list[Any]:
        async def unit() -> list[Any]:
            found = await Submission.raw("PRAGMA integrity_check")
            return [row for row in found if row != {"integrity_check": "ok"}] + list(
                await Submission.raw("PRAGMA foreign_key_check")
            )

        return await store.read(unit) if store.dialect == "sqlite" else []

    return with_store(settings, check)


class TestAKilledServer:
    @pytest.fixture(params=PLACES, ids=lambda where: where.name)
    def where(self, request: pytest.FixtureRequest) -> Where:
        found: Where = request.param
        return found

    @pytest.fixture
    def database(self, request: pytest.FixtureRequest, where: Where) -> Iterator[str]:
        if not where.server:
            yield ""
            return
        with database_on(request.getfixturevalue("postgres_server"), "template1") as made:
            yield made

    def test_it_keeps_all_it_acknowledged_exactly_once(
        self, settings: Settings, tmp_path: Path, where: Where, tell: Tell
    ) -> None:
        settings = msgspec.structs.replace(settings, sqlite_journal=where.journal)
        seed = random.randrange(2**32)
        town = Town(settings, random.Random(seed))
        wrong_drafts = uvloop.run(town.answer())
        tell(
            f"kill -9 while families answer ({where.name})",
            f"{town.kills} kills, {len(town.sent)} submissions and {len(town.left)} drafts acknowledged, "
            f"{town.unacknowledged} requests tried again, seed {seed}",
        )
        exported = tmp_path / "answers.csv"
        export(settings.data, exported, settings.database_url)

        assert town.kills == KILLS
        assert town.unacknowledged > 0, "nobody was answering when the server died: this would prove nothing"
        assert wrong_drafts == []
        assert wrong_with(read_export(exported), town.sent, once=["went_well"]) == []
        assert counted(settings) == {
            "submissions": FAMILIES - FAMILIES // LEFT_UNSENT,
            "drafts": FAMILIES // LEFT_UNSENT,
            "submissions without answers": 0,
            "answers without a submission": 0,
            "drafts that were sent": 0,
        }
        assert faults_in_the_file(settings) == []
