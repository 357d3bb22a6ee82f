"""What was acknowledged before a backup began comes back from it, on either database; what is not whole is refused."""

from __future__ import annotations

import asyncio
import datetime as dt
import errno
import stat
import subprocess
import sys
import tarfile
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]
import msgspec
import pytest

from surveys.tables import Survey
from tests.conftest import NOON
from tests.pages import CheckingClient
from tests.storage import populated
from tests.storage.full_disk import files_of_at_most
from voice.backups import erased, format, sealing, taking
from voice.backups.problems import BackupProblem
from voice.backups.restoring import restore
from voice.backups.schema import NOT_KEPT
from voice.backups.taking import WORK, last_backup, take
from voice.running.tidying import keep_tidy
from voice.settings import Settings
from voice.storage import Store, bind_tables, migrating, open_store
from voice.storage.files import FileFolder
from voice.storage.migrating import migrate, steps
from voice.storage.secret import SECRET, read_secret
from voice.storage.sqlite import DATABASE

PASSPHRASE = "battery staple – چابی"


@pytest.fixture(autouse=True)
def quick_to_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a passphrase costs is for those who guess it."""
    monkeypatch.setattr(sealing, "HARD", 2**4)


@pytest.fixture(params=["sqlite", "postgres"])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A machine on which nothing is yet, with a database of either kind."""
    if request.param == "sqlite":
        yield Settings(data=tmp_path / "elsewhere")
        return
    server: str = request.getfixturevalue("postgres_server")
    name = f"test_{uuid.uuid4().hex}"
    asyncio.run(on_the_server(server, f'CREATE DATABASE "{name}"'))
    yield Settings(data=tmp_path / "elsewhere", database_url=server.replace("/postgres?", f"/{name}?"))
    asyncio.run(on_the_server(server, f'DROP DATABASE "{name}" WITH (FORCE)'))


async def on_the_server(server: str, statement: str) -> None:
    connection = await asyncpg.connect(server)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Store]:
    store = await open_store(settings)
    try:
        yield store
    finally:
        await store.close()


async def all_sums(store: Store) -> dict[str, str]:
    kept = [table for table in await populated.tables(store) if table.name not in NOT_KEPT]
    return await populated.sums(store, kept)


def put_file(settings: Settings, content: bytes, kept: str = "answers") -> uuid.UUID:
    folder = FileFolder(settings.data, kept)
    arrived = folder.place_to_arrive()
    arrived.write_bytes(content)
    id = uuid.uuid4()
    folder.keep(arrived, id)
    return id


def is_empty(settings: Settings) -> bool:
    return not settings.data.exists() or [*settings.data.iterdir()] == []


