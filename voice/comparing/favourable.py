"""Which answers of a question count as favourable, and what its scale is."""

from __future__ import annotations

from surveys.document import Question
from surveys.question_types.number_scale import NUMBERS
from voice.evidence.by_setting import COUNTED
from voice.evidence.findings import FAVOURABLE

YES_MOSTLY = ("yes", "mostly", "a_little", "no")
HIGH = NUMBERS[7:]
"""Of a scale from 0 to 10."""


def favourable(question: Question) -> tuple[str, ...] | None:
    """The codes that count; ``None`` of a question where no answer is better than another."""
    if question.concept in FAVOURABLE:
        return FAVOURABLE[question.concept]
    if question.kind == "number_scale":
        return HIGH
    if question.kind == "single_choice" and tuple(option.code for option in question.options) == YES_MOSTLY:
        return YES_MOSTLY[:2]
    return COUNTED.get(question.kind)


def scale(question: Question) -> tuple[str, ...]:
    """The codes to choose from, in the order in which they are offered."""
    return NUMBERS if question.kind == "number_scale" else tuple(option.code for option in question.options)


def worst_to_best(question: Question) -> tuple[str, ...]:
    """The scale from its least to its most favourable end, told by which end the favourable answers are at."""
    codes = scale(question)
    good = favourable(question) or ()
    at_the_start = bool(codes) and codes[0] in good
    return codes[::-1] if at_the_start else codes
