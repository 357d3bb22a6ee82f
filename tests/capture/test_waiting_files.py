"""Files that wait until somebody has looked at them."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from voice.capture.importing import Destination
from voice.capture.waiting_files import HOURS_KEPT, NoSuchFile, WaitingFile, WaitingFiles

FILE = WaitingFile("me", "autumn.csv", b"a,b\n1,2\n", Destination(survey="Autumn", term="2026-autumn"))


class TestWaitingFiles:
    def test_it_gives_a_file_back_to_who_sent_it_in(self, tmp_path: Path) -> None:
        files = WaitingFiles(tmp_path)
        token = files.keep(FILE)
        assert files.find(token, "me") == FILE
        with pytest.raises(NoSuchFile):
            files.find(token, "somebody else")

    def test_it_forgets_it_when_told(self, tmp_path: Path) -> None:
        files = WaitingFiles(tmp_path)
        token = files.keep(FILE)
        files.forget(token)
        with pytest.raises(NoSuchFile):
            files.find(token, "me")
        files.forget(token)

    @pytest.mark.parametrize("token", ["", "..", "../secret.key", "/etc/passwd", "a" * 22, "a" * 21 + "/"])
    def test_it_finds_nothing_under_a_made_up_token(self, tmp_path: Path, token: str) -> None:
        WaitingFiles(tmp_path).keep(FILE)
        with pytest.raises(NoSuchFile):
            WaitingFiles(tmp_path).find(token, "me")

    def test_it_clears_what_nobody_came_back_to(self, tmp_path: Path) -> None:
        files = WaitingFiles(tmp_path)
        old, new = files.keep(FILE), files.keep(FILE)
        long_ago = time.time() - HOURS_KEPT * 3600 - 60
        os.utime(tmp_path / "waiting" / old, (long_ago, long_ago))
        files.clear()
        assert [path.name for path in (tmp_path / "waiting").iterdir()] == [new]

    def test_it_has_nothing_to_clear_at_first(self, tmp_path: Path) -> None:
        WaitingFiles(tmp_path).clear()
        assert list(tmp_path.iterdir()) == []
