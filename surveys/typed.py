"""What somebody types from a paper form, a line a question, as the form that a page of the same question would send.

Choices are typed as their numbers, in the order in which they are printed; several with spaces between them.
A ranking is the number in each box, from the first box to the last, and a sorting the place of each picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveys.answers import AnswerProblem
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.multiple_choice import CHOSEN
from surveys.question_types.multiple_choice import FIELD as OPTION
from surveys.question_types.ranking import FIELD as RANK
from surveys.question_types.sorting import FIELD as SORT
from surveys.question_types.sorting import places_of

WOULD_RATHER_NOT_SAY = "-"
NOT_READABLE = "?"
LONGEST = 4_000
"""Letters that a line can have before anybody looks whether its question takes as many."""


def form_of(question: Question, typed: str) -> Mapping[str, str] | None:
    """The form; ``None`` for a question that was not answered, or whose answer nobody could read.

    Raises ``AnswerProblem``: ``number_not_there`` with the highest number as its limit, or ``number_wanted``.
    """
    typed = typed.strip()
    if typed in ("", NOT_READABLE):
        return None
    if typed == WOULD_RATHER_NOT_SAY:
        return {"answer": RATHER_NOT_SAY}
    match question.kind:
        case "free_text" | "recording" | "drawing" | "photo":
            return {"text": typed}
        case "postcode_area":
            return {"area": typed}
        case "date":
            return dict(zip(("day", "month", "year"), re.split(r"[\s./-]+", typed, maxsplit=2), strict=False))
        case "number_scale":
            return {"answer": str(_numbers(typed, 0, 10, most=1)[0])}
        case "multiple_choice" | "feelings":
            return {f"{OPTION}{code}": CHOSEN for code in _options(question, typed)}
        case "ranking":
            count = len(question.options)
            ranks = _numbers(typed, 1, count, most=count)
            return {f"{RANK}{o.code}": str(rank) for o, rank in zip(question.options, ranks, strict=False)}
        case "sorting":
            places = places_of(question)
            chosen = _numbers(typed, 1, len(places), most=len(question.options))
            return {f"{SORT}{o.code}": places[n - 1].code for o, n in zip(question.options, chosen, strict=False)}
        case _:
            return {"answer": _options(question, typed, most=1)[0]}


def _options(question: Question, typed: str, *, most: int = 0) -> list[str]:
    count = len(question.options)
    return [question.options[number - 1].code for number in _numbers(typed, 1, count, most=most or count)]


def _numbers(typed: str, lowest: int, highest: int, *, most: int) -> list[int]:
    """The numbers that were typed, in the digits of any script."""
    written = [each for each in re.split(r"[\s,;+]+", typed) if each]
    if not written or len(written) > most or not all(each.isdecimal() and len(each) < 4 for each in written):
        raise AnswerProblem("number_wanted", limit=most)
    numbers = [int(each) for each in written]
    if not all(lowest <= number <= highest for number in numbers):
        raise AnswerProblem("number_not_there", limit=highest)
    return numbers
