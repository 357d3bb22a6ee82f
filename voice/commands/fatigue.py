"""`voice fatigue`: what families were asked, what it cost them, and what came of it, from any contact history.

OUT has the measures, each with what it rests on, and says what was left out of LEDGER or read with a doubt. It holds no
family's key, and no number of a single family but the highest.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from analysis.fatigue.ledger import COLUMNS
from analysis.fatigue.measures import fatigue_measures
from analysis.fatigue.reading import AsksRead, ClearText, read_asks
from analysis.fatigue.results import DEFAULT_BUDGET, Budget
from analysis.fatigue.terms import ENGLAND, Term, TermsProblem, read_terms
from surveys.terms import first_day, last_day, terms_between
from voice.commands.csv_files import refuse_to_overwrite, written_text
from voice.commands.csv_frames import read_frame
from voice.commands.fatigue_document import Counted, document
from voice.commands.fatigue_words import IN_DOUBT, LEFT_OUT, TERMS, counted, listed
from voice.commands.problems import CommandProblem


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the verb to the command line."""
    parser = subparsers.add_parser("fatigue", help="say how much families are asked, and what it does")
    parser.add_argument("ledger", metavar="LEDGER.csv", type=Path, help=f"asks, one a row: {', '.join(COLUMNS)}")
    parser.add_argument("--terms", metavar="TERMS.csv", type=Path, help="term,start,end (otherwise the school year's)")
    asks, minutes = DEFAULT_BUDGET.asks, DEFAULT_BUDGET.minutes
    parser.add_argument("--asks", metavar="N", type=int, default=asks, help=f"a family's asks in a term ({asks})")
    parser.add_argument("--minutes", metavar="N", type=float, default=minutes, help=f"and its minutes ({minutes:g})")
    parser.add_argument("--out", required=True, metavar="OUT.json", type=Path, help="the measures")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Write OUT, whole or not at all; raises CommandProblem with one sentence when it cannot."""
    if arguments.asks < 0 or not 0 <= arguments.minutes < float("inf"):
        raise CommandProblem("A budget has at least 0 asks and 0 minutes.")
    refuse_to_overwrite({"LEDGER": arguments.ledger, "TERMS": arguments.terms}, {"OUT": arguments.out})
    terms, about_terms = _given_terms(arguments.terms) if arguments.terms else ((), {})
    read = _asks(arguments.ledger)
    found = fatigue_measures(read.asks, terms or _school_terms(read), Budget(arguments.asks, arguments.minutes))
    noticed = Counted(read, found.outside_terms, about_terms)
    with written_text(arguments.out) as out:
        json.dump(document(found, noticed), out, ensure_ascii=False, indent=2, allow_nan=False)
        out.write("\n")
    print(f"voice fatigue: {_told(noticed)}", file=sys.stderr)
    return 0


def _asks(path: Path) -> AsksRead:
    try:
        read = read_asks(read_frame(path, COLUMNS))
    except ClearText as problem:
        raise CommandProblem(
            f"{path} has e-mail addresses in the column “{problem.column}” ({problem.rows:,} of its rows, first in row "
            f"{problem.first:,}): only hashed keys may stand there. Nothing was read or written."
        ) from problem
    if read.asks.empty:
        raise CommandProblem(
            f"None of the {read.rows:,} rows of {path} can be used: {listed(read.left_out, LEFT_OUT)}."
        )
    return read


def _given_terms(path: Path) -> tuple[tuple[Term, ...], dict[str, int]]:
    try:
        read = read_terms(read_frame(path))
    except TermsProblem as problem:
        raise CommandProblem(f"{path} has no column “{problem.column}”: terms have term, start and end.") from problem
    if not read.terms:
        raise CommandProblem(f"{path} has no term with a first and a last day, written like 2026-09-01.")
    about = (read.without_dates, read.backwards, read.overlapping)
    return read.terms, {code: terms for code, terms in zip(TERMS, about, strict=True) if terms}


def _school_terms(read: AsksRead) -> tuple[Term, ...]:
    """The terms of the English school year that the asks lie in."""
    asked = read.asks["asked_at"]
    first, last = (moment.tz_convert(ENGLAND).date() for moment in (asked.min(), asked.max()))
    return tuple(Term(key, first_day(key), last_day(key)) for key in terms_between(first, last))


def _told(noticed: Counted) -> str:
    read = noticed.read
    sentences = [f"{read.rows:,} rows read, {len(read.asks):,} used."]
    if read.left_out:
        sentences.append(f"Left out: {listed(read.left_out, LEFT_OUT)}.")
    doubts = listed(read.in_doubt, IN_DOUBT)
    outside = counted({"outside_terms": noticed.outside_terms} if noticed.outside_terms else {}, IN_DOUBT)
    if doubts or outside:
        sentences.append(f"Kept: {'; '.join(filter(None, (doubts, outside)))}.")
    if noticed.terms:
        sentences.append(f"Terms left out: {counted(noticed.terms, TERMS)}.")
    return " ".join(sentences)
