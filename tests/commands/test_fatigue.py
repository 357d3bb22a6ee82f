"""``voice fatigue``: the measures of a contact history, as a program of its own and on bad input.

Most calls are in this process: to load what the verb needs takes a program of its own some seconds.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from analysis.fatigue.ledger import COLUMNS
from analysis.measures import wilson_interval
from tests.commands.voice_command import voice
from voice.commands import main

Told = pytest.CaptureFixture[str]

HEADER = ",".join(COLUMNS)
GOOD = "f1,p1,annual,council,invitation,2025-10-01T09:00:00Z,completed,10"
ROWS = (
    GOOD,
    "f1,p1,plans,health,invitation,2025-11-01T09:00:00Z,partial,12",
    "f1,p1,plans,health,reminder,2025-11-08T09:00:00Z,completed,1",
    "f1,p2,forum,forum,session,2025-12-20T09:00:00Z,none,60",
    "f2,p1,annual,council,statutory,2025-10-01T09:00:00Z,opened,5",
    "f2,p1,annual,council,reminder,2026-05-01T09:00:00Z,none,5",
    "f3,p1,annual,council,invitation,2026-02-01T09:00:00Z,none,20",
)


def written(folder: Path, *rows: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
    ledger = folder / "ledger.csv"
    ledger.write_text("\n".join([header, *rows]) + "\n", encoding=encoding)
    return ledger


def measured(told: Told, folder: Path, *rows: str, **more: Any) -> tuple[dict[str, Any], str]:
    """OUT, and what was told, of a ledger of these rows."""
    options = [str(option) for option in more.pop("options", ())]
    out = folder / "out.json"
    assert main(["fatigue", str(written(folder, *rows, **more)), "--out", str(out), *options]) == 0
    return json.loads(out.read_text("utf-8")), one_line(told)


def one_line(told: Told) -> str:
    read = told.readouterr()
    assert read.out == ""
    (line,) = read.err.splitlines()
    return line


class TestMeasures:
    def test_it_writes_every_measure_under_its_name(self, capsys: Told, tmp_path: Path) -> None:
        found, line = measured(capsys, tmp_path, *ROWS)
        # f1 was asked four times in the autumn; f2 in the autumn and the summer; f3 in the spring.
        assert found["asks_per_family_per_term"] == {"median": 1, "p90": pytest.approx(3.1), "max": 4, "families": 3}
        minutes = found["burden_minutes_per_family_per_term"]
        assert (minutes["median"], minutes["max"], minutes["families"]) == (12.5, 83, 3)
        low, high = wilson_interval(1, 4)
        assert found["response_rate_by_ask"] == [
            {"ask": 1, "n": 4, "completed": 1, "rate": 0.25, "low": low, "high": high},
            *(
                {
                    "ask": ask,
                    "n": 1,
                    "completed": done,
                    "rate": done,
                    **dict(zip(("low", "high"), interval, strict=True)),
                }
                for ask, done, interval in (
                    (2, 0, wilson_interval(0, 1)),
                    (3, 1, wilson_interval(1, 1)),
                    (4, 0, wilson_interval(0, 1)),
                )
            ),
        ]
        assert found["decay"] == {"beta": None, "low": None, "high": None, "n": 0}
        low, high = wilson_interval(1, 2)
        assert found["reminder_yield"] == {"n": 2, "completed": 1, "rate": 0.5, "low": low, "high": high}
        assert found["break_off"] == {"introduction": 0.25, "questionnaire": pytest.approx(1 / 3)}
        assert found["over_budget"] == {"families": 1, "share": pytest.approx(1 / 3)}
        assert found["problems"] == {"rows": 7, "used": 7, "left_out": [], "in_doubt": [], "terms": []}
        assert line == "voice fatigue: 7 rows read, 7 used."

    def test_it_is_a_verb_of_the_program(self, tmp_path: Path) -> None:
        told = voice("fatigue", str(written(tmp_path, *ROWS)), "--out", "/dev/stdout")
        assert (told.returncode, told.stderr) == (0, "voice fatigue: 7 rows read, 7 used.\n")
        assert json.loads(told.stdout)["asks_per_family_per_term"]["families"] == 3

    def test_a_partnership_gives_its_terms_and_its_budget(self, capsys: Told, tmp_path: Path) -> None:
        terms = tmp_path / "terms.csv"
        terms.write_text(
            "term,start,end\nautumn,2025-09-01,2025-10-31\nspring,2025-11-01,2026-03-31\nsummer,,2026-07-20\n"
        )
        found, line = measured(capsys, tmp_path, *ROWS, options=["--terms", terms, "--asks", 2, "--minutes", 100])
        assert found["asks_per_family_per_term"]["max"] == 3
        assert found["over_budget"]["families"] == 1
        assert [(each["code"], each["rows"]) for each in found["problems"]["in_doubt"]] == [("outside_terms", 1)]
        assert [(each["code"], each["terms"]) for each in found["problems"]["terms"]] == [("term_without_dates", 1)]
        assert "Terms left out: 1 without both dates." in line

    @pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
    def test_it_reads_what_people_save(self, capsys: Told, tmp_path: Path, encoding: str) -> None:
        rows = [row.replace("annual", "Café survey") for row in ROWS]
        header = HEADER.replace("family", "Family")
        found, _ = measured(capsys, tmp_path, *rows, "", encoding=encoding, header=header + ",note")
        assert found["problems"]["used"] == 7

    def test_what_is_wrong_is_counted_and_said(self, capsys: Told, tmp_path: Path) -> None:
        found, line = measured(
            capsys,
            tmp_path,
            GOOD,
            GOOD.replace("council", "health"),
            GOOD.replace("f1", ""),
            GOOD.replace("f1", "f2").replace("invitation", "e-mail"),
            GOOD.replace("f1", "f2").replace("Z", "").replace("10-01T09", "10-26T01").replace(",10", ",-10"),
        )
        problems = found["problems"]
        assert (problems["rows"], problems["used"]) == (5, 2)
        assert {each["code"]: each["rows"] for each in problems["left_out"]} == {
            "family_missing": 1,
            "kind_unknown": 1,
            "same_send_by_two_partners": 1,
        }
        assert {each["code"] for each in problems["in_doubt"]} == {
            "time_without_zone",
            "time_twice_that_night",
            "minutes_unusable",
        }
        assert "another partner's row tells of (first in row 3)" in line


class TestWhatItRefuses:
    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (b"", "is empty"),
            (HEADER.encode() + b"\n", "has headers but no rows"),
            (b"family,person\nf1,p1\n", "has no column “survey”"),
            (f"{HEADER},family\n{GOOD},f1\n".encode(), "several columns called"),
            (f"{HEADER}\n{GOOD.replace('f1', 'amina@example.org')}\n".encode(), "e-mail addresses in the column"),
            (f"{HEADER}\n{GOOD},1,2,3\n".encode(), "cannot be read as CSV"),
            (f'{HEADER}\n"{GOOD}\n'.encode(), "CSV"),
            (f"{HEADER}\n{GOOD.replace('2025', 'in 2025')}\n".encode(), "None of the 1 rows"),
            (b"PK\x03\x04\x00\x00\x01" * 99, "is not a CSV file"),
        ],
    )
    def test_it_says_why_in_one_line_and_writes_nothing(
        self, capsys: Told, tmp_path: Path, content: bytes, said: str
    ) -> None:
        ledger, out = tmp_path / "ledger.csv", tmp_path / "out.json"
        ledger.write_bytes(content)
        out.write_text("as it was")
        assert main(["fatigue", str(ledger), "--out", str(out)]) == 2
        assert said in one_line(capsys)
        assert out.read_text() == "as it was"
        assert {path.name for path in tmp_path.iterdir()} == {"ledger.csv", "out.json"}

    @pytest.mark.parametrize(
        ("terms", "said"),
        [
            ("name,from\nautumn,2025-09-01\n", "no column “end”"),
            ("term,start,end\nautumn,,\n", "no term with a first and a last day"),
        ],
    )
    def test_it_refuses_terms_it_cannot_use(self, capsys: Told, tmp_path: Path, terms: str, said: str) -> None:
        given = tmp_path / "terms.csv"
        given.write_text(terms, encoding="utf-8")
        out = tmp_path / "out.json"
        ledger = str(written(tmp_path, GOOD))
        assert main(["fatigue", ledger, "--terms", str(given), "--out", str(out)]) == 2
        assert said in one_line(capsys)
        assert not out.exists()
