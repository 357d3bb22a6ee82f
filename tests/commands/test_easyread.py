"""`voice easyread`, as whoever writes surveys runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from voice.commands import main


def run(folder: Path, content: bytes, column: str = "text") -> int:
    (folder / "in.csv").write_bytes(content)
    return main(["easyread", str(folder / "in.csv"), "--text", column, "--out", str(folder / "out.csv")])


class TestEasyRead:
    @pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
    def test_it_adds_its_columns(self, tmp_path: Path, encoding: str) -> None:
        content = "id,text,ok\n1,Tell us – please.,?\n2,The café’s rationale was written.,?\n3,,?\n"
        assert run(tmp_path, content.encode(encoding)) == 0
        rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8"))))
        assert list(rows[0]) == ["id", "text", "ok", "ok_suggested", "problems"]
        assert [row["ok_suggested"] for row in rows] == ["1", "0", "1"]
        assert [row["problems"] for row in rows] == ["", "hard_word;passive", ""]

    @pytest.mark.parametrize(
        ("content", "sentence"),
        [
            (b"", "is empty."),
            (b"said\nYes\n", "has no column “text”; it has: said."),
            (b"text\n", "has headers but no rows below them."),
        ],
    )
    def test_it_says_why_it_cannot(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes, sentence: str
    ) -> None:
        assert run(tmp_path, content) == 2
        assert sentence in capsys.readouterr().err
        assert not (tmp_path / "out.csv").exists()

    def test_it_reads_a_cell_of_two_megabytes(self, tmp_path: Path) -> None:
        assert run(tmp_path, b"text\n" + b"who helps you " * 160_000 + b"\n") == 0
