"""Answers that programs send, and answers that they fetch."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException, ValidationException
from litestar.params import FromPath, FromQuery, JSONBody

from surveys import collecting, identity, stored_files, submissions
from surveys.answers import AnswerProblem, GivenAnswer
from surveys.collecting import Collected, FilledPage
from surveys.document import RATHER_NOT_SAY, Question, SurveyDocument
from surveys.exporting import one_a_row
from surveys.question_types import type_of
from surveys.submissions import SaidBy
from voice.languages import LANGUAGES, SOURCE, speak
from voice.programs.tokens import Scope
from voice.storage.files import FileFolder
from voice.web.api.guard import for_programs
from voice.web.api.problems import AnswersNotTaken, Wrong
from voice.web.parts import parts_of
from voice.web.stored_files import send_file
from voice.web.wordings import answer_problem

A_PAGE = 1000
FILES = frozenset({"recording", "drawing", "photo"})


class PartSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of several choices by its code; ``value`` says where a picture was sorted."""

    item: str
    value: str = ""


class AnswerSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer: a ``code``, own words as ``text``, or ``parts`` (a ranking from first to last).

    ``rather_not_say`` is a code that every question takes. Dates are ISO 8601, as in ``2026-11-22``.
    """

    code: str = ""
    text: str = ""
    parts: tuple[PartSent, ...] = ()


class AnswersSent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one person said, by concept. The sender names it with an ``id`` and may send it again."""

    id: uuid.UUID
    language: str
    answers: dict[str, AnswerSent]
    said_by: SaidBy = "own_words"


class Receipt(msgspec.Struct, frozen=True):
    """``stored`` is ``added``, or ``known_already`` when the same was sent before.

    ``left_out`` are the questions that this person is not asked, because of their other answers: what was sent for
    them is not stored.
    """

    id: uuid.UUID
    reference: str
    stored: str
    left_out: tuple[str, ...] = ()


class AnswerRead(msgspec.Struct, frozen=True):
    """One answer, as ``voice export answers`` writes it. ``submission`` is the same for all answers of one person.

    ``setting`` is the school or group of a class that answered together, where ten or more people did.
    """

    submission: str
    survey: str
    version: int
    round: str
    concept: str
    code: str
    text: str
    language: str
    mode: str
    submitted_at: str
    said_by: str
    setting: str


class AnswersRead(msgspec.Struct, frozen=True):
    """A page of answers in an order that says nothing about when they came. ``after`` leads to the next page."""

    answers: tuple[AnswerRead, ...]
    after: str


@post("/rounds/{round:uuid}/answers", opt=for_programs(Scope.SEND_ANSWERS), tags=["Answers"])
async def send_answers(
    request: Request[Any, Any, Any], round: FromPath[uuid.UUID], data: JSONBody[AnswersSent]
) -> Response[Receipt]:
    """Stores what one person said, once. All that is wrong with it is told at once, and then nothing is stored.

    Every part of an answer that its question does not take is wrong, as in ``heard.text``. Answers to questions that
    this person is not asked, because of their other answers, are not stored: ``left_out`` names them.
    """
    parts = parts_of(request)
    asked = await parts.rounds.by_id(round, now=parts.clock())
    if data.language not in LANGUAGES:
        raise AnswersNotTaken((Wrong("language", "unknown_language", "We do not have this language."),))
    # The sender's own name for it leads to no stored answers without our secret.
    id = identity.submission_id(parts.secret, f"program:{data.id}")
    collected = Collected(id=id, language=data.language, pages=_pages(asked.document, data), said_by=data.said_by)
    stored = await parts.store.write(
        lambda: collecting.take_in(collected, asked, mode="api", now=parts.clock(), secret=parts.secret)
    )
    parts.reader.something_new()
    kept = collecting.read(asked.document, collected.pages)
    left_out = tuple(concept for concept in data.answers if concept not in kept)
    receipt = Receipt(data.id, submissions.reference(id), stored, left_out)
    return Response(receipt, status_code=201 if stored == "added" else 200)


