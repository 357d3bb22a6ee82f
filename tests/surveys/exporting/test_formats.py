"""What was answered is what every format says when it is read again."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet  # type: ignore[import-untyped]
import pyreadstat
import pytest

from surveys.answers import GivenAnswer
from surveys.exporting.columns import Column, Row
from surveys.exporting.formats import FORMATS, Format, TooManyRows
from surveys.exporting.formats.workbook import WorkbookWriter
from surveys.exporting.saving import Saved, dictionary_path, save
from surveys.exporting.tables import one_answer_a_row, one_person_a_row
from tests.surveys.every_kind import FILE, SLUG, a_round, ask, both, document, send, three_people
from tests.surveys.exporting.reading_back import READERS, plain, read_csv, read_xlsx
from voice.storage import Store

EVERYTHING: dict[str, Any] = {
    "survey": SLUG,
    "version": 1,
    "round": "2026-autumn",
    "language": "en",
    "submitted_at": "2026-09",
    "takes_part": "yes",
    "route": "new",
    "first_time": "not_sure",
    "clubs.art": True,
    "clubs.sport": False,
    "clubs.music": True,
    "mood": "in_between",
    "heard": "agree",
    "safe": 7,
    "first_things.friends": 2,
    "first_things.quiet": 1,
    "first_things.help": 3,
    "mat.lunch": "good",
    "mat.bus": "not_good",
    "feeling.happy": True,
    "feeling.calm": False,
    "reach_me": "letter",
    "own_words": 'Dobrze,\n„tak” "so"',
    "voice_note": FILE,
    "day": "2026-09-14",
    "year": "year_4",
    "age": "5_to_10",
    "area": "B91",
}
LABELS = {
    "mode": "With a whole class",
    "said_by": "Their own words, with help",
    "respondent_kind": "Young person",
    "route": "New",
    "first_time": "Not sure",
    "mat.bus": "Not good",
    "year": "Year 4",
}


async def written(
    store: Store, format: Format, path: Path, *, long: bool = False
) -> tuple[list[dict[str, Any]], Saved]:
    table = await (one_answer_a_row(None, None, both, "en") if long else one_person_a_row(SLUG, None, both))
    saved = await save(table, format, path, "en")
    return [{name: plain(value) for name, value in row.items()} for row in READERS[format](path)], saved


@pytest.mark.parametrize("format", FORMATS)
class TestEachFormat:
    async def test_it_gives_back_what_was_answered(self, store: Store, format: Format, tmp_path: Path) -> None:
        everything, _, _ = await store.write(three_people)
        rows, saved = await written(store, format, tmp_path / "out")
        assert saved.rows == 3
        row = next(row for row in rows if row["submission"] == everything)
        if format == "sav":
            coded = {name: LABELS[name] for name in LABELS}
            assert {name: row[name] for name in coded} == coded
            expected = {n: v for n, v in EVERYTHING.items() if n + "_label" not in read_names(tmp_path)}
        else:
            assert {name: row[f"{name}_label"] for name in LABELS} == LABELS
            expected = EVERYTHING
        assert {name: row[name] for name in expected} == expected
        assert {row[name] for name in row if name.endswith("_missing")} == {None, "skipped"}
        assert [name for name in row if row[name] == "skipped"] == [
            "voice_note.words_missing",
            "picture.words_missing",
            "snap.words_missing",
        ], "nobody wrote words to a file"

    async def test_it_keeps_apart_why_a_value_is_missing(self, store: Store, format: Format, tmp_path: Path) -> None:
        _, nothing, little = await store.write(three_people)
        rows, _ = await written(store, format, tmp_path / "out")
        by_id = {row["submission"]: row for row in rows}
        for name in ("mood", "clubs.art", "safe", "mat.bus", "own_words", "day", "voice_note"):
            assert by_id[nothing][name] is None
            assert by_id[nothing][f"{name}_missing"] == "rather_not_say"
            assert by_id[little][name] is None
            assert by_id[little][f"{name}_missing"] == "skipped"
        assert by_id[little]["first_time_missing"] == "not_asked", "their route does not lead there"
        assert by_id[nothing]["first_time_missing"] == "rather_not_say"

    async def test_it_writes_one_answer_a_row_too(self, store: Store, format: Format, tmp_path: Path) -> None:
        everything, _, _ = await store.write(three_people)
        rows, _ = await written(store, format, tmp_path / "out", long=True)
        said = {row["concept"]: row for row in rows if row["submission"] == everything}
        assert said["clubs"]["code"] == "art;music"
        assert said["clubs"]["label"] == "Art;Music"
        assert said["first_things"]["code"] == "quiet;friends;help"
        assert said["mat"]["label"] == "Lunch=Good;Bus=Not good"
        assert said["own_words"]["text"] == EVERYTHING["own_words"]
        assert said["own_words"]["code"] is None
        assert said["voice_note"]["code"] == f"file:{FILE}"
        assert said["route"]["question"] == "About route?"

    async def test_it_writes_columns_when_nobody_has_answered(
        self, store: Store, format: Format, tmp_path: Path
    ) -> None:
        await store.write(lambda: a_round(document()))
        rows, saved = await written(store, format, tmp_path / "out")
        assert rows == []
        assert saved.rows == 0
        assert {"route", "clubs.art"} <= {line["variable"] for line in read_csv(saved.dictionary)}

    async def test_it_leaves_nothing_behind_where_it_cannot_write(
        self, store: Store, format: Format, tmp_path: Path
    ) -> None:
        await store.write(three_people)
        with pytest.raises(OSError, match="nowhere"):
            await written(store, format, tmp_path / "nowhere" / "out")
        assert set(names_in(tmp_path)) <= {"data"}


def names_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def read_names(folder: Path) -> set[str]:
    """The columns with words beside them: SPSS has the words as labels of numbers."""
    coded = {line["variable"] for line in read_csv(dictionary_path(folder / "out")) if line["measure"] == "code"}
    return {f"{name}_label" for name in coded}


class TestTheDictionary:
    async def test_it_says_what_columns_mean_and_how_many_they_count(self, store: Store, tmp_path: Path) -> None:
        await store.write(three_people)
        _, saved = await written(store, "sav", tmp_path / "out.sav")
        lines = read_csv(saved.dictionary)
        route = [line for line in lines if line["variable"] == "route"]
        assert [(line["code"], line["number"], line["answered"]) for line in route] == [
            ("", "", "3"),
            ("new", "1", "2"),
            ("review", "2", "1"),
        ]
        assert (route[0]["words_en"], route[0]["words_pl"]) == ("About route?", "About route? (pl)")
        assert (route[2]["words_en"], route[2]["words_pl"]) == ("Review", "Review (pl)")
        first_time = next(line for line in lines if line["variable"] == "first_time" and not line["code"])
        figures = ("people", "asked", "answered", "rather_not_say", "skipped", "not_asked")
        assert [first_time[name] for name in figures] == ["3", "2", "1", "1", "0", "1"]
        art = {line["code"]: line["answered"] for line in lines if line["variable"] == "clubs.art"}
        assert art == {"": "1", "true": "1", "false": "0"}

    async def test_it_stands_in_workbooks_and_parquet_files_too(self, store: Store, tmp_path: Path) -> None:
        await store.write(three_people)
        _, saved = await written(store, "xlsx", tmp_path / "out.xlsx")
        beside = read_csv(saved.dictionary)
        inside = read_xlsx(tmp_path / "out.xlsx", "dictionary")
        assert [{n: v or "" for n, v in line.items()} for line in inside] == beside
        await written(store, "parquet", tmp_path / "out.parquet")
        schema = pyarrow.parquet.read_schema(tmp_path / "out.parquet")
        kept = json.loads(pyarrow.parquet.read_metadata(tmp_path / "out.parquet").metadata[b"dictionary"])
        assert kept == beside
        assert schema.field("route").metadata == {b"label": b"About route?"}

    async def test_it_labels_the_columns_of_spss(self, store: Store, tmp_path: Path) -> None:
        await store.write(three_people)
        await written(store, "sav", tmp_path / "out.sav")
        _, about = pyreadstat.read_sav(tmp_path / "out.sav", user_missing=True)
        assert about.column_names_to_labels["mat.bus"] == "About mat? – Bus"
        assert about.variable_value_labels["mat.bus"] == {
            1: "Good",
            2: "Not sure",
            3: "Not good",
            -97: "Would rather not say",
            -98: "Skipped",
            -99: "Not asked",
        }
        assert {each["lo"] for each in about.missing_ranges["mat.bus"]} == {-97, -98, -99}


class TestHarm:
    TEXTS = ("=1+1", "+44", "-1", "@SUM(A1)", "fine = fine", "bell \x07 rings", "_x0007_", "𝕏 👍", "a\u2028b")

    async def answered(self, store: Store) -> None:
        async def unit() -> None:
            round = await a_round(document((ask("own_words", "free_text", limit=40_000),)))
            for number, text in enumerate(self.TEXTS):
                await send(round, {"own_words": GivenAnswer("en", text=text)}, number=number)

        await store.write(unit)

    @pytest.mark.parametrize("format", ["csv", "xlsx"])
    async def test_it_writes_no_cell_that_a_spreadsheet_would_run(
        self, store: Store, format: Format, tmp_path: Path
    ) -> None:
        await self.answered(store)
        rows, _ = await written(store, format, tmp_path / "out")
        texts = {row["own_words"] for row in rows}
        assert {"'=1+1", "'+44", "'-1", "'@SUM(A1)", "fine = fine"} <= texts

    async def test_it_keeps_letters_that_a_workbook_has_no_place_for(self, store: Store, tmp_path: Path) -> None:
        await self.answered(store)
        rows, _ = await written(store, "xlsx", tmp_path / "out")
        assert {"bell _x0007_ rings", "_x005F_x0007_", "𝕏 👍"} <= {row["own_words"] for row in rows}

    @pytest.mark.parametrize("format", ["jsonl", "parquet", "sav"])
    async def test_it_changes_nothing_where_no_spreadsheet_reads(
        self, store: Store, format: Format, tmp_path: Path
    ) -> None:
        await self.answered(store)
        rows, _ = await written(store, format, tmp_path / "out")
        assert {str(row["own_words"]) for row in rows} == set(self.TEXTS)

    async def test_it_says_how_many_texts_spss_cannot_hold(self, store: Store, tmp_path: Path) -> None:
        async def unit() -> None:
            round = await a_round(document((ask("own_words", "free_text", limit=40_000),)))
            await send(round, {"own_words": GivenAnswer("en", text="ż" * 20_000)})

        await store.write(unit)
        rows, saved = await written(store, "sav", tmp_path / "out")
        assert saved.cut_short == 1
        assert rows[0]["own_words"] == "ż" * 16_000

    def test_it_refuses_more_rows_than_a_sheet_has(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        writer = WorkbookWriter(tmp_path / "out", [Column("day", {}, "date")], "en")
        monkeypatch.setattr("surveys.exporting.formats.workbook.MOST_ROWS", 2)
        writer.add([Row({"day": dt.date(2026, 9, 14)}, {})] * 2)
        with pytest.raises(TooManyRows):
            writer.add([Row({}, {})])
        writer.abandon()
