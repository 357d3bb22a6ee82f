"""One of the processes of ``voice run --processes N``: started by the steward, which has opened the socket."""

from __future__ import annotations

import argparse
import os
import sys

from voice.commands.problems import CommandProblem
from voice.commands.run import add_serving_options, prepare
from voice.commands.serving import serve_for_a_steward
from voice.commands.with_store import settings_of, with_store
from voice.running import logs


def main() -> int:
    parser = argparse.ArgumentParser(prog="voice run")
    add_serving_options(parser)
    for name in ("--listening", "--ready", "--lives"):
        parser.add_argument(name, type=int, required=True)
    parser.add_argument("--first", action="store_true")
    given = parser.parse_args()
    try:
        settings = settings_of(given)
        logs.begin(settings)
        lines = with_store(settings, lambda store: prepare(store, settings)) if given.first else []
        return serve_for_a_steward(settings, lines, listening=given.listening, ready=given.ready, lives=given.lives)
    except CommandProblem as problem:
        print(f"voice run: {problem}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return os.EX_OK


if __name__ == "__main__":
    sys.exit(main())
