"""Words made of letters that our fonts have: a PDF that says it can be read aloud must not hold any other.

Young people write with small pictures. Those are named in words; of other letters it is shown that they are there.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from voice.paper.documents import plain
from voice.paper.setting import BUILT, UNKNOWN

WITHOUT_A_SHAPE = frozenset({"\n", "\t", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\ufe0e", "\ufe0f"})
NOT_ON_PAPER = frozenset({"\ufeff", "\ufffe"})
"""What no PDF that can be read aloud may hold (ISO 14289-1, 7.21.7); neither is a letter."""
SKIN = range(0x1F3FB, 0x1F400)
NAMED = ("So", "Sk", "Sm")
"""Categories of signs and small pictures, as Unicode sorts them."""

LONGEST_WORD = 40
"""Letters after which a word that has no end may be broken."""


@cache
def letters_we_have() -> frozenset[int]:
    """The letters of all fonts that ``static/build.py`` made for paper."""
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    found: set[int] = set()
    for path in sorted((BUILT / "fonts-print").glob("*-400-*.ttf")):
        with TTFont(path, lazy=True) as font:
            found.update(font.getBestCmap())
    return frozenset(found)


def shown(words: str) -> str:
    """The words as paper can show them. "Great 👍" becomes "Great [thumbs up sign]"."""
    known = letters_we_have()
    made: list[str] = []
    for letter in plain(words):
        if letter in NOT_ON_PAPER:
            continue
        if ord(letter) in known or letter in WITHOUT_A_SHAPE or letter.isspace():
            made.append(letter)
        elif ord(letter) in SKIN:
            continue
        elif unicodedata.category(letter) in NAMED and (name := unicodedata.name(letter, "")):
            made.append(f"[{name.lower()}]")
        else:
            made.append(UNKNOWN)
    return " ".join(map(_breakable, "".join(made).split(" ")))


def _breakable(word: str) -> str:
    if len(word) <= LONGEST_WORD:
        return word
    return "\u200b".join(word[start : start + LONGEST_WORD] for start in range(0, len(word), LONGEST_WORD))
