"""`voice redact`, as an analyst runs it."""

from __future__ import annotations

import argparse
import csv
import json
from pathlib import Path

import pytest

from voice.commands.problems import CommandProblem
from voice.commands.redact import add_parser


class Folder:
    """A folder with the verb run in it on ``in.csv``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, content: str | bytes, encoding: str = "utf-8") -> None:
        raw = content if isinstance(content, bytes) else content.encode(encoding)
        (self.path / "in.csv").write_bytes(raw)

    def run(self, *options: str, text: str = "said", out: str = "out.csv") -> list[dict[str, str]]:
        parser = argparse.ArgumentParser()
        add_parser(parser.add_subparsers())
        words = ["redact", self.at("in.csv"), "--text", text, "--out", self.at(out), "--spans", self.at("spans.jsonl")]
        arguments = parser.parse_args([*words, *options])
        assert arguments.run(arguments) == 0
        with (self.path / out).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def spans(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in (self.path / "spans.jsonl").read_text(encoding="utf-8").splitlines()]

    def problem(self, *options: str, text: str = "said", out: str = "out.csv") -> str:
        with pytest.raises(CommandProblem) as raised:
            self.run(*options, text=text, out=out)
        assert {each.name for each in self.path.iterdir()} <= {"in.csv"}
        return str(raised.value)

    def at(self, name: str) -> str:
        return str(self.path / name)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


class TestRedacting:
    def test_it_adds_its_column_and_tells_where_each_detail_stands(self, folder: Folder) -> None:
        folder.write("name,said,redacted\nx,😀 my son Adam waits,?\ny,no detail,\n")
        rows = folder.run("--id", "name")
        assert list(rows[0]) == ["name", "said", "redacted", "redacted_suggested"]
        assert [row["redacted_suggested"] for row in rows] == ["😀 my son [name] waits", "no detail"]
        assert folder.spans() == [{"id": "x", "spans": [[9, 13, "PERSON"]]}, {"id": "y", "spans": []}]

    def test_it_counts_rows_from_one_without_ids(self, folder: Folder) -> None:
        folder.write("said\n" + "Thanks Sarah\n" * 10_000)
        rows = folder.run()
        assert len(rows) == 10_000
        assert {row["redacted"] for row in rows} == {"Thanks [name]"}
        assert [line["id"] for line in folder.spans()[:3]] == ["1", "2", "3"]

    @pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
    def test_it_reads_what_people_save(self, folder: Folder, encoding: str) -> None:
        folder.write("said\n“Renée” rang\n", encoding)
        assert [row["redacted"] for row in folder.run()] == ["“[name]” rang"]

    def test_it_takes_a_comment_as_long_as_a_book(self, folder: Folder) -> None:
        folder.write('said\n"' + "we waited and waited, " * 20_000 + 'said Adam"\n')
        (row,) = folder.run()
        assert row["redacted"].endswith("waited, said [name]")


class TestProblems:
    def test_each_is_one_sentence_and_leaves_no_file(self, folder: Folder) -> None:
        assert folder.problem().startswith("There is no file ")
        folder.write("said\nhello\n")
        assert folder.problem(text="words").endswith("has no column “words”; it has: said.")
        assert folder.problem("--id", "id").endswith("has no column “id”; it has: said.")
        assert folder.problem(out="in.csv") == "IN, OUT and SPANS must be different files."
        assert folder.problem(out="none/out.csv").startswith("There is no folder ")
        folder.write("said,said\na,b\n")
        assert folder.problem().endswith("has several columns called “said”.")
        folder.write("said\n")
        assert folder.problem().endswith("has headers but no rows below them.")
        folder.write("said\na,b\n")
        assert folder.problem().endswith("has 2 cells, but the header has 1.")
        folder.write("")
        assert folder.problem().endswith("is empty.")
        folder.write(b"PK\x03\x04\x00\x00\x00")
        assert folder.problem().endswith("is not a CSV file.")
