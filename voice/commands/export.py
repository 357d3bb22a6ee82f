"""``voice export answers``: a survey's answers with codes, words and a dictionary, or a plain list of all answers."""

from __future__ import annotations

import argparse
import csv
import sys
from pathlib import Path

from surveys.exporting import COLUMNS, answers
from surveys.exporting.formats import FORMATS, Format, TooManyRows
from surveys.exporting.saving import Saved, save
from surveys.exporting.tables import NoSuchSurvey, one_answer_a_row, one_person_a_row
from surveys.exporting.whole_files import goes_straight, written_whole
from surveys.terms import is_term
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.languages import LANGUAGES, words
from voice.storage import Store

MEANING = (
    "With --survey, one person is a row and each variable a column, with the words of its code beside it (_label) "
    "and why it is empty (_missing: rather_not_say, skipped, or not_asked because of earlier answers); with --long, "
    "one answer is a row. FILE.dictionary.csv says what the columns mean, in every language. Without any of "
    f"these choices, all answers are written as CSV: {','.join(COLUMNS)}."
)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("export", help="write answers to a file (CSV, XLSX, JSON Lines, Parquet, SPSS)")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    answers_parser = what.add_parser("answers", help="a survey's answers, or all answers", description=MEANING)
    answers_parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    answers_parser.add_argument("--survey", metavar="SLUG", help="answers to this survey alone")
    answers_parser.add_argument("--round", metavar="TERM", help="answers of this term alone, such as 2026-autumn")
    answers_parser.add_argument("--format", choices=FORMATS, help="otherwise what the name of the file ends with")
    layout = answers_parser.add_mutually_exclusive_group()
    layout.add_argument("--wide", action="store_true", help="one person a row (needs --survey)")
    layout.add_argument("--long", action="store_true", help="one answer a row")
    answers_parser.add_argument("--language", choices=tuple(LANGUAGES), default="en", help="of the words (en)")
    add_data_option(answers_parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    if arguments.round and not is_term(arguments.round):
        raise CommandProblem(f"{arguments.round!r} is not a term: write it as 2026-autumn, 2026-spring or 2026-summer.")
    if arguments.wide and not arguments.survey:
        raise CommandProblem("--wide needs --survey: each survey has columns of its own.")
    suffix = out.suffix.lower().removeprefix(".")
    chosen: Format = arguments.format or (suffix if suffix in FORMATS else "csv")
    plain = not (arguments.survey or arguments.round or arguments.long or arguments.format) and chosen == "csv"

    async def recorded(store: Store) -> None:
        survey = arguments.survey or ""
        await store.write(lambda: record_command(Act.EXPORTED, "answers", key=survey, now=now()))

    async def all_answers(store: Store) -> int:
        await recorded(store)
        return await _write_plainly(out)

    async def table(store: Store) -> Saved:
        if arguments.survey and not arguments.long:
            made = await one_person_a_row(arguments.survey, arguments.round, words)
        else:
            made = await one_answer_a_row(arguments.survey, arguments.round, words, arguments.language)
        await recorded(store)
        return await save(made, chosen, out, arguments.language)

    # What was written must be all that is in a pipe.
    told = sys.stderr if goes_straight(out) else sys.stdout
    try:
        if plain:
            many = with_store(settings_of(arguments), all_answers)
            print(f"{many} answers in {out}", file=told)
            return 0
        saved = with_store(settings_of(arguments), table)
    except OSError as problem:
        raise CommandProblem(f"{out} cannot be written: {problem.strerror or problem}.") from problem
    except NoSuchSurvey as problem:
        known = f"there are {', '.join(problem.known)}" if problem.known else "there are no surveys yet"
        raise CommandProblem(f"there is no survey {arguments.survey!r}; {known}.") from problem
    except TooManyRows as problem:
        raise CommandProblem("a workbook cannot hold so many rows: choose another --format.") from problem
    what = "people" if arguments.survey and not arguments.long else "answers"
    explained = f", the columns explained in {saved.dictionary}" if saved.dictionary else ""
    print(f"{saved.rows} {what} in {out}{explained}", file=told)
    if saved.cut_short:
        print(f"{saved.cut_short} texts were longer than this format can hold, and were cut short.", file=told)
    return 0


async def _write_plainly(out: Path) -> int:
    rows = 0
    with written_whole(out) as path, path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        async for row in answers():
            writer.writerow(row)
            rows += 1
    return rows
