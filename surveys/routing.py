"""Which questions a person is asked, given what they have answered so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from surveys.answers import GivenAnswer
from surveys.document import OnlyIf, Question, SurveyDocument
from surveys.question_types.consent import YES


def path(document: SurveyDocument, answers: Mapping[str, GivenAnswer]) -> tuple[Question, ...]:
    """The questions this person is asked, in order. Nothing is asked of those who have not agreed to take part.

    A condition sees answers to questions on the path alone: what was said on a branch that somebody has left since
    leads nowhere.
    """
    asked = []
    seen: dict[str, GivenAnswer] = {}
    for question in document.questions:
        if not all(holds(condition, seen) for condition in question.conditions):
            continue
        asked.append(question)
        if not lets_go_on(question, answers):
            break
        if question.concept in answers:
            seen[question.concept] = answers[question.concept]
    return tuple(asked)


def find_on(asked: Iterable[Question], concept: str) -> Question | None:
    """The question about ``concept`` on the path, or ``None`` when this person is not asked it."""
    return next((question for question in asked if question.concept == concept), None)


def lets_go_on(question: Question, answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether more may be asked after this question: after one that asks for consent, only when it was given."""
    if question.kind != "consent":
        return True
    given = answers.get(question.concept)
    return given is not None and given.code == YES


def has_agreed(asked: Iterable[Question], answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether somebody has agreed to take part, where the survey asks for it, and so can change their mind."""
    return any(each.kind == "consent" and lets_go_on(each, answers) for each in asked)


def can_stop(asked: tuple[Question, ...], concept: str) -> bool:
    """Whether somebody at ``concept`` has agreed to take part before, and so can change their mind."""
    return any(question.kind == "consent" for question in asked[: _place(asked, concept)])


def holds(condition: OnlyIf, answers: Mapping[str, GivenAnswer]) -> bool:
    """Whether the answers so far fulfil a condition."""
    earlier = answers.get(condition.concept)
    return earlier is not None and not earlier.codes.isdisjoint(condition.codes)


def still_to_come(
    document: SurveyDocument, asked: tuple[Question, ...], answers: Mapping[str, GivenAnswer], place: str
) -> int:
    """How many more questions the path ``asked`` may get from choices that lie at ``place`` or after it."""
    agreed = dict(answers) | {
        question.concept: GivenAnswer(language="", code=YES)
        for question in document.questions
        if not lets_go_on(question, answers)
    }
    if agreed == answers:
        return _from_open_choices(document, asked, answers, place)
    behind_consent = path(document, agreed)
    return len(behind_consent) - len(asked) + _from_open_choices(document, behind_consent, agreed, place)


def _from_open_choices(
    document: SurveyDocument, asked: tuple[Question, ...], answers: Mapping[str, GivenAnswer], place: str
) -> int:
    seen = {each.concept: answers[each.concept] for each in asked if each.concept in answers}
    concepts = [question.concept for question in document.questions]
    may_be_asked = {question.concept for question in asked}
    open_choices: dict[str, dict[tuple[str, ...], int]] = {}
    for question in document.questions:
        open_conditions = [each for each in question.conditions if not holds(each, seen)]
        if len(open_conditions) != 1:
            continue
        [condition] = open_conditions
        if (
            condition.concept not in seen
            and condition.concept in may_be_asked
            and concepts.index(condition.concept) >= concepts.index(place)
        ):
            may_be_asked.add(question.concept)
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
