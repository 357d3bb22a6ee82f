"""Which questions a person is asked, given what they have answered so far."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import GivenAnswer
from surveys.document import Question, SurveyDocument


def path(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> tuple[Question, ...]:
    """The questions this person is asked, in order."""
    return tuple(question for question in document.questions if _is_asked(question, answers))


def _is_asked(question: Question, answers: Mapping[str, GivenAnswer]) -> bool:
    if question.only_if is None:
        return True
    earlier = answers.get(question.only_if.concept)
    return earlier is not None and earlier.code in question.only_if.codes


def still_to_come(document: SurveyDocument, answers: Mapping[str, GivenAnswer], place: str) -> int:
    """How many more questions the path may get from choices that lie at ``place`` or after it."""
    concepts = [question.concept for question in document.questions]
    open_choices: dict[str, dict[tuple[str, ...], int]] = {}
    for question in document.questions:
        condition = question.only_if
        if (
            condition
            and condition.concept not in answers
            and concepts.index(condition.concept) >= concepts.index(place)
        ):
            routes = open_choices.setdefault(condition.concept, {})
            routes[condition.codes] = routes.get(condition.codes, 0) + 1
    return sum(max(routes.values()) for routes in open_choices.values())


def after(asked: tuple[Question, ...], concept: str) -> Question | None:
    """The next question on the path, or ``None`` when ``concept`` is the last."""
    place = _place(asked, concept)
    return asked[place + 1] if place + 1 < len(asked) else None


def before(asked: tuple[Question, ...], concept: str) -> Question | None:
    """The question before ``concept`` on the path, or ``None`` when it is the first."""
    place = _place(asked, concept)
    return asked[place - 1] if place > 0 else None


def first_open(asked: tuple[Question, ...], answers: Mapping[str, GivenAnswer]) -> Question | None:
    """Where somebody who comes back goes on: after the last question they answered."""
    answered = [place for place, question in enumerate(asked) if question.concept in answers]
    place = answered[-1] + 1 if answered else 0
    return asked[place] if place < len(asked) else None


def _place(asked: tuple[Question, ...], concept: str) -> int:
    return next(place for place, question in enumerate(asked) if question.concept == concept)
