"""Telephone numbers and addresses in words, made into links."""

from __future__ import annotations

import re

import msgspec

_FOUND = re.compile(
    r"https://[^\s<>\"]*[^\s<>\".,;:!?()]|[^\s<>\"@:]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.])\+?\d[\d ]{1,18}\d(?![\w.]*\w)"
)
_FEWEST_DIGITS, _MOST_DIGITS = 3, 15


class Piece(msgspec.Struct, frozen=True):
    """``address`` is empty for plain words."""

    text: str
    address: str = ""


def with_calls(line: str) -> list[Piece]:
    """The line in pieces, which put together are the line."""
    pieces: list[Piece] = []
    end = 0
    for found in _FOUND.finditer(line):
        address = _address(found[0])
        if address:
            pieces += [Piece(line[end : found.start()]), Piece(found[0], address)]
            end = found.end()
    return [each for each in (*pieces, Piece(line[end:])) if each.text]


def _address(written: str) -> str:
    if written.startswith("https://"):
        return written
    if "@" in written:
        return f"mailto:{written}"
    digits = sum(letter.isdigit() for letter in written)
    return f"tel:{written.replace(' ', '')}" if _FEWEST_DIGITS <= digits <= _MOST_DIGITS else ""
