"""The one secret of an installation."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tests.storage.full_disk import files_of_at_most
from voice.storage import StoreUnavailable
from voice.storage.secret import SECRET, read_secret


class TestSecret:
    def test_it_is_made_once_and_stays(self, tmp_path: Path) -> None:
        first = read_secret(tmp_path / "new folder")
        assert len(first) == 32
        assert read_secret(tmp_path / "new folder") == first
        assert read_secret(tmp_path) != first

    def test_it_is_for_its_owner_alone(self, tmp_path: Path) -> None:
        read_secret(tmp_path)
        assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600

    def test_it_is_never_there_in_part(self, tmp_path: Path) -> None:
        with files_of_at_most(16), pytest.raises(StoreUnavailable, match="cannot be used"):
            read_secret(tmp_path)
        assert [*tmp_path.iterdir()] == [], "the next start makes one"

    @pytest.mark.parametrize("length", [0, 16, 33])
    def test_one_that_is_not_whole_is_refused(self, tmp_path: Path, length: int) -> None:
        (tmp_path / SECRET).write_bytes(b"s" * length)
        with pytest.raises(StoreUnavailable, match=f"is damaged .{length} bytes in place of 32.*from a backup"):
            read_secret(tmp_path)

    def test_of_two_that_are_made_at_once_all_use_the_first(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first, on_disk = b"1" * 32, os.fsync

        def another_process_is_faster(descriptor: int) -> None:
            on_disk(descriptor)
            if not (tmp_path / SECRET).exists():
                (tmp_path / SECRET).write_bytes(first)

        monkeypatch.setattr(os, "fsync", another_process_is_faster)
        assert read_secret(tmp_path) == first == read_secret(tmp_path)
        assert [path.name for path in tmp_path.iterdir()] == [SECRET]
