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
from voice.commands.csv_files import Table, reading, refuse_to_overwrite, replacing
from voice.commands.problems import CommandProblem

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
    written = [path for path in (arguments.out, arguments.spans) if path]
    refuse_to_overwrite([arguments.input], written, "IN, OUT and SPANS")
    counted = Counter[str]()
    with reading(arguments.input) as table, contextlib.ExitStack() as files:
        text = table.place_of(arguments.text)
        named = table.place_of(arguments.id) if arguments.id else None
        out = files.enter_context(replacing(arguments.out, newline=""))
        spans = files.enter_context(replacing(arguments.spans)) if arguments.spans else None
        rows = _write(table, text, named, out, spans, counted)
        if not rows:
            raise CommandProblem(f"{arguments.input} has headers but no rows below them.")
    _show(rows, done=True)
    found = ", ".join(f"{kind} {number:,}" for kind, number in sorted(counted.items())) or "nothing"
    print(f"{rows:,} comments; masked: {found}. Read them before anything is public.", file=sys.stderr)
    return 0


def _write(
    table: Table, text: int, named: int | None, out: IO[str], spans: IO[str] | None, counted: Counter[str]
) -> int:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([*table.header, table.free_name("redacted")])
    rows = 0
    for rows, (row, details) in enumerate(_with_details(table, text), start=1):
        writer.writerow([*row, redacted(row[text], details)])
        counted.update(detail.kind for detail in details)
        if spans is not None:
            name = row[named] if named is not None else str(rows)
            places = [[detail.start, detail.end, detail.kind] for detail in details]
            spans.write(json.dumps({"id": name, "spans": places}, ensure_ascii=False) + "\n")
        if rows % _SHOWN_EVERY == 0:
            _show(rows)
    return rows


def _with_details(table: Table, text: int) -> Iterator[tuple[list[str], list[Detail]]]:
    """Each row with the details of its text; what is said ten thousand times is looked at once."""
    remembered: dict[str, list[Detail]] = {}
    for row in table.rows:
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
