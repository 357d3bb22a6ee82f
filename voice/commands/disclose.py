"""`voice disclose`: a table of counts with its small numbers hidden, and whatever would let them be worked out.

Every column but the counts is a dimension, and a row with `Total` in one of them is a total. OUT is the table in its
order, with an empty cell for every count that is not shown, and why in the column `hidden`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.disclosure import FLOOR, LOWEST_FLOOR, Hidden
from voice.commands.csv_files import CsvFile, names_beside, open_csv, refuse_to_overwrite, written_rows
from voice.commands.problems import CommandProblem

if TYPE_CHECKING:
    from analysis.disclosure.table import TableProblem

OUR_COLUMN = ("hidden",)
_NUMBER = re.compile(r"[+-]?(\d+|\d{1,3}([,' \u00a0\u202f]\d{3})+)(\.0+)?", re.ASCII)
_BETWEEN_THOUSANDS = re.compile(r"[,' \u00a0\u202f]")


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("disclose", help="hide small numbers in a table so that none can be worked out")
    parser.add_argument("table", metavar="TABLE.csv", type=Path, help="a table in long form, a cell a row")
    parser.add_argument(
        "--count", required=True, metavar="COL", help="the column of its counts; all others are what it is by"
    )
    parser.add_argument(
        "--threshold",
        metavar="N",
        type=int,
        default=FLOOR,
        help=f"the least that is shown ({FLOOR}, never under {LOWEST_FLOOR})",
    )
    parser.add_argument("--round", metavar="N", type=int, help="show counts to the nearest N, for instance 5")
    parser.add_argument("--out", required=True, metavar="OUT.csv", type=Path, help="the table to be shown")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, whole or not at all; raises CommandProblem with one sentence when it cannot."""
    if arguments.threshold < LOWEST_FLOOR:
        raise CommandProblem(f"The threshold is never under {LOWEST_FLOOR}.")
    if arguments.round is not None and not 1 <= arguments.round <= arguments.threshold:
        raise CommandProblem(f"Counts are rounded to between 1 and the threshold, which is {arguments.threshold}.")
    refuse_to_overwrite({"TABLE": arguments.table}, {"OUT": arguments.out})
    file = open_csv(arguments.table)
    place = file.place(arguments.count)
    rows = list(file.rows())
    filled = [number for number, row in enumerate(rows) if any(cell.strip() for cell in row)]
    counts = [_count(rows[number][place], number, file, arguments.count) for number in filled]
    hidden = _hidden(
        file,
        [[*rows[number][:place], *rows[number][place + 1 :]] for number in filled],
        counts,
        filled,
        arguments.threshold,
    )
    shown = dict(zip(filled, zip(counts, hidden, strict=True), strict=True))
    with written_rows(arguments.out, [*file.header, *names_beside(file.header, OUR_COLUMN)]) as out:
        for number, row in enumerate(rows):
            count, why = shown.get(number, (None, None))
            cell = "" if count is None or why else str(_rounded(count, arguments.round))
            out.writerow([*row[:place], cell, *row[place + 1 :], why or ""])
    of_each = {why: sum(one is why for one in hidden) for why in Hidden}
    print(
        f"voice disclose: {len(filled):,} cells, {of_each[Hidden.PRIMARY]:,} hidden for themselves and "
        f"{of_each[Hidden.SECONDARY]:,} so that these cannot be worked out.",
        file=sys.stderr,
    )
    return 0


def _hidden(
    file: CsvFile, keys: Sequence[Sequence[str]], counts: Sequence[int], numbers: Sequence[int], threshold: int
) -> Sequence[Hidden | None]:
    from analysis.disclosure.suppress import CannotProtect, suppress
    from analysis.disclosure.table import TableProblem, table_of

    try:
        table = table_of(keys, counts)
    except TableProblem as problem:
        raise CommandProblem(_sentence(problem, file, keys, counts, numbers)) from problem
    try:
        return suppress(table, threshold).hidden
    except CannotProtect as problem:
        raise CommandProblem(f"{file.path} gives small numbers away even with all of its counts hidden.") from problem


def _sentence(
    problem: TableProblem, file: CsvFile, keys: Sequence[Sequence[str]], counts: Sequence[int], numbers: Sequence[int]
) -> str:
    from analysis.disclosure.table import Problem

    path = file.path
    if problem.problem is Problem.EMPTY:
        return f"{path} has headers but no rows below them."
    if problem.problem is Problem.NO_DIMENSIONS:
        return f"{path} has no column beside the counts: nothing says what they are counts of."
    where, cell = numbers[problem.row] + 2, ", ".join(keys[problem.row])
    if problem.problem is Problem.NEGATIVE:
        return f"Row {where} of {path} ({cell}) has {counts[problem.row]:,}: a count cannot be negative."
    if problem.problem is Problem.DUPLICATE:
        return f"Rows {numbers[problem.other] + 2} and {where} of {path} are of the same cell ({cell})."
    if problem.problem is Problem.NOT_ADDING_UP:
        return (
            f"Row {where} of {path} ({cell}) has {counts[problem.row]:,}, but what it is the total of adds up to "
            f"{problem.other:,}."
        )
    return (
        f"Row {where} of {path} ({cell}) is the total of no other rows, nor is any other: is each of these columns "
        f"something the counts are by?"
    )


def _count(text: str, number: int, file: CsvFile, column: str) -> int:
    written = text.strip()
    if not written:
        raise CommandProblem(f"Row {number + 2} of {file.path} has nothing in the column “{column}”.")
    if not _NUMBER.fullmatch(written):
        raise CommandProblem(
            f"Row {number + 2} of {file.path} has “{written[:40]}” for a count: it must be a whole number."
        )
    return int(_BETWEEN_THOUSANDS.sub("", written.partition(".")[0]))


def _rounded(count: int, to: int | None) -> int:
    """To the nearest, halves up; a count that is shown is 0 or at least the threshold, so none becomes 0."""
    return count if to is None else (2 * count + to) // (2 * to) * to
