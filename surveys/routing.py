"""Which questions a person is asked, given what they have answered so far."""

from __future__ import annotations

from collections.abc import Mapping

from surveys.answers import GivenAnswer
from surveys.document import OnlyIf, Question, SurveyDocument
from surveys.question_types.consent import YES


def path(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> tuple[Question, ...]:
    """The questions this person is asked, in order. Nothing is asked of those who have not agreed to take part."""
    asked = []
    for question in document.questions:
        if _is_asked(question, answers):
            asked.append(question)
            if not lets_go_on(question, answers):
                break
    return tuple(asked)


def lets_go_on(question: Question, answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether more may be asked after this question: after one that asks for consent, only when it was given."""
    if question.kind != "consent":
        return True
    given = answers.get(question.concept)
    return given is not None and given.code == YES


def has_agreed(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether somebody has agreed to take part, where the survey asks for it, and so can change their mind."""
    return any(each.kind == "consent" and lets_go_on(each, answers) for each in path(document, answers))


def can_stop(asked: tuple[Question, ...], concept: str) -> bool:
    """Whether somebody at ``concept`` has agreed to take part before, and so can change their mind."""
    return any(question.kind == "consent" for question in asked[: _place(asked, concept)])


def _is_asked(question: Question, answers: Mapping[str, GivenAnswer]) -> bool:
    return all(holds(condition, answers) for condition in question.conditions)


def holds(condition: OnlyIf, answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether the answers so far fulfil a condition."""
    earlier = answers.get(condition.concept)
    return earlier is not None and not earlier.codes.isdisjoint(condition.codes)


def still_to_come(document: SurveyDocument, answers: Mapping[str, GivenAnswer], place: str) -> int:
    """How many more questions the path may get from choices that lie at ``place`` or after it."""
    agreed = dict(answers) | {
        question.concept: GivenAnswer(language="", code=YES)
        for question in document.questions
        if not lets_go_on(question, answers)
    }
    behind_consent = len(path(document, agreed)) - len(path(document, answers))
    return behind_consent + _from_open_choices(document, agreed, place)


def _from_open_choices(document: SurveyDocument, answers: Mapping[str, GivenAnswer], place: str) -> int:
    concepts = [question.concept for question in document.questions]
    open_choices: dict[str, dict[tuple[str, ...], int]] = {}
    for question in document.questions:
        open_conditions = [each for each in question.conditions if not holds(each, answers)]
        if len(open_conditions) != 1:
            continue
        [condition] = open_conditions
        if (
            condition.concept not in answers
            and condition.concept in concepts
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
