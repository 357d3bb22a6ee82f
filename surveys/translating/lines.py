"""What a file of translations says, line by line, whatever its format."""

from __future__ import annotations

from typing import Literal

import msgspec

from surveys.translating.catalogs import Check

FileProblemCode = Literal[
    "no_file", "not_this_format", "too_large", "other_language", "no_ids", "no_words", "too_many_lines"
]

LARGEST = 20_000_000
MOST_LINES = 50_000


class FileProblem(Exception):
    """The file as a whole cannot be read; ``code`` says why."""

    def __init__(self, code: FileProblemCode) -> None:
        super().__init__(code)
        self.code: FileProblemCode = code


class Line(msgspec.Struct, frozen=True):
    """One message in a file.

    ``place`` is where a person finds it: the row of a sheet, or a number counted from 1. ``source`` is the
    English in the file, empty when it has none. ``forms`` are its words, ``check`` who confirmed just these.
    """

    place: int
    message: str
    source: tuple[str, ...]
    forms: tuple[str, ...]
    check: Check | None = None
    has_formula: bool = False
