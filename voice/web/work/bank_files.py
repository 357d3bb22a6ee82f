"""Pictures, recordings and films of questions: sent in by officers, seen and heard by everybody who is asked."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import stored_files
from surveys.answers import AnswerProblem
from surveys.bank import files
from surveys.bank.checking import BankProblem
from surveys.bank.concepts import Concept
from voice.capture.arriving import take_in
from voice.languages import speak
from voice.people.roles import Audience
from voice.storage.files import QUESTIONS, FileFolder
from voice.web.arriving_files import pieces_of
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.stored_files import send_file
from voice.web.work import bank_words
from voice.web.work.bank import concept_asked, member_id

LARGEST_UPLOAD = 60_000_000
"""Bytes that are read off the wire, so that a file that is too large is answered with a page that says so."""

KINDS = {files.AUDIO: "recording", files.BSL: "film"}
"""What goes to a place, by the word that the place begins with; elsewhere it is a picture."""


@get("/asked/{token:str}", opt=PUBLIC)
async def show_asked_file(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    """A picture, a recording or a film of a question. What people answered lies elsewhere and is never found here."""
    try:
        id = uuid.UUID(token)
    except ValueError as problem:
        raise NotFoundException from problem
    parts = parts_of(request)
    known = await parts.store.read(lambda: stored_files.find(id))
    if known is None:
        raise NotFoundException
    return send_file(request, FileFolder(parts.settings.data, QUESTIONS), known)


@get("/work/bank/{concept:str}/files", opt={"audience": Audience.BUILDING})
async def show_files(request: Request[Any, Any, Any], concept: FromPath[str]) -> Response[bytes]:
    return _files_page(request, await concept_asked(request, concept))


@post("/work/bank/{concept:str}/files", opt={"audience": Audience.BUILDING}, request_max_body_size=LARGEST_UPLOAD)
async def change_files(request: Request[Any, Any, Any], concept: FromPath[str]) -> Response[Any]:
    """Keeps the file that was chosen, or takes one away (``remove`` names its place)."""
    known = await concept_asked(request, concept)
    parts, by = parts_of(request), member_id(request)
    form = await fields(request)
    folder = FileFolder(parts.settings.data, QUESTIONS)
    place, file = form.get("remove") or form.get("place", ""), None
    try:
        if not form.get("remove"):
            chosen = (await request.form()).get("file")
            if not isinstance(chosen, UploadFile) or not chosen.filename:
                raise BankProblem("no_file", "file")
            if place not in dict(files.places_of(known)):
                raise BankProblem("no_place", "place")
            file = await take_in(pieces_of(chosen), KINDS.get(place.partition(":")[0], "photo"), folder)
        await parts.store.write(lambda: files.put(concept, place, file, by=by, now=parts.clock()))
    except (BankProblem, AnswerProblem) as problem:
        if file is not None:
            await asyncio.to_thread(folder.remove, file.id)
        return _files_page(request, known, problem=problem, place=place)
    return Redirect(f"/work/bank/{concept}/files", status_code=303)


def _files_page(
    request: Request[Any, Any, Any],
    concept: Concept,
    *,
    problem: BankProblem | AnswerProblem | None = None,
    place: str = "",
) -> Response[bytes]:
    language = language_of(request)
    speak(language)
    places = files.places_of(concept)
    return page(
        request,
        "work/bank/files.html",
        language=language,
        status=422 if problem else 200,
        concept=concept,
        title=concept.title(language),
        goes_to=[(each, bank_words.place(concept, each, language)) for each, _ in places],
        there=[(each, bank_words.place(concept, each, language), id) for each, id in places if id],
        problem=problem and bank_words.file_problem(problem),
        chosen_place=place,
    )
