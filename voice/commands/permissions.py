"""``voice permissions``: who may open and change what, route by route, as the guard asks it."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from surveys.exporting.cells import SafeRows
from voice.commands.problems import CommandProblem
from voice.settings import Settings
from voice.web.permission_table import COLUMNS, permission_table


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser(
        "permissions",
        help="print who may open and change what, route by route",
        description="For each role: - nothing; yes; mine: what the person made; own: what belongs to their "
        "organisation, or was shared with them; all: whichever partner made it.",
    )
    parser.add_argument("--out", type=Path, metavar="FILE.csv", help="write the table as CSV")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    rows = permissions()
    if arguments.out is None:
        widths = [max(len(row[place]) for row in (COLUMNS, *rows)) for place in range(len(COLUMNS))]
        for row in (COLUMNS, *rows):
            print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
        return 0
    try:
        with arguments.out.open("w", encoding="utf-8", newline="") as file:
            SafeRows(file).writerows((COLUMNS, *rows))
    except OSError as problem:
        raise CommandProblem(f"{arguments.out} cannot be written ({problem.strerror}).") from problem
    print(f"{len(rows)} routes in {arguments.out}", file=sys.stderr)
    return 0


def permissions() -> list[tuple[str, ...]]:
    from voice.app import create_app

    with tempfile.TemporaryDirectory() as folder:
        return sorted(permission_table(create_app(Settings(data=Path(folder)))))
