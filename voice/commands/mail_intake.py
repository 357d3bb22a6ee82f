"""``voice mail-intake``: take e-mail into the drop box, beside a server that runs or without one."""

from __future__ import annotations

import argparse
import asyncio

from voice.capture.drop_box.mail_intake import Intake, listening
from voice.clock import now
from voice.commands.problems import CommandProblem
from voice.commands.with_store import add_data_option, settings_of, with_store
from voice.storage import Store
from voice.storage.secret import read_secret


def add_parser(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = verbs.add_parser("mail-intake", help="take e-mail into the drop box over SMTP")
    parser.add_argument(
        "--port", dest="intake_port", type=int, metavar="N", help="the port (otherwise VOICE_INTAKE_PORT)"
    )
    parser.add_argument("--host", help="the address to listen at (otherwise VOICE_INTAKE_HOST, otherwise 127.0.0.1)")
    add_data_option(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    settings = settings_of(arguments)
    host, port = arguments.host or settings.intake_host, arguments.intake_port or settings.intake_port
    if not port:
        raise CommandProblem("say at which port e-mail comes in: --port 2525, or VOICE_INTAKE_PORT.")

    async def take_letters(store: Store) -> int:
        intake = Intake(store, secret=read_secret(settings.data), clock=now, address=settings.intake_address)
        try:
            async with listening(intake, host=host, port=port) as found:
                print(f"E-mail comes in at {host}:{found}. Stop it with Ctrl+C.", flush=True)
                await asyncio.Event().wait()
        except (OSError, OverflowError) as problem:
            reason = problem.strerror if isinstance(problem, OSError) else "ports go up to 65535"
            raise CommandProblem(f"{host}:{port} cannot be used ({reason}). Choose another with --port.") from problem
        return 0

    return with_store(settings, take_letters)
