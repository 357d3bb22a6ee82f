"""`voice similar`, as whoever keeps a question bank runs it."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from voice.commands import main

PAIRS = (
    "id,a,b\n"
    "1,Do you sleep well?,I sleep well.\n"
    "2,Do you sleep well?,Does your child sleep well?\n"
    "3,Do you sleep well?,Who is your driver?\n"
    "4,😀,\n"
)
BANK = (
    "code,Question\n"
    "sleep,I sleep well at night.\n"
    "driver,Who is your driver?\n"
    ",\n"
    "bus,Is the bus late?\n"
    "food,Do you like the food?\n"
)


@pytest.fixture(autouse=True)
def _without_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where its package is not installed: the words alone decide, and nothing is loaded."""
    monkeypatch.setattr("voice.commands.similar.load_meanings", lambda: None)


def written(folder: Path, name: str, content: str, encoding: str = "utf-8") -> str:
    (folder / name).write_text(content, encoding=encoding)
    return str(folder / name)


class TestPairs:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_it_adds_its_columns(self, tmp_path: Path, encoding: str) -> None:
        out = tmp_path / "out.csv"
        assert main(["similar", "--pairs", written(tmp_path, "in.csv", PAIRS, encoding), "--out", str(out)]) == 0
        rows = list(csv.DictReader(io.StringIO(out.read_text(encoding="utf-8"))))
        assert list(rows[0]) == ["id", "a", "b", "score", "verdict", "differs_by"]
        assert [row["verdict"] for row in rows] == ["same", "differs", "unrelated", "unrelated"]
        assert [row["differs_by"] for row in rows] == ["", "audience", "topic", "topic"]

    def test_it_says_what_is_missing(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        pairs = written(tmp_path, "in.csv", "id,a\n1,Why?\n")
        assert main(["similar", "--pairs", pairs, "--out", str(tmp_path / "out.csv")]) == 2
        assert "has no column “b”; it has: id, a." in capsys.readouterr().err
        assert main(["similar", "--pairs", pairs]) == 2
        assert "Give --pairs with --out, or --bank with --ask." in capsys.readouterr().err

    def test_it_reads_a_cell_of_two_megabytes(self, tmp_path: Path) -> None:
        pairs = written(tmp_path, "in.csv", f"a,b\n{'who helps you ' * 160_000},Who?\n")
        assert main(["similar", "--pairs", pairs, "--out", str(tmp_path / "out.csv")]) == 0


class TestBank:
    def test_it_prints_the_best_three(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        bank = written(tmp_path, "bank.csv", BANK, "cp1252")
        assert main(["similar", "--bank", bank, "--ask", "How well do you sleep?"]) == 0
        rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
        assert len(rows) == 3
        assert rows[0]["code"] == "sleep"
        assert 0 <= float(rows[2]["score"]) <= float(rows[0]["score"]) <= 1

    @pytest.mark.parametrize(
        ("content", "asked", "sentence"),
        [
            ("", "Who?", "is empty."),
            ("code,label\n1,Why?\n", "Who?", "say with --text which of these it is: code, label."),
            ("question\n😀\n", "Who?", "has no questions in the column “question”."),
            (BANK, "😀", "The question after --ask has no words."),
        ],
    )
    def test_it_says_why_it_cannot(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str, asked: str, sentence: str
    ) -> None:
        assert main(["similar", "--bank", written(tmp_path, "bank.csv", content), "--ask", asked]) == 2
        assert sentence in capsys.readouterr().err
