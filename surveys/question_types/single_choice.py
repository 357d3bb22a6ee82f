"""One of several cards, each with a picture and a word."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question, wording


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    code = form.get("answer", "")
    if not code:
        raise AnswerProblem("nothing_chosen")
    if code != RATHER_NOT_SAY and code not in {option.code for option in question.options}:
        raise AnswerProblem("not_an_option")
    return GivenAnswer(language=language, code=code)


def summary(question: Question, answer: GivenAnswer, language: str) -> str:
    return next((wording(o.label, language) for o in question.options if o.code == answer.code), "")
