"""``voice migrate``: bring the database up to date."""

from __future__ import annotations

import argparse
import asyncio

from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of
from voice.storage import StoreUnavailable, open_store
from voice.storage.migrating import migrate


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("migrate", help="bring the database up to date")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    async def work() -> list[str]:
        store = await open_store(settings_of(arguments))
        try:
            return await migrate(store)
        finally:
            await store.close()

    try:
        applied = asyncio.run(work())
    except (StoreUnavailable, OSError) as problem:
        raise CommandProblem(f"{problem}. Run `voice doctor` to see what is wrong.") from problem
    for name in applied:
        print(f"applied {name}")
    if not applied:
        print("The database is up to date.")
    return 0
