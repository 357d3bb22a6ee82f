"""How long a survey takes, so that families are told the truth before they start.

The seconds of a question are its words at 130 a minute, the pace of somebody who reads slowly, and the time
to think and answer, by kind (``SECONDS``). Of questions that only some are asked, the longest route counts.
Half a minute for the first page, the page that checks answers and sending comes on top.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from analysis.tokens import words_of
from surveys.building.codes import SOME_OF
from surveys.document import Question, SurveyDocument, wording

WORDS_A_MINUTE = 130
AROUND = 30
"""Seconds for all that is no question."""

SECONDS: Mapping[str, int] = {
    "single_choice": 6,
    "multiple_choice": 10,
    "yes_no": 5,
    "faces": 5,
    "agree": 6,
    "number_scale": 7,
    "ranking": 25,
    "sorting": 10,
    "feelings": 10,
    "contact": 15,
    "free_text": 40,
    "recording": 60,
    "drawing": 90,
    "photo": 40,
    "date": 10,
    "year_group": 6,
    "age_band": 5,
    "postcode_area": 10,
    "information": 2,
    "consent": 8,
}
"""To think and answer. Sorting takes another ``SECONDS_A_PICTURE`` for each picture."""

SECONDS_A_PICTURE = 5


def minutes(document: SurveyDocument) -> int:
    """Whole minutes, at least 1."""
    return max(1, math.ceil((AROUND + _longest(document)) / 60))


def seconds(question: Question) -> float:
    said = [question.title, question.help, *(option.label for option in question.options), *(question.ends or ())]
    words = sum(len(words_of(wording(each, "en"))) for each in said)
    pictures = len(question.options) * SECONDS_A_PICTURE if question.kind == "sorting" else 0
    return words * 60 / WORDS_A_MINUTE + SECONDS.get(question.kind, 10) + pictures


def _longest(document: SurveyDocument) -> float:
    """Seconds of the questions for all, and for each question that routes, of its longest route; of several that can
    be chosen together, all routes that can be."""
    total = 0.0
    routes: dict[str, dict[str, float]] = {}
    for question in document.questions:
        if not question.conditions:
            total += seconds(question)
            continue
        condition = question.conditions[0]
        by_code = routes.setdefault(condition.concept, {})
        asked = document.question(condition.concept)
        # Where several can be chosen, a question that any of them leads to is still asked once.
        codes = condition.codes[:1] if asked is not None and asked.kind in SOME_OF else condition.codes
        for code in codes:
            by_code[code] = by_code.get(code, 0) + seconds(question)
    return total + sum(_longest_of(document.question(concept), by_code) for concept, by_code in routes.items())


def _longest_of(asked: Question | None, by_code: Mapping[str, float]) -> float:
    several = asked is not None and asked.kind in SOME_OF
    together = (asked.most or len(by_code)) if asked is not None and several else 1
    return sum(sorted(by_code.values(), reverse=True)[:together])
