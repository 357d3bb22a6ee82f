"""What verbs that use the store share: the ``--data`` option, and opening it for as long as they work."""

from __future__ import annotations

import argparse
import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from voice.commands.problems import CommandProblem
from voice.settings import Settings, UnusableSetting, read_settings
from voice.storage import Store, StoreUnavailable, open_store
from voice.storage.migrating import migrate
from voice.storage.secret import read_secret

T = TypeVar("T")


def add_data_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        type=Path,
        metavar="DIR",
        help="where everything is stored (otherwise VOICE_DATA, otherwise ./data)",
    )


def with_store(settings: Settings, work: Callable[[Store], Awaitable[T]]) -> T:
    """Runs ``work`` on the store of ``settings``, brought up to date first."""

    async def opened() -> T:
        try:
            store = await open_store(settings)
        except OSError as problem:
            raise CommandProblem(
                f"{settings.data} cannot be used ({problem.strerror}). Choose another folder with --data."
            ) from problem
        try:
            await migrate(store)
            return await work(store)
        finally:
            await store.close()

    try:
        return asyncio.run(opened())
    except StoreUnavailable as problem:
        raise _unusable(problem) from problem


def secret_of(settings: Settings) -> bytes:
    """The secret of the installation, for a verb that needs it before it opens the store."""
    try:
        return read_secret(settings.data)
    except StoreUnavailable as problem:
        raise _unusable(problem) from problem


def _unusable(problem: StoreUnavailable) -> CommandProblem:
    return CommandProblem(f"{problem}. Run `voice doctor` to see what is wrong.")


def settings_of(arguments: argparse.Namespace, *, development: bool = False) -> Settings:
    """The settings for a verb. One that cannot be meant ends with a clear sentence."""
    try:
        return read_settings(
            os.environ,
            data=arguments.data,
            port=getattr(arguments, "port", None),
            development=development,
        )
    except UnusableSetting as problem:
        raise CommandProblem(str(problem)) from problem
