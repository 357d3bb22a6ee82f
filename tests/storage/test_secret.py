"""The one secret of an installation."""

from __future__ import annotations

import stat
from pathlib import Path

from voice.storage.secret import read_secret


class TestSecret:
    def test_it_is_made_once_and_stays(self, tmp_path: Path) -> None:
        first = read_secret(tmp_path / "new folder")
        assert len(first) == 32
        assert read_secret(tmp_path / "new folder") == first
        assert read_secret(tmp_path) != first

    def test_it_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        read_secret(tmp_path)
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600
