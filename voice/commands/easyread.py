"""`voice easyread`: what is hard to read in any file of texts."""

from __future__ import annotations

import argparse
from pathlib import Path

from analysis.easy_reading import check
from voice.commands.csv_files import names_beside, open_csv, refuse_to_overwrite, written_rows

OUR_COLUMNS = ("ok", "problems")
LONGEST = 20_000
"""Letters of a text that are read; what is longer is told to be hard by what stands before that."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("easyread", help="say what is hard to read in a file of texts")
    parser.add_argument("input", metavar="IN.csv", type=Path, help="the texts, one a row")
    parser.add_argument("--text", required=True, metavar="COL", help="the column of the texts")
    parser.add_argument("--out", required=True, metavar="OUT.csv", type=Path, help="the texts with their problems")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT; raises CommandProblem with one sentence when it cannot."""
    refuse_to_overwrite({"IN": arguments.input}, {"OUT": arguments.out})
    table = open_csv(arguments.input)
    place = table.place(arguments.text)
    with written_rows(arguments.out, [*table.header, *names_beside(table.header, OUR_COLUMNS)]) as writer:
        for row in table.rows():
            found = check(row[place][:LONGEST])
            writer.writerow([*row, int(found.ok), ";".join(found.kinds)])
    return 0
