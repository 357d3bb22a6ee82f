"""`voice themes`, as an analyst runs it."""

import argparse
import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voice.commands.problems import CommandProblem
from voice.commands.themes import OUR_COLUMNS, add_parser

FRAME = "theme_id,theme,description,keywords\nwaiting,Waiting,,wait;delay\ntravel,Travel,,bus;taxi\n"
COMMENTS = (
    "id,asked,said\n"
    "1,What could be better?,Nothing\n"
    '2,What could be better?,"We waited two years, for a bus"\n'
    "3,What went well?,n/a\n"
)


class Folder:
    """A folder with a code frame, and the verb run in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.write("frame.csv", FRAME)

    def write(self, name: str, content: str | bytes, encoding: str = "utf-8") -> None:
        raw = content if isinstance(content, bytes) else content.encode(encoding)
        (self.path / name).write_bytes(raw)

    def run(self, *options: str, frame: str = "frame.csv", text: str = "said") -> list[dict[str, str]]:
        parser = argparse.ArgumentParser()
        add_parser(parser.add_subparsers())
        words = [
            "themes",
            self.at("in.csv"),
            "--text",
            text,
            "--codeframe",
            self.at(frame),
            "--out",
            self.at("out.csv"),
            *(() if "--with-meaning" in options else ("--without-meaning",)),
        ]
        arguments = parser.parse_args([*words, *options])
        assert arguments.run(arguments) == 0
        with (self.path / "out.csv").open(encoding="utf-8", newline="") as out:
            return list(csv.DictReader(out))

    def problem(self, *options: str, frame: str = "frame.csv", text: str = "said") -> str:
        with pytest.raises(CommandProblem) as raised:
            self.run(*options, frame=frame, text=text)
        assert not (self.path / "out.csv").exists()
        assert not list(self.path.glob(".*"))
        return str(raised.value)

    def at(self, name: str) -> str:
        return str(self.path / name)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


class TestThemes:
    def test_it_adds_its_columns_to_every_row(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        rows = folder.run("--question", "asked", "--id", "id")
        assert list(rows[0]) == ["id", "asked", "said", *OUR_COLUMNS]
        assert [row["id"] for row in rows] == ["1", "2", "3"]
        assert set(rows[1]["themes"].split(";")) == {"waiting", "travel"}
        assert [rows[row]["themes"] for row in (0, 2)] == ["", ""]
        assert [row["sentiment"] for row in rows] == ["positive", "negative", "neutral"]
        assert [row["outcome"] for row in rows] == ["none_fits", "themed", "stock_answer"]
        assert "waiting: waited" in rows[1]["why"]
        assert "negative: " in rows[1]["why"]
        assert -1 <= float(rows[1]["sentiment_score"]) < 0
        assert all(0 <= float(row["confidence"]) <= 1 for row in rows)
        assert {row["urgent"] for row in rows} == {"0"}

    def test_it_keeps_a_column_that_has_the_name_of_ours(self, folder: Folder) -> None:
        folder.write("in.csv", "said,sentiment,outcome\nthe bus,=old,kept\n")
        (row,) = folder.run()
        assert (row["sentiment"], row["outcome"]) == ("=old", "kept")
        assert row["outcome_suggested"] == "themed"
        assert row["sentiment_suggested"] in ("negative", "mixed", "neutral", "positive")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def test_it_reads_the_encodings_people_save_in(self, encoding: str, folder: Folder) -> None:
        folder.write("in.csv", "said\nThe café’s bus – late\n", encoding)
        (row,) = folder.run()
        assert (row["said"], row["themes"]) == ("The café’s bus – late", "travel")

    def test_it_keeps_blank_and_short_rows_in_their_places(self, folder: Folder) -> None:
        folder.write("in.csv", "id,said\r\n1,bus\r\n\r\n3\r\n,\r\n5,taxi\r\n\r\n")
        rows = folder.run()
        assert [row["id"] for row in rows] == ["1", "", "3", "", "5"]
        assert [row["outcome"] for row in rows] == [
            "themed",
            "unreadable",
            "unreadable",
            "unreadable",
            "themed",
        ]

    def test_it_keeps_every_blank_row_of_one_column(self, folder: Folder) -> None:
        folder.write("in.csv", "said\nbus\n\n\n")
        assert len(folder.run()) == 3

    def test_several_processes_read_identical_lines_in_order(self, folder: Folder) -> None:
        folder.write("in.csv", "said,n\n" + "".join(f"The bus was late again,{n}\n" for n in range(3_001)))
        rows = folder.run()
        assert {row["themes"] for row in rows} == {"travel"}
        assert [int(row["n"]) for row in rows] == list(range(3_001))

    def test_it_reads_a_very_long_comment(self, folder: Folder) -> None:
        folder.write("in.csv", "said\n" + "we wait and wait " * 130_000 + "\n")
        (row,) = folder.run()
        assert row["themes"] == "waiting"

    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        texts=st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=30), min_size=1, max_size=8
        )
    )
    def test_it_gives_back_what_it_was_given(self, texts: list[str], folder: Folder) -> None:
        with (folder.path / "in.csv").open("w", encoding="utf-8", newline="") as written:
            writer = csv.writer(written)
            writer.writerows([["said", "n"], *([text, str(number)] for number, text in enumerate(texts))])
        rows = folder.run()
        assert [row["said"] for row in rows] == texts
        ours = [row[column] for row in rows for column in ("themes", "sentiment", "why", "outcome")]
        assert not any(cell.startswith(("=", "+", "-", "@")) for cell in ours)


class TestWhomAPersonLooksAt:
    def test_it_is_the_least_sure_of_the_whole_file_and_not_of_a_piece(self, folder: Folder) -> None:
        folder.write(
            "in.csv", "said\n" + "The bus was late\n" * 1_400 + "Somebody said something about it once\n" * 600
        )
        rows = folder.run()
        needs = [int(row["needs_person"]) for row in rows]
        assert sum(needs) == 600
        sure = [float(row["confidence"]) for row in rows]
        assert max(s for s, n in zip(sure, needs, strict=True) if n) <= min(
            s for s, n in zip(sure, needs, strict=True) if not n
        )

    def test_it_flags_what_cannot_wait(self, folder: Folder) -> None:
        folder.write("in.csv", "said\nHe says he wants to kill himself\nThe bus was late\n")
        assert [row["urgent"] for row in folder.run()] == ["1", "0"]


class TestLabelled:
    CODED = "said,codes\n" + "".join(
        f'"{said} {number}",{codes}\n'
        for number in range(12)
        for said, codes in (
            ("The driver was kind", "Travel"),
            ("Two years on the list", "waiting|old"),
            ("It rains", ""),
        )
    )

    def test_it_learns_ids_and_names_and_counts_what_the_frame_does_not_know(
        self, folder: Folder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder.write("in.csv", COMMENTS)
        folder.write("coded.csv", self.CODED + "A cat,pets\n")
        labelled = ("--labelled", folder.at("coded.csv"), "--labels", "codes")
        folder.run(*labelled, "--summary", folder.at("summary.json"))
        learned = json.loads((folder.path / "summary.json").read_text(encoding="utf-8"))["learned_from"]
        assert learned == {
            "comments": 36,
            "with_a_theme": 24,
            "left_out": 1,
            "labels_the_frame_does_not_know": {"old": 12, "pets": 1},
        }
        assert "“old” (12), “pets” (1)" in capsys.readouterr().err

    def test_it_says_that_no_label_is_known(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        folder.write("coded.csv", "said,codes\nA cat,pets\n")
        assert folder.problem("--labelled", folder.at("coded.csv"), "--labels", "codes") == (
            f"No row of {folder.at('coded.csv')} has a theme of the code frame in its column “codes”."
        )

    def test_it_asks_for_the_column_of_the_labels(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        folder.write("coded.csv", self.CODED)
        assert (
            folder.problem("--labelled", folder.at("coded.csv")) == "--labelled CODED.csv and --labels COL go together."
        )
        assert "“themes”" in folder.problem("--labelled", folder.at("coded.csv"), "--labels", "themes")


class TestSummary:
    def test_it_counts_outcomes_and_themes_and_says_how(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        folder.run("--question", "asked", "--summary", folder.at("summary.json"))
        summary = json.loads((folder.path / "summary.json").read_text(encoding="utf-8"))
        assert summary["rows"] == 3
        assert summary["outcomes"] == {
            "themed": 1,
            "none_fits": 1,
            "stock_answer": 1,
            "other_language": 0,
            "unreadable": 0,
        }
        waiting = summary["themes"][0]
        assert (waiting["theme_id"], waiting["n"], waiting["sentiment"]["negative"]) == ("waiting", 1, 1)
        assert summary["how"]["code_frame"] == "frame.csv"
        assert summary["how"]["read"] == "by words alone, as asked"
        assert summary["learned_from"] is None

    def test_it_shows_campaigns_once_and_new_themes_with_a_remainder(self, folder: Folder) -> None:
        letter = "Please keep the resource base at our school open for every child who needs it"
        rest = [f"{thing} {end}" for thing in ("The lunch hall", "A lunch box") for end in "abcdefgh"]
        folder.write("in.csv", "said\n" + f"{letter}\n" * 5 + f"{letter} now\n" + "\n".join(rest) + "\n😀\n")
        folder.run("--summary", folder.at("summary.json"))
        summary = json.loads((folder.path / "summary.json").read_text(encoding="utf-8"))
        campaigns = summary["campaigns"]
        assert (campaigns["found"], campaigns["copies"], campaigns["voices_counting_each_once"]) == (1, 6, 18)
        assert campaigns["largest"][0]["first_row"] == 1
        assert campaigns["largest"][0]["added"] == ["now"]
        assert summary["same_text_as_an_earlier_row"] == 4
        new = summary["new_themes"]
        assert new["in_no_group"] + sum(group["n"] for group in new["groups"]) == new["looked_at"] == new["none_fits"]
        assert summary["outcomes"]["unreadable"] == 1


class TestBadInput:
    def test_it_says_there_is_no_file(self, folder: Folder) -> None:
        assert folder.problem() == f"There is no file {folder.at('in.csv')}."

    @pytest.mark.parametrize("content", ["", "\n\n", "\ufeff"])
    def test_it_says_that_a_file_is_empty(self, content: str, folder: Folder) -> None:
        folder.write("in.csv", content)
        assert folder.problem() == f"{folder.at('in.csv')} is empty."

    def test_it_says_that_a_file_has_headers_only(self, folder: Folder) -> None:
        folder.write("in.csv", "id,asked,said\n")
        assert folder.problem() == f"{folder.at('in.csv')} has headers but no rows below them."

    def test_it_writes_to_no_folder(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        assert folder.problem("--out", ".").endswith(" is a folder: give the name of a file.")

    def test_it_names_the_missing_column_and_those_there_are(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        assert folder.problem(text="text").endswith("has no column “text”; it has: id, asked, said.")
        assert "“langue”" in folder.problem("--lang", "langue")

    def test_it_refuses_a_column_that_is_there_twice(self, folder: Folder) -> None:
        folder.write("in.csv", "said,said\na,b\n")
        assert "several columns" in folder.problem()

    def test_it_refuses_a_file_that_is_no_text(self, folder: Folder) -> None:
        folder.write("in.csv", b"PK\x03\x04\x00\x00\x08\x00" * 50)
        assert folder.problem().endswith("is not a CSV file.")

    def test_it_names_the_row_that_is_too_long(self, folder: Folder) -> None:
        folder.write("in.csv", "id,said\n1,bus\n2,taxi,late\n")
        assert folder.problem().startswith("Row 3 of ")

    def test_it_names_the_repeated_id_of_a_frame(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        folder.write("twice.csv", FRAME + "travel,Again,,x\n")
        assert folder.problem(frame="twice.csv") == (
            f"The theme id travel is there twice in {folder.at('twice.csv')}, again on line 4."
        )

    def test_it_says_there_is_no_frame(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        assert folder.problem(frame="none.csv") == f"There is no file {folder.at('none.csv')}."

    def test_it_never_writes_over_what_it_reads(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        assert folder.problem("--summary", folder.at("in.csv")) == "IN, FRAME, OUT and SUMMARY must be different files."
        assert (folder.path / "in.csv").read_text(encoding="utf-8") == COMMENTS

    def test_it_says_there_is_no_folder(self, folder: Folder) -> None:
        folder.write("in.csv", COMMENTS)
        assert folder.problem("--summary", folder.at("nowhere/out.json")).startswith("There is no folder")
