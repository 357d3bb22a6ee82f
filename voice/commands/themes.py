"""`voice themes`: themes, sentiment and what is urgent in any file of comments.

The columns of `OUR_COLUMNS` are added after the input's own. Where the input already has a column of that name, the
input keeps it and ours is called `themes_suggested` and so on. The input is read twice, in pieces: which comments the
machine is least sure of is known only at the end.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice, tee
from pathlib import Path
from typing import IO

import pandas as pd

from analysis.code_frame import CodeFrame, CodeFrameProblem, read_code_frame
from analysis.embeddings import Meanings, Recent, Remembered, load_meanings
from analysis.themes import Learned, learn
from voice.commands.csv_files import (
    CsvFile,
    names_beside,
    open_csv,
    refuse_to_overwrite,
    written_rows,
    written_text,
)
from voice.commands.labelled import Labelled, read_labelled
from voice.commands.problems import CommandProblem
from voice.commands.theming import Columns, Read, Reader, processors, read_by_several, read_in_turn
from voice.commands.theming_summary import Tally

OUR_COLUMNS = (*("themes", "confidence", "sentiment", "sentiment_score", "why", "outcome", "needs_person", "urgent"),)
MOST_WITH_MEANING = 20_000
"""Larger files are read without the model of meaning unless it is asked for: it reads some 80 comments a second."""

FEWEST_FOR_SEVERAL = 1_500
"""So few comments are not worth other processes."""

_AT_ONCE = 500
_LABELS_SHOWN = 5


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("themes", help="suggest themes and sentiment for a file of comments")
    parser.add_argument("input", metavar="IN.csv", type=Path, help="the comments, one a row")
    parser.add_argument("--text", required=True, metavar="COL", help="the column of the comments")
    parser.add_argument("--id", metavar="COL", help="the column that names each row")
    parser.add_argument("--question", metavar="COL", help="the column of the question each comment answers")
    parser.add_argument("--lang", metavar="COL", help="the column of the comment's language")
    parser.add_argument("--codeframe", required=True, metavar="FRAME.csv", type=Path, help="the themes to look for")
    parser.add_argument("--labelled", metavar="CODED.csv", type=Path, help="comments that people have coded")
    parser.add_argument("--labels", metavar="COL", help="the column of their themes, joined by ;")
    parser.add_argument("--out", required=True, metavar="OUT.csv", type=Path, help="the comments with their themes")
    parser.add_argument("--summary", metavar="OUT.json", type=Path, help="the counts, and how they were made")
    meaning = parser.add_mutually_exclusive_group()
    meaning.add_argument("--with-meaning", action="store_true", help="use the model of meaning for a file of any size")
    meaning.add_argument("--without-meaning", action="store_true", help="go by words alone")
    parser.add_argument(
        "--cache", metavar="FOLDER", type=Path, help="remember vectors of the comments here (otherwise nothing is kept)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, and SUMMARY when asked for; raises CommandProblem with one sentence when it cannot.

    Time and memory grow with the number of rows, memory by some 150 bytes a row. Both files appear whole or not at all.
    """
    if (arguments.labelled is None) != (arguments.labels is None):
        raise CommandProblem("--labelled CODED.csv and --labels COL go together.")
    read = {"IN": arguments.input, "FRAME": arguments.codeframe, "CODED": arguments.labelled}
    refuse_to_overwrite(read, {"OUT": arguments.out, "SUMMARY": arguments.summary})
    code_frame = _code_frame(arguments.codeframe)
    comments = open_csv(arguments.input)
    columns = Columns(arguments.text, arguments.question, arguments.lang)
    places = {
        column: comments.place(column)
        for column in (arguments.text, arguments.id, arguments.question, arguments.lang)
        if column
    }
    first = sum(1 for _ in islice(comments.rows(), MOST_WITH_MEANING + 1))
    meanings, meaning = _meanings(arguments, many=first > MOST_WITH_MEANING)
    coded, learned = _learned(arguments, code_frame, columns, meanings)
    tally = Tally(code_frame, meaning=meaning, coded=coded)
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as found:
        pieces, again = tee(_frames(comments, places))
        reader = Reader(code_frame, columns, meanings, learned)
        # What is remembered of meanings is kept in one file, which one process writes.
        several = processors() if arguments.cache is None and first >= FEWEST_FOR_SEVERAL else 1
        results = read_by_several(reader, pieces, several) if several > 1 else read_in_turn(reader, pieces)
        writer = csv.writer(found)
        for piece, result in zip(again, results, strict=True):
            tally.add(piece, result, text=arguments.text, id=arguments.id)
            writer.writerows(map(_cells, result))
            _show_progress(tally.rows)
        _show_progress(tally.rows, done=True)
        _write_out(arguments.out, comments, found, tally)
    if arguments.summary:
        with written_text(arguments.summary) as summary:
            json.dump(tally.summary(arguments, meanings), summary, ensure_ascii=False, indent=2)
            summary.write("\n")
    return 0


