"""`voice redact`: personal details of any file of comments, marked and masked.

The column `redacted` is added after the input's own. Nothing in it is public by that: a person reads it first, since no
machine finds every name.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from analysis.redaction import Detail, find_details, redacted
from voice.commands.csv_files import CsvFile, names_beside, open_csv, refuse_to_overwrite, written_text

_REMEMBERED = 10_000
_SHOWN_EVERY = 500


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("redact", help="mask personal details in a file of comments")
    parser.add_argument("input", metavar="IN.csv", type=Path, help="the comments, one a row")
    parser.add_argument("--text", required=True, metavar="COL", help="the column of the comments")
    parser.add_argument("--id", metavar="COL", help="the column that names each row (without it, rows count from 1)")
    parser.add_argument("--out", required=True, metavar="OUT.csv", type=Path, help="the comments with details masked")
    parser.add_argument("--spans", metavar="SPANS.jsonl", type=Path, help="where each detail stands and what it is")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, and SPANS when asked for; raises CommandProblem with one sentence when it cannot."""
    refuse_to_overwrite({"IN": arguments.input}, {"OUT": arguments.out, "SPANS": arguments.spans})
    comments = open_csv(arguments.input)
    text = comments.place(arguments.text)
    named = comments.place(arguments.id) if arguments.id else None
    counted = Counter[str]()
    with contextlib.ExitStack() as files:
        out = files.enter_context(written_text(arguments.out, newline=""))
        spans = files.enter_context(written_text(arguments.spans)) if arguments.spans else None
        rows = _write(comments, text, named, out, spans, counted)
    _show(rows, done=True)
    found = ", ".join(f"{kind} {number:,}" for kind, number in sorted(counted.items())) or "nothing"
    print(f"{rows:,} comments; masked: {found}. Read them before anything is public.", file=sys.stderr)
    return 0


def _write(
    comments: CsvFile, text: int, named: int | None, out: IO[str], spans: IO[str] | None, counted: Counter[str]
) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*comments.header, *names_beside(comments.header, ["redacted"])])
    rows = 0
    for rows, (row, details) in enumerate(_with_details(comments, text), start=1):
        writer.writerow([*row, redacted(row[text], details)])
        counted.update(detail.kind for detail in details)
        if spans is not None:
            name = row[named] if named is not None else str(rows)
            places = [[detail.start, detail.end, detail.kind] for detail in details]
            spans.write(json.dumps({"id": name, "spans": places}, ensure_ascii=False) + "\n")
        if rows % _SHOWN_EVERY == 0:
            _show(rows)
    return rows


def _with_details(comments: CsvFile, text: int) -> Iterator[tuple[list[str], list[Detail]]]:
    """Each row with the details of its text; what is said ten thousand times is looked at once."""
    remembered: dict[str, list[Detail]] = {}
    for row in comments.rows():
        words = row[text]
        details = remembered.get(words)
        if details is None:
            details = find_details(words)
            if len(remembered) < _REMEMBERED and len(words) < _REMEMBERED:
                remembered[words] = details
        yield row, details


def _show(rows: int, *, done: bool = False) -> None:
    if sys.stderr.isatty():
        print(f"\r{rows:,} comments read", end="\n" if done else "", file=sys.stderr, flush=True)
