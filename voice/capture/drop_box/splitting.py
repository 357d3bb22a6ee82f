"""From the words of a contribution to the words of each voice in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from voice.capture.drop_box.pieces import DropBoxProblem, Piece

Splitting = Literal["whole", "paragraphs", "lines"]

SPLITTINGS: tuple[Splitting, ...] = ("whole", "paragraphs", "lines")
MOST_PARTS = 300
"""Voices of one contribution, so that a person can still look at each. Answers of many people are imported."""

LONGEST_VOICE = 20_000

_BULLET = re.compile(r"^\s*(?:[•●▪■◦·*–—-]|\(?\d{1,3}[.)])\s+")


def voices_in(pieces: Sequence[Piece], splitting: Splitting) -> list[str]:
    """The words of each voice. A row of a table is a voice of its own, however words are split.

    Raises :class:`DropBoxProblem` ``too_many_parts``, ``nothing_left`` or ``part_too_long``.
    """
    voices: list[str] = []
    for piece in pieces:
        if piece.columns:
            voices += piece.columns[piece.column].cells if piece.column is not None else ()
        else:
            voices += _split(piece.text, splitting)
    if not voices:
        raise DropBoxProblem("nothing_left")
    if len(voices) > MOST_PARTS:
        raise DropBoxProblem("too_many_parts")
    if any(len(voice) > LONGEST_VOICE for voice in voices):
        raise DropBoxProblem("part_too_long")
    return voices


def _split(text: str, splitting: Splitting) -> list[str]:
    if splitting == "whole":
        parts = [text]
    elif splitting == "paragraphs":
        parts = re.split(r"\n\s*\n", text)
    else:
        parts = [_BULLET.sub("", line) for line in text.splitlines()]
    return [part.strip() for part in parts if any(map(str.isalnum, part))]
