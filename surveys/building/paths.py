"""The paths through a survey: where one would be stuck, go round in a circle, or never come to a question.

Conditions know only *and*, and *one of these codes*. So a question can be reached exactly when all that it
needs, its own conditions and those of every question that these ask for, can be answered together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from surveys.answers import GivenAnswer, Part
from surveys.building.codes import NEEDS_OPTIONS, SOME_OF, codes_of, own_codes
from surveys.document import RATHER_NOT_SAY, OnlyIf, Question, SurveyDocument
from surveys.question_types import TYPES
from surveys.question_types.consent import YES
from surveys.routing import path

PathCode = Literal[
    "no_questions",
    "nothing_to_answer",
    "asked_twice",
    "unknown_kind",
    "no_options",
    "option_twice",
    "consent_without_yes",
    "asks_itself",
    "circle",
    "asks_later",
    "asks_removed_question",
    "asks_removed_option",
    "asks_without_codes",
    "never_asked",
]


class PathProblem(msgspec.Struct, frozen=True):
    """``concept`` is the question it is about, empty for the whole survey; ``about`` the question or the option
    that its condition names."""

    code: PathCode
    concept: str = ""
    about: str = ""


Chosen = Mapping[str, frozenset[str]]
"""The codes that each question is answered with."""


def path_problems(document: SurveyDocument) -> tuple[PathProblem, ...]:
    """Everything that is wrong with the paths, question by question; empty when every path leads to the end."""
    if not document.questions:
        return (PathProblem("no_questions"),)
    found: list[PathProblem] = []
    places = _places(document)
    for place, question in enumerate(document.questions):
        if places[question.concept] != place:
            found.append(PathProblem("asked_twice", question.concept))
        found += _own_problems(question)
        found += _condition_problems(document, places, place)
    wrong = {problem.concept for problem in found}
    reached = {q.concept: answers_that_lead_to(document, q.concept) is not None for q in document.questions}
    for question in document.questions:
        if not reached[question.concept] and wrong.isdisjoint(_needs(document, places, question)):
            found.append(PathProblem("never_asked", question.concept))
    if not any(reached[q.concept] for q in document.questions if q.kind not in ("information", "consent")):
        found.append(PathProblem("nothing_to_answer"))
    return tuple(sorted(found, key=lambda problem: places.get(problem.concept, -1)))


def answers_that_lead_to(document: SurveyDocument, concept: str) -> Chosen | None:
    """Codes with which somebody comes to a question, or ``None`` when nobody can."""
    places = _places(document)
    place = places.get(concept)
    if place is None:
        return None
    before = document.questions[:place]
    demands = [OnlyIf(q.concept, (YES,)) for q in before if q.kind == "consent" and not q.conditions]
    demands += document.questions[place].conditions
    while True:
        chosen = _answered_together(document, places, demands, place)
        if chosen is None:
            return None
        asked = path(document, as_answers(document, chosen))
        if any(question.concept == concept for question in asked):
            return chosen
        stops = asked[-1] if asked else None
        # A request for consent that only some are asked stands in the way: they have to say yes to it.
        if stops is None or stops.kind != "consent" or OnlyIf(stops.concept, (YES,)) in demands:
            return None
        demands.append(OnlyIf(stops.concept, (YES,)))


def as_answers(document: SurveyDocument, chosen: Chosen) -> dict[str, GivenAnswer]:
    """The codes as answers that somebody could have given."""
    given = {}
    for question in document.questions:
        codes = chosen.get(question.concept)
        if not codes:
            continue
        if question.kind in SOME_OF and RATHER_NOT_SAY not in codes:
            parts = tuple(Part(option.code) for option in question.options if option.code in codes)
            given[question.concept] = GivenAnswer("en", parts=parts)
        else:
            given[question.concept] = GivenAnswer("en", code=min(codes))
    return given


def _answered_together(
    document: SurveyDocument, places: Mapping[str, int], demands: Iterable[OnlyIf], place: int
) -> Chosen | None:
    """One answer for each question that is asked for, directly or by another; ``None`` when two cannot both be."""
    wanted: dict[str, list[frozenset[str]]] = {}
    waiting = [(demand, place) for demand in demands]
    while waiting:
        demand, asked_at = waiting.pop()
        earlier = places.get(demand.concept)
        if earlier is None or earlier >= asked_at:
            return None
        if demand.concept not in wanted:
            wanted[demand.concept] = []
            waiting += [(each, earlier) for each in document.questions[earlier].conditions]
        wanted[demand.concept].append(frozenset(demand.codes))
    chosen = {}
    for concept, sets in wanted.items():
        codes = _one_answer(document.questions[places[concept]], sets)
        if codes is None:
            return None
        chosen[concept] = codes
    return chosen


def _one_answer(question: Question, wanted: list[frozenset[str]]) -> frozenset[str] | None:
    """An answer with a code of each of these sets."""
    possible = codes_of(question)
    both = frozenset.intersection(*wanted)
    one = next((code for code in possible if code in both), None)
    if one is not None:
        return frozenset({one})
    if question.kind not in SOME_OF:
        return None
    return _some(own_codes(question), wanted, question.most or len(possible), frozenset())


def _some(
    possible: tuple[str, ...], wanted: list[frozenset[str]], most: int, so_far: frozenset[str]
) -> frozenset[str] | None:
    """At most ``most`` codes, ``so_far`` among them, that hold one of each set."""
    unmet = next((each for each in wanted if each.isdisjoint(so_far)), None)
    if unmet is None:
        return so_far
    if len(so_far) >= most:
        return None
    tries = (_some(possible, wanted, most, so_far | {code}) for code in possible if code in unmet)
    return next((found for found in tries if found is not None), None)


def _places(document: SurveyDocument) -> dict[str, int]:
    """Where each question stands; the first place of one that stands twice."""
    return {q.concept: place for place, q in reversed(list(enumerate(document.questions)))}


def _own_problems(question: Question) -> list[PathProblem]:
    codes = [option.code for option in question.options]
    found = []
    if question.kind not in TYPES:
        found.append(PathProblem("unknown_kind", question.concept, question.kind))
    if question.kind in NEEDS_OPTIONS and not codes:
        found.append(PathProblem("no_options", question.concept))
    if twice := next((code for code in codes if codes.count(code) > 1 or code == RATHER_NOT_SAY), None):
        found.append(PathProblem("option_twice", question.concept, twice))
    if question.kind == "consent" and YES not in codes:
        found.append(PathProblem("consent_without_yes", question.concept))
    return found


def _condition_problems(document: SurveyDocument, places: Mapping[str, int], place: int) -> list[PathProblem]:
    question = document.questions[place]
    found = []
    for condition in question.conditions:
        asked = document.question(condition.concept)
        if asked is None:
            found.append(PathProblem("asks_removed_question", question.concept, condition.concept))
        elif condition.concept == question.concept:
            found.append(PathProblem("asks_itself", question.concept, question.concept))
        elif places[condition.concept] > place:
            circle = question.concept in _needs(document, places, asked)
            found.append(PathProblem("circle" if circle else "asks_later", question.concept, condition.concept))
        elif not own_codes(asked) and RATHER_NOT_SAY not in condition.codes:
            found.append(PathProblem("asks_without_codes", question.concept, condition.concept))
        else:
            unknown = [code for code in condition.codes if code not in codes_of(asked)]
            found += [PathProblem("asks_removed_option", question.concept, code) for code in unknown]
    return found


def _needs(document: SurveyDocument, places: Mapping[str, int], question: Question) -> set[str]:
    """The question and every question that must be answered first for it to be asked."""
    seen: set[str] = set()
    waiting = [question.concept]
    while waiting:
        concept = waiting.pop()
        if concept in seen or concept not in places:
            continue
        seen.add(concept)
        waiting += [condition.concept for condition in document.questions[places[concept]].conditions]
    return seen
