"""``voice run``: serve the product."""

from __future__ import annotations

import argparse

from voice.commands.problems import CommandProblem
from voice.commands.serving import links, serve
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.doctor.database import has_sealed_rows
from voice.first_start import begin_with
from voice.storage import Store
from voice.storage.secret import SECRET


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("run", help="serve the product (migrating the database first)")
    add_serving_options(parser)
    parser.set_defaults(run=run)


def add_serving_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="the port (otherwise VOICE_PORT, otherwise 8000)")
    add_data_option(parser)


def run(arguments: argparse.Namespace) -> int:
    from voice.app import now

    settings = settings_of(arguments)

    async def prepare(store: Store) -> list[str]:
        if not (settings.data / SECRET).exists() and await has_sealed_rows(store):
            raise CommandProblem(
                f"{settings.data / SECRET} is missing, and another would open nothing of what is sealed. "
                "Take it from a backup."
            )
        await store.write(lambda: begin_with(today=now().date()))
        return await links(settings, store)

    return serve(settings, with_store(settings, prepare))
