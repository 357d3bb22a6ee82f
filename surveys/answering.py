"""A person's way through a survey: one question after the other, then checked and sent.

Every function here runs inside a unit of the store (see ``voice/storage``).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping

import msgspec

from surveys import class_sessions, contact_wishes, drafts, submissions, who_answered
from surveys.answers import NOTHING, AnswerProblem, GivenAnswer, mark_of, mark_of_all
from surveys.document import FILE_KINDS, Question
from surveys.drafts import DraftProblem, DraftState, NewDraft
from surveys.identity import submitted_at
from surveys.publishing import OpenRound
from surveys.question_types import given_files, type_of
from surveys.question_types.ranking import UNTOUCHED
from surveys.routing import find_on, lets_go_on, path


class NoSuchQuestion(Exception):
    """The survey does not ask this of this person."""


class NothingAnswered(Exception):
    """There is nothing to send yet."""


class ChangedElsewhere(Exception):
    """The answers are not what somebody saw when they sent them: they are open on another device too."""


CHANGED_ELSEWHERE = "changed_elsewhere"
"""The problem of a page whose question was answered in another way since it was shown."""

BESIDE_RATHER_NOT_SAY = frozenset(
    {"two_answers", "both_chosen", "both_ranked", "both_sorted", "both_dated", "both_placed", "answer_and_none"}
)
"""Problems of a page that says something, and also that somebody would rather not say."""

NOTHING_SAID = frozenset(
    {
        "nothing_chosen",
        "none_chosen",
        "nothing_sorted",
        "nothing_written",
        "no_date",
        "no_postcode",
        "nothing_recorded",
        "nothing_drawn",
        "no_photo",
    }
)
"""Problems of a page that was left empty."""


class Answered(msgspec.Struct, frozen=True):
    """What came of a posted page. ``asked`` is the path as it was until then; ``problem`` says why its answer could
    not be kept.

    ``thrown_away`` says that the person does not want to take part, and that their draft is gone. ``unkept`` says that
    they could go where they wanted although something on the page is neither kept nor an answer.
    """

    draft: DraftState
    question: Question
    asked: tuple[Question, ...]
    problem: AnswerProblem | None = None
    thrown_away: bool = False
    unkept: bool = False


async def load(id: uuid.UUID, round: OpenRound, *, today: dt.date) -> DraftState:
    """The draft, when it belongs to this round."""
    return _of_round(await drafts.load(id, today=today), round)


async def begin(new: NewDraft, round: OpenRound, *, today: dt.date) -> DraftState:
    """Begins to answer; or goes on with what was begun, as the first page says now."""
    if await drafts.begin(new, today=today):
        if new.class_session is not None:
            await class_sessions.count_begun(new.class_session)
        return await load(new.id, round, today=today)
    draft = _of_round(await drafts.load_to_change(new.id, today=today), round)
    return await drafts.choose_anew(draft, language=new.language, shared_device=new.shared_device, said_by=new.said_by)


async def answer(id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date) -> Answered:
    """Keeps the answer to one question, because the person chose to go on.

    Somebody who does not agree to take part, and has said nothing that they agreed to before, leaves nothing behind.
    """
    answered = await _answer(id, round, concept, form, today=today)
    if answered.problem or lets_go_on(answered.question, answered.draft.answers):
        return answered
    if what_can_be_sent(round, answered.draft):
        return answered
    await drafts.discard(id)
    return msgspec.structs.replace(answered, thrown_away=True)


async def _answer(
    id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date
) -> Answered:
    draft, question, asked = await _asked(id, round, concept, today)
    try:
        given = given_in(draft, question, form)
    except AnswerProblem as problem:
        return Answered(draft, question, asked, problem)
    earlier = draft.answers.get(concept)
    if was_changed_elsewhere(form, earlier) and mark_of(given) != mark_of(earlier):
        return Answered(draft, question, asked, AnswerProblem(CHANGED_ELSEWHERE))
    return Answered(await drafts.keep(draft, concept, given, today=today), question, asked)


def given_in(draft: DraftState, question: Question, form: Mapping[str, str]) -> GivenAnswer | None:
    """What a posted page says: the earlier answer itself where it says nothing new.

    Raises :class:`AnswerProblem`.
    """
    earlier = draft.answers.get(question.concept)
    # On a shared device the earlier answer is not shown, so an empty page means: as it was.
    hidden = draft.shared_device and earlier is not None
    if hidden and UNTOUCHED in form and "answer" not in form:
        return earlier
    if question.kind in FILE_KINDS:
        form = given_files.held(form, earlier, hidden=hidden)
        if hidden and not form.get("text") and "answer" not in form:
            return earlier
    try:
        given = type_of(question).read(question, form, draft.language)
    except AnswerProblem as problem:
        if hidden and problem.code in NOTHING_SAID:
            return earlier
        raise
    if given is not None and earlier is not None and given.says_the_same(earlier):
        return earlier  # going on in another language does not change which one the words were written in
    return given


async def leave(id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date) -> Answered:
    """Keeps what the page holds, because the person is going elsewhere; an empty page changes nothing."""
    if UNTOUCHED in form and "answer" not in form:
        return Answered(*await _asked(id, round, concept, today))
    answered = await _answer(id, round, concept, form, today=today)
    if answered.problem and answered.problem.code in NOTHING_SAID | {"not_an_option"}:
        return msgspec.structs.replace(answered, problem=None)
    return answered


async def go_away(
    id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date
) -> Answered:
    """Like :func:`leave`, but never refused for what stands on the page: as much of it is kept as can be."""
    answered = await leave(id, round, concept, form, today=today)
    unkept = answered.problem is not None
    while answered.problem is not None and answered.problem.code != CHANGED_ELSEWHERE:
        if answered.problem.code == "too_long" and form.get("text"):
            text = form["text"].replace("\r\n", "\n").replace("\x00", "").strip()
            form = {**form, "text": text[: answered.problem.limit]}
        elif answered.problem.code in BESIDE_RATHER_NOT_SAY and "answer" in form:
            form = {name: value for name, value in form.items() if name != "answer"}
        else:
            return msgspec.structs.replace(answered, problem=None, unkept=True)
        answered = await leave(id, round, concept, form, today=today)
    return msgspec.structs.replace(answered, unkept=unkept)


def was_changed_elsewhere(form: Mapping[str, str], now: GivenAnswer | None) -> bool:
    """Whether there is an answer now that did not stand on the page when it was shown, because another device with
    the same come-back code gave it. A page that says nothing of what stood on it cannot tell."""
    return mark_of(now) not in (NOTHING, form.get("seen", mark_of(now)))


async def skip(id: uuid.UUID, round: OpenRound, concept: str, form: Mapping[str, str], *, today: dt.date) -> Answered:
    """Takes the answer away, if there was one."""
    draft, question, asked = await _asked(id, round, concept, today)
    if was_changed_elsewhere(form, draft.answers.get(concept)):
        return Answered(draft, question, asked, AnswerProblem(CHANGED_ELSEWHERE))
    if concept in draft.answers:
        draft = await drafts.keep(draft, concept, None, today=today)
    return Answered(draft, question, asked)


async def language_of(id: uuid.UUID) -> str | None:
    """The language of somebody's answers, sent or not, as long as anything is known of them."""
    return await drafts.language_of(id) or await submissions.language_of(id)


