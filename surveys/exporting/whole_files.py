"""Writing a file whole or not at all, wherever it is to go."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path


def goes_straight(path: Path) -> bool:
    """Whether what is written there goes on as it comes: to a terminal, a pipe or another device, which stay."""
    return path.exists() and not path.is_file()


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Gives the path to write to. What is there takes the place of ``path`` when nothing was raised.

    A link to a file stays one, and what is no file (``/dev/stdout``, a pipe) is written to straight.
    """
    if goes_straight(path):
        yield path
        return
    path = path.resolve()
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield beside
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
