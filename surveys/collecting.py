"""Answers that were given away from here, on paper or on a tablet without a connection, and come in as filled forms.

What is async here runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys import contact_wishes, submissions, who_answered
from surveys.answering import NothingAnswered
from surveys.answers import AnswerProblem, GivenAnswer
from surveys.document import SurveyDocument
from surveys.identity import submitted_at
from surveys.publishing import OpenRound
from surveys.question_types import type_of
from surveys.question_types.given_files import held
from surveys.routing import path
from surveys.submissions import Mode, SaidBy, SentAnswers, Stored

TAKEN_FOR = dt.timedelta(days=30)
"""Answers that were given while a round was open are taken in for this long after its last day."""


class FilledPage(msgspec.Struct, frozen=True):
    """One question's form as it was filled in: what ``read`` of its type reads."""

    concept: str
    language: str
    form: Mapping[str, str]


class Collected(msgspec.Struct, frozen=True):
    """What one person said. ``id`` is the one that is stored, so that coming twice means coming once."""

    id: uuid.UUID
    language: str
    pages: tuple[FilledPage, ...]
    said_by: SaidBy = "own_words"


class PageProblem(Exception):
    """The answer to ``concept`` cannot be read; ``problem`` says why."""

    def __init__(self, concept: str, problem: AnswerProblem) -> None:
        super().__init__(concept)
        self.concept = concept
        self.problem = problem


class CannotTakeIn(Exception):
    """``code`` is ``too_late`` or ``too_early``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read(document: SurveyDocument, pages: tuple[FilledPage, ...]) -> dict[str, GivenAnswer]:
    """The answers to all that these pages lead to. What lies off their path says nothing and is left out.

    Raises :class:`PageProblem` for the first page that cannot be read.
    """
    given: dict[str, GivenAnswer] = {}
    for page in pages:
        question = document.question(page.concept)
        if question is None:
            raise PageProblem(page.concept, AnswerProblem("not_asked"))
        try:
            # A file never comes this way: whoever named one could name somebody else's.
            answer = type_of(question).read(question, held(page.form, None, hidden=False), page.language)
        except AnswerProblem as problem:
            raise PageProblem(page.concept, problem) from problem
        if answer is not None:
            given[page.concept] = answer
    asked = path(document, given)
    answers = {each.concept: given[each.concept] for each in asked if each.concept in given}
    # To agree to take part says nothing yet.
    says_something = any(each.kind != "consent" and each.concept in answers for each in asked)
    return answers if says_something else {}


def check_time(round: OpenRound, now: dt.datetime) -> None:
    """Raises :class:`CannotTakeIn` unless answers to this round are taken in now."""
    if round.opens_on is not None and now.date() < round.opens_on:
        raise CannotTakeIn("too_early")
    if round.closes_on is not None and round.closes_on + TAKEN_FOR < now.date():
        raise CannotTakeIn("too_late")


async def take_in(collected: Collected, round: OpenRound, *, mode: Mode, now: dt.datetime, secret: bytes) -> Stored:
    """Stores what one person said, once.

    Raises :class:`PageProblem`, :class:`CannotTakeIn`, ``NothingAnswered``, or ``OtherContent`` when other answers
    came under the same id before.
    """
    check_time(round, now)
    answers, wishes = contact_wishes.taken_out(read(round.document, collected.pages))
    if not answers:
        raise NothingAnswered
    stored = await submissions.store(
        SentAnswers(
            id=collected.id,
            round=round.id,
            language=collected.language,
            mode=mode,
            said_by=collected.said_by,
            respondent_kind=round.document.audience,
            submitted_at=submitted_at(now, round.identity_mode),
            answers=answers,
        )
    )
    if stored == "added":
        await who_answered.keep(collected.id, round, "", now=now, secret=secret)
        for wish in wishes:
            await contact_wishes.keep(wish, survey=round.survey, month=submitted_at(now, "anonymous"), secret=secret)
    return stored
