"""The folder of files: nothing is there in part, nothing says who or when, and nothing stays that no answer names."""

from __future__ import annotations

import stat
import time
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from surveys import stored_files
from surveys.answers import AnswerProblem
from tests.surveys.with_files import picture, sound
from voice.capture.arriving import LARGEST, remove_unused, take_in
from voice.storage import Store
from voice.storage.files import AN_HOUR, FileFolder


@pytest.fixture
def folder(tmp_path: Path) -> FileFolder:
    return FileFolder(tmp_path)


async def in_pieces(content: bytes, size: int = 10_000) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def breaks_off(content: bytes) -> AsyncIterator[bytes]:
    yield content
    raise ConnectionError


def everything_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


class TestKeeping:
    async def test_it_keeps_what_arrives_under_a_name_that_says_nothing(
        self, folder: FileFolder, tmp_path: Path
    ) -> None:
        file = await take_in(in_pieces(sound(1)), "recording", folder)
        path = folder.path(file.id)
        assert everything_in(tmp_path) == [path]
        assert (file.media_type, file.seconds, file.bytes) == ("audio/webm", 1, path.stat().st_size)
        assert path.name == str(file.id)
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert path.stat().st_mtime == 0

    async def test_two_that_are_alike_are_two(self, folder: FileFolder) -> None:
        first = await take_in(in_pieces(picture()), "photo", folder)
        second = await take_in(in_pieces(picture()), "photo", folder)
        assert {*folder.all()} == {first.id, second.id}
        folder.remove(first.id)
        assert [*folder.all()] == [second.id]
        folder.remove(first.id)

    async def test_it_leaves_nothing_of_what_breaks_off(self, folder: FileFolder, tmp_path: Path) -> None:
        with pytest.raises(ConnectionError):
            await take_in(breaks_off(sound(1)), "recording", folder)
        assert everything_in(tmp_path) == []

    @pytest.mark.parametrize("kind", LARGEST)
    async def test_it_leaves_nothing_of_what_is_too_big(self, folder: FileFolder, tmp_path: Path, kind: str) -> None:
        with pytest.raises(AnswerProblem) as found:
            await take_in(in_pieces(bytes(LARGEST[kind] + 1), 1_000_000), kind, folder)
        assert (found.value.code, found.value.limit, found.value.length) == (
            "file_too_big",
            LARGEST[kind],
            LARGEST[kind] + 1,
        )
        assert everything_in(tmp_path) == []

    async def test_it_leaves_nothing_of_what_cannot_be_read(self, folder: FileFolder, tmp_path: Path) -> None:
        for kind, content in (("recording", picture()), ("photo", sound(1)), ("drawing", b"")):
            with pytest.raises(AnswerProblem):
                await take_in(in_pieces(content), kind, folder)
        assert everything_in(tmp_path) == []


class TestTidying:
    async def test_it_removes_what_arrived_in_part_an_hour_ago(self, folder: FileFolder, tmp_path: Path) -> None:
        folder.place_to_arrive().write_bytes(b"half a recor")
        folder.clear_arriving()
        assert len(everything_in(tmp_path)) == 1, "it may still be arriving"
        folder.clear_arriving(time.time() + AN_HOUR + 1)
        assert everything_in(tmp_path) == []

    async def test_it_removes_files_that_no_answer_names_and_knows_of_none_without_its_bytes(
        self, store: Store, folder: FileFolder
    ) -> None:
        file = await take_in(in_pieces(picture()), "photo", folder)
        assert await stored_files.unused_among([file.id, uuid.uuid4()]) != []
        assert await remove_unused(store, folder) == 0, "an answer may be about to name it"
        assert await remove_unused(store, folder, time.time() + AN_HOUR + 1) == 1
        assert [*folder.all()] == []
