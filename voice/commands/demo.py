"""``voice demo``: serve the product with an invented partnership to explore."""

from __future__ import annotations

import argparse
import sys

from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.run import add_serving_options
from voice.commands.serving import links, serve
from voice.commands.with_store import settings_of, with_store
from voice.demonstration.beginning import is_begun, is_loaded, is_used
from voice.first_start import begin_with
from voice.storage import Store
from voice.storage.secret import read_secret


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("demo", help="serve it with an invented partnership to explore")
    add_serving_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments, development=True)

    async def prepare(store: Store) -> list[str]:
        if await is_loaded(store):
            await store.write(lambda: begin_with(today=now().date()))
        elif not await is_begun(store) and await is_used(store):
            place = "this database" if settings.database_url else settings.data
            raise CommandProblem(
                f"{place} is in use: invented answers would mix with the real ones for good. "
                "Choose an empty folder with --data."
            )
        else:
            # Brought only now: whoever starts the demo again need not wait for it.
            from voice.demonstration.partnership import load_partnership

            print("Loading an invented partnership …", file=sys.stderr)
            await load_partnership(store, secret=read_secret(settings.data), now=now())
        return await links(settings, store)

    return serve(settings, with_store(settings, prepare))