class TestThereAndBack:
    async def test_every_row_file_and_secret_comes_back_on_either_database(
        self, store: Store, settings: Settings, elsewhere: Settings, tmp_path: Path
    ) -> None:
        settings.data.mkdir(exist_ok=True)
        filled = await populated.fill(store, await populated.tables(store))
        assert len(filled) > 90
        before, secret = await all_sums(store), read_secret(settings.data)
        files = {put_file(settings, bytes([n]) * 200_000, kept): n for n, kept in enumerate(("answers", "views"))}
        (settings.data / WORK).mkdir()
        (settings.data / WORK / "copy.sqlite").write_text("left by one that was killed")

        taken = await take(settings, tmp_path / "backup", now=NOON, passphrase=PASSPHRASE)
        assert (taken.files, last_backup(settings)) == (2, NOON)
        assert stat.S_IMODE((tmp_path / "backup").stat().st_mode) == 0o600
        assert [path.name for path in (settings.data / WORK).iterdir()] == ["lock"]

        restored = await restore(elsewhere, tmp_path / "backup", now=NOON, passphrase=PASSPHRASE)
        assert (restored.rows, restored.files, restored.updated) == (taken.rows, 2, 0)
        async with opened(elsewhere) as there:
            after = await all_sums(there)
            assert await migrating.missing(there) == []
            assert await there.read(lambda: Survey.raw("SELECT * FROM sign_in_session")) == []
        assert {name for name in before if before[name] != after[name]} == set()
        assert read_secret(elsewhere.data) == secret
        for id, n in files.items():
            path = next((elsewhere.data / "files").glob(f"*/??/{id}"))
            assert path.read_bytes() == bytes([n]) * 200_000
            assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_mtime) == (0o600, 0)
        bind_tables(store.engine)

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    async def test_an_older_one_is_brought_up_to_date(
        self, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        new = Settings(data=tmp_path / "new")
        with monkeypatch.context() as older:
            every = steps()
            older.setattr(migrating, "steps", lambda: every[:-9])
            async with opened(settings) as store:
                await migrate(store)
                await populated.fill(store, await populated.tables(store))
            settings.data.mkdir(exist_ok=True)
            await take(settings, tmp_path / "backup", now=NOON)
        restored = await restore(new, tmp_path / "backup", now=NOON)
        assert restored.updated == 9
        async with opened(new) as there:
            assert await migrating.missing(there) == []

    @pytest.mark.parametrize("database", ["sqlite"], indirect=True)
    async def test_messages_that_were_due_wait_for_a_person(
        self, store: Store, settings: Settings, tmp_path: Path
    ) -> None:
        settings.data.mkdir(exist_ok=True)
        await populated.fill(store, await populated.tables(store))
        await store.write(lambda: Survey.raw("UPDATE outgoing_message SET state = 'waiting'"))
        await take(settings, tmp_path / "backup", now=NOON)
        for now, held_back, state in (
            (NOON, populated.ROWS, "unknown"),
            (dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 0, "waiting"),  # none was due: none can have gone out
        ):
            new = Settings(data=tmp_path / state)
            assert (await restore(new, tmp_path / "backup", now=now)).held_back == held_back
            async with opened(new) as there:
                rows = await there.read(lambda: Survey.raw("SELECT DISTINCT state FROM outgoing_message"))
                assert [row["state"] for row in rows] == [state]
        bind_tables(store.engine)


class TestWhoWasErased:
    async def test_they_do_not_come_back_with_an_older_backup(
        self, store: Store, settings: Settings, tmp_path: Path
    ) -> None:
        settings.data.mkdir(exist_ok=True)
        await populated.fill(store, await populated.tables(store))
        await take(settings, tmp_path / "older", now=NOON)
        rows = await store.read(lambda: Survey.raw("SELECT id FROM submission ORDER BY id LIMIT 1"))
        gone = uuid.UUID(str(rows[0]["id"]))
        await store.write(lambda: erased.note("submission", [gone, gone], today=NOON.date()))
        await store.write(lambda: erased.note("submission", [gone], today=NOON.date()))
        await take(settings, tmp_path / "later", now=NOON)

        restored = await restore(
            Settings(data=tmp_path / "new"), tmp_path / "older", now=NOON, later=tmp_path / "later"
        )
        assert restored.erased == 1
        async with opened(Settings(data=tmp_path / "new")) as there:
            for table, left in (("submission", 2), ("answer", 2), ("answer_part", 2), ("submission", 2)):
                rows = await there.read(lambda table=table: Survey.raw(f'SELECT * FROM "{table}"'))  # type: ignore[misc]
                assert len(rows) == left, table
                assert not [row for row in rows if str(gone) in map(str, row.values())]
            assert [*await there.read(lambda: Survey.raw("PRAGMA foreign_key_check"))] == []
            # and not with a backup of this one either
        await take(Settings(data=tmp_path / "new"), tmp_path / "of the new", now=NOON)
        assert [each.kind for each in erased.known_later(tmp_path / "of the new", None).noted].count("submission") == 1
        bind_tables(store.engine)

    async def test_a_voice_goes_with_the_answer_it_was_made_of_and_all_that_was_made_of_it(
        self, source: Settings, tmp_path: Path
    ) -> None:
        async with opened(source) as store:
            await populated.fill(store, await populated.tables(store))
            answer = (await store.read(lambda: Survey.raw("SELECT id, submission FROM answer LIMIT 1")))[0]
            for table, column in (("voice", "id"), ("suggestion", "voice"), ("translated_text", "answer")):
                await store.write(
                    lambda table=table, column=column: Survey.raw(  # type: ignore[misc]
                        f'UPDATE "{table}" SET "{column}" = \'{answer["id"]}\' '
                        f'WHERE "{column}" = (SELECT MIN("{column}") FROM "{table}")'
                    )
                )
            await store.write(
                lambda: erased.note("submission", [uuid.UUID(str(answer["submission"]))], today=NOON.date())
            )
            assert await store.write(lambda: erased.erase_again([], "sqlite")) == 1
            for table in ("voice", "suggestion", "translated_text"):
                rows = await store.read(lambda table=table: Survey.raw(f'SELECT * FROM "{table}"'))  # type: ignore[misc]
                assert [len(rows), str(rows).count(str(answer["id"]))] == [populated.ROWS - 1, 0], table


class TestWhilePeopleWork:
    async def test_it_has_all_that_was_acknowledged_and_nothing_by_half(
        self, store: Store, settings: Settings, tmp_path: Path
    ) -> None:
        settings.data.mkdir(exist_ok=True)
        acknowledged: list[str] = []
        many, stop = asyncio.Event(), asyncio.Event()

        async def both(name: str) -> None:
            for half in ("left", "right"):
                await Survey.insert(Survey(id=uuid.uuid4(), slug=f"{name} {half}"))

        async def house(number: int) -> None:
            turn = 0
            while not stop.is_set():
                name = f"{number} {turn}"
                await store.write(lambda name=name: both(name))  # type: ignore[misc]
                acknowledged.append(name)
                if len(acknowledged) == 200:
                    many.set()
                turn += 1

        houses = [asyncio.create_task(house(number)) for number in range(8)]
        await many.wait()
        before = [*acknowledged]
        backup = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())"),
            *("backup", "--data", str(settings.data), "--out", str(tmp_path / "backup")),
            env={"VOICE_DATABASE_URL": settings.database_url, "PATH": "", "PYTHONPATH": ":".join(sys.path)},
            stdout=asyncio.subprocess.DEVNULL,
        )
        assert await backup.wait() == 0
        stop.set()
        await asyncio.gather(*houses)
        assert len(acknowledged) > len(before), "nobody answered meanwhile: this would prove nothing"

        await restore(Settings(data=tmp_path / "new"), tmp_path / "backup", now=NOON)
        async with opened(Settings(data=tmp_path / "new")) as there:
            rows = await there.read(lambda: Survey.raw("SELECT slug FROM survey"))
        found = {row["slug"] for row in rows}
        assert [name for name in before if f"{name} left" not in found] == []
        assert {slug.removesuffix(" left") for slug in found if slug.endswith("left")} == {
            slug.removesuffix(" right") for slug in found if slug.endswith("right")
        }
        bind_tables(store.engine)

    async def test_two_at_once_are_one(self, store: Store, settings: Settings, tmp_path: Path) -> None:
        settings.data.mkdir(exist_ok=True)
        done = await asyncio.gather(
            *(take(settings, tmp_path / name, now=NOON) for name in ("one", "two")), return_exceptions=True
        )
        (refused,) = [each for each in done if isinstance(each, BaseException)]
        assert isinstance(refused, BackupProblem)
        assert "Another backup" in str(refused)
        assert not (tmp_path / "one.part").exists() | (tmp_path / "two.part").exists()

    async def test_a_second_one_leaves_alone_what_the_first_has_written(self, source: Settings, tmp_path: Path) -> None:
        partly = tmp_path / "backup.part"
        async with taking._alone(source):
            partly.write_bytes(b"of the first")
            with pytest.raises(BackupProblem, match="Another backup"):
                await take(source, tmp_path / "backup", now=NOON)
        assert partly.read_bytes() == b"of the first"

    async def test_what_was_killed_leaves_no_copy_of_all_that_is_stored(self, client: CheckingClient) -> None:
        (work := client.settings.data / WORK).mkdir()
        (work / "lock").touch()
        (work / "copy.sqlite").write_bytes(b"every row, unsealed")
        with taking._locked(work):
            client.run(lambda: keep_tidy(client.parts))
            assert (work / "copy.sqlite").exists(), "a backup is being made"
        client.run(lambda: keep_tidy(client.parts))
        assert [path.name for path in work.iterdir()] == ["lock"]


