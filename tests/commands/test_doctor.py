"""`voice doctor` finds what is wrong, names it, and says what to do; and finds nothing where nothing is wrong."""

from __future__ import annotations

import asyncio
import datetime as dt
import http.server
import json
import os
import threading
import uuid
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from aiosmtpd.controller import Controller  # type: ignore[import-untyped]

from surveys.tables import Survey
from tests.commands.voice_command import free_port
from tests.storage import populated
from voice.commands import main
from voice.commands.doctor import look_at_all
from voice.doctor.finding import Finding
from voice.people.roles import Role
from voice.people.signing_in import add_member
from voice.safeguarding.agreement import Agreement, agree
from voice.settings import Settings
from voice.storage import Store, open_store
from voice.storage.files import FileFolder
from voice.storage.secret import SECRET, read_secret
from voice.storage.sqlite import DATABASE


def found(settings: Settings, *, now: dt.datetime | None = None, issuer: str = "") -> list[Finding]:
    return asyncio.run(look_at_all(settings, now=now or dt.datetime.now(dt.UTC), issuer=issuer))


def wrong(settings: Settings, **more: object) -> str:
    """The one thing that is wrong."""
    (only,) = [each.text for each in found(settings, **more) if each.level == "wrong"]  # type: ignore[arg-type]
    return only


def opened(settings: Settings, work: Callable[[Store], Awaitable[object]]) -> None:
    async def for_a_while() -> None:
        store = await open_store(settings)
        await work(store)
        await store.close()

    asyncio.run(for_a_while())


def fill(settings: Settings, *names: str) -> None:
    """Puts rows into these tables."""

    async def work(store: Store) -> None:
        tables = [table for table in await populated.tables(store) if table.name in names]
        assert {*await populated.fill(store, tables)} == {*names}

    opened(settings, work)


