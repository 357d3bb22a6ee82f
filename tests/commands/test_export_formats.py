"""``voice export answers`` with its choices, as scripts use it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.commands.voice_command import PROGRAM, ROOT, environment, one_line, voice
from tests.surveys.every_kind import three_people
from tests.surveys.exporting.reading_back import READERS, read_csv
from voice.commands.with_store import with_store
from voice.settings import Settings
from voice.storage import Store

pytestmark = pytest.mark.usefixtures("migrated")


@pytest.fixture
def answered(settings: Settings) -> Settings:
    async def work(store: Store) -> None:
        await store.write(three_people)

    with_store(settings, work)
    return settings


def export(settings: Settings, *arguments: str, out: Path) -> str:
    told = voice(
        *("export", "answers", "--data", str(settings.data), "--out", str(out), *arguments),
        database_url=settings.database_url,
    )
    assert (told.returncode, told.stderr) == (0, "")
    return told.stdout


class TestFormats:
    def test_it_takes_the_format_from_the_name_of_the_file(self, answered: Settings, tmp_path: Path) -> None:
        for suffix, read in READERS.items():
            out = tmp_path / f"out.{suffix}"
            told = export(answered, "--survey", "every-kind", out=out)
            assert told == f"3 people in {out}, the columns explained in {out}.dictionary.csv\n"
            assert len(read(out)) == 3

    def test_it_takes_the_format_it_is_told(self, answered: Settings, tmp_path: Path) -> None:
        out = tmp_path / "out.txt"
        export(answered, "--survey", "every-kind", "--format", "jsonl", "--language", "pl", out=out)
        assert {row["route_label"] for row in READERS["jsonl"](out)} == {"New (pl)", "Review (pl)"}

    def test_it_writes_one_answer_a_row(self, answered: Settings, tmp_path: Path) -> None:
        told = export(answered, "--long", out=tmp_path / "out.csv")
        rows = read_csv(tmp_path / "out.csv")
        assert told.startswith(f"{len(rows)} answers in ")
        assert list(rows[0])[:5] == ["submission", "survey", "version", "round", "concept"]
        assert {row["said_by"] for row in rows} == {"supported", "proxy", "own_words"}

    def test_it_takes_one_term(self, answered: Settings, tmp_path: Path) -> None:
        told = export(answered, "--survey", "every-kind", "--round", "2025-autumn", out=tmp_path / "out.csv")
        assert told.startswith("0 people in ")

    def test_it_writes_the_plain_list_when_nothing_is_chosen(self, answered: Settings, tmp_path: Path) -> None:
        export(answered, out=tmp_path / "out.csv")
        assert {row["code"] for row in read_csv(tmp_path / "out.csv") if row["concept"] == "mat"} == {
            "lunch=good;bus=not_good",
            "rather_not_say",
        }
        assert [path.name for path in tmp_path.glob("out*")] == ["out.csv"]


class TestWhatItCannotDo:
    def refused(self, settings: Settings, *arguments: str) -> str:
        return one_line(
            voice(*("export", "answers", "--data", str(settings.data), *arguments), database_url=settings.database_url)
        )

    def test_it_says_what_is_wrong_in_one_line(self, answered: Settings, tmp_path: Path) -> None:
        out = str(tmp_path / "out.csv")
        for arguments, said in (
            (("--out", out, "--survey", "none-such"), "there is no survey 'none-such'; there are every-kind."),
            (("--out", out, "--survey", "every-kind", "--round", "autumn"), "'autumn' is not a term"),
            (("--out", out, "--wide"), "--wide needs --survey"),
            (("--out", str(tmp_path / "no" / "out.sav"), "--survey", "every-kind"), "cannot be written"),
            (("--out", str(tmp_path), "--survey", "every-kind"), "cannot be written"),
        ):
            line = self.refused(answered, *arguments)
            assert line.startswith("voice export: ")
            assert said in line
        assert list(tmp_path.glob("*out*")) == []


class TestWhereItGoes:
    @pytest.mark.parametrize("more", [(), ("--survey", "every-kind"), ("--long", "--format", "xlsx")])
    def test_it_writes_to_a_pipe_and_says_the_rest_elsewhere(self, answered: Settings, more: tuple[str, ...]) -> None:
        told = subprocess.run(
            [*PROGRAM, "export", "answers", "--data", str(answered.data), "--out", "/dev/stdout", *more],
            cwd=ROOT,
            env=environment(answered.database_url),
            capture_output=True,
            timeout=120,
            check=True,
        )
        assert told.stdout.startswith(b"PK" if "xlsx" in more else b"submission,")
        assert b" in /dev/stdout" not in told.stdout
        assert b" in /dev/stdout\n" in told.stderr

    @pytest.mark.parametrize("more", [(), ("--survey", "every-kind")])
    @pytest.mark.parametrize("out", [".", "/dev/full"])
    def test_it_says_in_one_line_what_cannot_be_written(
        self, answered: Settings, out: str, more: tuple[str, ...]
    ) -> None:
        told = voice(
            *("export", "answers", "--data", str(answered.data), "--out", out, *more),
            database_url=answered.database_url,
        )
        assert f"{out} cannot be written: " in one_line(told)
