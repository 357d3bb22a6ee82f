"""A person's way through a survey: one question after the other, then checked and sent.

Every function here runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys import drafts, submissions
from surveys.answers import AnswerProblem
from surveys.document import Question
from surveys.drafts import DraftProblem, DraftState
from surveys.identity import submitted_at
from surveys.publishing import OpenRound
from surveys.question_types import type_of
from surveys.routing import path


class NoSuchQuestion(Exception):
    """The survey does not ask this of this person."""


class NothingAnswered(Exception):
    """There is nothing to send yet."""


class Answered(msgspec.Struct, frozen=True):
    """What came of a posted page. ``problem`` says why its answer could not be kept."""

    draft: DraftState
    question: Question
    problem: AnswerProblem | None = None


async def load(id: uuid.UUID, round: OpenRound, *, today: dt.date) -> DraftState:
    """The draft, when it belongs to this round."""
    return _of_round(await drafts.load(id, today=today), round)


async def answer(id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date) -> Answered:
    """Keeps the answer to one question, because the person chose to go on."""
    draft, question = await _asked(id, round, concept, today)
    try:
        given = type_of(question).read(question, form, draft.language)
    except AnswerProblem as problem:
        # On a shared device the earlier answer is not shown, so an empty page means: as it was.
        hidden = draft.shared_device and concept in draft.answers
        if hidden and problem.code in ("nothing_chosen", "nothing_written"):
            return Answered(draft, question)
        return Answered(draft, question, problem)
    earlier = draft.answers.get(concept)
    if given is not None and earlier is not None and given.says_the_same(earlier):
        given = earlier  # going on in another language does not change which one the words were written in
    return Answered(await drafts.keep(draft, concept, given, today=today), question)


async def leave(id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date) -> Answered:
    """Keeps what the page holds, because the person is going elsewhere; an empty page changes nothing."""
    answered = await answer(id, round, concept, form, today=today)
    if answered.problem and answered.problem.code in ("nothing_chosen", "nothing_written", "not_an_option"):
        return Answered(answered.draft, answered.question)
    return answered


async def skip(id: uuid.UUID, round: OpenRound, concept: str, *, today: dt.date) -> Answered:
    """Takes the answer away, if there was one."""
    draft, question = await _asked(id, round, concept, today)
    if concept in draft.answers:
        draft = await drafts.keep(draft, concept, None, today=today)
    return Answered(draft, question)


async def change_language(id: uuid.UUID, language: str, *, today: dt.date) -> None:
    await drafts.speak(await drafts.load_to_change(id, today=today), language)


async def send(id: uuid.UUID, round: OpenRound, *, now: dt.datetime) -> str:
    """Sends what was answered, once. Returns the receipt's reference, the same however often it is sent."""
    try:
        draft = _of_round(await drafts.load_to_change(id, today=now.date()), round)
    except DraftProblem as problem:
        if problem.code == "already_sent":
            return submissions.reference(id)
        raise
    asked = {question.concept for question in path(round.document, draft.answers)}
    answers = {concept: given for concept, given in draft.answers.items() if concept in asked}
    if not answers:
        raise NothingAnswered
    await submissions.store(
        submissions.SentAnswers(
            id=id,
            round=round.id,
            language=draft.language,
            mode=draft.mode,
            said_by=draft.said_by,
            respondent_kind=round.document.audience,
            submitted_at=submitted_at(now, round.identity_mode),
            answers=answers,
        )
    )
    await drafts.discard(id)
    return submissions.reference(id)


async def _asked(id: uuid.UUID, round: OpenRound, concept: str, today: dt.date) -> tuple[DraftState, Question]:
    draft = _of_round(await drafts.load_to_change(id, today=today), round)
    question = next((q for q in path(round.document, draft.answers) if q.concept == concept), None)
    if question is None:
        raise NoSuchQuestion
    return draft, question


def _of_round(draft: DraftState, round: OpenRound) -> DraftState:
    if draft.round != round.id:
        raise DraftProblem("unknown")
    return draft
