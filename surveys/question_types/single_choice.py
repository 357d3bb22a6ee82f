"""One of several cards, each with a picture and a word."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question, wording
from surveys.question_types.variables import Value, Variable, labels_of


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    code = form.get("answer", "")
    if not code:
        raise AnswerProblem("nothing_chosen")
    if code != RATHER_NOT_SAY and code not in {option.code for option in question.options}:
        raise AnswerProblem("not_an_option")
    return GivenAnswer(language=language, code=code)


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    return {"answer": answer.code or ""}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    return tuple(wording(option.label, language) for option in question.options if option.code == answer.code)


def variables(question: Question) -> tuple[Variable, ...]:
    return (Variable(question.concept, question.title, "code", labels_of(question.options)),)


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    return {question.concept: answer.code or ""}
