"""Where a file is written to: whole and in its place, or straight to what is no file."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

import pytest

from surveys.exporting.whole_files import written_whole


def write(path: Path, text: str) -> None:
    with written_whole(path) as place:
        place.write_text(text)


class TestAFile:
    def test_it_stays_as_it_was_until_all_is_written(self, tmp_path: Path) -> None:
        path = tmp_path / "out.csv"
        write(path, "before")
        with contextlib.suppress(KeyboardInterrupt), written_whole(path) as place:
            place.write_text("after")
            raise KeyboardInterrupt
        assert [each.name for each in tmp_path.iterdir()] == ["out.csv"]
        assert path.read_text() == "before"

    def test_a_link_to_it_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real.csv").write_text("before")
        (tmp_path / "out.csv").symlink_to("real.csv")
        write(tmp_path / "out.csv", "after")
        assert (tmp_path / "out.csv").is_symlink()
        assert (tmp_path / "real.csv").read_text() == "after"


class TestWhatIsNoFile:
    def test_a_pipe_gets_all_and_stays(self, tmp_path: Path) -> None:
        pipe = tmp_path / "pipe"
        os.mkfifo(pipe)
        got: list[str] = []
        reading = threading.Thread(target=lambda: got.append(pipe.read_text()))
        reading.start()
        write(pipe, "through")
        reading.join(timeout=10)
        assert got == ["through"]
        assert pipe.is_fifo()

    def test_a_device_stays_and_says_when_it_is_full(self) -> None:
        with pytest.raises(OSError, match="No space left"):
            write(Path("/dev/full"), "much")
        assert Path("/dev/full").is_char_device()

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(IsADirectoryError):
            write(tmp_path, "text")
