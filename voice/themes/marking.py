"""The words that led the machine to a suggestion, marked where they stand in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable


def marked(text: str, words: Iterable[str]) -> tuple[tuple[str, bool], ...]:
    """The text in pieces, each with whether it is marked. Together the pieces are the text, letter by letter."""
    wanted = sorted({" ".join(each.split()) for each in words if each.strip()}, key=len, reverse=True)
    if not wanted:
        return ((text, False),) if text else ()
    parts = (r"\s+".join(map(re.escape, each.split())) for each in wanted)
    found = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)
    pieces: list[tuple[str, bool]] = []
    end = 0
    for match in found.finditer(text):
        pieces += [(text[end : match.start()], False), (match[0], True)]
        end = match.end()
    pieces.append((text[end:], False))
    return tuple(piece for piece in pieces if piece[0])
