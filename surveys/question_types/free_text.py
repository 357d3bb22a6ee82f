"""A person's own words, kept as they wrote them."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.variables import Value, Variable


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    # Browsers send line ends as CR LF; a person's text counts them once. A NUL cannot be stored.
    text = form.get("text", "").replace("\r\n", "\n").replace("\x00", "").strip()
    if form.get("answer") == RATHER_NOT_SAY:
        if text:
            raise AnswerProblem("two_answers")
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not text:
        raise AnswerProblem("nothing_written")
    if len(text) > question.limit:
        raise AnswerProblem("too_long", limit=question.limit, length=len(text))
    return GivenAnswer(language=language, text=text)


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    return {"answer": answer.code} if answer.code else {"text": answer.text or ""}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape
    return (answer.text or "",)


def variables(question: Question) -> tuple[Variable, ...]:
    return (Variable(question.concept, question.title, "text"),)


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    return {question.concept: answer.code or answer.text or ""}
