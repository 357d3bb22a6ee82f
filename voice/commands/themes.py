"""`voice themes`: themes and sentiment of any file of comments.

The columns `themes`, `sentiment`, `sentiment_score`, `why` and `outcome` are added after the input's own.
Where the input already has a column of that name, the input keeps it and ours is called `themes_suggested`
and so on.
"""

import argparse
import contextlib
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

import pandas as pd

from analysis.cleaning import Outcome
from analysis.code_frame import CodeFrame, CodeFrameProblem, read_code_frame
from analysis.delimited import NotText, detect_delimiter, detect_encoding
from analysis.sentiment import measure_sentiment
from analysis.themes import SENTIMENTS, suggest_themes
from surveys.exporting.whole_files import written_whole
from voice.commands.problems import CommandProblem

OUR_COLUMNS = ("themes", "sentiment", "sentiment_score", "why", "outcome")
_ROWS_AT_ONCE = 5_000
_BYTES_AT_ONCE = 1 << 20
_LONGEST_CELL = 64 << 20


def add_parser(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("themes", help="suggest themes and sentiment for a file of comments")
    parser.add_argument("input", metavar="IN.csv", type=Path, help="the comments, one a row")
    parser.add_argument("--text", required=True, metavar="COL", help="the column of the comments")
    parser.add_argument("--id", metavar="COL", help="the column that names each row")
    parser.add_argument("--question", metavar="COL", help="the column of the question each comment answers")
    parser.add_argument("--lang", metavar="COL", help="the column of the comment's language")
    parser.add_argument("--codeframe", required=True, metavar="FRAME.csv", type=Path, help="the themes to look for")
    parser.add_argument("--out", required=True, metavar="OUT.csv", type=Path, help="the comments with their themes")
    parser.add_argument("--summary", metavar="OUT.json", type=Path, help="the counts, and how they were made")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, and SUMMARY when asked for; raises CommandProblem with one sentence when it cannot.

    The input is read in pieces, so that its size does not matter. Both files appear whole or not at all.
    """
    code_frame = _code_frame(arguments.codeframe)
    _refuse_to_overwrite(arguments)
    tally = _Tally(code_frame)
    try:
        with _comments(arguments.input) as comments, _replacing(arguments.out, newline="") as out:
            _write_themes(comments, out, arguments, code_frame, tally)
        if arguments.summary:
            with _replacing(arguments.summary) as summary:
                json.dump(tally.summary(arguments), summary, ensure_ascii=False, indent=2)
                summary.write("\n")
    except UnicodeDecodeError as problem:
        raise CommandProblem(f"{arguments.input} is not a text file in UTF-8, UTF-16 or Windows-1252.") from problem
    except csv.Error as problem:
        raise CommandProblem(f"{arguments.input} cannot be read as CSV: {problem}.") from problem
    except OSError as problem:
        raise CommandProblem(f"{problem.filename or arguments.out}: {problem.strerror}.") from problem
    return 0


@dataclass
class _Tally:
    """The counts for the summary, added to piece by piece."""

    code_frame: CodeFrame
    rows: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    sentiments: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)
    themes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, suggested: pd.DataFrame, sentiment: "pd.Series[str]") -> None:
        self.rows += len(suggested)
        self.outcomes.update(suggested["outcome"].tolist())
        self.sentiments.update(sentiment.tolist())
        self.languages.update(suggested["language"].tolist())
        for joined, feeling in zip(suggested["themes"].tolist(), sentiment.tolist(), strict=True):
            self.themes.update((theme_id, feeling) for theme_id in joined.split(";") if theme_id)

    def summary(self, arguments: argparse.Namespace) -> dict[str, object]:
        return {
            "rows": self.rows,
            "outcomes": {outcome.value: self.outcomes[outcome.value] for outcome in Outcome},
            "sentiment": {feeling: self.sentiments[feeling] for feeling in SENTIMENTS},
            "languages": dict(self.languages.most_common()),
            "themes": [
                {
                    "theme_id": theme.theme_id,
                    "theme": theme.theme,
                    "n": sum(self.themes[theme.theme_id, feeling] for feeling in SENTIMENTS),
                    "sentiment": {feeling: self.themes[theme.theme_id, feeling] for feeling in SENTIMENTS},
                }
                for theme in self.code_frame.themes
            ],
            "how": {
                "input": arguments.input.name,
                "code_frame": arguments.codeframe.name,
                "text": arguments.text,
                "question": arguments.question,
                "lang": arguments.lang,
                "themes": "suggested by the keywords of the code frame; no person has checked them",
                "sentiment": "rules over our phrases, VADER and TextBlob, under the question; English only",
                "note": "a comment counts once for each of its themes, so themes do not add up to rows",
            },
        }


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


def _refuse_to_overwrite(arguments: argparse.Namespace) -> None:
    read = {path.resolve() for path in (arguments.input, arguments.codeframe)}
    written = [path.resolve() for path in (arguments.out, arguments.summary) if path]
    if read & set(written) or len(written) != len(set(written)):
        raise CommandProblem("IN, FRAME, OUT and SUMMARY must be different files.")
    for path in written:
        if path.is_dir():
            raise CommandProblem(f"{path} is a folder: give the name of a file.")
        if not path.parent.is_dir():
            raise CommandProblem(f"There is no folder {path.parent}.")


def _comments(path: Path) -> IO[str]:
    try:
        with path.open("rb") as raw:
            encoding = detect_encoding(iter(lambda: raw.read(_BYTES_AT_ONCE), b""))
    except FileNotFoundError as problem:
        raise CommandProblem(f"There is no file {path}.") from problem
    except NotText as problem:
        raise CommandProblem(f"{path} is not a CSV file.") from problem
    return path.open(encoding=encoding, newline="")


def _write_themes(
    comments: IO[str], out: IO[str], arguments: argparse.Namespace, code_frame: CodeFrame, tally: _Tally
) -> None:
    first_line = comments.readline()
    while first_line and not first_line.strip():
        first_line = comments.readline()
    if not first_line:
        raise CommandProblem(f"{arguments.input} is empty.")
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(_lines(first_line, comments), delimiter=detect_delimiter(first_line))
    header = next(rows)
    _check_columns(header, arguments)
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*header, *_our_names(header)])
    filled = _filled(rows, len(header), arguments.input)
    while piece := list(islice(filled, _ROWS_AT_ONCE)):
        frame = pd.DataFrame(
            {column: [row[header.index(column)] for row in piece] for column in _columns_read(arguments)},
            dtype="str",
        )
        columns = {"text": arguments.text, "question": arguments.question, "lang": arguments.lang}
        suggested = suggest_themes(frame, code_frame, **columns)
        measured = measure_sentiment(frame, **columns)
        tally.add(suggested, measured["sentiment"])
        writer.writerows(_with_ours(piece, suggested, measured))
        _show_progress(tally.rows)
    if not tally.rows:
        raise CommandProblem(f"{arguments.input} has headers but no rows below them.")
    _show_progress(tally.rows, done=True)


def _lines(first: str, rest: IO[str]) -> Iterator[str]:
    yield first
    yield from rest


def _filled(rows: Iterator[list[str]], width: int, path: Path) -> Iterator[list[str]]:
    """Every row as wide as the header; blank rows are kept, apart from those after the last of several
    columns.
    """
    blank = 0
    for number, row in enumerate(rows, start=2):
        if not row:
            blank += 1
            continue
        if len(row) > width:
            raise CommandProblem(f"Row {number} of {path} has {len(row)} cells, but the header has {width}.")
        yield from ([""] * width for _ in range(blank))
        blank = 0
        yield row + [""] * (width - len(row))
    if width == 1:
        yield from ([""] for _ in range(blank))


def _check_columns(header: list[str], arguments: argparse.Namespace) -> None:
    for column in (arguments.text, arguments.id, arguments.question, arguments.lang):
        if column and column not in header:
            raise CommandProblem(f"{arguments.input} has no column “{column}”; it has: {', '.join(header)}.")
        if column and header.count(column) > 1:
            raise CommandProblem(f"{arguments.input} has several columns called “{column}”.")


def _columns_read(arguments: argparse.Namespace) -> list[str]:
    named = (arguments.text, arguments.question, arguments.lang)
    return list(dict.fromkeys(column for column in named if column))


def _our_names(header: list[str]) -> list[str]:
    names = list[str]()
    for column in OUR_COLUMNS:
        name = column
        while name in header:
            name += "_suggested"
        names.append(name)
    return names


def _with_ours(piece: list[list[str]], suggested: pd.DataFrame, measured: pd.DataFrame) -> Iterator[list[str]]:
    for row, themes, sentiment, score, why_themes, why_sentiment, outcome in zip(
        piece,
        suggested["themes"].tolist(),
        measured["sentiment"].tolist(),
        measured["sentiment_score"].tolist(),
        suggested["why"].tolist(),
        measured["sentiment_why"].tolist(),
        suggested["outcome"].tolist(),
        strict=True,
    ):
        feeling = f"{sentiment}: {why_sentiment}" if why_sentiment else ""
        why = "; ".join(reason for reason in (why_themes, feeling) if reason)
        yield [*row, themes, sentiment, "" if pd.isna(score) else f"{score:.3f}", why, outcome]


def _show_progress(rows: int, *, done: bool = False) -> None:
    if sys.stderr.isatty():
        print(f"\r{rows:,} comments read", end="\n" if done else "", file=sys.stderr, flush=True)


@contextlib.contextmanager
def _replacing(path: Path, newline: str | None = None) -> Iterator[IO[str]]:
    """A text file that takes its place when it is whole."""
    with written_whole(path) as place, place.open("w", encoding="utf-8", newline=newline) as file:
        yield file
