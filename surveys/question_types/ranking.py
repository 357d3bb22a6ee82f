"""Cards put in order, the first being the most important. A form has ``rank-`` and the code for each, from 1."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import AnswerProblem, GivenAnswer, Part
from surveys.document import RATHER_NOT_SAY, Option, Question, wording
from surveys.question_types import ticked
from surveys.question_types.variables import Value, Variable, part_label, part_name, would_rather_not_say

FIELD = "rank-"
UNTOUCHED = "untouched"
"""A field of pages that show an order nobody has chosen yet."""


def read(question: Question, form: Mapping[str, str], language: str) -> GivenAnswer:
    ranks = {name.removeprefix(FIELD): rank for name, rank in form.items() if name.startswith(FIELD)}
    if ticked.would_rather_not_say(form, answered=bool(ranks) and UNTOUCHED not in form):
        return GivenAnswer(language=language, code=RATHER_NOT_SAY)
    if not any(ranks.values()):
        raise AnswerProblem("nothing_sorted")
    codes = {option.code for option in question.options}
    places = {str(place) for place in range(1, len(codes) + 1)}
    if ranks.keys() != codes or set(ranks.values()) != places:
        raise AnswerProblem("places_unclear")
    return GivenAnswer(language=language, parts=tuple(Part(option.code) for option in order(question, form)))


def is_untouched(form: Mapping[str, str]) -> bool:
    """Whether nobody has chosen an order yet on the page that shows this form."""
    return UNTOUCHED in form or not any(name.startswith(FIELD) for name in form)


def order(question: Question, form: Mapping[str, str]) -> tuple[Option, ...]:
    """The cards as the form ranks them; those that it does not rank come last, as the survey has them."""

    def rank(option: Option) -> int:
        given = form.get(f"{FIELD}{option.code}", "")
        return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else len(question.options)

    return tuple(sorted(question.options, key=rank))


def moved(question: Question, form: Mapping[str, str], move: str) -> dict[str, str]:
    """The form after a card was moved: ``move`` is ``up-`` or ``down-`` and its code.

    A card at the end stays where it is; so does everything when there is no such card.
    """
    codes = [option.code for option in order(question, form)]
    way, _, code = move.partition("-")
    if code in codes and way in ("up", "down"):
        place = codes.index(code)
        other = place - 1 if way == "up" else place + 1
        if 0 <= other < len(codes):
            codes[place], codes[other] = codes[other], codes[place]
    ranks = {f"{FIELD}{code}": str(rank) for rank, code in enumerate(codes, start=1)}
    return {name: value for name, value in form.items() if name != UNTOUCHED} | ranks


def filled(question: Question, answer: GivenAnswer) -> dict[str, str]:  # noqa: ARG001 - one shape for all types
    if answer.code is not None:
        return {"answer": answer.code}
    return {f"{FIELD}{part.item}": str(rank) for rank, part in enumerate(answer.parts, start=1)}


def summary(question: Question, answer: GivenAnswer, language: str) -> tuple[str, ...]:
    labels = {option.code: wording(option.label, language) for option in question.options}
    return tuple(f"{rank}. {labels.get(part.item, '')}" for rank, part in enumerate(answer.parts, start=1))


def variables(question: Question) -> tuple[Variable, ...]:
    """One for each card: its place, 1 being the first."""
    return tuple(
        Variable(part_name(question, option.code), part_label(question, option), "rank") for option in question.options
    )


def values(question: Question, answer: GivenAnswer) -> dict[str, Value]:
    if answer.code == RATHER_NOT_SAY:
        return would_rather_not_say(variables(question))
    return {part_name(question, part.item): rank for rank, part in enumerate(answer.parts, start=1)}
