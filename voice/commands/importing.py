"""``voice import FILE``: take in answers collected elsewhere."""

from __future__ import annotations

import argparse
import codecs
import sys
from collections import Counter
from pathlib import Path

import msgspec

from surveys.importing.mapping import KIND_NOT_SAID, RESPONDENT_KINDS, Mapping, mapping_problems
from surveys.importing.reading import read_sheet
from surveys.importing.sheet import SheetProblem
from surveys.terms import is_term, term_of
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.capture import importing
from voice.capture.importing import Destination, Importing, Preview, TakenIn, unread_as_csv
from voice.capture.matched_questions import matched_questions
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.evidence.reading import read_new_voices
from voice.languages import LANGUAGES
from voice.storage import Store
from voice.storage.secret import read_secret

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


WHO = (
    "Who answered a row is what a column says, or else --respondent-kind, or else “other”: only parent carers are "
    "counted as families. A row that is here already stays as it is, however its columns are used now; with --replace, "
    "what it gave before makes room for what it says now."
)


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("import", help="take in answers collected elsewhere (CSV, XLSX)", description=WHO)
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--survey", metavar="NAME", help="the survey they belong to (otherwise the file's name)")
    parser.add_argument("--term", metavar="YEAR-NAME", help="the term of rows without a date, such as 2026-autumn")
    parser.add_argument(
        "--language", choices=tuple(LANGUAGES), default="en", help="the language of rows that name none (en)"
    )
    parser.add_argument(
        "--respondent-kind", choices=RESPONDENT_KINDS, help="who answered, where no column says so (other)"
    )
    parser.add_argument("--mapping", type=Path, metavar="FILE.json", help="what the columns are, instead of a guess")
    parser.add_argument("--save-mapping", type=Path, metavar="FILE.json", help="write the mapping to be corrected")
    parser.add_argument("--unread", type=Path, metavar="FILE.csv", help="write every row that stays out, and why")
    parser.add_argument("--replace", action="store_true", help="replace what the rows of this file gave before")
    parser.add_argument("--dry-run", action="store_true", help="show what would happen, and store nothing")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
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
    settings = settings_of(arguments)

    async def work(store: Store) -> TakenIn | None:
        questions = await matched_questions(store)
        found, survey = await importing.mapping_for(store, sheet, questions)
        mapping = chosen or found
        if arguments.respondent_kind:
            mapping = msgspec.structs.replace(mapping, respondent_kind=arguments.respondent_kind)
        if arguments.save_mapping:
            _write(arguments.save_mapping, msgspec.json.format(msgspec.json.encode(mapping)))
        faults = mapping_problems(sheet, mapping, questions.known)
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
        file = Importing(store, sheet, mapping, destination, questions, secret=read_secret(settings.data), today=today)
        seen = await file.preview()
        _show(mapping, seen, len(sheet.rows), destination)
        if arguments.unread:
            # A script reads it, and knows that it is UTF-8.
            _write(arguments.unread, unread_as_csv(seen.converted.problems).removeprefix(codecs.BOM_UTF8))
        if arguments.dry_run:
            return None
        taken = await file.take_in(filename=path.name, replace=arguments.replace)
        await store.write(lambda: record_command(Act.CHANGED, "import", key=destination.survey, now=now()))
        await read_new_voices(store)
        return taken

    taken = with_store(settings, work)
    if taken is None:
        print("Nothing was stored (--dry-run).")
        return 0
    replaced = f", {taken.replaced} replaced" if arguments.replace else ""
    print(f"{taken.added} added{replaced}, {taken.known} known already, {taken.not_read} not read.")
    if taken.changed:
        print(
            f"{taken.changed} rows were here already and say something else now; the first were kept. "
            "Replace them with --replace."
        )
    if taken.not_read and taken.not_read == len(sheet.rows):
        raise CommandProblem(f"no row of {path} could be read; see the reasons above.")
    return 0


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be written: {problem.strerror}.") from problem


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
    if seen.changed or seen.gone:
        print(f"  {seen.changed} are here already and say something else now; {seen.gone} that are here cannot be read")
    for slug, rows in seen.elsewhere:
        print(f"  {rows} of these rows are here already as the survey “{slug}”: are they the same?", file=sys.stderr)
    if mapping.respondent_kind is None and not any(column.role == "respondent_kind" for column in mapping.columns):
        print(f"  who answered is not said: counted as “{KIND_NOT_SAID}” (see --respondent-kind)")
    for problem in seen.converted.problems[:SHOWN]:
        where = f" in “{problem.header}”" if problem.header else ""
        print(
            f"  row {problem.row_number}: {problem.code.replace('_', ' ')}{where}: {problem.excerpt}",
            file=sys.stderr,
        )
    rest = Counter(problem.code for problem in seen.converted.problems[SHOWN:])
    for code, many in rest.items():
        print(f"  and {many} more rows: {code.replace('_', ' ')} (all of them with --unread)", file=sys.stderr)
