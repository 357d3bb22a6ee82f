"""What a reader of recordings or films makes of a file: what it keeps, or why it does not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from surveys.answers import AnswerProblem

Reader = Callable[[Path, Path], tuple[str, int]]


def taken_in(reader: Reader, folder: Path, content: bytes) -> tuple[str, int, bytes]:
    """The media type, the seconds and what is kept."""
    source, target = folder / "source", folder / "target"
    source.write_bytes(content)
    media_type, seconds = reader(source, target)
    return media_type, seconds, target.read_bytes()


def refused(reader: Reader, folder: Path, content: bytes) -> AnswerProblem:
    with pytest.raises(AnswerProblem) as found:
        taken_in(reader, folder, content)
    return found.value
