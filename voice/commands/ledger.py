"""`voice ledger hash`: a contact history for the shared ledger, with keys in place of whoever was asked.

It needs nothing but the partnership's ledger key, reads no store and sends nothing: a partner runs it on their own
machine, and what leaves them says of nobody who they are.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

from surveys.asking_less.rules import Rules
from surveys.ledger.hashing import KEPT, Counted, NoSuchPart, hashed, plan
from surveys.ledger.keys import PARTS, key_bytes, ledger_key
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.csv_files import open_csv, refuse_to_overwrite, written_text
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, secret_of, settings_of, with_store
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("ledger", help="make a contact history ready for the shared ledger")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    hashing = acts.add_parser("hash", help=f"keys in place of names; goes on: {', '.join(KEPT)}")
    hashing.add_argument("input", type=Path, metavar="IN.csv")
    hashing.add_argument("--key", required=True, type=Path, metavar="KEY.txt", help="the partnership's ledger key")
    known = f"PART=COLUMN,… (parts: {', '.join(PARTS)})"
    hashing.add_argument("--family", default=",".join(Rules().family_by), help=f"what a family is known by: {known}")
    hashing.add_argument("--person", default=",".join(Rules().person_by), help="what a person is known by, likewise")
    hashing.add_argument("--out", required=True, type=Path, metavar="OUT.csv")
    hashing.set_defaults(run=run_hash)
    key = acts.add_parser("key", help="write the ledger key of this installation, to hand to partners")
    key.add_argument("--out", required=True, type=Path, metavar="KEY.txt")
    add_data_option(key)
    key.set_defaults(run=run_key)


def run_hash(arguments: argparse.Namespace) -> int:
    """Writes OUT, whole or not at all; raises CommandProblem with one sentence when it cannot."""
    refuse_to_overwrite({"IN": arguments.input, "KEY": arguments.key}, {"OUT": arguments.out})
    key = _key(arguments.key)
    file = open_csv(arguments.input)
    try:
        columns = plan(file.header, _parts(arguments.family), _parts(arguments.person))
    except NoSuchPart as problem:
        raise CommandProblem(f"“{problem.part}” is nothing to know anybody by; use {', '.join(PARTS)}.") from problem
    except KeyError as problem:
        raise CommandProblem(
            f"{arguments.input} has no column “{problem.args[0]}”; it has: {', '.join(file.header)}."
        ) from problem
    counted = Counted()
    with written_text(arguments.out) as out:
        writer = csv.writer(out)
        writer.writerow(columns.header)
        writer.writerows(hashed(file.rows(), columns, key, counted))
        if not counted.written:
            raise CommandProblem(f"no row of {arguments.input} says who was asked: {_why(counted)}.")
    left_out = f" Left out: {_why(counted)}." if counted.not_readable else ""
    alone = f" {counted.without_person:,} go on without a person." if counted.without_person else ""
    print(f"voice ledger: {counted.rows:,} rows read, {counted.written:,} written.{left_out}{alone}", file=sys.stderr)
    return 0


def run_key(arguments: argparse.Namespace) -> int:
    """Writes the ledger key where nobody else on the machine can read it."""
    path: Path = arguments.out
    if path.exists():
        raise CommandProblem(f"{path} is there already, and a key is never written over anything.")
    settings = settings_of(arguments)
    secret = secret_of(settings)

    async def recorded(store: Store) -> None:
        await store.write(lambda: record_command(Act.EXPORTED, "contact", detail="ledger_key", now=now()))

    with_store(settings, recorded)
    path.touch(mode=0o600)
    path.write_text(ledger_key(secret) + "\n")
    print(f"{path} holds the ledger key. Whoever has it can find out who a key stands for: hand it over in person.")
    return 0


def _key(path: Path) -> bytes:
    try:
        return key_bytes(path.read_text(encoding="utf-8-sig"))
    except OSError as problem:
        raise CommandProblem(f"{path} cannot be read: {problem.strerror}.") from problem
    except ValueError as problem:
        raise CommandProblem(
            f"{path} holds no ledger key: it begins with gtk1- and 64 digits and letters."
        ) from problem


def _parts(written: str) -> dict[str, str]:
    """``surname=Family name,postcode`` as names of columns by part; a part alone is its own column."""
    pairs: Sequence[tuple[str, str, str]] = [each.partition("=") for each in written.split(",") if each.strip()]
    return {part.strip(): (column or part).strip() for part, _, column in pairs}


def _why(counted: Counted) -> str:
    return ", ".join(f"{n:,} without a {part} that can be read" for part, n in counted.not_readable.items())
