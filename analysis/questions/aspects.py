"""What kind of answer a question wants: a rating, a person, a place, a reason, a number."""

import re
from enum import StrEnum
from functools import lru_cache

from analysis.questions.periods import without_periods
from analysis.questions.plain_wording import plain_wording


class Wants(StrEnum):
    RATING = "rating"  # yes or no, how good, a statement to agree with
    WHO = "who"
    WHERE = "where"
    WHEN = "when"
    WHY = "why"
    HOW_OFTEN = "how often"
    HOW_LONG = "how long"
    HOW_MANY = "how many"
    MANNER = "manner"  # how do you get to school
    WHICH = "which"
    OPEN = "open"  # what would help, what went well


_HEADS: tuple[tuple[Wants, re.Pattern[str]], ...] = (
    (
        Wants.WHY,
        re.compile(
            r"^(?:why|for what reason|what (?:is|was|were|are)? ?(?:the|your|their)? ?(?:main )?reasons?|"
            r"what made you)\b"
        ),
    ),
    (Wants.HOW_OFTEN, re.compile(r"^(?:how (?:often|frequently|regularly)|how many times (?:a|per|each|every))\b")),
    (
        Wants.HOW_LONG,
        re.compile(
            r"^(?:how long|for how long|how far|how (?:quickly|soon|fast)"
            r"|how many (?:days|weeks|months|years|hours|minutes)\b.*\b(?:until|till|before|wait|waiting|take|"
            r"took|pass|for)\b)"
        ),
    ),
    (
        Wants.HOW_MANY,
        re.compile(
            r"^(?:how many|how much (?:money|time|does|did|do|of)|how old|what (?:age|number|percentage|"
            r"amount)|at what age)\b"
        ),
    ),
    (Wants.WHO, re.compile(r"^(?:who|whom|whose|with whom|which (?:person|people|adult|professional)|what person)\b")),
    (Wants.WHERE, re.compile(r"^(?:where|in (?:which|what) (?:place|area|school|town|part))\b")),
    (
        Wants.WHEN,
        re.compile(
            r"^(?:when|what (?:time|date|day)|on (?:which|what) (?:day|date)|in (?:which|what) (?:year|month|term))\b"
        ),
    ),
    (
        Wants.RATING,
        re.compile(
            r"^(?:how (?:well|good|bad|easy|hard|difficult|clear|useful|helpful|satisfied|happy|confident|"
            r"likely|safe|ready|"
            r"prepared|involved|included|supported|worried|concerned|anxious|important|accessible|much|far|"
            r"strongly|do you feel|"
            r"did you feel|are you feeling|is your|was the|was your|are things|would you rate|would you say)|"
            r"to what extent)\b"
        ),
    ),
    (
        Wants.MANNER,
        re.compile(r"^how (?:do|did|does|would|will|should|can|could|is|are|was|were|have|has|might|may)\b"),
    ),
    (Wants.RATING, re.compile(r"^how \w+")),
    (
        Wants.WHICH,
        re.compile(r"^(?:which|what (?:kind|sort|type|year|language|subject|service|support|school|job|help)\w*)\b"),
    ),
    (
        Wants.OPEN,
        re.compile(r"^(?:what|is there (?:anything|something)|anything|tell us|(?:in )?what ways?|if you could)\b"),
    ),
)
_ASKING_FOR_A_LIST = re.compile(r"\b(?:tick|select|choose|list) (?:all|any|as many|each|every)\b")


@lru_cache(maxsize=8192)
def wanted(question: str) -> Wants:
    text = re.sub(
        r"^(?:if|when|as|since|during|in|at|on|for|after|before|thinking)\b[^,?]*, ",
        "",
        without_periods(plain_wording(question)),
    )
    if _ASKING_FOR_A_LIST.search(question.lower()):
        return Wants.WHICH
    for wants, pattern in _HEADS:
        if pattern.search(text):
            return wants
    return Wants.RATING


_NEAR = (
    {Wants.WHERE, Wants.MANNER},
    {Wants.WHICH, Wants.OPEN},
    {Wants.WHO, Wants.WHICH},
    {Wants.OPEN, Wants.MANNER},
    {Wants.HOW_OFTEN, Wants.RATING},
    {Wants.WHY, Wants.OPEN},
)


def fit_together(first: str, second: str) -> float:
    """1 where two questions want the same kind of answer, 0.5 where one may be put as the other, else 0."""
    ours, theirs = wanted(first), wanted(second)
    if ours is theirs:
        return 1.0
    return 0.5 if {ours, theirs} in _NEAR else 0.0
