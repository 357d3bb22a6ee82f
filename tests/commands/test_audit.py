"""``voice audit``, and what the record says of the other verbs."""

from __future__ import annotations

import csv
import getpass
import uuid
from pathlib import Path

import pytest

from tests.conftest import NOON
from voice.audit.entry import Act, Entry, Row
from voice.audit.recording import record
from voice.audit.tables import AuditEntry
from voice.audit.verifying import rows_after
from voice.commands import VERBS, main
from voice.commands.with_store import with_store
from voice.settings import Settings
from voice.storage import Store

pytestmark = pytest.mark.usefixtures("migrated")

RECORDED = {
    *("audit", "backup", "export", "import", "ledger", "records"),
    *("restore", "reviews", "survey", "user", "wishes"),
}
NOT_RECORDED = {
    "run": "serves: what is done through it is recorded there",
    "demo": "serves an invented partnership",
    "migrate": "changes the shape of tables, and nothing that they hold",
    "doctor": "only looks",
    "permissions": "opens no store",
    "mail-intake": "takes down what somebody says",
    "similar": "reads questions",
    "easyread": "opens no store",
    "themes": "opens no store",
    "fatigue": "opens no store",
    "disclose": "opens no store",
    "redact": "opens no store",
}


@pytest.fixture
def data(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("VOICE_DATABASE_URL", settings.database_url)
    return str(settings.data)


async def _rows(store: Store) -> list[Row]:
    return [row async for row in rows_after(store, 0)]


def record_of(settings: Settings) -> list[tuple[str, str, str]]:
    rows = with_store(settings, _rows)
    assert {(row.actor, row.who, row.detail.partition(",")[0]) for row in rows} == {
        ("command", None, f"login={getpass.getuser()}")
    }
    return [(row.act, row.kind, row.key) for row in rows]


def fill(settings: Settings, many: int) -> None:
    async def work(store: Store) -> None:
        async def unit() -> None:
            for _ in range(many):
                await record(Entry(Act.SAW, "voice"), now=NOON)

        await store.write(unit)

    with_store(settings, work)


def damage(settings: Settings, statement: str) -> None:
    """As somebody who owns the database does it."""

    async def work(store: Store) -> None:
        triggers = ("audit_entry_stays_as_it_is", "audit_entry_is_not_deleted")
        on = "" if store.dialect == "sqlite" else ' ON "audit_entry"'

        async def unit() -> None:
            for trigger in triggers:
                await AuditEntry.raw(f'DROP TRIGGER "{trigger}"{on}')
            await AuditEntry.raw(statement)

        await store.write(unit)

    with_store(settings, work)


class TestVerbs:
    def test_each_is_recorded_or_there_is_a_reason(self) -> None:
        assert set(VERBS) == RECORDED | set(NOT_RECORDED)
        assert not RECORDED & set(NOT_RECORDED)

    def test_what_leaves_and_what_changes_is_written_down(self, data: str, settings: Settings, tmp_path: Path) -> None:
        answers, wishes, key, audit = (tmp_path / name for name in ("a.csv", "w.csv", "k.txt", "audit.csv"))
        assert main(["user", "add", "a@example.org", "--role", "analyst", "--data", data]) == 0
        assert main(["export", "answers", "--out", str(answers), "--data", data]) == 0
        assert main(["export", "answers", "--survey", "nothing", "--out", str(answers), "--data", data]) == 2
        assert main(["wishes", "--out", str(wishes), "--data", data]) == 0
        assert main(["ledger", "key", "--out", str(key), "--data", data]) == 0
        assert main(["backup", "--out", str(tmp_path / "backup"), "--data", data]) == 0
        assert main(["audit", "export", "--out", str(audit), "--data", data]) == 0
        told = record_of(settings)
        assert told[0][:2] == ("changed", "member")
        assert told[1:] == [
            ("exported", "answers", ""),
            ("exported", "contact", ""),
            ("exported", "contact", ""),
            ("exported", "backup", ""),
            ("exported", "audit", ""),
        ]
        with audit.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["number"] for row in rows] == ["1", "2", "3", "4", "5"]
        assert "a@example.org" not in audit.read_text()


class TestVerify:
    def test_it_is_whole(self, data: str, settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["audit", "seal", "--data", data]) == 2
        assert main(["audit", "verify", "--data", data]) == 0
        fill(settings, 3)
        assert main(["audit", "seal", "--data", data]) == 0
        assert capsys.readouterr().out.splitlines()[-1].split()[1] == "3"
        assert main(["audit", "verify", "--data", data]) == 0
        told = capsys.readouterr().out
        assert told == "ok    3 entries, 1 to 3, as they were written; sealed up to entry 3.\n"

    def test_it_names_the_first_entry_that_is_wrong(
        self, data: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(settings, 5)
        damage(settings, 'UPDATE "audit_entry" SET "kind" = \'quote\' WHERE "number" IN (2, 4)')
        assert main(["audit", "verify", "--data", data]) == 1
        assert capsys.readouterr().err == "wrong entry 2 was changed.\n"

    def test_it_says_when_somebody_else_agreed_how_long_it_is_kept(
        self, data: str, settings: Settings, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(settings, 1)
        damage(settings, f"INSERT INTO \"audit_keeping\" VALUES (1, 0, 'x', 'x', '{uuid.UUID(int=1)}', 'x')")
        assert main(["audit", "verify", "--data", data]) == 1
        assert capsys.readouterr().err.startswith("wrong agreement 1 on how long the record is kept ")

    def test_a_seal_that_was_kept_elsewhere_tells_what_is_gone(
        self, data: str, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        fill(settings, 5)
        assert main(["audit", "seal", "--data", data]) == 0
        kept = tmp_path / "kept.txt"
        kept.write_text(capsys.readouterr().out)
        (settings.data / "audit-seals.txt").unlink()
        verify = ["audit", "verify", "--data", data, "--against", str(kept)]
        assert main(verify) == 0
        damage(settings, 'DELETE FROM "audit_entry" WHERE "number" > 3')
        assert main(verify) == 1
        assert capsys.readouterr().err.startswith("wrong entry 4 and all after it are missing")
        kept.write_text("2026 seal\n")
        assert main(verify) == 2
        assert capsys.readouterr().err == f"voice audit: {kept} has a line that is no seal: 2026 seal\n"
