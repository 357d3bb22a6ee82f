"""A copy of what we keep of somebody, for themselves: as a page, and as JSON that other programs read.

Functions that are async run inside a unit of the store, but for :func:`with_files`.
"""

from __future__ import annotations

import asyncio
import base64
import datetime as dt
import uuid
from collections.abc import Sequence

import msgspec

from surveys import document as documents
from surveys import stored_files
from surveys.answers import GivenAnswer
from surveys.document import RATHER_NOT_SAY, Question, SurveyDocument, wording
from surveys.exporting.people import given_by
from surveys.invitations import known_people
from surveys.invitations.known_people import Asked, ChosenByPerson
from surveys.invitations.reaching import Contact
from surveys.question_types import type_of
from surveys.tables import Submission
from voice.languages import gettext as _
from voice.languages import in_digits_of
from voice.privacy.finding import Found
from voice.storage.files import FileFolder


class FileCopy(msgspec.Struct, frozen=True, omit_defaults=True):
    """``content`` is the file itself in base64; empty where it is asked for by itself."""

    id: uuid.UUID
    media_type: str
    content: str = ""


class AnswerCopy(msgspec.Struct, frozen=True, omit_defaults=True):
    """One answer: the question and its ``kind``, what was answered in words, and as the code that is kept."""

    concept: str
    kind: str
    question: str
    answer: tuple[str, ...]
    language: str
    code: str = ""
    own_words: bool = False
    file: FileCopy | None = None


class SentCopy(msgspec.Struct, frozen=True):
    """What was sent at once. ``sent`` is as coarse as it is kept."""

    survey: str
    term: str
    sent: str
    reference: str
    language: str
    how: str
    whose_words: str
    answers: tuple[AnswerCopy, ...]


class WishCopy(msgspec.Struct, frozen=True):
    survey: str
    month: str
    way: str
    reach: str
    language: str


class Copy(msgspec.Struct, frozen=True, omit_defaults=True):
    """All of it. ``left_alone`` counts times in which the family is not asked."""

    made_on: dt.date
    sent: tuple[SentCopy, ...]
    contact_details: tuple[Contact, ...] = ()
    wrote_back: tuple[str, ...] = ()
    asked: tuple[Asked, ...] = ()
    choices: tuple[ChosenByPerson, ...] = ()
    left_alone: int = 0
    wishes: tuple[WishCopy, ...] = ()


async def copy_of_sent(submissions: Sequence[uuid.UUID], language: str) -> tuple[SentCopy, ...]:
    """What these people sent, in their own words, with the questions in ``language``."""
    ids = [str(id) for id in submissions]
    given = await given_by(ids) if ids else {}
    return tuple([await _sent(id, given.get(str(id), {}), language) for id in submissions])


async def _sent(id: uuid.UUID, given: dict[str, GivenAnswer], language: str) -> SentCopy:
    [row] = await Submission.raw(
        'SELECT v."document" AS "document", r."term" AS "term", u."submitted_at" AS "sent", u."mode" AS "how", '
        'u."reference" AS "reference", u."language" AS "language", u."said_by" AS "whose_words" '
        'FROM "submission" AS u JOIN "survey_round" AS r ON r."id" = u."round" '
        'JOIN "survey_version" AS v ON v."id" = r."version" WHERE u."id" = {}',
        id,
    )
    document = documents.from_json(row.pop("document"))
    row["reference"] = row["reference"] or ""
    order = {question.concept: place for place, question in enumerate(document.questions)}
    concepts = sorted(given, key=lambda concept: (order.get(concept, len(order)), concept))
    answers = [await _answer(document, concept, given[concept], language) for concept in concepts]
    return SentCopy(survey=wording(document.title, language), answers=tuple(answers), **row)


async def _answer(document: SurveyDocument, concept: str, given: GivenAnswer, language: str) -> AnswerCopy:
    question = document.question(concept)
    file = await stored_files.find(uuid.UUID(given.file)) if given.file else None
    return AnswerCopy(
        concept=concept,
        kind=question.kind if question else "",
        question=wording(question.title, language) if question else concept,
        answer=_in_words(question, given, language),
        language=given.language if given.text else language,
        code=given.code or "",
        own_words=given.text is not None,
        file=FileCopy(file.id, file.media_type) if file else None,
    )


def _in_words(question: Question | None, given: GivenAnswer, language: str) -> tuple[str, ...]:
    if given.code == RATHER_NOT_SAY:
        return (_("I would rather not say"),)
    if question is None:
        return tuple(each for each in (given.code, given.text) if each)
    lines = tuple(type_of(question).summary(question, given, language))
    return tuple(in_digits_of(line, language) for line in lines) if question.kind in ("number_scale", "date") else lines


async def copy_of(found: Found, language: str, *, today: dt.date) -> Copy:
    """A copy of all that was found. Private spaces and sessions show themselves to whoever holds their codes."""
    person = found.person
    return Copy(
        made_on=today,
        sent=await copy_of_sent(found.submissions, language),
        contact_details=person.contacts,
        wrote_back=person.wrote,
        asked=tuple(await known_people.asks_of(person.persons)),
        choices=tuple(await known_people.choices_of(person.persons)),
        left_alone=await known_people.quiet_times_of(person.families),
        wishes=tuple(
            WishCopy(each.survey, each.month, each.wish.way, each.wish.reach, each.wish.language)
            for each in found.wishes.values()
            if each.wish
        ),
    )


async def with_files(sent: Sequence[SentCopy], folder: FileFolder) -> tuple[SentCopy, ...]:
    """The same, with recordings, drawings and photos in it."""
    return tuple(
        [
            msgspec.structs.replace(each, answers=tuple([await _with_file(one, folder) for one in each.answers]))
            for each in sent
        ]
    )


async def _with_file(answer: AnswerCopy, folder: FileFolder) -> AnswerCopy:
    if answer.file is None:
        return answer
    try:
        content = await asyncio.to_thread(folder.path(answer.file.id).read_bytes)
    except FileNotFoundError:
        return answer
    file = msgspec.structs.replace(answer.file, content=base64.b64encode(content).decode())
    return msgspec.structs.replace(answer, file=file)
