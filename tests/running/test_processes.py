"""The product served by several processes on PostgreSQL, as it is deployed: what one does, all know; new ones take over
while families answer; and its log says nothing about anybody."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import uuid
from collections.abc import Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from surveys import identity
from tests.attack.sizes import size
from tests.commands.voice_command import PATIENCE_SECONDS, ROOT, environment, free_port
from tests.running.test_supervisor import until

FAMILIES_AT_ONCE = size(short=2, full=16)
TAKE_OVERS = size(short=1, full=20)

TOKEN = "a-token-for-figures-0123456789abcdef"
SAID = "Zanzibar-seeded-words"
AGENT = "Seeded-Agent/9"
ADDRESS = "203.0.113.77"
PERSON = "seeded.person@example.org"


class Served:
    def __init__(self, folder: Path, database: str) -> None:
        self.database = database
        self.log_file = folder / "log"
        self.port = free_port()
        with self.log_file.open("w") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "voice", "run", "--processes", "2", "--port", str(self.port)],
                cwd=ROOT,
                env=environment(
                    database,
                    PYTHONPATH=str(ROOT),
                    VOICE_DATA=str(folder / "data"),
                    VOICE_LOG="json",
                    VOICE_METRICS_TOKEN=TOKEN,
                    VOICE_TRUSTED_PROXY="127.0.0.1",
                ),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self.process.stdout is not None
        self.links = {}
        for line in self.process.stdout:
            name, _, link = line.strip().partition(": ")
            self.links[name] = link.partition(f":{self.port}")[2]
            if line.startswith("Stop it"):
                break

    def browser(self) -> httpx.Client:
        """Somebody who comes anew for every page, and so to any process."""
        return httpx.Client(
            base_url=f"http://127.0.0.1:{self.port}",
            headers={"connection": "close", "user-agent": AGENT, "x-forwarded-for": ADDRESS},
            trust_env=False,
            timeout=PATIENCE_SECONDS,
        )

    @property
    def log(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log_file.read_text().splitlines()]

    @property
    def begun(self) -> list[int]:
        said = (str(line["says"]) for line in self.log)
        return [int(found[1]) for each in said if (found := re.fullmatch(r"process (\d+) begins", each))]

    @contextlib.contextmanager
    def only(self, process: int) -> Iterator[None]:
        """Every page comes from this process, while the other one stands still."""
        others = [each for each in self.begun[-2:] if each != process]
        for each in others:
            os.kill(each, signal.SIGSTOP)
        try:
            yield
        finally:
            for each in others:
                os.kill(each, signal.SIGCONT)

    async def sql(self, statement: str) -> list[asyncpg.Record]:
        connection = await asyncpg.connect(self.database)
        try:
            return list(await connection.fetch(statement))
        finally:
            await connection.close()

    def run_sql(self, *statements: str) -> list[asyncpg.Record]:
        found: list[asyncpg.Record] = []
        for each in statements:
            found = asyncio.run(self.sql(each))
        return found


@pytest.fixture(scope="module")
def served(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    name = f"test_{uuid.uuid4().hex}"
    there = Served.__new__(Served)
    there.database = postgres_server
    there.run_sql(f'CREATE DATABASE "{name}"')
    running = Served(tmp_path_factory.mktemp("served"), postgres_server.replace("/postgres?", f"/{name}?"))
    try:
        yield running
    finally:
        running.process.terminate()
        running.process.communicate(timeout=PATIENCE_SECONDS)
        there.run_sql(f'DROP DATABASE "{name}" WITH (FORCE)')


def form_of(page: httpx.Response) -> dict[str, str]:
    tree = LexborHTMLParser(page.text)
    return {
        field.attributes["name"] or "": field.attributes.get("value") or ""
        for field in tree.css("main form input[name]")
        if field.attributes.get("type") != "checkbox"
    }


def led(served: Served) -> str:
    with served.browser() as browser:
        figures = browser.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    return next((line for line in figures.splitlines() if line.startswith("voice_jobs_led ")), "")


def answers(browser: httpx.Client, link: str, number: int) -> str:
    """A family that answers, each page at the first try. Returns the key of its answers."""
    key = identity.new_key()
    for path, fields in (
        (link, {"key": key, "language": "en"}),
        (f"{link}/{key}/q/kept_up_to_date", {"answer": "mostly", "go": "continue"}),
        (f"{link}/{key}/q/went_well", {"text": f"{SAID} {number}", "go": "continue"}),
        (f"{link}/{key}/check", {}),
    ):
        assert browser.post(path, data=fields).status_code == 303
    return key


class TestProcessesThatServeTogether:
    def test_a_session_of_one_is_a_session_of_all_and_so_is_what_was_changed(self, served: Served) -> None:
        one, other = served.begun
        with served.browser() as browser:
            with served.only(one):
                browser.get(served.links["administrator"], follow_redirects=True).raise_for_status()
            with served.only(other):
                form = form_of(browser.get("/manage/partnership").raise_for_status())
                form |= {"name": "Northshire Together", "help_phone": "01234 567890"}
                browser.post("/manage/partnership", data=form).raise_for_status()
            with served.only(one):
                until(lambda: "Northshire Together" in browser.get("/").text)

    def test_one_does_the_jobs(self, served: Served) -> None:
        assert led(served) == "voice_jobs_led 1.0"

    def test_figures_are_for_whoever_has_the_token(self, served: Served) -> None:
        with served.browser() as browser:
            for given in ("", TOKEN, f"Bearer {TOKEN}x", "Bearer ü"):
                assert browser.get("/metrics", headers={"authorization": given.encode()}).status_code == 404

    def test_new_ones_take_over_while_families_answer(self, served: Served) -> None:
        before, enough, keys, failed = list(served.begun), threading.Event(), [], []

        def family() -> None:
            with served.browser() as browser:
                while not enough.is_set():
                    try:
                        keys.append(answers(browser, served.links["parent"], len(keys)))
                    except (httpx.HTTPError, AssertionError) as problem:
                        failed.append(repr(problem))
                    enough.wait(0.5)

        town = [threading.Thread(target=family) for _ in range(FAMILIES_AT_ONCE)]
        for each in town:
            each.start()
        try:
            for turn in range(TAKE_OVERS):
                served.process.send_signal(signal.SIGHUP)
                taken_over = turn + 1
                until(lambda n=taken_over: sum(e["says"] == "new processes have taken over" for e in served.log) == n)
        finally:
            then = len(keys)
            until(lambda: len(keys) >= then + FAMILIES_AT_ONCE or bool(failed))
            enough.set()
            for each in town:
                each.join()
        assert failed == []
        assert not set(before) & set(served.begun[-2:])
        assert served.run_sql('SELECT COUNT(*) AS n FROM "submission"')[0]["n"] == len(keys)
        until(lambda: led(served) == "voice_jobs_led 1.0")

    def test_the_log_says_nothing_about_anybody_even_of_problems_that_do(self, served: Served) -> None:
        with served.browser() as browser:
            key = answers(browser, served.links["parent"], 0)
            page = browser.get("/sign-in")
            browser.post("/sign-in", data={**form_of(page), "email": PERSON, "password": SAID})
            served.run_sql(
                'CREATE FUNCTION "tell_tales"() RETURNS trigger LANGUAGE plpgsql AS '
                "$$ BEGIN RAISE EXCEPTION 'it says %', row_to_json(NEW); END $$",
                'CREATE TRIGGER "tells_tales" BEFORE INSERT OR UPDATE ON "draft" '
                'FOR EACH ROW EXECUTE FUNCTION "tell_tales"()',
            )
            another = identity.new_key()
            told = browser.post(served.links["parent"], data={"key": another, "language": "en"})
            served.run_sql('DROP TRIGGER "tells_tales" ON "draft"')
            browser.get(f"/no-such-page/{SAID}")
            figures = browser.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
        assert told.status_code == 500
        problems = [line for line in served.log if line["level"] == "error"]
        assert any(line["problem"] == ["RaiseError"] and line["at"] for line in problems)
        written = served.log_file.read_text() + figures
        secrets = (SAID, AGENT, ADDRESS, PERSON, key, another, served.links["parent"].removeprefix("/s/"), TOKEN)
        assert [each for each in secrets if each in written] == []
        assert "it says" not in written
        assert "/s/" not in figures, "a graph could show when somebody sent a form"
        assert 'pages="/manage/partnership"' in figures
