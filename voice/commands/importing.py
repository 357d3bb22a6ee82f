"""``voice import FILE``: take in answers collected elsewhere."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

import msgspec

from surveys.importing.mapping import Mapping, mapping_problems
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from surveys.terms import is_term, term_of
from voice.capture import importing
from voice.capture.importing import Destination, Preview, TakenIn, known_questions
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.evidence.reading import read_new_voices
from voice.storage import Store

PROBLEMS = {
    "empty_file": "is empty",
    "not_what_its_name_says": "is not what its name says: save it again as CSV or as an Excel workbook (.xlsx)",
    "too_large": "is larger than 20 MB: split it into smaller files",
    "no_rows": "has headers but no rows below them",
    "no_header": "has no row of headers",
    "unreadable_encoding": "is written in a way we cannot read: save it again as CSV UTF-8",
    "too_many_rows": "has more than 200,000 rows: split it into smaller files",
    "too_many_columns": "has more than 500 columns",
}
SHOWN = 20


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("import", help="take in answers collected elsewhere (CSV, XLSX)")
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--survey", metavar="NAME", help="the survey they belong to (otherwise the file's name)")
    parser.add_argument("--term", metavar="YEAR-NAME", help="the term of rows without a date, such as 2026-autumn")
    parser.add_argument("--language", default="en", help="the language of rows that name none (en)")
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="what the columns are, instead of a guess")
    parser.add_argument("--save-mapping", type=Path, metavar="FILE.json", help="write the mapping to be corrected")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, and store nothing")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from voice.app import now

    path: Path = arguments.file
    today = now().date()
    if arguments.term and not is_term(arguments.term):
        raise CommandProblem(f"{arguments.term!r} is not a term: write it as 2026-autumn, 2026-spring or 2026-summer.")
    try:
        sheet = read_sheet(path.read_bytes(), path.name)
    except SheetProblem as problem:
        raise CommandProblem(f"{path} {PROBLEMS[problem.code]}.") from problem
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    chosen = _mapping_in(arguments.mapping) if arguments.mapping else None

    async def work(store: Store) -> TakenIn | None:
        found, survey = await importing.mapping_for(store, sheet)
        mapping = chosen or found
        if arguments.save_mapping:
            arguments.save_mapping.write_bytes(msgspec.json.format(msgspec.json.encode(mapping)))
        faults = mapping_problems(sheet, mapping, known_questions())
        if faults:
            raise CommandProblem(
                f"the columns cannot be used like this ({faults[0].header or 'the file'}: {faults[0].code}). "
                "Write the mapping with --save-mapping, correct it, and give it with --mapping."
            )
        destination = Destination(
            survey=arguments.survey or survey or path.stem,
            term=arguments.term or term_of(today),
            language=arguments.language,
        )
        seen = await importing.preview(store, sheet, mapping, destination, today=today)
        _show(mapping, seen, len(sheet.rows), destination)
        if arguments.dry_run:
            return None
        taken = await importing.take_in(store, sheet, mapping, destination, filename=path.name, today=today)
        await read_new_voices(store)
        return taken

    taken = with_store(settings_of(arguments), work)
    if taken is None:
        print("Nothing was stored (--dry-run).")
        return 0
    print(f"{taken.added} added, {taken.known} known already, {taken.not_read} not read.")
    if taken.changed:
        print(f"{taken.changed} rows were taken in before with other answers; the first were kept.")
    if not taken.added and not taken.known and not taken.changed:
        raise CommandProblem(f"no row of {path} could be read; see the reasons above.")
    return 0


def _mapping_in(path: Path) -> Mapping:
    try:
        return msgspec.json.decode(path.read_bytes(), type=Mapping)
    except (OSError, msgspec.DecodeError) as problem:
        raise CommandProblem(f"{path} is not a mapping that --save-mapping wrote: {problem}.") from problem


def _show(mapping: Mapping, seen: Preview, rows: int, destination: Destination) -> None:
    uses = {column.header: column for column in mapping.columns}
    print(f"{rows} rows for the survey “{destination.survey}”:")
    for count in seen.converted.columns:
        column = uses.get(count.header)
        use = count.role + (f" {column.concept}" if column and column.concept else "")
        why = f" ({column.reason.replace('_', ' ')})" if column and count.role == "ignore" else ""
        print(f"  {count.header}: {use}{why}, {count.read} read, {count.blank} blank, {count.not_read} not read")
    print(
        f"  {seen.new} new, {seen.known} known already, {seen.converted.rows_kept_out} not read; by term: {seen.terms}"
    )
    for problem in seen.converted.problems[:SHOWN]:
        where = f" in “{problem.header}”" if problem.header else ""
        print(
            f"  row {problem.row_number}: {problem.code.replace('_', ' ')}{where}: {problem.excerpt}",
            file=sys.stderr,
        )
    rest = Counter(problem.code for problem in seen.converted.problems[SHOWN:])
    for code, many in rest.items():
        print(f"  and {many} more rows: {code.replace('_', ' ')}", file=sys.stderr)