def _meanings(arguments: argparse.Namespace, *, many: bool) -> tuple[Meanings | None, str]:
    """The model, if it is to be used, and a sentence that says whether it is and why."""
    if arguments.without_meaning:
        return None, "by words alone, as asked"
    if many and not arguments.with_meaning:
        said = f"by words alone, since there are more than {MOST_WITH_MEANING:,} comments; --with-meaning takes longer"
        print(f"voice themes: {said}.", file=sys.stderr)
        return None, said
    model = load_meanings()
    if model is None:
        if arguments.with_meaning:
            raise CommandProblem("The model of meaning is not installed: leave --with-meaning out.")
        said = "by words alone, since the model of meaning is not installed"
        print(f"voice themes: {said}.", file=sys.stderr)
        return None, said
    if arguments.cache is None:
        return Recent(model), "by words and meaning (all-MiniLM-L6-v2)"
    try:
        arguments.cache.mkdir(parents=True, exist_ok=True)
        return Remembered(model, arguments.cache / "meanings.bin"), "by words and meaning (all-MiniLM-L6-v2)"
    except OSError as problem:
        raise CommandProblem(f"{arguments.cache}: {problem.strerror}.") from problem


def _learned(
    arguments: argparse.Namespace, code_frame: CodeFrame, columns: Columns, meanings: Meanings | None
) -> tuple[Labelled | None, Learned | None]:
    if arguments.labelled is None:
        return None, None
    coded = read_labelled(
        arguments.labelled,
        code_frame,
        labels=arguments.labels,
        text=columns.text,
        question=columns.question,
        lang=columns.lang,
    )
    if coded.unknown:
        shown = ", ".join(f"“{label}” ({n})" for label, n in coded.unknown.most_common(_LABELS_SHOWN))
        more = ", …" if len(coded.unknown) > _LABELS_SHOWN else ""
        print(
            f"voice themes: {arguments.codeframe} does not know {len(coded.unknown)} of the labels of "
            f"{arguments.labelled}, and they were left out: {shown}{more}.",
            file=sys.stderr,
        )
    asked = {
        "question": columns.question if columns.question in coded.comments else None,
        "lang": columns.lang if columns.lang in coded.comments else None,
    }
    joined = pd.Series([";".join(labels) for labels in coded.labels], index=coded.comments.index, dtype="str")
    learned = learn(coded.comments, joined, code_frame, text=columns.text, **asked, meanings=meanings)
    if learned is None:
        print(f"voice themes: {arguments.labelled} has too few comments to learn from.", file=sys.stderr)
    return coded, learned


def _frames(comments: CsvFile, places: dict[str, int]) -> Iterator[pd.DataFrame]:
    for piece in comments.pieces(_AT_ONCE):
        yield pd.DataFrame({column: [row[place] for row in piece] for column, place in places.items()}, dtype="str")


def _cells(read: Read) -> list[str]:
    score = "" if pd.isna(read.score) else f"{read.score:.3f}"
    confidence = "" if pd.isna(read.confidence) else f"{read.confidence:.3f}"
    return [read.themes, confidence, read.sentiment, score, read.why, read.outcome, "", str(int(read.urgent))]


def _write_out(out: Path, comments: CsvFile, found: IO[str], tally: Tally) -> None:
    found.seek(0)
    needs_person = OUR_COLUMNS.index("needs_person")
    with written_rows(out, [*comments.header, *names_beside(comments.header, OUR_COLUMNS)]) as writer:
        for row, ours, needs in zip(comments.rows(), csv.reader(found), tally.needs_person(), strict=True):
            ours[needs_person] = str(int(needs))
            writer.writerow([*row, *ours])


def _code_frame(path: Path) -> CodeFrame:
    try:
        return read_code_frame(path)
    except CodeFrameProblem as problem:
        raise CommandProblem(_frame_sentence(path, problem)) from problem


def _frame_sentence(path: Path, problem: CodeFrameProblem) -> str:
    sentences = {
        "file_missing": "There is no file {path}.",
        "file_empty": "The code frame {path} is empty.",
        "file_unreadable": "The code frame {path} cannot be read as CSV.",
        "column_missing": "The code frame {path} has no column {field}.",
        "id_missing": "The code frame {path} has a theme without an id on line {line}.",
        "id_invalid": "The theme id {field} on line {line} of {path} must begin with a letter or digit.",
        "id_repeated": "The theme id {field} is there twice in {path}, again on line {line}.",
        "no_themes": "The code frame {path} has no themes.",
    }
    return sentences[problem.code].format(path=path, field=problem.field, line=problem.line)


def _show_progress(rows: int, *, done: bool = False) -> None:
    if sys.stderr.isatty():
        print(f"\r{rows:,} comments read", end="\n" if done else "", file=sys.stderr, flush=True)
