"""Answers that are files: sent in by a script or with the page's form, replayed, replaced and taken away."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys import answering, drafts, stored_files
from surveys.answering import Answered
from surveys.answers import AnswerProblem
from surveys.drafts import DraftState
from surveys.stored_files import KnownFile, file_of
from voice import languages
from voice.capture.arriving import take_in
from voice.storage.files import FileFolder
from voice.web import wordings
from voice.web.arriving_files import count_file, pieces_of, pieces_sent
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.respond.places import Place, place_of
from voice.web.respond.question_page import question_page
from voice.web.respond.questions import step_unit, take_answer
from voice.web.stored_files import send_file

LARGEST_UPLOAD = 60_000_000
"""Bytes that are read off the wire, so that a file over its limit (see ``arriving.py``) is answered with a page that
says so and not with a broken connection."""


@get("/s/{link:str}/{key:str}/q/{concept:str}/file", opt=RESPONDENT)
async def show_file(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """What somebody has recorded, drawn or photographed, until they send it. A shared device does not show it."""
    place = await place_of(request, link, key)
    draft = await place.parts.store.read(lambda: answering.load(place.id, place.round, today=place.parts.today))
    id = file_of(draft.answers.get(concept))
    known = None if id is None or draft.shared_device else await place.parts.store.read(lambda: stored_files.find(id))
    if known is None:
        raise NotFoundException
    return send_file(request, FileFolder(place.parts.settings.data), known)


@put("/s/{link:str}/{key:str}/q/{concept:str}/file", opt=RESPONDENT, request_max_body_size=LARGEST_UPLOAD)
async def put_file(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[dict[str, Any]]:
    """Takes a file from a script, as the answer or in place of the one that was the answer."""
    place = await place_of(request, link, key)
    draft = await _asked(place, concept)
    await count_file(request)
    try:
        file = await take_in(pieces_sent(request), _kind(place, concept), FileFolder(place.parts.settings.data))
    except AnswerProblem as problem:
        languages.speak(draft.language)
        return Response({"problem": problem.code, "words": wordings.answer_problem(problem)}, status_code=422)
    await _kept(place, concept, file)
    return Response({"seconds": file.seconds}, status_code=200)


@post("/s/{link:str}/{key:str}/q/{concept:str}/with-file", opt=RESPONDENT, request_max_body_size=LARGEST_UPLOAD)
async def answer_with_file(
    request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str], concept: FromPath[str]
) -> Response[Any]:
    """Any button of a page that can be answered with a file, and the file that was chosen on it."""
    place = await place_of(request, link, key)
    draft = await _asked(place, concept)
    form = await fields(request)
    chosen = (await request.form()).get("file")
    step = form.get("go", "continue")
    unkept = False
    if isinstance(chosen, UploadFile) and chosen.filename and step not in ("skip", "remove"):
        try:
            await count_file(request)
            file = await take_in(pieces_of(chosen), _kind(place, concept), FileFolder(place.parts.settings.data))
        except AnswerProblem as problem:
            if not _goes_elsewhere(form):
                question = stored_files.asked_for(draft, place.round, concept)
                return question_page(request, place, draft, question, form=form, problem=problem, status=422)
            unkept = True
        else:
            await _kept(place, concept, file)
        finally:
            await chosen.close()
    before = await _asked(place, concept)

    async def unit(step: str, language: str | None) -> Answered:
        if step == "remove" or form.get("empty_paper"):
            await _let_go(place, concept)
        answered = await step_unit(place, concept, form, "stay" if step == "remove" else step, language)
        return msgspec.structs.replace(answered, unkept=True) if unkept else answered

    answer = await take_answer(request, place, form, unit)
    await _remove_what_nobody_names(place, concept, before)
    return answer


def _goes_elsewhere(form: Mapping[str, str]) -> bool:
    """Whether the button leads away from the page or shows it in another way, which nothing on it may stop."""
    return form.get("go") in ("back", "later", "stop") or "language" in form or "display" in form


async def _asked(place: Place, concept: str) -> DraftState:
    """The draft, when it is asked this question and can answer it with a file."""
    draft = await place.parts.store.read(lambda: answering.load(place.id, place.round, today=place.parts.today))
    stored_files.asked_for(draft, place.round, concept)
    return draft


def _kind(place: Place, concept: str) -> str:
    question = place.round.document.question(concept)
    assert question is not None
    return question.kind


async def _kept(place: Place, concept: str, file: KnownFile) -> None:
    """Makes the file the answer; the one before goes. Without a draft that can name it, it goes itself."""
    folder = FileFolder(place.parts.settings.data)
    today = place.parts.today

    async def unit() -> uuid.UUID | None:
        draft = await drafts.load_to_change(place.id, today=today)
        return (await stored_files.attach(draft, place.round, concept, file, today=today))[1]

    try:
        replaced = await place.parts.store.write(unit)
    except BaseException:
        await asyncio.to_thread(folder.remove, file.id)
        raise
    if replaced is not None:
        await asyncio.to_thread(folder.remove, replaced)


async def _let_go(place: Place, concept: str) -> None:
    """Leaves of the answer its words alone, if there are any."""
    draft = await drafts.load_to_change(place.id, today=place.parts.today)
    given = draft.answers.get(concept)
    if file_of(given) is not None:
        assert given is not None
        rest = msgspec.structs.replace(given, file=None) if given.text else None
        await drafts.keep(draft, concept, rest, today=place.parts.today)


async def _remove_what_nobody_names(place: Place, concept: str, before: DraftState) -> None:
    """Removes the file that was the answer before, when it is not the answer any more."""
    id = file_of(before.answers.get(concept))
    if id is None or id not in await stored_files.unused_among([id]):
        return
    await place.parts.store.write(lambda: stored_files.forget([id]))
    await asyncio.to_thread(FileFolder(place.parts.settings.data).remove, id)
