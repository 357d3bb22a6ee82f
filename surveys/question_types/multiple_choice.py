"""Several of some cards. A form has a field for each, ``option-`` and its code."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Question, wording
from surveys.question_types.variables import Value, Variable, part_label, part_name, would_rather_not_say

FIELD = "option-"
CHOSEN = "yes"


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    chosen = {name.removeprefix(FIELD) for name, value in form.items() if name.startswith(FIELD) and value}
    if form.get("answer") == RATHER_NOT_SAY:
        if chosen:
            raise AnswerProblem("answer_and_none")
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not chosen:
        raise AnswerProblem("none_chosen")
    if chosen - {option.code for option in question.options}:
        raise AnswerProblem("not_among_these")
    if 0 < question.most < len(chosen):
        raise AnswerProblem("too_many", limit=question.most, length=len(chosen))
    # In the order of the survey: who ticked what first says nothing.
    return GivenAnswer(language=language, parts=tuple(Part(o.code) for o in question.options if o.code in chosen))


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    if answer.code is not None:
        return {"answer": answer.code}
    return {f"{FIELD}{part.item}": CHOSEN for part in answer.parts}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    chosen = {part.item for part in answer.parts}
    return tuple(wording(option.label, language) for option in question.options if option.code in chosen)


def variables(question: Question) -> tuple[Variable, ...]:
    """One for each option: whether it was chosen."""
    return tuple(
        Variable(part_name(question, option.code), part_label(question, option), "yes_no")
        for option in question.options
    )


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    if answer.code == RATHER_NOT_SAY:
        return would_rather_not_say(variables(question))
    chosen = {part.item for part in answer.parts}
    return {part_name(question, option.code): option.code in chosen for option in question.options}
