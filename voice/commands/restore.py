"""``voice restore``: a new installation from a backup."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from voice.audit.entry import Act
from voice.clock import now
from voice.commands.backup import add_passphrase_option, note, passphrase_of
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("restore", help="fill a new installation from a backup")
    parser.add_argument("file", type=Path, metavar="FILE", help="the backup")
    parser.add_argument(
        "--later",
        type=Path,
        metavar="FILE",
        help="a later backup: what was erased by then is erased again, and who had said stop is not asked",
    )
    add_passphrase_option(parser)
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from voice.backups.problems import BackupProblem
    from voice.backups.restoring import restore

    settings, passphrase = settings_of(arguments), passphrase_of(arguments)
    try:
        restored = asyncio.run(
            restore(settings, arguments.file, now=now(), passphrase=passphrase, later=arguments.later)
        )
    except BackupProblem as problem:
        raise CommandProblem(str(problem)) from problem
    asyncio.run(note(settings, Act.CHANGED, f"rows={restored.rows}"))
    print(f"{restored.rows} rows and {restored.files} files are back, each compared with the backup.")
    if restored.updated:
        print(f"The database was brought up to date by {restored.updated} steps.")
    if restored.held_back:
        print(
            f"{restored.held_back} messages to families were due. They may have gone out after the backup, "
            "so they are held back: a person decides on the page Invitations."
        )
    if restored.erased:
        print(f"{restored.erased} that people had asked to erase were erased again.")
    elif arguments.later is None:
        print("What people asked to erase after this backup is back: erase it again, or restore anew with --later.")
    print("Whatever is kept no longer goes when `voice run` starts. Everybody signs in anew.")
    return 0
