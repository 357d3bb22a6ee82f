"""How alike a column's header and a question's wording are."""

import re
from difflib import SequenceMatcher
from functools import lru_cache

from surveys.importing.cells import comparable

_NUMBERING = re.compile(r"^(?:q(?:uestion)?\s?)?\d{1,2}\s?[.):-]\s*|^q\d{1,2}\s+")
_REMARK = re.compile(r"\s*\((?:optional|required|please (?:tick|select|choose)[^)]*)\)")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)?")
_STOP_WORDS = frozenset(
    _WORD.findall(
        "a an and any about are as at be been by can did do does for from had has have how i if in is it me "
        "my of on or our please that the their them they this to us was we were what when which with would "
        "you your"
    )
)
# Words that turn a question round: two wordings that differ in one of them do not ask the same.
_TURNING = frozenset(
    _WORD.findall(
        "no not never ever without don't didn't wasn't weren't isn't before after better worse good well bad "
        "improve happy unhappy satisfied dissatisfied child child's young"
    )
)


@lru_cache(maxsize=4096)
def wording(text: str) -> str:
    """A header or title without its number ("Q3."), remarks such as (optional), and closing marks."""
    plain = _REMARK.sub("", _NUMBERING.sub("", comparable(text))).strip(" *:.?!")
    return plain or comparable(text)


def likeness(one: str, other: str) -> float:
    """From 0 to 1 (the same wording): half words in common that carry meaning, half letters in the same
    order; 0 when a word that turns the question round stands in one and not in the other."""
    first, second = wording(one), wording(other)
    if first == second:
        return 1.0
    words, others = set(_WORD.findall(first)), set(_WORD.findall(second))
    if (words ^ others) & _TURNING:
        return 0.0
    meant, others_meant = words - _STOP_WORDS, others - _STOP_WORDS
    if not meant & others_meant:
        return 0.0
    in_common = len(meant & others_meant) / len(meant | others_meant)
    return min(0.99, (in_common + SequenceMatcher(None, first, second, autojunk=False).ratio()) / 2)
