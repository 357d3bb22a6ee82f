"""``voice run``: serve the product."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile

from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.settings import Settings
from voice.storage import Store
from voice.storage.secret import SECRET, read_secret


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("run", help="serve the product (migrating the database first)")
    add_serving_options(parser)
    parser.add_argument(
        "--processes",
        type=int,
        metavar="N",
        help="serve with so many processes, of which SIGHUP lets new ones take over "
        "(otherwise VOICE_PROCESSES, otherwise this one process alone)",
    )
    parser.set_defaults(run=run)


def add_serving_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, metavar="N", help="the port (otherwise VOICE_PORT, otherwise 8000)")
    add_data_option(parser)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    processes = settings.processes if arguments.processes is None else arguments.processes
    if processes > 0:
        return _with_a_supervisor(settings, processes, arguments)

    from voice.commands.serving import serve

    return serve(settings, with_store(settings, lambda store: prepare(store, settings)))


async def prepare(store: Store, settings: Settings) -> list[str]:
    """What a first start brings. Returns lines to print for whoever has started it."""
    from voice.commands.serving import links
    from voice.doctor.database import needs_the_secret
    from voice.first_start import begin_with

    if not (settings.data / SECRET).exists() and await needs_the_secret(store):
        raise CommandProblem(
            f"{settings.data / SECRET} is missing, and another would open nothing of what is stored. "
            "Take it from a backup."
        )
    read_secret(settings.data)  # a damaged one ends here, in a sentence, and not when somebody's answer is to be sealed
    await store.write(lambda: begin_with(today=now().date()))
    return await links(settings, store)


def _with_a_supervisor(settings: Settings, processes: int, arguments: argparse.Namespace) -> int:
    """Brings nothing of the product into this process: it outlives the version that it was started with."""
    from voice.running import logs
    from voice.running.listening import CannotListen, listen
    from voice.running.supervisor import Supervisor

    if processes > 1 and not settings.database_url:
        raise CommandProblem("several processes need PostgreSQL. Set VOICE_DATABASE_URL, or serve with --processes 1.")
    logs.begin(settings)
    try:
        listening = listen(settings)
    except CannotListen as problem:
        raise CommandProblem(str(problem)) from problem
    # Not the folder that somebody happens to be in: only what is installed is served.
    command = [sys.executable, "-P", "-m", "voice.commands.worker", "--processes", str(processes)]
    command += ["--data", str(settings.data), *(() if arguments.port is None else ("--port", str(arguments.port)))]

    async def looked_after() -> int:
        with tempfile.TemporaryDirectory(prefix="golden-thread-figures-") as folder:
            figures = {"PROMETHEUS_MULTIPROC_DIR": folder} if settings.metrics_token else {}
            return await Supervisor(command, listening, {**os.environ, **figures}).run()

    return asyncio.run(looked_after())
