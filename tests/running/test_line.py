"""What processes tell each other, and which of them does the jobs."""

from __future__ import annotations

import asyncio
import datetime as dt
import uuid
from collections.abc import AsyncIterator, Callable

import asyncpg  # type: ignore[import-untyped]
import pytest

from surveys.tables import SurveyRound
from tests.pages import CheckingClient
from voice.capture.sessions.tables import Session
from voice.people.partnership import PartnershipInfo, set_partnership
from voice.running.line import EVERYTHING, FileLine, Line, PostgresLine
from voice.settings import Settings
from voice.storage import Store

PATIENCE_SECONDS = 120
ONLY_POSTGRES = pytest.mark.parametrize("database", ["postgres"], indirect=True)


def opened_on(settings: Settings) -> Line:
    if settings.database_url:
        return PostgresLine(settings.database_url, round_seconds=0.05)
    settings.data.mkdir(parents=True, exist_ok=True)
    return FileLine(settings.data, round_seconds=0.05)


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not holds():  # noqa: ASYNC110 - it is in another process, or another connection
            await asyncio.sleep(0.01)


@pytest.fixture
async def lines(settings: Settings) -> AsyncIterator[list[tuple[Line, list[str]]]]:
    """Two processes' lines, each with what it heard. The first was there before the second."""
    made: list[tuple[Line, list[str]]] = []
    for _ in range(2):
        heard: list[str] = []
        line = opened_on(settings)
        await line.open(heard.append)
        made.append((line, heard))
    yield made
    for line, _ in made:
        await line.close()


class TestLeading:
    async def test_one_leads_and_the_other_when_it_has_left(self, lines: list[tuple[Line, list[str]]]) -> None:
        (one, _), (other, _) = lines
        assert one.leading.is_set()
        assert other.not_leading.is_set()
        await one.close()
        assert one.not_leading.is_set()
        await until(other.leading.is_set)

    @ONLY_POSTGRES
    async def test_whoever_is_cut_off_stops_and_one_leads_again(
        self, lines: list[tuple[Line, list[str]]], settings: Settings
    ) -> None:
        (one, heard), (other, _) = lines
        stopped = asyncio.create_task(one.not_leading.wait())
        await _cut_off_whoever_leads(settings)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await stopped
        await until(lambda: heard == [EVERYTHING])
        await until(lambda: one.leading.is_set() != other.leading.is_set())


async def _cut_off_whoever_leads(settings: Settings) -> None:
    connection = await asyncpg.connect(settings.database_url)
    await connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = "
        "(SELECT oid FROM pg_database WHERE datname = current_database())"
    )
    await connection.close()


@ONLY_POSTGRES
class TestTelling:
    async def test_the_others_hear_what_one_says(self, lines: list[tuple[Line, list[str]]]) -> None:
        (one, own), (_, heard) = lines
        for _ in range(3):
            one.say("voices new")
        await until(lambda: heard)
        assert set(heard) == {"voices new"}
        assert own == []

    async def test_all_hear_what_changed_when_it_is_kept_and_not_before(
        self, store: Store, lines: list[tuple[Line, list[str]]]
    ) -> None:
        heard = lines[1][1]
        session = uuid.uuid4()

        async def goes_wrong() -> None:
            await set_partnership(PartnershipInfo(name="Nobody"))
            raise RuntimeError

        async def a_room_goes_on() -> None:
            kinds = {"UUID": session, "DATE": dt.date(2026, 11, 18), "INTEGER": 1, "BOOLEAN": False}
            values = {each._meta.name: kinds.get(each.column_type, "") for each in Session._meta.columns}
            names, places = ", ".join(f'"{name}"' for name in values), ", ".join("{}" for _ in values)
            await Session.raw(f'INSERT INTO "session" ({names}) VALUES ({places})', *values.values())
            await Session.raw('UPDATE "session" SET "revision" = "revision" + 1 WHERE "id" = {}', session)

        with pytest.raises(RuntimeError):
            await store.write(goes_wrong)
        await store.write(a_room_goes_on)
        await until(lambda: heard)
        assert heard == [f"room {session} 2"], "what was not kept is not told"
        await store.write(lambda: set_partnership(PartnershipInfo(name="Somebody")))
        await store.write(lambda: SurveyRound.raw('DELETE FROM "survey_round"'))
        await until(lambda: heard[1:] == ["partnership", "rounds"])


@ONLY_POSTGRES
class TestOneProcessAmongOthers:
    def test_its_pages_say_what_another_program_has_changed(self, client: CheckingClient) -> None:
        async def changed() -> None:
            connection = await asyncpg.connect(client.settings.database_url)
            await connection.execute('DELETE FROM "partnership"')
            await connection.execute(
                'INSERT INTO "partnership" VALUES ($1, $2, $3, $4, $5, FALSE)',
                *(uuid.uuid4(), "Elsewhere Together", "01234 567890", "", ""),
            )
            await connection.close()

        client.run(changed)
        client.run(lambda: until(lambda: client.parts.partnership.name == "Elsewhere Together"))
        assert "Elsewhere Together" in client.get("/").text

    def test_it_is_ready_while_the_database_answers_and_alive_when_it_does_not(self, client: CheckingClient) -> None:
        assert client.client.get("/health/ready").json() == {"status": "ready"}

        async def shut_out() -> None:
            url = client.settings.database_url
            name = url.partition("?")[0].rpartition("/")[2]
            there = await asyncpg.connect(url.replace(f"/{name}?", "/postgres?"))
            await there.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
            await there.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", name)
            await there.close()

        client.run(shut_out)
        answer = client.client.get("/health/ready")
        assert (answer.status_code, answer.json()) == (503, {"status": "the database cannot be reached"})
        assert client.client.get("/health/live").json() == {"status": "live"}

    def test_there_are_no_figures_without_a_token(self, client: CheckingClient) -> None:
        assert client.client.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
