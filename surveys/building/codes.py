"""Which codes the answer to a question can have: what another question can ask for."""

from __future__ import annotations

from surveys.document import RATHER_NOT_SAY, Question, QuestionKind
from surveys.question_types.number_scale import NUMBERS

ONE_OF: frozenset[QuestionKind] = frozenset(
    {"single_choice", "yes_no", "faces", "agree", "contact", "year_group", "age_band", "consent"}
)
SOME_OF: frozenset[QuestionKind] = frozenset({"multiple_choice", "feelings"})
NEEDS_OPTIONS: frozenset[QuestionKind] = ONE_OF | SOME_OF | {"ranking", "sorting"}
"""Kinds that show cards: without one there is nothing to choose."""


def own_codes(question: Question) -> tuple[str, ...]:
    """The codes that tell people apart by their answer.

    None for words, files, days and areas; and none for rankings and sorted pictures, where every answer
    names every card.
    """
    if question.kind == "number_scale":
        return NUMBERS
    if question.kind in ONE_OF | SOME_OF:
        return tuple(option.code for option in question.options)
    return ()


def codes_of(question: Question) -> tuple[str, ...]:
    """Every code that a condition can name: its own, and that somebody would rather not say."""
    return () if question.kind == "information" else (*own_codes(question), RATHER_NOT_SAY)
