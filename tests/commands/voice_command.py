"""The command ``voice`` run as a program of its own, as people run it."""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from multiprocessing.context import BaseContext
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())"]

PATIENCE_SECONDS = 240
"""Far more than it takes: beside other work on the machine everything takes longer."""
LOADED = ("run", "migrate", "doctor", "user", "importing", "export", "wishes", "survey")
"""Modules of verbs that start no threads when they are loaded: only such a process can be copied."""


def environment(database_url: str = "", **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOICE_")}
    return {**kept, **({"VOICE_DATABASE_URL": database_url} if database_url else {}), **more}


def voice(*arguments: str, database_url: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    """What the command tells that is called with these arguments, by a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        told, complained = Path(folder, "told"), Path(folder, "complained")
        process = _ready().Process(  # type: ignore[attr-defined]
            target=_called, args=(arguments, environment(database_url, **more), str(told), str(complained))
        )
        process.start()
        process.join(PATIENCE_SECONDS)
        if process.exitcode is None:
            process.kill()
            raise subprocess.TimeoutExpired(["voice", *arguments], PATIENCE_SECONDS)
        return subprocess.CompletedProcess(
            ["voice", *arguments], process.exitcode, told.read_text("utf-8"), complained.read_text("utf-8")
        )


@functools.cache
def _ready() -> BaseContext:
    """A process that has loaded what most verbs need, and of which every call is a copy: to load it takes a second,
    which some three hundred calls need not wait for. ``serving`` starts the program itself, as people do."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__, *(f"voice.commands.{verb}" for verb in LOADED)])
    return context


def _called(arguments: tuple[str, ...], variables: dict[str, str], told: str, complained: str) -> None:
    from voice.commands import main

    os.environ.clear()
    os.environ.update(variables)
    os.chdir(ROOT)
    for path, stream in ((told, sys.stdout), (complained, sys.stderr)):
        with Path(path).open("wb") as file:
            os.dup2(file.fileno(), stream.fileno())
    sys.exit(main(list(arguments)))


def one_line(told: subprocess.CompletedProcess[str]) -> str:
    """What a verb says that could not do its work: one line, nothing on standard output, not zero."""
    assert told.returncode != 0
    assert "Traceback" not in told.stderr
    (line,) = told.stderr.splitlines()
    return line


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(*arguments: str, database_url: str = "", **more: str) -> Iterator[dict[str, str]]:
    """Runs a verb that serves; gives each ``name: link`` that it printed by its name."""
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env=environment(database_url, **more),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    try:
        links: dict[str, str] = {}
        until = time.monotonic() + PATIENCE_SECONDS
        for line in process.stdout:
            name, _, link = line.strip().partition(": ")
            if link.startswith("http"):
                links[name] = link
            if line.startswith("Stop it") or time.monotonic() > until:
                break
        yield links
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_SECONDS)
