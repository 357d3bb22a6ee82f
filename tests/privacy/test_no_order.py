"""What is stored does not tell in what order people sent it: neither rows nor files."""

from __future__ import annotations

import asyncio
import sqlite3
import uuid
from contextlib import closing

import pytest

from surveys.tables import Answer, Survey
from tests.pages import CheckingClient
from tests.storage import populated
from voice.capture.arriving import leave_no_order
from voice.settings import Settings
from voice.storage import Store
from voice.storage.files import OUT_OF_ORDER, SAME_TIME, FileFolder
from voice.storage.sqlite import DATABASE

SENT = ("submission", "answer", "answer_part", "stored_file")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
class TestRows:
    @pytest.mark.parametrize("table", SENT)
    def test_they_have_no_number_that_counts_up(self, client: CheckingClient, table: str) -> None:
        with (
            closing(sqlite3.connect(client.settings.data / DATABASE)) as database,
            pytest.raises(sqlite3.OperationalError, match="no such column: rowid"),
        ):
            database.execute(f"SELECT rowid FROM {table}")

    @pytest.mark.parametrize(("table", "names"), [("answer", "submission"), ("answer_part", "answer")])
    async def test_they_belong_to_what_is_there(self, store: Store, table: str, names: str) -> None:
        await populated.fill(store, await populated.tables(store))
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            await store.write(lambda: Survey.raw(f"UPDATE {table} SET {names} = {{}}", uuid.uuid4()))


class TestFiles:
    async def test_those_that_were_sent_are_made_anew_out_of_order(self, store: Store, settings: Settings) -> None:
        folder = FileFolder(settings.data)
        sent = await some_files(store, folder)
        not_sent = kept(folder)
        before = {id: folder.path(id).stat().st_ino for id in sent}
        held_open = [folder.path(id).open("rb") for id in sent]  # or the same numbers could be used again
        await leave_no_order(folder)
        for id, file in zip(sent, held_open, strict=True):
            file.close()
            stat = folder.path(id).stat()
            assert (stat.st_ino != before[id], stat.st_mtime, stat.st_mode & 0o777) == (True, OUT_OF_ORDER[1], 0o600)
            assert folder.path(id).read_bytes() == id.bytes
        assert folder.in_the_order_of_coming() == [not_sent]
        assert folder.path(not_sent).stat().st_mtime == SAME_TIME[1]
        assert not any(path.is_file() for path in folder.place_to_arrive().parent.iterdir())

    async def test_one_that_was_erased_meanwhile_does_not_come_back(
        self, store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = FileFolder(settings.data)
        first, *_ = await some_files(store, folder)
        anew = FileFolder.write_anew
        loop = asyncio.get_running_loop()

        def erased_meanwhile(self: FileFolder, id: uuid.UUID) -> None:
            if id == first:
                gone = store.write(lambda: Answer.update({Answer.file: None}).where(Answer.file == first))
                asyncio.run_coroutine_threadsafe(gone, loop).result()
            anew(self, id)

        monkeypatch.setattr(FileFolder, "write_anew", erased_meanwhile)
        await leave_no_order(folder)
        assert not folder.path(first).exists()


def kept(folder: FileFolder) -> uuid.UUID:
    id = uuid.uuid4()
    arrived = folder.place_to_arrive()
    arrived.write_bytes(id.bytes)
    folder.keep(arrived, id)
    return id


async def some_files(store: Store, folder: FileFolder) -> list[uuid.UUID]:
    """Files that answers name which were sent."""
    await populated.fill(store, await populated.tables(store))
    ids = [kept(folder) for _ in range(2)]
    rows = await store.read(lambda: Answer.select(Answer.id).limit(len(ids)))
    for row, id in zip(rows, ids, strict=True):
        await store.write(lambda row=row, id=id: Answer.update({Answer.file: id}).where(Answer.id == row["id"]))  # type: ignore[misc]
    return ids
