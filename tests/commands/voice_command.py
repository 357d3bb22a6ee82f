"""The command ``voice`` run as a program of its own, as people run it."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = [sys.executable, "-c", "import sys; from voice.commands import main; sys.exit(main())"]


def environment(database_url: str = "", **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("VOICE_")}
    return {**kept, **({"VOICE_DATABASE_URL": database_url} if database_url else {}), **more}


def voice(*arguments: str, database_url: str = "", **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*PROGRAM, *arguments],
        cwd=ROOT,
        env=environment(database_url, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


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
        until = time.monotonic() + 100
        for line in process.stdout:
            name, _, link = line.strip().partition(": ")
            if link.startswith("http"):
                links[name] = link
            if line.startswith("Stop it") or time.monotonic() > until:
                break
        yield links
    finally:
        process.terminate()
        process.communicate(timeout=30)
