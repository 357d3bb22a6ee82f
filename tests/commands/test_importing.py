"""`voice import`, as an officer runs it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.conftest import NOON
from tests.surveys.importing.files import comment_rows, csv_bytes
from voice.commands import main
from voice.commands.with_store import with_store
from voice.first_start import begin_with
from voice.settings import Settings

pytestmark = pytest.mark.usefixtures("migrated")

ROWS = (
    ("Date", "Did you feel listened to?", "What could be better?"),
    *((f"{day}/10/2026", "Yes" if day % 2 else "No", f"Ring us back on day {day}.") for day in range(10, 19)),
    ("soon", "Yes", "A row without a day."),
)


@pytest.fixture
def data(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("VOICE_DATABASE_URL", settings.database_url)
    return str(settings.data)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "autumn.csv"
    path.write_bytes(csv_bytes(ROWS))
    return path


def problem(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The one line that says why nothing was taken in."""
    assert main(["import", *arguments]) == 2
    told = capsys.readouterr()
    (line,) = told.err.splitlines()
    return line


class TestImport:
    def test_it_takes_in_what_can_be_read_and_the_same_file_once(
        self, data: str, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", str(file), "--data", data]) == 0
        told = capsys.readouterr()
        assert "9 added, 0 known already, 1 not read." in told.out
        assert "row 11: date not read in “Date”: soon" in told.err
        assert main(["import", str(file), "--data", data]) == 0
        assert "0 added, 9 known already, 1 not read." in capsys.readouterr().out

    def test_it_stores_nothing_to_show_what_would_happen(
        self, data: str, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for _ in range(2):
            assert main(["import", str(file), "--data", data, "--dry-run"]) == 0
            assert "9 new, 0 known already, 1 not read" in capsys.readouterr().out

    def test_it_takes_a_mapping_that_a_person_corrected(
        self, data: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        saved = tmp_path / "mapping.json"
        assert main(["import", str(file), "--data", data, "--dry-run", "--save-mapping", str(saved)]) == 0
        mapping = json.loads(saved.read_bytes())
        next(column for column in mapping["columns"] if column["header"] == "Date")["role"] = "ignore"
        saved.write_text(json.dumps(mapping), encoding="utf-8")
        arguments = ["--data", data, "--mapping", str(saved), "--term", "2026-spring"]
        assert main(["import", str(file), *arguments]) == 0
        told = capsys.readouterr().out
        assert "10 added, 0 known already, 0 not read." in told
        assert "{'2026-spring': 10}" in told

    def test_it_counts_nobody_twice_when_the_mapping_was_corrected(
        self, data: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        saved = tmp_path / "mapping.json"
        assert main(["import", str(file), "--data", data, "--save-mapping", str(saved)]) == 0
        mapping = json.loads(saved.read_bytes())
        column = next(column for column in mapping["columns"] if column["concept"] == "could_be_better")
        column["concept"] = "went_well"
        saved.write_text(json.dumps(mapping), encoding="utf-8")
        again = ["import", str(file), "--data", data, "--mapping", str(saved)]
        capsys.readouterr()
        assert main(again) == 0
        told = capsys.readouterr().out
        assert "9 are here already and say something else now" in told
        assert "Replace them with --replace." in told
        assert main([*again, "--replace"]) == 0
        assert "0 added, 9 replaced, 0 known already, 1 not read." in capsys.readouterr().out
        assert main([*again, "--replace"]) == 0
        assert "0 added, 0 replaced, 9 known already, 1 not read." in capsys.readouterr().out

    def test_it_says_that_the_rows_are_here_under_another_name(
        self, data: str, file: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", str(file), "--data", data]) == 0
        capsys.readouterr()
        assert main(["import", str(file), "--data", data, "--survey", "Other", "--dry-run"]) == 0
        assert "9 of these rows are here already as the survey “autumn”" in capsys.readouterr().err

    def test_it_says_who_answered_and_remembers_it(
        self, data: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["import", str(file), "--data", data, "--dry-run"]) == 0
        assert "who answered is not said: counted as “other”" in capsys.readouterr().out
        saved = tmp_path / "mapping.json"
        chosen = ["--respondent-kind", "young_person", "--save-mapping", str(saved)]
        assert main(["import", str(file), "--data", data, *chosen]) == 0
        assert json.loads(saved.read_bytes())["respondent_kind"] == "young_person"
        assert main(["import", str(file), "--data", data]) == 0
        assert "9 known already" in capsys.readouterr().out, "remembered, so the rows are the same people"
        assert main(["import", str(file), "--data", data, "--respondent-kind", "parent_carer", "--replace"]) == 0
        assert "9 replaced" in capsys.readouterr().out

    def test_it_writes_every_row_that_stays_out(
        self, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path, unread = tmp_path / "long.csv", tmp_path / "unread.csv"
        read = [(f"{n % 28 + 1}/09/2026", "Yes", f"Ring us back, please, says {n}.") for n in range(160)]
        path.write_bytes(csv_bytes([*ROWS, *(("soon", "Yes", f"Words of row {n}.") for n in range(30)), *read]))
        assert main(["import", str(path), "--data", data, "--dry-run", "--unread", str(unread)]) == 0
        assert "and 11 more rows: date not read (all of them with --unread)" in capsys.readouterr().err
        lines = unread.read_text(encoding="utf-8").splitlines()
        assert lines[:2] == ["row,column,why,what_stands_there", "11,Date,date_not_read,soon"]
        assert len(lines) == 32

    def test_it_takes_any_question_of_the_bank(
        self, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        with_store(
            Settings(data=Path(data), database_url=os.environ["VOICE_DATABASE_URL"]),
            lambda store: store.write(lambda: begin_with(today=NOON.date())),
        )
        path = tmp_path / "school.csv"
        path.write_bytes(csv_bytes([("I feel safe at school.",), ("I agree",), ("I do not agree",)]))
        assert main(["import", str(path), "--data", data, "--respondent-kind", "young_person"]) == 0
        told = capsys.readouterr().out
        assert "I feel safe at school.: answer safe_at_school" in told
        assert "2 added" in told

    def test_it_says_in_one_line_what_is_wrong(
        self, data: str, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        for name, content, said in (
            ("empty.csv", b"", "is empty"),
            ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 99, "is not what its name says"),
            ("book.xlsx", b"a,b\n1,2\n", "is not what its name says"),
            ("headings.csv", b"What went well?,When\n", "has headers but no rows"),
            ("large.csv", b"a\n" * 10_000_001, "is larger than 20 MB"),
        ):
            path = tmp_path / name
            path.write_bytes(content)
            assert said in problem(capsys, str(path), "--data", data)
        assert "cannot be read: No such file" in problem(capsys, str(tmp_path / "none.csv"), "--data", data)
        assert "is not a term" in problem(capsys, str(file), "--data", data, "--term", "autumn")
        for option in ("--save-mapping", "--unread"):
            place = str(tmp_path / "nowhere" / "file")
            assert main(["import", str(file), "--data", data, option, place]) == 2
            assert f"{place} cannot be written: No such file" in capsys.readouterr().err
        assert "is not a mapping" in problem(capsys, str(file), "--data", data, "--mapping", str(file))

    @pytest.mark.parametrize("wrong", [("--language", "klingon"), ("--respondent-kind", "robot")])
    def test_it_refuses_what_it_does_not_know(
        self, data: str, file: Path, wrong: tuple[str, str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["import", str(file), "--data", data, *wrong])
        assert ended.value.code == 2
        assert f"invalid choice: '{wrong[1]}'" in capsys.readouterr().err

    def test_it_says_that_no_column_can_be_used(
        self, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "numbers.csv"
        path.write_bytes(csv_bytes([("Size", "Weight"), (1, 2), (3, 4)]))
        assert "the columns cannot be used like this" in problem(capsys, str(path), "--data", data)


class TestManyComments:
    def test_it_takes_them_in_whole_and_once(
        self, data: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        rows = comment_rows()
        path = tmp_path / "comments.csv"
        path.write_bytes(csv_bytes(rows))
        assert main(["import", str(path), "--data", data]) == 0
        assert f"{len(rows) - 1} added, 0 known already, 0 not read." in capsys.readouterr().out
        assert main(["import", str(path), "--data", data]) == 0
        assert f"0 added, {len(rows) - 1} known already, 0 not read." in capsys.readouterr().out
