"""A number from 0 to 10, with words at both ends (``Question.ends``)."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.single_choice import filled
from surveys.question_types.variables import Value, Variable

__all__ = ["NUMBERS", "filled", "read", "summary", "values", "variables"]

NUMBERS = tuple(str(number) for number in range(11))


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:  # noqa: ARG001 - one shape
    code = form.get("answer", "")
    if code not in (*NUMBERS, RATHER_NOT_SAY):
        raise AnswerProblem("not_an_option" if code else "nothing_chosen")
    return GivenAnswer(language=language, code=code)


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape
    return (answer.code or "",)


def variables(question: Question) -> tuple[Variable, ...]:
    ends = (("0", question.ends[0]), ("10", question.ends[1])) if question.ends else ()
    return (Variable(question.concept, question.title, "number", ends),)


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    code = answer.code or ""
    return {question.concept: code if code == RATHER_NOT_SAY else int(code)}
