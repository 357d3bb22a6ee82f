"""``voice backup``: everything that is stored, in one file, while people work."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import os
from pathlib import Path

from voice.audit.by_command import record_command
from voice.audit.entry import Act
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of
from voice.settings import Settings
from voice.storage import StoreUnavailable, open_store
from voice.storage.migrating import missing

FROM_ENVIRONMENT = "VOICE_BACKUP_PASSPHRASE"


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("backup", help="write everything that is stored to one file, while people work")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file to make")
    add_passphrase_option(parser)
    add_data_option(parser)
    parser.set_defaults(run=run)


def add_passphrase_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=f"a file whose first line is the passphrase of the backup (otherwise {FROM_ENVIRONMENT})",
    )


def passphrase_of(arguments: argparse.Namespace) -> str | None:
    """Never from the command line itself, which everybody on the machine can read."""
    if arguments.passphrase_file is None:
        return os.environ.get(FROM_ENVIRONMENT) or None
    try:
        found: str = arguments.passphrase_file.read_text(encoding="utf-8").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as problem:
        raise CommandProblem(f"{arguments.passphrase_file} cannot be read ({problem}).") from problem
    if not found:
        raise CommandProblem(f"{arguments.passphrase_file} is empty: its first line must be the passphrase.")
    return found


async def note(settings: Settings, act: Act, detail: str) -> None:
    """Records that all that is stored left, or came back. A database that nothing can be written to has a backup all
    the same, and one of an older version is not brought up to date for it."""
    with contextlib.suppress(StoreUnavailable):
        store = await open_store(settings)
        try:
            if not await missing(store):
                await store.write(lambda: record_command(act, "backup", detail=detail, now=now()))
        finally:
            await store.close()


def run(arguments: argparse.Namespace) -> int:
    from voice.backups.problems import BackupProblem
    from voice.backups.taking import take

    settings, passphrase = settings_of(arguments), passphrase_of(arguments)
    try:
        taken = asyncio.run(take(settings, arguments.out, now=now(), passphrase=passphrase))
    except BackupProblem as problem:
        raise CommandProblem(str(problem)) from problem
    asyncio.run(note(settings, Act.EXPORTED, f"sealed={'yes' if passphrase else 'no'}"))
    print(
        f"{arguments.out}: {taken.rows} rows and {taken.files} files, {taken.bytes / 1_000_000:.1f} MB, "
        "read again and found whole."
    )
    if passphrase is None:
        print(
            "It is not sealed: whoever has it can read everything. Keep it as safe as the data, or give a passphrase."
        )
    return 0