async def change_language(id: uuid.UUID, language: str, *, today: dt.date) -> None:
    await drafts.speak(await drafts.load_to_change(id, today=today), language)


async def throw_away(id: uuid.UUID, round: OpenRound, *, today: dt.date) -> None:
    """Deletes the draft, because the person wants to leave nothing behind."""
    _of_round(await drafts.load_to_change(id, today=today), round)
    await drafts.discard(id)


def what_can_be_sent(round: OpenRound, draft: DraftState) -> dict[str, GivenAnswer]:
    """The answers to what this person is asked. To agree to take part says nothing yet."""
    asked = path(round.document, draft.answers)
    answers = {each.concept: draft.answers[each.concept] for each in asked if each.concept in draft.answers}
    says_something = any(each.kind != "consent" and each.concept in answers for each in asked)
    return answers if says_something else {}


async def send(
    id: uuid.UUID, round: OpenRound, *, now: dt.datetime, secret: bytes, seen: str | None = None, token: str = ""
) -> str:
    """Sends what was answered, once. Returns the receipt's reference, the same however often it is sent.

    ``seen`` is the mark of what somebody read before they sent it; raises :class:`ChangedElsewhere` when it is not
    what would be sent. ``token`` is that of the invitation that they came with, if any: in a confidential round it is
    kept who they are, sealed and apart.

    Numbers and addresses do not go with the answers: they are kept apart, sealed with ``secret``.
    """
    try:
        draft = _of_round(await drafts.load_to_change(id, today=now.date()), round)
    except DraftProblem as problem:
        if problem.code == "already_sent":
            return submissions.reference(id)
        raise
    said = what_can_be_sent(round, draft)
    if seen is not None and seen != mark_of_all(said):
        raise ChangedElsewhere
    answers, wishes = contact_wishes.taken_out(said)
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
            setting=await class_sessions.count_sent(draft.class_session) if draft.class_session else None,
        )
    )
    await who_answered.keep(id, round, token, now=now, secret=secret)
    for wish in wishes:
        await contact_wishes.keep(wish, survey=round.survey, month=submitted_at(now, "anonymous"), secret=secret)
    await drafts.discard(id)
    return submissions.reference(id)


async def _asked(
    id: uuid.UUID, round: OpenRound, concept: str, today: dt.date
) -> tuple[DraftState, Question, tuple[Question, ...]]:
    """The draft, the question, and the path that it is on."""
    draft = _of_round(await drafts.load_to_change(id, today=today), round)
    asked = path(round.document, draft.answers)
    question = find_on(asked, concept)
    if question is None:
        raise NoSuchQuestion
    return draft, question, asked


def _of_round(draft: DraftState, round: OpenRound) -> DraftState:
    if draft.round != round.id:
        raise DraftProblem("unknown")
    return draft
