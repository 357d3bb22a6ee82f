"""What reading a file or an e-mail gives: pieces of words, tables, and what was left out and why."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

MOST_LETTERS = 200_000
"""Of one contribution. A report of a hundred pages has about as many."""

Problem = Literal[
    "only_pictures",
    "locked",
    "old_kind",
    "not_this_kind",
    "not_what_its_name_says",
    "too_big",
    "too_long",
    "empty",
    "unreadable",
]
Why = Literal[
    "only_pictures",
    "locked",
    "old_kind",
    "not_this_kind",
    "not_what_its_name_says",
    "too_big",
    "too_long",
    "empty",
    "unreadable",
    "too_many",
    "programs",
    "some_pages",
    "personal_column",
    "picture",
]


class DropBoxProblem(Exception):
    """``code`` says why nothing can be read; ``name`` is the file."""

    def __init__(self, code: str, name: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.name = name


class Column(msgspec.Struct, frozen=True):
    """A column of a table: what stands above it, and its cells that are not blank."""

    header: str
    cells: tuple[str, ...]


class Piece(msgspec.Struct, frozen=True, omit_defaults=True):
    """Words with a name (a file's; empty for what was typed or the e-mail itself), or a table's columns.

    Lines of ``text`` are what the file calls lines or paragraphs; an empty line parts paragraphs. ``column`` is the
    place of the column whose cells are the voices, ``None`` for none of them.
    """

    name: str = ""
    text: str = ""
    columns: tuple[Column, ...] = ()
    column: int | None = None


class LeftOut(msgspec.Struct, frozen=True):
    """``what`` is a file, a column or a number of pages; ``why`` is worded in ``voice/web/work/drop_box_words.py``."""

    what: str
    why: Why


class Reading(msgspec.Struct, frozen=True, omit_defaults=True):
    pieces: tuple[Piece, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    problem: Problem | None = None


class Attachment(msgspec.Struct, frozen=True):
    name: str
    content: bytes


class Letter(msgspec.Struct, frozen=True, omit_defaults=True):
    """An e-mail: its own words, and what hangs on it. ``sender`` is looked up and never stored."""

    words: str = ""
    attachments: tuple[Attachment, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    sender: str = ""
    message_id: str = ""


_NOT_WRITTEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """Text with one kind of line end and without the characters that no page may show."""
    return _NOT_WRITTEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n"))


def letters_of(pieces: tuple[Piece, ...]) -> int:
    return sum(len(piece.text) + sum(len(cell) for c in piece.columns for cell in c.cells) for piece in pieces)
