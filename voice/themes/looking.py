"""Looking for new themes among voices that no theme fits, done by a process of its own.

``python -m voice.themes.looking`` reads what was said from standard input and writes groups to standard output, both
as MessagePack.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

import msgspec

from voice.running.other_process import answer_apart

MOST = 12
"""Groups that a person can look at."""


class Unthemed(msgspec.Struct, frozen=True):
    """A voice that no theme fits, in English where that is recorded."""

    voice: uuid.UUID
    text: str


class Look(msgspec.Struct, frozen=True):
    """``vectors`` is the file that remembers meanings; empty to do without them."""

    voices: list[Unthemed]
    vectors: str = ""


class Group(msgspec.Struct, frozen=True):
    """See ``analysis.new_themes.NewTheme``."""

    name: str
    words: tuple[str, ...]
    voices: tuple[uuid.UUID, ...]
    typical: tuple[uuid.UUID, ...]
    atypical: tuple[uuid.UUID, ...]


class Groups(msgspec.Struct, frozen=True):
    """The groups, the largest first; so many voices stand in none."""

    groups: tuple[Group, ...]
    remainder: int


def look(at: Look) -> Groups:
    from pathlib import Path

    import pandas as pd

    from analysis.embeddings import Remembered, load_meanings
    from analysis.new_themes import new_themes

    model = load_meanings() if at.vectors else None
    voices = [each.voice for each in at.voices]
    comments = pd.DataFrame({"text": [each.text for each in at.voices]})
    found = new_themes(
        comments, text="text", meanings=Remembered(model, Path(at.vectors)) if model else None, most=MOST
    )
    groups = tuple(
        Group(
            each.name,
            tuple(each.words),
            voices=_named(each.rows, voices),
            typical=_named(each.typical, voices),
            atypical=_named(each.atypical, voices),
        )
        for each in found.themes
    )
    return Groups(groups, len(found.remainder))


def _named(rows: Iterable[Any], voices: list[uuid.UUID]) -> tuple[uuid.UUID, ...]:
    return tuple(voices[int(row)] for row in rows)


def answer(sent: bytes) -> bytes:
    asked = msgspec.msgpack.decode(sent, type=Look)
    return msgspec.msgpack.encode(look(asked))


if __name__ == "__main__":
    answer_apart(answer)
