"""``voice audit``: whether the record of who did what is whole, a seal of it to keep elsewhere, and it as a file."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from surveys.exporting.cells import SafeRows
from voice.audit.by_command import record_command
from voice.audit.entry import Act, Row
from voice.audit.sealing import Seal, newest, noted_seals, seal_and_note, seals_in
from voice.audit.verifying import Verdict, rows_after, verify
from voice.clock import now
from voice.commands.csv_files import written_text
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.storage import Store

WRONG = {
    "changed": "entry {} was changed",
    "missing": "entry {} is missing",
    "not_ours": "entry {} was not written by this installation, or secret.key is another one",
    "cut_short": "entry {} and all after it are missing: a seal says that they were there",
    "seal_differs": "entry {} is not the one that was sealed",
    "seal_not_ours": "the seal of entry {} was not made by this installation",
    "cut_not_ours": "entry {} and all before it were removed, and not by this installation",
    "keeping_not_ours": "agreement {} on how long the record is kept is not of this installation; agree anew",
}


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("audit", help="check the record of who did what, seal it, or write it to a file (CSV)")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    checking = acts.add_parser("verify", help="say whether every entry is there as it was written; exits 1 if not")
    checking.add_argument(
        "--against", type=Path, metavar="SEALS.txt", help="seals that were kept elsewhere, one a line"
    )
    add_data_option(checking)
    checking.set_defaults(run=run_verify)
    sealing = acts.add_parser("seal", help="print a line to keep elsewhere: it shows later that nothing was cut off")
    add_data_option(sealing)
    sealing.set_defaults(run=run_seal)
    export = acts.add_parser("export", help=f"write it to a file: {', '.join(Row.__struct_fields__)}")
    export.add_argument("--out", type=Path, required=True, metavar="FILE.csv")
    add_data_option(export)
    export.set_defaults(run=run_export)


def run_verify(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    elsewhere = _seals(arguments.against) if arguments.against else []

    async def work(store: Store) -> Verdict:
        return await verify(store, [*noted_seals(settings.data), *elsewhere])

    found = with_store(settings, work)
    if found.wrong:
        print(f"wrong {WRONG[found.wrong].format(found.number)}.", file=sys.stderr)
        return 1
    sealed = f"sealed up to entry {found.sealed}" if found.sealed else "not sealed yet"
    print(f"ok    {found.entries:,} entries, {found.first} to {found.last}, as they were written; {sealed}.")
    return 0


def _seals(path: Path) -> list[Seal]:
    try:
        return seals_in(path.read_text(encoding="utf-8").splitlines())
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise CommandProblem(f"{path} has a line that is no seal: {problem}") from problem


def run_seal(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)

    async def work(store: Store) -> Seal | None:
        return await seal_and_note(store, settings.data, now=now()) or await store.read(newest)

    made = with_store(settings, work)
    if made is None:
        raise CommandProblem("nothing has been recorded yet.")
    print(made.line)
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    async def work(store: Store) -> int:
        many = 0
        with written_text(arguments.out) as file:
            writer = SafeRows(file)
            writer.writerow(Row.__struct_fields__)
            async for row in rows_after(store, 0):
                writer.writerow(getattr(row, name) for name in Row.__struct_fields__)
                many += 1
        await store.write(lambda: record_command(Act.EXPORTED, "audit", now=now()))
        return many

    try:
        many = with_store(settings_of(arguments), work)
    except OSError as problem:
        raise CommandProblem(f"{arguments.out} cannot be written: {problem.strerror or problem}.") from problem
    print(f"{many} entries in {arguments.out}")
    return 0
