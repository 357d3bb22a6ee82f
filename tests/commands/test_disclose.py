"""`voice disclose`, as an analyst runs it on a table that goes out."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from voice.commands import main

TABLE = (
    "setting,need,children\n"
    "Oak,speech,3\nOak,autism,20\nOak,other,41\nOak,Total,64\n"
    'Elm,speech,25\nElm,autism,"1,040"\nElm,other,16\nElm,Total,1081\n'
    "Total,speech,28\nTotal,autism,1060\nTotal,other,57\nTotal,Total,1145\n"
)


def disclosed(folder: Path, content: str | bytes, *more: str, column: str = "children") -> list[dict[str, str]]:
    (folder / "in.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    out = folder / "out.csv"
    assert main(["disclose", str(folder / "in.csv"), "--count", column, *more, "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class TestDisclose:
    def test_it_keeps_rows_and_columns_and_says_what_is_hidden(self, tmp_path: Path) -> None:
        rows = disclosed(tmp_path, TABLE)
        assert list(rows[0]) == ["setting", "need", "children", "hidden"]
        assert [(row["setting"], row["need"]) for row in rows][:5] == [
            ("Oak", "speech"), ("Oak", "autism"), ("Oak", "other"), ("Oak", "Total"), ("Elm", "speech"),
        ]  # fmt: skip
        assert rows[0] == {"setting": "Oak", "need": "speech", "children": "", "hidden": "primary"}
        assert [row["hidden"] for row in rows].count("secondary") == 3
        assert all((row["children"] == "") == (row["hidden"] != "") for row in rows)
        assert rows[-1]["children"] == "1145"

    def test_it_reads_what_people_save(self, tmp_path: Path) -> None:
        plain = disclosed(tmp_path, TABLE)
        german = "\n".join(";".join(row) for row in csv.reader(TABLE.splitlines()))
        assert disclosed(tmp_path, b"\xef\xbb\xbf" + german.encode()) == plain
        assert disclosed(tmp_path, german.replace(";", "\t").encode("utf-16")) == plain

    def test_it_rounds_what_it_shows(self, tmp_path: Path) -> None:
        exact, rounded = disclosed(tmp_path, TABLE), disclosed(tmp_path, TABLE, "--round", "5")
        assert [row["hidden"] for row in exact] == [row["hidden"] for row in rounded]
        for one, other in zip(exact, rounded, strict=True):
            assert (one["children"] == "") == (other["children"] == "")
            if one["children"]:
                assert int(other["children"]) % 5 == 0
                assert abs(int(one["children"]) - int(other["children"])) <= 2

    def test_blank_rows_stay_where_they_are(self, tmp_path: Path) -> None:
        rows = disclosed(tmp_path, "a,n\nx,3\n,\ny,30\n", column="n")
        assert [(row["a"], row["n"], row["hidden"]) for row in rows] == [
            ("x", "", "primary"),
            ("", "", ""),
            ("y", "30", ""),
        ]

    @pytest.mark.parametrize(
        ("content", "more", "said"),
        [
            ("", (), "is empty"),
            ("a,n\n", (), "headers but no rows"),
            ("a,b\nx,3\n", (), "has no column “n”"),
            ("n\n3\n", (), "has no column beside the counts"),
            ("a,n\nx,3\ny,-4\n", (), "Row 3 of"),
            ("a,n\nx,3\ny,4.5\n", (), "Row 3 of"),
            ("a,n\nx,3\ny,\n", (), "Row 3 of"),
            ("a,n\nx,3\ny,30\nx,3\n", (), "Rows 2 and 4 of"),
            ("a,n\nx,3\ny,30\nTotal,34\n", (), "(Total) has 34, but what it is the total of adds up to 33"),
            ("a,n\nx,3\n", ("--threshold", "4"), "never under 5"),
            ("a,n\nx,3\n", ("--round", "20"), "between 1 and the threshold"),
        ],
    )
    def test_it_says_what_is_wrong_in_a_line(
        self, content: str, more: tuple[str, ...], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "in.csv").write_text(content, encoding="utf-8")
        out = tmp_path / "out.csv"
        assert main(["disclose", str(tmp_path / "in.csv"), "--count", "n", *more, "--out", str(out)]) == 2
        told = capsys.readouterr().err
        assert said in told
        assert told.count("\n") == 1
        assert not out.exists()
