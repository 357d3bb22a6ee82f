"""Pictures sorted under good, not sure and not good, as on a talking mat.

A form has ``sort-`` and the code for each picture, with the place where it was put.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from surveys.answers import AnswerProblem, GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Option, Question, Words, wording
from surveys.question_types import ticked
from surveys.question_types.variables import Value, Variable, labels_of, part_label, part_name, would_rather_not_say

FIELD = "sort-"


def places(words: Callable[[str], Words]) -> tuple[Option, ...]:
    """Where a picture can be put, with ``words`` giving each English message in every language."""
    return (
        Option("good", "yes", words("Good")),
        Option("not_sure", "not-sure", words("Not sure")),
        Option("not_good", "no", words("Not good")),
    )


def places_of(question: Question) -> tuple[Option, ...]:
    """The places that the survey names; in English where it was published without."""
    return question.places or places(lambda message: {"en": message})


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    sorted_as = {name.removeprefix(FIELD): value for name, value in form.items() if name.startswith(FIELD) and value}
    if ticked.would_rather_not_say(form, answered=bool(sorted_as)):
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not sorted_as:
        raise AnswerProblem("nothing_sorted")
    codes = {option.code for option in question.options}
    if sorted_as.keys() - codes or set(sorted_as.values()) - {place.code for place in places_of(question)}:
        raise AnswerProblem("not_among_these")
    if missing := codes - sorted_as.keys():
        raise AnswerProblem("not_all_sorted", limit=len(codes), length=len(codes) - len(missing))
    return GivenAnswer(language=language, parts=tuple(Part(o.code, sorted_as[o.code]) for o in question.options))


def first_missing(question: Question, form: Mapping[str, str]) -> str:
    """The first picture that was not sorted yet, or the first of all."""
    return next((o.code for o in question.options if not form.get(f"{FIELD}{o.code}")), question.options[0].code)


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    if answer.code is not None:
        return {"answer": answer.code}
    return {f"{FIELD}{part.item}": part.value or "" for part in answer.parts}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    """A line for each place that holds a picture."""
    labels = {option.code: wording(option.label, language) for option in question.options}
    lines = []
    for place in places_of(question):
        inside = [labels.get(part.item, "") for part in answer.parts if part.value == place.code]
        if inside:
            lines.append(f"{wording(place.label, language)}: {', '.join(inside)}")
    return tuple(lines)


def variables(question: Question) -> tuple[Variable, ...]:
    """One for each picture: where it was put."""
    return tuple(
        Variable(part_name(question, option.code), part_label(question, option), "code", labels_of(places_of(question)))
        for option in question.options
    )


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    if answer.code == RATHER_NOT_SAY:
        return would_rather_not_say(variables(question))
    return {part_name(question, part.item): part.value or "" for part in answer.parts}
