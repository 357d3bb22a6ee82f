"""`voice user`, `voice export`, `voice migrate` and `voice doctor`."""

from __future__ import annotations

import csv
import datetime as dt
import os
import re
import uuid
from collections.abc import Callable
from pathlib import Path

import pyotp
import pytest

from surveys.exporting import COLUMNS
from tests.evidence.families import families
from voice.commands import main, worker
from voice.commands.with_store import with_store
from voice.people import second_factor, sessions, signing_in
from voice.people.ways_in import Passkey
from voice.settings import Settings
from voice.storage import Store


@pytest.fixture
def data(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """The folder of an installation whose database is the one of this test."""
    monkeypatch.setenv("VOICE_DATABASE_URL", settings.database_url)
    monkeypatch.delenv("VOICE_SMTP_URL", raising=False)
    return str(settings.data)


class TestFilesThatAreMade:
    @pytest.mark.parametrize("begin", [main, worker.main])
    def test_they_are_for_their_owner_alone(self, begin: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("sys.argv", ["voice"])
        usual = os.umask(0o022)
        try:
            with pytest.raises(SystemExit):
                begin()
        finally:
            chosen = os.umask(usual)
        assert chosen == 0o077


@pytest.mark.usefixtures("migrated")
class TestUserAdd:
    def test_it_prints_a_link_that_signs_in(
        self, data: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["user", "add", "New@Example.org", "--role", "analyst", "--data", data]) == 0
        found = re.fullmatch(r"analyst: http://127\.0\.0\.1:8000/sign-in/once/(\S+)\n", capsys.readouterr().out)
        assert found

        async def who(store: Store) -> str:
            now = dt.datetime.now(dt.UTC)
            spent = await store.write(lambda: signing_in.spend_link(found[1], now=now, by_button=False))
            return next(
                f"{each.email} {each.role}" for each in await store.read(signing_in.members) if each.id == spent
            )

        assert with_store(settings, who) == "new@example.org analyst"

    def test_it_says_what_is_no_address_or_no_role(self, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["user", "add", "nobody", "--role", "lead", "--data", data]) == 2
        assert capsys.readouterr().err == "voice user: 'nobody' is not an e-mail address.\n"
        with pytest.raises(SystemExit) as left:
            main(["user", "add", "a@example.org", "--role", "queen", "--data", data])
        assert left.value.code == 2


@pytest.mark.usefixtures("migrated")
class TestUserReset:
    def test_it_lets_somebody_in_who_lost_their_second_step(
        self, data: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        now = dt.datetime.now(dt.UTC)
        main(["user", "add", "new@example.org", "--role", "analyst", "--data", data])
        secret = b"s" * 32

        async def set_up(store: Store) -> str:
            async def unit() -> str:
                member = await signing_in.member_by_email("new@example.org")
                assert member
                session = await signing_in.begin_session(member.id, now=now)
                key = second_factor.key_for(secret, member.id, now)
                await second_factor.set_up(member.id, key, pyotp.TOTP(key).at(now), secret=secret, now=now)
                lost = {"credential_id": "lost", "public_key": "", "times_used": 0, "transports": "", "copied": False}
                await Passkey.insert(
                    Passkey(id=uuid.uuid4(), member=member.id, name="lost phone", added_on=now.date(), **lost)
                )
                return session

            return await store.write(unit)

        session = with_store(settings, set_up)
        capsys.readouterr()
        assert main(["user", "reset", "New@example.org", "--data", data]) == 0
        found = re.fullmatch(
            r"New@example\.org: http://127\.0\.0\.1:8000/sign-in/once/(\S+)\n", capsys.readouterr().out
        )
        assert found

        async def after(store: Store) -> tuple[object, object]:
            assert not await store.read(lambda: Passkey.exists())
            spent = await store.write(lambda: signing_in.spend_link(found[1], now=now, by_button=False))
            assert spent
            begun = await store.write(lambda: signing_in.begin_session(spent, now=now))
            return await store.read(lambda: sessions.who(session, now=now)), await store.read(
                lambda: sessions.who(begun, now=now)
            )

        before, begun = with_store(settings, after)
        assert before is None
        assert begun is not None

    def test_it_says_when_there_is_nobody_of_that_name(self, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["user", "reset", "nobody@example.org", "--data", data]) == 2
        assert "may sign in here" in capsys.readouterr().err


@pytest.mark.usefixtures("migrated")
class TestExport:
    def export(self, data: str, out: Path) -> list[dict[str, str]]:
        assert main(["export", "answers", "--data", data, "--out", str(out)]) == 0
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
            assert tuple(rows[0] if rows else COLUMNS) == COLUMNS
            return rows

    def test_it_writes_one_answer_a_row(self, data: str, settings: Settings, tmp_path: Path) -> None:
        async def work(store: Store) -> None:
            await store.write(lambda: families(2, felt_listened_to="yes", went_well="Dobrze,\n„tak”", language="pl"))

        with_store(settings, work)
        rows = self.export(data, tmp_path / "out.csv")
        assert len(rows) == 4
        assert len({row["submission"] for row in rows}) == 2
        said = [{name: row[name] for name in COLUMNS if name != "submission"} for row in rows if row["text"]]
        assert (
            said
            == [
                {
                    "survey": "post-ehcp",
                    "version": "1",
                    "round": "2026-autumn",
                    "concept": "went_well",
                    "code": "",
                    "text": "Dobrze,\n„tak”",
                    "language": "pl",
                    "mode": "own_device",
                    "submitted_at": "2026-09",
                    "said_by": "own_words",
                    "setting": "",
                }
            ]
            * 2
        )

    def test_it_writes_no_cell_that_a_spreadsheet_would_run(
        self, data: str, settings: Settings, tmp_path: Path
    ) -> None:
        texts = ["=1+1", "+44", "-1", "@SUM(A1)", "\tTab", "\rReturn", "fine = fine"]

        async def work(store: Store) -> None:
            for text in texts:
                await store.write(lambda text=text: families(1, went_well=text))  # type: ignore[misc]

        with_store(settings, work)
        assert {row["text"] for row in self.export(data, tmp_path / "out.csv")} == {
            *(f"'{text}" for text in texts[:-1]),
            "fine = fine",
        }

    def test_it_writes_headings_when_nobody_has_answered(self, data: str, tmp_path: Path) -> None:
        assert self.export(data, tmp_path / "out.csv") == []

    def test_it_says_where_it_cannot_write(self, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["export", "answers", "--data", data, "--out", str(tmp_path / "nowhere" / "out.csv")]) == 2
        assert "cannot be written" in capsys.readouterr().err


class TestMigrate:
    def test_it_says_what_it_applied_and_then_that_there_is_nothing(
        self, data: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["migrate", "--data", data]) == 0
        assert "applied surveys.migrations.m0001_first_thread\n" in capsys.readouterr().out
        assert main(["migrate", "--data", data]) == 0
        assert capsys.readouterr().out == "The database is up to date.\n"


class TestDoctor:
    def test_it_finds_everything_well(self, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        main(["migrate", "--data", data])
        capsys.readouterr()
        assert main(["doctor", "--data", data]) == 0
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if not line.startswith("ok   ")] == [
            "look  safeguarding: nobody is named to look at worries; somebody says who on Keeping people safe "
            "(/work/safeguarding)"
        ], "what only people can do"
        assert "ok    schema: up to date" in lines
        assert any(line.startswith("ok    partnership: not set") for line in lines)
        assert "ok    language ur: drafted by a machine, not checked by a native reader" in lines

    def test_it_finds_what_is_missing_from_the_schema(self, data: str, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["doctor", "--data", data]) == 1
        assert "steps missing: run `voice migrate`" in capsys.readouterr().out

    def test_it_finds_a_database_that_cannot_be_opened(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("VOICE_DATABASE_URL", raising=False)
        (tmp_path / "golden-thread.sqlite").write_text("this is no database " * 100)
        assert main(["doctor", "--data", str(tmp_path)]) == 1
        wrong = [line for line in capsys.readouterr().out.splitlines() if line.startswith("wrong")]
        assert len(wrong) == 1
        assert "store: " in wrong[0]


class TestVerbs:
    def test_it_lists_every_verb(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as left:
            main(["--help"])
        assert left.value.code == 0
        told = capsys.readouterr().out
        assert all(f"  {verb} " in told for verb in ("run", "demo", "migrate", "doctor", "user", "import", "export"))

    def test_it_refuses_a_verb_that_there_is_not(self) -> None:
        with pytest.raises(SystemExit) as left:
            main(["sing"])
        assert left.value.code == 2
