"""`voice themes`: themes and sentiment of any file of comments.

The columns `themes`, `sentiment`, `sentiment_score`, `why` and `outcome` are added after the input's own.
Where the input already has a column of that name, the input keeps it and ours is called `themes_suggested`
and so on.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from analysis.cleaning import Outcome
from analysis.code_frame import CodeFrame, CodeFrameProblem, read_code_frame
from analysis.sentiment import measure_sentiment
from analysis.themes import SENTIMENTS, suggest_themes
from voice.commands.csv_files import names_beside, open_csv, refuse_to_overwrite, written_rows, written_text
from voice.commands.problems import CommandProblem

OUR_COLUMNS = ("themes", "sentiment", "sentiment_score", "why", "outcome")


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
    refuse_to_overwrite(
        {"IN": arguments.input, "FRAME": arguments.codeframe}, {"OUT": arguments.out, "SUMMARY": arguments.summary}
    )
    tally = _Tally(code_frame)
    comments = open_csv(arguments.input)
    places = {column: comments.place(column) for column in _columns_read(arguments)}
    header = [*comments.header, *names_beside(comments.header, OUR_COLUMNS)]
    with written_rows(arguments.out, header) as out:
        for piece in comments.pieces():
            frame = pd.DataFrame(
                {column: [row[place] for row in piece] for column, place in places.items()}, dtype="str"
            )
            columns = {"text": arguments.text, "question": arguments.question, "lang": arguments.lang}
            suggested = suggest_themes(frame, code_frame, **columns)
            measured = measure_sentiment(frame, **columns)
            tally.add(suggested, measured["sentiment"])
            out.writerows(_with_ours(piece, suggested, measured))
            _show_progress(tally.rows)
    _show_progress(tally.rows, done=True)
    if arguments.summary:
        with written_text(arguments.summary) as summary:
            json.dump(tally.summary(arguments), summary, ensure_ascii=False, indent=2)
            summary.write("\n")
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


def _columns_read(arguments: argparse.Namespace) -> list[str]:
    named = (arguments.text, arguments.id, arguments.question, arguments.lang)
    return list(dict.fromkeys(column for column in named if column))


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
