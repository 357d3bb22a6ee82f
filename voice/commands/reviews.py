"""``voice reviews import FILE``: take in a register of annual reviews, without names."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.capture.reviews import register
from voice.capture.reviews.register import Register, RegisterProblem, TakenIn
from voice.clock import now
from voice.commands.importing import PROBLEMS
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, secret_of, settings_of, with_store
from voice.storage import Store

NEEDED = {
    "no_child_column": "has no column with the child's reference: call it “Child reference”",
    "no_date_column": "has no column with the day of the review: call it “Review date”",
}
SHOWN = 20


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("reviews", help="take in a register of annual reviews (CSV, XLSX)")
    acts = parser.add_subparsers(dest="act", required=True, metavar="import")
    taking = acts.add_parser("import", help="child reference, review date, year group, setting; no name is kept")
    taking.add_argument("file", type=Path, metavar="FILE")
    add_data_option(taking)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    settings = settings_of(arguments)
    try:
        read = register.read_register(read_sheet(path.read_bytes(), path.name), secret_of(settings))
    except SheetProblem as problem:
        raise CommandProblem(f"{path} {PROBLEMS[problem.code]}.") from problem
    except RegisterProblem as problem:
        raise CommandProblem(f"{path} {NEEDED[problem.code]} (it has: {', '.join(problem.headers)}).") from problem
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror}.") from problem

    async def work(store: Store) -> TakenIn:
        taken = await register.take_in(store, read)
        await store.write(lambda: record_command(Act.CHANGED, "review", detail="register", now=now()))
        return taken

    taken = with_store(settings, work)
    _show(read, taken)
    if not read.rows:
        raise CommandProblem(f"no row of {path} could be read; see the reasons above.")
    return 0


def _show(read: Register, taken: TakenIn) -> None:
    print(
        f"{taken.added} reviews added, {taken.known} known already, {taken.filled} filled in, {read.twice} given twice."
    )
    for header in read.personal:
        print(f"  {header}: left out, because it says who somebody is")
    for header in read.left_out:
        print(f"  {header}: not used")
    for problem in taken.problems[:SHOWN]:
        other = f" (row {problem.other})" if problem.other is not None else ""
        print(
            f"  row {problem.row_number}: {problem.code.replace('_', ' ')}{other}: {problem.excerpt}", file=sys.stderr
        )
    if len(taken.problems) > SHOWN:
        print(f"  and {len(taken.problems) - SHOWN} more rows to look at", file=sys.stderr)