def _pages(document: SurveyDocument, sent: AnswersSent) -> tuple[FilledPage, ...]:
    """The answers as forms that were filled in. Raises :class:`AnswersNotTaken` with all that cannot be read."""
    speak(SOURCE)
    pages, wrong = [], []
    for concept, answer in sent.answers.items():
        question = document.question(concept)
        if question is None:
            wrong.append(Wrong(concept, "no_such_question", "The survey has no such question."))
            continue
        form = _form(question, answer)
        try:
            if question.kind in FILES and not (answer.text or answer.code == RATHER_NOT_SAY):
                raise AnswerProblem("nothing_written")
            given = type_of(question).read(question, form, sent.language)
        except AnswerProblem as problem:
            wrong.append(Wrong(concept, problem.code, answer_problem(problem)))
        else:
            wrong += _not_taken(question, answer, given)
        pages.append(FilledPage(concept, sent.language, form))
    if wrong:
        raise AnswersNotTaken(tuple(wrong))
    return tuple(pages)


def _not_taken(question: Question, sent: AnswerSent, given: GivenAnswer | None) -> Iterator[Wrong]:
    """What was sent and would be lost: parts of an answer that this kind of question does not read as they stand."""
    given = given or GivenAnswer(language="")
    # A postcode is kept in its tidy form; of every other code the one that was sent is the one that is kept.
    if sent.code and (given.code is None if question.kind == "postcode_area" else given.code != sent.code):
        yield Wrong(f"{question.concept}.code", "code_not_taken", "This question does not take this code here.")
    if sent.text.strip() and not (given.text or given.reach):
        yield Wrong(f"{question.concept}.text", "text_not_taken", "This question does not take a text here.")
    said = [(part.item, part.value) for part in sent.parts]
    kept = [(part.item, part.value or "") for part in given.parts]
    if said != kept if question.kind == "ranking" else sorted(said) != sorted(kept):
        yield Wrong(f"{question.concept}.parts", "parts_not_taken", "This question does not take these parts.")


def _form(question: Question, answer: AnswerSent) -> dict[str, str]:
    """What a person's page would have sent."""
    form = {"answer": answer.code} if answer.code else {}
    if answer.code != RATHER_NOT_SAY:
        match question.kind:
            case "date":
                year, month, day = ([*answer.code.split("-"), "", "", ""])[:3]
                form = {"year": year, "month": month, "day": day}
            case "postcode_area":
                form = {"area": answer.code}
            case "ranking":
                form |= {f"rank-{part.item}": str(place) for place, part in enumerate(answer.parts, start=1)}
            case "sorting":
                form |= {f"sort-{part.item}": part.value for part in answer.parts}
            case _:
                form |= {f"option-{part.item}": "yes" for part in answer.parts}
    return form | ({"text": answer.text} if answer.text else {})


@get("/files/{file:uuid}", opt=for_programs(Scope.READ_ANSWERS), tags=["Answers"])
async def read_file(request: Request[Any, Any, Any], file: FromPath[uuid.UUID]) -> Response[Any]:
    """A recording, a drawing or a photo: the bytes of an answer whose ``code`` is ``file:`` and this id."""
    parts = parts_of(request)
    known = await parts.store.read(lambda: stored_files.find_sent(file))
    if known is None:
        raise NotFoundException("There is no such file.")
    return send_file(request, FileFolder(parts.settings.data), known)


@get("/answers", opt=for_programs(Scope.READ_ANSWERS), tags=["Answers"])
async def read_answers(
    request: Request[Any, Any, Any], survey: FromQuery[str], after: FromQuery[str] = ""
) -> AnswersRead:
    """The answers to a survey, a thousand at a time. Begin without ``after``, and go on with what each page gives."""
    parts = parts_of(request)
    place = after.split(".") if after else ["", ""]
    if len(place) != 2:
        raise ValidationException("Give 'after' as the page before gave it.")
    rows, following = await parts.store.read(
        lambda: one_a_row.a_page(survey=survey, after=(place[0], place[1]), at_most=A_PAGE)
    )
    found = [dict(zip(one_a_row.COLUMNS, row, strict=True)) for row in rows]
    answers = msgspec.convert(found, tuple[AnswerRead, ...], strict=False)
    return AnswersRead(answers, ".".join(following) if following else "")
