"""What a question asks for: the same answer means another thing under another question.

"Nothing" is praise under "What could be better?", a complaint under "What went well?", and no answer at all
under "Please tell us about your journey".
"""

import re
from enum import StrEnum
from functools import lru_cache

from analysis.tokens import folded, normalised


class Asks(StrEnum):
    """The kinds of question that change how an answer is read."""

    FAULTS = "faults"  # what could be better, how could we improve
    WISHES = "wishes"  # what would help you, what would you change
    GOOD = "good"  # what went well, what do you like
    HARD = "hard"  # what is hard, what are the barriers, what worries you
    ANYTHING_ELSE = "anything_else"
    YES_NO = "yes_no"
    OPEN = "open"


_FAULTS = re.compile(
    r"\b(could|can|should|might)\b.{0,30}\b(better|improve\w*|differently)\b|\bbe (improved|better)\b"
    r"|\bhow (could|can|should) we improve\b|\bto improve\b|\bimprovements?\b|\bbe done better\b"
    r"|\bco (mozna|moglo|moglibysmy).{0,30}(lepiej|lepsze|poprawic)|بہتر"
)
_WISHES = re.compile(
    r"\bwould (help|make|you change|you like to (see|change|tell))\b|\bone thing\b|\bbiggest difference\b"
    r"|\bhelp you most\b|\bstart,? stop\b|\bwish\b|\bwould you tell\b"
)
_GOOD = re.compile(
    r"\b(went|going|go|gone|works|worked|working|done|do) (really |so |particularly )?well\b"
    r"|\b(was|is|were) good\b"
    r"|\bdo you (like|love|enjoy)\b|\bdid you (like|enjoy)\b|\b(like|liked|enjoyed) (best|most|about)\b"
    r"|\bproud of\b|\bposzlo dobrze\b|\bbylo dobre\b|\bdobrego\b|اچھا"
)
_HARD = re.compile(
    r"\b(hard|hardest|difficult|worst|worr(y|ies|ied)|barriers?|problems?|go(es)? wrong|went wrong"
    r"|dislike|bad)\b"
)
_ANYTHING_ELSE = re.compile(
    r"\b(anything|something) (else|more)\b|\bany (other|further|more) (comment|thing|feedback)"
    r"|\bother comments\b"
    r"|\bcos jeszcze\b|اور کچھ"
)
_YES_NO = re.compile(r"^(did|do|does|was|were|is|are|have|has|had|can|could|will|would|should|czy|کیا)\b", re.UNICODE)


@lru_cache(maxsize=4096)
def what_is_asked(question: str | None) -> Asks:
    """The kind of a question in English, and of the most common ones in Polish and Urdu; OPEN when it
    cannot be told.

    Codes such as `could_be_better` are read as their words.
    """
    text = folded(normalised(question or "")).replace("_", " ").strip()
    if not text:
        return Asks.OPEN
    if _ANYTHING_ELSE.search(text):
        return Asks.ANYTHING_ELSE
    if _WISHES.search(text):
        return Asks.WISHES
    if _FAULTS.search(text):
        return Asks.FAULTS
    good, hard = _GOOD.search(text), _HARD.search(text)
    if good and hard:
        return Asks.OPEN
    if good:
        return Asks.GOOD
    if hard and not _YES_NO.match(text):
        return Asks.HARD
    if _YES_NO.match(text):
        return Asks.YES_NO
    return Asks.OPEN
