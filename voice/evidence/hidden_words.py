"""Which words of a text are hidden in a quote, told from the two alone: what was hidden is not kept anywhere else."""

from __future__ import annotations

import re

import msgspec

MOST = 12
"""Of more hidden words nothing is told: to try all the ways they could lie would take long."""

_STANDS_IN = re.compile(r"\[[^\[\]\n]{1,30}\]")


class HiddenWords(msgspec.Struct, frozen=True):
    """Words from ``start`` to ``end`` of a text, and what stands for them from ``at`` to ``until`` of the quote."""

    start: int
    end: int
    at: int
    until: int
    stands_in: str


def hidden_words(text: str, shown: str) -> tuple[HiddenWords, ...] | None:
    """In order; ``None`` when the quote is not the text with words hidden."""
    if text == shown:
        return ()
    places = list(_STANDS_IN.finditer(shown))
    if not places or len(places) > MOST:
        return None
    edges = [0, *(edge for each in places for edge in each.span()), len(shown)]
    literal = [re.escape(shown[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]
    found = re.fullmatch("(.+?)".join(literal), text, re.DOTALL)
    if found is None:
        return None
    return tuple(
        HiddenWords(*found.span(number), *place.span(), place.group()) for number, place in enumerate(places, start=1)
    )


def place_in_quote(hidden: tuple[HiddenWords, ...], place: int, *, is_end: bool) -> int:
    """Where a place of the text is in the quote. Words half of which lie before it are hidden as a whole."""
    moved = 0
    for each in hidden:
        if place >= each.end:
            moved = each.until - each.end
        elif place > each.start:
            return each.until if is_end else each.at
    return place + moved
