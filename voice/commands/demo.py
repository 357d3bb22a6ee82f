"""``voice demo``: serve the product with an invented partnership to explore."""

from __future__ import annotations

import argparse
import sys

from voice.commands.run import add_serving_options
from voice.commands.serving import links, serve
from voice.commands.with_store import settings_of, with_store
from voice.demonstration.partnership import is_loaded, load_partnership
from voice.first_start import begin_with
from voice.storage import Store


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("demo", help="serve it with an invented partnership to explore")
    add_serving_options(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    from voice.app import now

    settings = settings_of(arguments, development=True)

    async def prepare(store: Store) -> None:
        if not await is_loaded(store):
            print("Loading an invented partnership …", file=sys.stderr)
            await load_partnership(store, now=now())
        else:
            await store.write(lambda: begin_with(today=now().date()))

    with_store(settings, prepare)
    return serve(settings, links(settings))
