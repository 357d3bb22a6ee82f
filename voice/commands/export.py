"""``voice export answers --out FILE.csv``: one answer a row."""

from __future__ import annotations

import argparse
import csv
import os
from pathlib import Path

from surveys.exporting import COLUMNS, answers
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("export", help="write answers to a CSV file")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    answers_parser = what.add_parser("answers", help=f"one answer a row: {','.join(COLUMNS)}")
    answers_parser.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    add_data_option(answers_parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out

    async def work(_: Store) -> int:
        rows = 0
        beside = out.with_name(f".{out.name}.{os.getpid()}")
        try:
            with beside.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(COLUMNS)
                async for row in answers():
                    writer.writerow(row)
                    rows += 1
            beside.replace(out)
        finally:
            beside.unlink(missing_ok=True)
        return rows

    try:
        rows = with_store(settings_of(arguments), work)
    except OSError as problem:
        raise CommandProblem(f"{out} cannot be written: {problem.strerror or problem}.") from problem
    print(f"{rows} answers in {out}")
    return 0
