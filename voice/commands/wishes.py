"""``voice wishes``: the numbers and addresses of people who would like to hear from us, apart from all answers.

That a file of them was written is noted where every opening is: see ``voice/safeguarding/contacting.py``.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from surveys.contact_wishes import SealedWish
from surveys.exporting.cells import SafeRows
from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, secret_of, settings_of, with_store
from voice.safeguarding import contacting
from voice.storage import Store

COLUMNS = ("survey", "month", "way", "reach", "language")
ONLY_ITS_OWNER = 0o600


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("wishes", help="write who would like to hear from us to a file (CSV)")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    out: Path = arguments.out
    settings = settings_of(arguments)
    secret = secret_of(settings)

    async def work(store: Store) -> list[SealedWish]:
        today = now().date()

        async def unit() -> list[SealedWish]:
            await record_command(Act.EXPORTED, "contact", detail="wishes", now=now())
            return await contacting.open_all(secret=secret, today=today)

        return await store.write(unit)

    found = with_store(settings, work)
    readable = [(each, each.wish) for each in found if each.wish is not None]
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, ONLY_ITS_OWNER)
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            writer = SafeRows(file)
            writer.writerow(COLUMNS)
            for sealed, wish in readable:
                row = (sealed.survey, sealed.month, wish.way, wish.reach, wish.language)
                writer.writerow(row)
    except OSError as problem:
        raise CommandProblem(f"{out} cannot be written: {problem.strerror or problem}.") from problem
    print(f"{len(readable)} wishes in {out}. They are personal: delete the file when you have written to them.")
    if len(readable) < len(found):
        print(f"{len(found) - len(readable)} were sealed with another secret.key and cannot be opened.")
    return 0