@pytest.fixture
def well(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """An installation on SQLite with nothing wrong."""
    settings = Settings(data=tmp_path / "data")
    request.getfixturevalue("beginnings").put_sqlite("begun", settings.data)
    read_secret(settings.data)

    async def somebody_looks_at_worries() -> None:
        lead = await add_member("safeguarding@council.gov.uk", Role.SAFEGUARDING)
        await agree(Agreement(lead=lead), by=lead, today=dt.date(2026, 11, 1))

    opened(settings, lambda store: store.write(somebody_looks_at_worries))
    assert {each.level for each in found(settings)} == {"ok"}
    return settings


class TestTheDatabase:
    def test_it_finds_one_that_is_newer(self, well: Settings) -> None:
        newer = "INSERT INTO applied_migration VALUES ('voice.migrations.m9999_new')"
        opened(well, lambda store: store.write(lambda: Survey.raw(newer)))
        assert "newer than this version (voice.migrations.m9999_new). Run the version that made it" in wrong(well)

    def test_it_finds_a_damaged_page(self, well: Settings) -> None:
        with (well.data / DATABASE).open("r+b") as file:
            for page in range(10, (well.data / DATABASE).stat().st_size // 4096):
                file.seek(page * 4096)
                file.write(b"\xa5" * 512)
        assert "damaged" in wrong(well)
        assert "from the last backup with `voice restore`" in wrong(well)

    def test_it_finds_one_that_is_no_database(self, well: Settings) -> None:
        (well.data / DATABASE).write_bytes(b"no database " * 1000)
        assert "from the last backup with `voice restore`" in wrong(well)

    def test_it_finds_one_that_cannot_be_written(self, well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        """An administrator may write everything, so SQLite is told to open it as it would for others."""
        import voice.doctor.database as looking

        connect = looking.sqlite3.connect
        monkeypatch.setattr(
            looking.sqlite3, "connect", lambda path, **more: connect(f"file:{path}?mode=ro", uri=True, **more)
        )
        told = [each.text for each in looking._of_file(well.data / DATABASE)]
        assert len(told) == 1
        assert "cannot be written (attempt to write a readonly database), so no answer is stored. Give" in told[0]

    def test_it_finds_that_postgres_is_away(self, well: Settings) -> None:
        away = msgspec.structs.replace(well, database_url=f"postgresql://nobody@127.0.0.1:{free_port()}/nothing")
        assert "PostgreSQL cannot be reached" in wrong(away)
        assert "Check that PostgreSQL runs, and VOICE_DATABASE_URL" in wrong(away)

    def test_it_finds_a_clock_that_is_behind(self, well: Settings) -> None:
        a_year_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=365)
        assert "clock: it shows" in wrong(well, now=a_year_ago)
        assert "follow a time server" in wrong(well, now=a_year_ago)


class TestTheSecret:
    def test_it_finds_that_it_is_missing_while_something_is_sealed(self, well: Settings) -> None:
        (well.data / SECRET).unlink()
        assert not any("missing" in each.text for each in found(well)), "nothing is sealed yet"
        fill(well, "session", "session_thanks")
        assert "without it nobody can read what is sealed" in wrong(well)

    @pytest.mark.parametrize("kept", [("survey", "survey_version", "survey_round", "submission"), ("audit_entry",)])
    def test_it_is_missed_where_ids_and_marks_were_made_with_it(self, well: Settings, kept: tuple[str, ...]) -> None:
        (well.data / SECRET).unlink()
        fill(well, *kept)
        assert "without it nobody can read what is sealed, nor check the record" in wrong(well)
        assert not (well.data / SECRET).exists(), "nobody makes another to look at the record with"

    def test_the_server_does_not_start_with_another(
        self, well: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("VOICE_DATABASE_URL", raising=False)
        (well.data / SECRET).unlink()
        fill(well, "session", "session_thanks")
        assert main(["run", "--data", str(well.data)]) == 2
        assert "secret.key is missing" in capsys.readouterr().err
        assert not (well.data / SECRET).exists()

    @pytest.mark.parametrize("verb", [["run"], ["wishes", "--out", "wishes.csv"]])
    def test_nothing_works_with_an_empty_one(
        self, well: Settings, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, verb: list[str]
    ) -> None:
        monkeypatch.delenv("VOICE_DATABASE_URL", raising=False)
        (well.data / SECRET).write_bytes(b"")
        assert main([*verb, "--data", str(well.data)]) == 2
        assert "secret.key is damaged (0 bytes in place of 32)" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("spoil", "sentence"),
        [
            (lambda path: path.chmod(0o644), "others on this machine can read"),
            (lambda path: path.write_bytes(b"short"), "5 bytes in place of 32"),
            (lambda path: os.chown(path, 12345, -1), "belongs to another account"),
        ],
    )
    def test_it_finds_one_that_is_not_as_it_should_be(
        self, well: Settings, spoil: Callable[[Path], None], sentence: str
    ) -> None:
        if "account" in sentence and os.geteuid():
            pytest.skip("only an administrator can give a file away")
        spoil(well.data / SECRET)
        assert sentence in wrong(well)


class TestWhoMayRead:
    @pytest.mark.parametrize("name", [".", DATABASE, f"{DATABASE}.old"])
    def test_it_finds_what_others_on_the_machine_may_look_into(self, well: Settings, name: str) -> None:
        (well.data / name).touch(0o600)
        (well.data / name).chmod(0o744)
        told = wrong(well)
        assert f"others on this machine may look into {well.data / name}. Run `chmod -R go= {well.data}`" in told


class TestFilesAndBackups:
    def test_it_finds_a_file_that_is_missing(self, well: Settings) -> None:
        fill(well, "session", "session_card")
        assert f"files: 2 that answers name are missing under {well.data / 'files'}, such as " in wrong(well)

    def test_it_finds_a_file_that_nothing_names(self, well: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("voice.storage.files.AN_HOUR", -10)
        for folder in ("answers", "rooms"):
            files = FileFolder(well.data, folder)
            arrived = files.place_to_arrive()
            arrived.write_bytes(b"sound")
            files.keep(arrived, uuid.uuid4())
        told = found(well)
        assert [each.text for each in told if each.level == "look" and "files: 2 that nothing names" in each.text]

    def test_it_finds_that_no_backup_was_made_for_long(self, well: Settings, tmp_path: Path) -> None:
        assert main(["backup", "--data", str(well.data), "--out", str(tmp_path / "backup")]) == 0
        later = dt.datetime.now(dt.UTC) + dt.timedelta(days=9)
        assert [each.text for each in found(well) if each.text.startswith("backup: the last one was made on")]
        assert [each.text for each in found(well, now=later) if each.level == "look"] == [
            "backup: the last one is 9 days old. Make one with `voice backup --out FILE`"
        ]


class TestReaching:
    def test_it_finds_an_address_without_https(self, well: Settings) -> None:
        assert "is not https" in wrong(msgspec.structs.replace(well, base_url="http://voices.example.org"))
        assert found(msgspec.structs.replace(well, base_url="https://voices.example.org"))[0].level == "ok"

    def test_it_finds_that_one_factor_is_enough(self, well: Settings) -> None:
        safe = msgspec.structs.replace(well, base_url="https://voices.example.org")
        (said,) = [each for each in found(safe) if each.level != "ok"]
        assert "VOICE_SECOND_FACTOR=required" in said.text
        assert {each.level for each in found(msgspec.structs.replace(safe, second_factor="required"))} == {"ok"}

    def test_it_finds_a_mail_server_that_is_away(self, well: Settings) -> None:
        away = msgspec.structs.replace(well, smtp_url=f"smtp://127.0.0.1:{free_port()}")
        assert "mail: the server at 127.0.0.1 cannot be reached" in wrong(away)
        server = Controller(object(), hostname="127.0.0.1", port=free_port())
        server.start()
        try:
            there = msgspec.structs.replace(well, smtp_url=f"smtp://127.0.0.1:{server.port}")
            assert {each.level for each in found(there)} == {"ok"}
        finally:
            server.stop()

    def test_it_finds_a_provider_of_sign_in_that_is_away_or_another(self, well: Settings, provider: str) -> None:
        assert {each.level for each in found(well, issuer=provider)} == {"ok"}
        assert "names another issuer" in wrong(well, issuer=provider.replace("127.0.0.1", "localhost"))
        assert "cannot be read" in wrong(well, issuer=f"http://127.0.0.1:{free_port()}")


@pytest.fixture
def provider() -> Iterator[str]:
    class Says(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps({"issuer": f"http://127.0.0.1:{server.server_port}"}).encode())

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Says)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()
