"""The kinds of question, one file each here and one each in ``templates/questions/``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from surveys.answers import GivenAnswer
from surveys.document import Question
from surveys.question_types import faces, free_text, single_choice


class QuestionType(Protocol):
    """What a module in this package offers."""

    def read(self, question: Question, form: Mapping[str, str], language: str) -> GivenAnswer | None:
        """The answer in a posted form; ``None`` for a page that only informs.

        Raises ``AnswerProblem`` when there is none to be read.
        """
        ...

    def summary(self, question: Question, answer: GivenAnswer, language: str) -> str:
        """The answer in the reader's language, for the page that checks answers."""
        ...


TYPES: Mapping[str, QuestionType] = {
    "single_choice": single_choice,
    "faces": faces,
    "free_text": free_text,
}


def type_of(question: Question) -> QuestionType:
    return TYPES[question.kind]
