"""`voice similar`: which questions ask the same, in pairs or in a bank, and what differs where they only look alike."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from analysis.embeddings import load_meanings
from analysis.questions.bank import QuestionBank
from analysis.questions.same_question import Compared, compare
from analysis.tokens import has_letters
from voice.commands.csv_files import CsvFile, names_beside, open_csv, refuse_to_overwrite, written_rows
from voice.commands.problems import CommandProblem

OUR_COLUMNS = ("score", "verdict", "differs_by")
QUESTION_COLUMNS = ("question", "text", "wording")
MOST = 3
LONGEST = 2_000
"""Letters of a question that are read: what is longer is no question."""


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("similar", help="find questions that ask the same")
    parser.add_argument("--pairs", metavar="PAIRS.csv", type=Path, help="pairs of questions in the columns a and b")
    parser.add_argument("--out", metavar="OUT.csv", type=Path, help="the pairs with score, verdict and what differs")
    parser.add_argument("--bank", metavar="BANK.csv", type=Path, help="questions to look among")
    parser.add_argument("--ask", metavar="QUESTION", help="the question to look for")
    parser.add_argument("--text", metavar="COL", help="the column of the bank's questions")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, or print the best three; raises CommandProblem with one sentence when it cannot."""
    if arguments.pairs and arguments.out and not arguments.bank and arguments.ask is None:
        _compare_pairs(arguments.pairs, arguments.out)
    elif arguments.bank and arguments.ask is not None and not arguments.pairs and not arguments.out:
        _look_among(arguments.bank, arguments.ask, arguments.text)
    else:
        raise CommandProblem("Give --pairs with --out, or --bank with --ask.")
    return 0


def _compare_pairs(pairs: Path, out: Path) -> None:
    refuse_to_overwrite({"PAIRS": pairs}, {"OUT": out})
    table = open_csv(pairs)
    first, second = table.place("a"), table.place("b")
    meanings = load_meanings()
    with written_rows(out, [*table.header, *names_beside(table.header, OUR_COLUMNS)]) as writer:
        for piece in table.pieces():
            asked = [(row[first][:LONGEST], row[second][:LONGEST]) for row in piece]
            for row, found in zip(piece, compare(asked, meanings), strict=True):
                writer.writerow([*row, *_cells(found)])


def _look_among(bank: Path, asked: str, column: str | None) -> None:
    if not has_letters(asked):
        raise CommandProblem("The question after --ask has no words.")
    table = open_csv(bank)
    place = table.place(column or _question_column(table))
    rows = [row for row in table.rows() if has_letters(row[place])]
    if not rows:
        raise CommandProblem(f"{bank} has no questions in the column “{table.header[place]}”.")
    questions = [row[place][:LONGEST] for row in rows]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow([*table.header, *names_beside(table.header, OUR_COLUMNS)])
    for found in QuestionBank(questions, load_meanings()).most_alike(asked[:LONGEST], most=MOST):
        writer.writerow([*rows[found.place], f"{found.likeness:.3f}", *_cells(found.compared)[1:]])


def _question_column(table: CsvFile) -> str:
    for name in table.header:
        if name.strip().lower() in QUESTION_COLUMNS:
            return name
    raise CommandProblem(
        f"{table.path} has no column “question”, “text” or “wording”: say with --text which of these it is: "
        f"{', '.join(table.header)}."
    )


def _cells(found: Compared) -> tuple[str, str, str]:
    return f"{found.score:.3f}", found.verdict.value, ";".join(found.differs_by)
