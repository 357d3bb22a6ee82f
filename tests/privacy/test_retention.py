"""What is kept no longer is gone: from every table, every file, and the unused parts of the database's own files."""

from __future__ import annotations

import datetime as dt
import sqlite3
import uuid
from pathlib import Path

import msgspec
import pytest

from surveys import submissions, who_answered
from surveys.answers import GivenAnswer
from surveys.publishing import rounds
from surveys.submissions import SentAnswers
from surveys.tables import Answer
from tests.evidence.test_forgetting import KEPT_UNTIL, LAST_DAY, a_round, all_that_hangs
from tests.privacy.traces import everything_kept, found_in
from voice.evidence.forgetting import forget_what_is_over
from voice.evidence.reading import read_new_voices
from voice.privacy import forgotten
from voice.settings import Settings
from voice.storage import Store, StoreUnavailable
from voice.storage.files import FileFolder

A_DAY = dt.timedelta(days=1)
TOMORROW = KEPT_UNTIL + A_DAY
PEOPLE = 60
"""Enough for pages of tables and indexes to be divided, which leaves copies of rows behind."""


def words_of(number: int) -> str:
    return f"quixotic{number:04}zebra said the escort on the bus left early"


async def many_people(store: Store, over: uuid.UUID, stays: uuid.UUID) -> list[uuid.UUID]:
    """People whose time is over, and as many others in between. Returns the ids of what the former sent."""
    gone: list[uuid.UUID] = []

    async def unit() -> None:
        asked = {each.id: msgspec.structs.replace(each, identity_mode="confidential") for each in await rounds()}
        for number in range(PEOPLE):
            round = over if number % 2 else stays
            sent = SentAnswers(
                id=uuid.uuid4(),
                round=round,
                language="en",
                mode="own_device",
                respondent_kind="parent_carer",
                submitted_at="2026-10",
                answers={
                    "went_well": GivenAnswer("en", text=f"{words_of(number)}. " + "It was cold. " * (number % 40))
                },
            )
            await submissions.store(sent)
            await who_answered.keep(
                sent.id, asked[round], "", now=dt.datetime(2026, 10, 3, 9, 47, tzinfo=dt.UTC), secret=b"s" * 32
            )
            if round == over:
                gone.append(sent.id)

    await store.write(unit)
    return gone


class TestWhenItsTimeIsOver:
    async def test_nothing_of_it_stands_in_any_byte_that_is_kept(self, store: Store, settings: Settings) -> None:
        folder = FileFolder(settings.data)
        over = await store.write(lambda: a_round(LAST_DAY))
        stays = await store.write(lambda: a_round(LAST_DAY + A_DAY))
        gone = await many_people(store, over, stays)
        file = await all_that_hangs(store, over, folder)
        await read_new_voices(store)
        remembered = settings.data / "meanings" / "meanings-0.bin"
        remembered.parent.mkdir(parents=True, exist_ok=True)
        remembered.write_bytes(words_of(1).encode())
        answers = await store.read(Answer.select(Answer.id).where(Answer.submission.is_in(gone)).run)
        ids = [str(id) for id in (*gone, *(row["id"] for row in answers), file, *map(who_answered_id, gone))]
        seeds = [*(f"quixotic{number:04}zebra" for number in range(1, PEOPLE, 2)), "Słuchali nas", *ids]
        there = found_in(await everything_kept(settings), seeds)
        assert len({each.partition(" in ")[0] for each in there}) == len(seeds), "each is found while it is kept"

        assert await forget_what_is_over(store, folder, today=TOMORROW) == PEOPLE // 2 + 1
        kept = await everything_kept(settings)
        assert found_in(kept, seeds) == []
        assert found_in(kept, ["quixotic0002zebra"]), "what others said stays"
        [line] = await store.read(forgotten.gone)
        assert (line.what, line.about, line.people, line.files) == ("round", "post-ehcp", PEOPLE // 2 + 1, 1)
        assert (line.done_on, line.traces_gone_on) == (TOMORROW, TOMORROW)

    async def test_what_was_cut_short_is_taken_out_the_next_time(
        self, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        over = await store.write(lambda: a_round(LAST_DAY))
        await many_people(store, over, over)

        async def full() -> None:
            raise StoreUnavailable("the disk is full")

        with monkeypatch.context() as patch:
            patch.setattr(store, "leave_no_traces", full)
            await forget_what_is_over(store, FileFolder(settings.data), today=TOMORROW)
        assert [each.traces_gone_on for each in await store.read(forgotten.gone)] == [None]
        assert await forget_what_is_over(store, FileFolder(settings.data), today=TOMORROW + A_DAY) == 0
        assert [each.traces_gone_on for each in await store.read(forgotten.gone)] == [TOMORROW + A_DAY]
        assert (
            found_in(await everything_kept(settings), [f"quixotic{number:04}zebra" for number in range(PEOPLE)]) == []
        )


class TestInBothJournals:
    @pytest.mark.parametrize("mode", ["WAL", "PERSIST"])
    async def test_pages_as_they_were_go_too(self, mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from voice.storage import open_store, sqlite
        from voice.storage.migrating import migrate

        monkeypatch.setattr(sqlite, "journal_mode", lambda _: mode)
        settings = Settings(data=tmp_path / "data")
        store = await open_store(settings)
        try:
            await migrate(store)
            over = await store.write(lambda: a_round(LAST_DAY))
            await many_people(store, over, over)
            await read_new_voices(store)
            await forget_what_is_over(store, FileFolder(settings.data), today=TOMORROW)
            assert found_in(await everything_kept(settings), [words_of(number)[:17] for number in range(PEOPLE)]) == []
            with sqlite3.connect(settings.data / "golden-thread.sqlite") as looking:
                assert looking.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            looking.close()
        finally:
            await store.close()


def who_answered_id(submission: uuid.UUID) -> uuid.UUID:
    return who_answered.found_by(b"s" * 32, submission)
