"""The first part of a UK postcode, such as B91. Of a whole postcode, the rest is never kept."""

from __future__ import annotations

import re
from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question
from surveys.question_types.variables import Value, Variable

FIRST_PART = re.compile(r"[A-Z]{1,2}[0-9](?:[0-9]|[A-Z])?")
WHOLE = re.compile(rf"({FIRST_PART.pattern})[0-9][A-Z]{{2}}")


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:  # noqa: ARG001 - one shape
    written = form.get("area", "").strip()
    if form.get("answer") == RATHER_NOT_SAY:
        if written:
            raise AnswerProblem("answer_and_none")
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not written:
        raise AnswerProblem("no_postcode")
    area = first_part(written)
    if area is None:
        raise AnswerProblem("not_a_postcode")
    return GivenAnswer(language=language, code=area)


def first_part(written: str) -> str | None:
    """The first part of what somebody wrote, or ``None`` when it is no postcode."""
    letters = re.sub(r"[\s.\-]", "", written).upper()
    if FIRST_PART.fullmatch(letters):
        return letters
    whole = WHOLE.fullmatch(letters)
    return whole[1] if whole else None


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    if answer.code == RATHER_NOT_SAY:
        return {"answer": RATHER_NOT_SAY}
    return {"area": answer.code or ""}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:  # noqa: ARG001 - one shape
    return (answer.code or "",)


def variables(question: Question) -> tuple[Variable, ...]:
    return (Variable(question.concept, question.title, "text"),)


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    return {question.concept: answer.code or ""}
