"""The process that opens a file from a stranger: ``python -m voice.capture.reading_files KIND SOURCE TARGET``.

It prints what it found, or the problem, as one line of JSON. Whatever a file does to it happens to this process alone.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from surveys.answers import AnswerProblem
from voice.running.bounds import bind_this_process

SECONDS_OF_WORK = {"recording": 20, "film": 20}
SECONDS_FOR_A_PICTURE = 8
"""The largest that we open takes three on a slow machine."""

MOST_MEMORY = 1_500_000_000
"""Bytes of addresses, of which FFmpeg takes some 400 million before it begins."""

LARGEST_RESULT = 40_000_000


class Found(msgspec.Struct, frozen=True, omit_defaults=True):
    """``problem`` is the code of an ``AnswerProblem``, with its ``limit`` and ``length``."""

    media_type: str = ""
    seconds: int | None = None
    problem: str = ""
    limit: int = 0
    length: int = 0


def look(kind: str, source: Path, target: Path) -> Found:
    try:
        if kind == "recording":
            from voice.capture.recordings import read_recording

            media_type, seconds = read_recording(source, target)
            return Found(media_type, seconds)
        if kind == "film":
            from voice.capture.films import read_film

            media_type, seconds = read_film(source, target)
            return Found(media_type, seconds)
        from voice.capture.pictures import read_picture

        return Found(read_picture(source, target))
    except AnswerProblem as problem:
        return Found(problem=problem.code, limit=problem.limit, length=problem.length)


if __name__ == "__main__":
    _, kind, source, target = sys.argv
    bind_this_process(
        seconds=SECONDS_OF_WORK.get(kind, SECONDS_FOR_A_PICTURE), memory=MOST_MEMORY, largest_file=LARGEST_RESULT
    )
    sys.stdout.buffer.write(msgspec.json.encode(look(kind, Path(source), Path(target))))