@pytest.fixture
def source(request: pytest.FixtureRequest) -> Iterator[Settings]:
    """An installation on SQLite with some rows and a file."""
    data = request.getfixturevalue("tmp_path") / "source"
    request.getfixturevalue("beginnings").put_sqlite("begun", data)
    settings = Settings(data=data)
    put_file(settings, b"sound" * 50_000)
    read_secret(data)
    return settings


class TestAFileThatIsNotAsItWasWritten:
    @pytest.mark.parametrize("passphrase", [None, PASSPHRASE])
    async def test_wherever_it_was_cut_it_is_refused(
        self, source: Settings, tmp_path: Path, passphrase: str | None
    ) -> None:
        taken = await take(source, tmp_path / "whole", now=NOON, passphrase=passphrase)
        whole, new = (tmp_path / "whole").read_bytes(), Settings(data=tmp_path / "new")
        manifest = whole.rfind(b"manifest.json")
        end = manifest if passphrase is None else taken.bytes
        piece = sealing.PIECE + sealing.TAG
        for length in {*range(0, end, end // 13), 1, 512, 10_240, end - 1, len(sealing.MAGIC) + 32 + piece}:
            (tmp_path / "cut").write_bytes(whole[:length])
            with pytest.raises(BackupProblem):
                await restore(new, tmp_path / "cut", now=NOON, passphrase=passphrase)
            assert is_empty(new), length

    async def test_a_sealed_one_is_refused_for_any_byte(self, source: Settings, tmp_path: Path) -> None:
        taken = await take(source, tmp_path / "whole", now=NOON, passphrase=PASSPHRASE)
        whole = (tmp_path / "whole").read_bytes()
        for place in {*range(0, taken.bytes, taken.bytes // 40), taken.bytes - 1}:
            spoilt = bytearray(whole)
            spoilt[place] ^= 1
            (tmp_path / "spoilt").write_bytes(spoilt)
            with pytest.raises(BackupProblem):
                format.look_at(tmp_path / "spoilt", PASSPHRASE)

    async def test_pieces_that_changed_places_are_refused(self, source: Settings, tmp_path: Path) -> None:
        await take(source, tmp_path / "whole", now=NOON, passphrase=PASSPHRASE)
        whole = (tmp_path / "whole").read_bytes()
        head, piece = len(sealing.MAGIC) + sealing.SALT + sealing.CHECK, sealing.PIECE + sealing.TAG
        one, two, rest = (whole[head:][:piece], whole[head + piece :][:piece], whole[head + 2 * piece :])
        assert len(two) == piece
        for spoilt in (two + one + rest, one + rest, one + one + two + rest):
            (tmp_path / "spoilt").write_bytes(whole[:head] + spoilt)
            with pytest.raises(BackupProblem, match=r"damaged|too early"):
                format.look_at(tmp_path / "spoilt", PASSPHRASE)

    async def test_each_problem_has_a_sentence_of_its_own(self, source: Settings, tmp_path: Path) -> None:
        await take(source, tmp_path / "sealed", now=NOON, passphrase=PASSPHRASE)
        (tmp_path / "text").write_text("Dear all, please find attached " * 1000)
        (tmp_path / "cut").write_bytes((tmp_path / "sealed").read_bytes()[:-100_000])
        new = Settings(data=tmp_path / "new")
        for name, passphrase, sentence in (
            ("sealed", "another", "The passphrase is not the one"),
            ("sealed", None, "This backup is sealed"),
            ("cut", PASSPHRASE, "The file ends too early"),
            ("text", None, "This is no backup"),
            ("not there", None, "cannot be read: No such file"),
        ):
            with pytest.raises(BackupProblem, match=sentence):
                await restore(new, tmp_path / name, now=NOON, passphrase=passphrase)
            assert is_empty(new)

    async def test_one_from_a_newer_version_is_refused(
        self, source: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with opened(source) as store:
            await store.write(lambda: Survey.raw("INSERT INTO applied_migration VALUES ('voice.migrations.m9999_new')"))
        await take(source, tmp_path / "newer schema", now=NOON)
        with monkeypatch.context() as patch:
            patch.setattr("voice.backups.taking.FORMAT", 99)
            patch.setattr(format, "FORMAT", 99)
            await take(source, tmp_path / "newer format", now=NOON)
        for name in ("newer schema", "newer format"):
            with pytest.raises(BackupProblem, match="newer version of Golden Thread"):
                await restore(Settings(data=tmp_path / "new"), tmp_path / name, now=NOON)

    async def test_rows_that_were_changed_in_the_file_leave_the_machine_empty(
        self, source: Settings, tmp_path: Path, elsewhere: Settings
    ) -> None:
        """Somebody who changes rows can change the hashes of their parts too, but the sums then tell of it."""
        await take(source, tmp_path / "whole", now=NOON)
        with (
            tarfile.open(tmp_path / "whole") as whole,
            (tmp_path / "changed").open("wb") as out,
        ):
            writer = format.Writer(out)
            for member in whole.getmembers()[:-1]:
                file = whole.extractfile(member)
                assert file is not None
                if not member.name.startswith("rows/membership/"):
                    writer.put(member.name, file.read())
            manifest = whole.extractfile(format.MANIFEST)
            assert manifest is not None
            writer.finish(msgspec.json.decode(manifest.read(), type=format.Manifest).tables)
        with pytest.raises(BackupProblem, match="The table membership is not as it was"):
            await restore(elsewhere, tmp_path / "changed", now=NOON)
        assert is_empty(elsewhere)
        await restore(elsewhere, tmp_path / "whole", now=NOON)  # nothing was left that would be in the way


class TestAMachineThatIsNotEmpty:
    async def test_it_is_left_alone(self, source: Settings, tmp_path: Path, store: Store, settings: Settings) -> None:
        await take(source, tmp_path / "backup", now=NOON)
        before = await all_sums(store)
        with pytest.raises(BackupProblem, match="is not empty"):
            await restore(settings, tmp_path / "backup", now=NOON)
        bind_tables(store.engine)
        assert await all_sums(store) == before

    async def test_files_without_a_database_are_left_alone(self, source: Settings, tmp_path: Path) -> None:
        await take(source, tmp_path / "backup", now=NOON)
        new = Settings(data=tmp_path / "new")
        id = put_file(new, b"sound")
        with pytest.raises(BackupProblem, match=f"is not empty: there is files/answers/../{id}"):
            await restore(new, tmp_path / "backup", now=NOON)
        assert {*FileFolder(new.data).all()} == {id}

    @pytest.mark.parametrize("ending", ["-journal", "-wal"])
    async def test_a_journal_without_a_database_is_left_alone(
        self, source: Settings, tmp_path: Path, ending: str
    ) -> None:
        await take(source, tmp_path / "backup", now=NOON)
        new = Settings(data=tmp_path / "new")
        new.data.mkdir()
        journal = new.data / f"{DATABASE}{ending}"
        journal.write_bytes(b"pages of another database")
        with pytest.raises(BackupProblem, match=f"is not empty: there is {journal.name}"):
            await restore(new, tmp_path / "backup", now=NOON)
        assert [*new.data.iterdir()] == [journal]

    async def test_another_secret_is_left_alone(self, source: Settings, tmp_path: Path) -> None:
        await take(source, tmp_path / "backup", now=NOON)
        secret = read_secret(tmp_path / "new")
        with pytest.raises(BackupProblem, match="secret of another installation"):
            await restore(Settings(data=tmp_path / "new"), tmp_path / "backup", now=NOON)
        assert read_secret(tmp_path / "new") == secret
        assert len([*(tmp_path / "new").iterdir()]) == 1


class TestADiskWithoutRoom:
    def test_it_says_so_and_leaves_no_file(self, source: Settings, tmp_path: Path) -> None:
        put_file(source, b"film" * 1_000_000)
        told = subprocess.run(
            [
                *(sys.executable, "-c"),
                "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, -1));"
                "from voice.commands import main; sys.exit(main())",
                *("backup", "--data", str(source.data), "--out", str(tmp_path / "backup")),
            ],
            env={"PATH": "", "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert told.returncode == 2
        assert "no room left" in told.stderr
        assert [path.name for path in tmp_path.iterdir()] == ["source"]

    async def test_a_restore_says_so_and_leaves_the_machine_empty(self, source: Settings, tmp_path: Path) -> None:
        elsewhere = Settings(data=tmp_path / "elsewhere")
        put_file(source, b"film" * 1_000_000)
        await take(source, tmp_path / "backup", now=NOON)
        for room in (3_000_000, 200_000):
            with files_of_at_most(room), pytest.raises(BackupProblem, match=r"cannot be filled|cannot be used|stored"):
                await restore(elsewhere, tmp_path / "backup", now=NOON)
            assert is_empty(elsewhere)
        assert (await restore(elsewhere, tmp_path / "backup", now=NOON)).files == 2

    async def test_a_restore_that_ends_while_files_are_put_in_place_leaves_none_behind(
        self, source: Settings, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_file(source, b"film")
        await take(source, tmp_path / "backup", now=NOON)
        elsewhere = msgspec.structs.replace(settings, data=tmp_path / "elsewhere")
        replace = Path.replace

        def full(path: Path, target: Path) -> Path:
            if path.name == SECRET:
                raise OSError(errno.ENOSPC, "no room left")
            return replace(path, target)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", full)
            with pytest.raises(BackupProblem, match="no room left"):
                await restore(elsewhere, tmp_path / "backup", now=NOON)
        assert (await restore(elsewhere, tmp_path / "backup", now=NOON)).files == 2
