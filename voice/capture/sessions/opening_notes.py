"""Files of notes, opened by a process of their own that is bound in time and memory.

``python -m voice.capture.sessions.opening_notes`` reads a :class:`Given` from standard input as msgpack, and writes
what it :class:`Found`.
"""

from __future__ import annotations

import msgspec

from voice.capture.sessions.reading_notes import LARGEST, Notes, NotesProblem, read_file
from voice.running.bounds import bind_this_process
from voice.running.other_process import answer_apart, in_another_process
from voice.running.turns import Turns

SECONDS_OF_WORK = 20
MOST_MEMORY = 1_500_000_000
_TURNS = Turns(at_once=1, seconds_to_wait=60)


class Given(msgspec.Struct, frozen=True):
    name: str
    content: bytes


class Found(msgspec.Struct, frozen=True):
    """``problem`` is the code of a ``NotesProblem``, with its ``length``."""

    notes: Notes | None = None
    problem: str = ""
    length: int = 0


async def open_notes(content: bytes, filename: str) -> Notes:
    """What :func:`read_file` makes of it. Raises :class:`NotesProblem` as it does, and ``StoreUnavailable`` when too
    many wait."""
    if len(content) > LARGEST:
        raise NotesProblem("too_large")
    async with _TURNS.turn():
        try:
            written = await in_another_process(
                "voice.capture.sessions.opening_notes", msgspec.msgpack.encode(Given(filename, content))
            )
        except RuntimeError as problem:  # it ran out of its time or memory
            raise NotesProblem("too_large") from problem
    found = msgspec.msgpack.decode(written, type=Found)
    if found.notes is None:
        raise NotesProblem(found.problem, length=found.length)
    return found.notes


def answer(sent: bytes) -> bytes:
    given = msgspec.msgpack.decode(sent, type=Given)
    try:
        found = Found(read_file(given.content, given.name))
    except NotesProblem as problem:
        found = Found(problem=problem.code, length=problem.length)
    return msgspec.msgpack.encode(found)


def main() -> None:
    bind_this_process(seconds=SECONDS_OF_WORK, memory=MOST_MEMORY)
    answer_apart(answer)


if __name__ == "__main__":
    main()
