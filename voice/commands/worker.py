"""The processes of ``voice run --processes N``: started by the supervisor, which has opened the socket."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import sys
from multiprocessing.connection import Connection

from voice.commands import FOR_ITS_OWNER_ALONE
from voice.commands.problems import CommandProblem
from voice.commands.run import add_serving_options, prepare
from voice.commands.serving import serve_side_by_side
from voice.commands.with_store import settings_of, with_store
from voice.running import logs
from voice.settings import Settings


def main() -> int:
    os.umask(FOR_ITS_OWNER_ALONE)  # the supervisor that started this may be of an older version
    parser = argparse.ArgumentParser(prog="voice run")
    add_serving_options(parser)
    for name in ("--processes", "--listening", "--ready", "--lives"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--first", action="store_true")
    given = parser.parse_args()
    try:
        settings = settings_of(given)
        logs.begin(settings)
        lines = _prepared_by_another(settings) if given.first else []
        return serve_side_by_side(
            settings, lines, given.processes, listening=given.listening, ready=given.ready, lives=given.lives
        )
    except CommandProblem as problem:
        print(f"voice run: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 0


def _prepared_by_another(settings: Settings) -> list[str]:
    """What a first start brings, done by a copy: this process is to be copied again, and opens no store itself."""
    copies = multiprocessing.get_context("fork")
    here, there = copies.Pipe(duplex=False)
    preparing = copies.Process(target=_prepare, args=(settings, there))
    preparing.start()
    there.close()
    try:
        told: list[str] | str = here.recv()
    except EOFError:
        told = "it could not be started, and nobody knows why"
    preparing.join()
    if isinstance(told, str):
        raise CommandProblem(told)
    return told


def _prepare(settings: Settings, there: Connection) -> None:
    try:
        there.send(with_store(settings, lambda store: prepare(store, settings)))
    except CommandProblem as problem:
        there.send(str(problem))


if __name__ == "__main__":
    sys.exit(main())
