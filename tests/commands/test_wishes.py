"""``voice wishes``: who would like to hear from us."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from surveys import contact_wishes
from surveys.contact_wishes import Wish
from tests.commands.voice_command import one_line, voice
from voice.commands.with_store import with_store
from voice.safeguarding.tables import ContactOpening
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import read_secret

pytestmark = pytest.mark.usefixtures("migrated")

WISHES = (Wish("phone", "+44 121 496 0000", "ur"), Wish("email", "someone@example.org", "en"))


def kept(settings: Settings, *wishes: Wish, secret: bytes) -> None:
    async def work(store: Store) -> None:
        for wish in wishes:
            await store.write(
                lambda wish=wish: contact_wishes.keep(wish, survey="post-ehcp", month="2026-11", secret=secret)  # type: ignore[misc]
            )

    with_store(settings, work)


class TestWishes:
    def test_it_writes_them_for_their_owner_alone(self, settings: Settings, tmp_path: Path) -> None:
        kept(settings, *WISHES, secret=read_secret(settings.data))
        kept(settings, WISHES[0], secret=b"of another installation")
        out = tmp_path / "wishes.csv"
        told = voice("wishes", "--data", str(settings.data), "--out", str(out), database_url=settings.database_url)
        assert (told.returncode, told.stderr) == (0, "")
        assert told.stdout.splitlines() == [
            f"2 wishes in {out}. They are personal: delete the file when you have written to them.",
            "1 were sealed with another secret.key and cannot be opened.",
        ]
        with out.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert {(row["survey"], row["month"]) for row in rows} == {("post-ehcp", "2026-11")}
        # A spreadsheet would take a number that begins with a plus for a formula.
        assert {(row["way"], row["reach"].removeprefix("'"), row["language"]) for row in rows} == {
            (wish.way, wish.reach, wish.language) for wish in WISHES
        }
        assert out.stat().st_mode & 0o077 == 0
        noted: list[dict[str, object]] = []

        async def read(store: Store) -> None:
            noted.extend(await store.read(lambda: ContactOpening.select()))

        with_store(settings, read)
        assert [(row["why"], row["opened"], row["opened_by"]) for row in noted] == [("file", 3, None)]

    def test_it_says_when_the_file_cannot_be_written(self, settings: Settings, tmp_path: Path) -> None:
        told = voice("wishes", "--data", str(settings.data), "--out", str(tmp_path), database_url=settings.database_url)
        assert str(tmp_path) in one_line(told)
