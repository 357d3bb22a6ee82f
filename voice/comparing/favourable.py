"""The scale of a question, and which way it runs."""

from __future__ import annotations

from surveys.document import Question
from surveys.question_types.number_scale import NUMBERS
from voice.findings.favourable import counted_of


def scale(question: Question) -> tuple[str, ...]:
    """The codes to choose from, in the order in which they are offered."""
    return NUMBERS if question.kind == "number_scale" else tuple(option.code for option in question.options)


def worst_to_best(question: Question) -> tuple[str, ...]:
    """The scale from its least to its most favourable end, told by which end the favourable answers are at."""
    codes = scale(question)
    good = counted_of(question) or ()
    at_the_start = bool(codes) and codes[0] in good
    return codes[::-1] if at_the_start else codes
