"""Saying something in a private space: with words, pictures, a drawing, a recording or a photo."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Request, Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answers import AnswerProblem
from voice import languages
from voice.capture.views import sealed_files
from voice.capture.views.saying import LONGEST_TEXT, KeptFile, Said
from voice.capture.views.sections import FILES, Section, section
from voice.capture.views.spaces import Opened, SpaceProblem
from voice.languages import gettext as _
from voice.web import wordings
from voice.web.arriving_files import count_file, pieces_of, pieces_sent
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.respond.files import LARGEST_UPLOAD
from voice.web.views.keeping import TURN, begun, full, id_of_turn, keep, next_turn
from voice.web.views.space import opened_by, send_sealed, shown

WORDS = "words"
"""How somebody says it, where it is no file."""


class Adding(msgspec.Struct, frozen=True):
    """What is being added: to which section, how, and to which of the person's turns it belongs."""

    opened: Opened
    section: Section
    how: str
    turn: str

    @property
    def view(self) -> uuid.UUID:
        """The id it will have."""
        return id_of_turn(self.opened, f"{self.section.code}:{self.how}:{self.turn}")


async def adding(request: Request[Any, Any, Any], key: str, code: str, how: str, turn: str) -> Adding:
    found = section(code)
    if found is None or how not in (WORDS, *FILES) or not TURN.fullmatch(turn):
        raise NotFoundException
    return Adding(await opened_by(request, key), found, how, turn)


@get("/my-views/{key:str}/add/{section_code:str}", opt=RESPONDENT)
async def show_ways(request: Request[Any, Any, Any], key: FromPath[str], section_code: FromPath[str]) -> Response[Any]:
    """Goes to the page for this turn: a new one for each view that was said."""
    opened, found = await opened_by(request, key), section(section_code)
    if found is None:
        raise NotFoundException
    how = request.query_params.get("how", WORDS)
    turn = await next_turn(request, opened)
    return Redirect(f"/my-views/{key}/add/{found.code}/{how}/{turn}", status_code=303)


@get("/my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}", opt=RESPONDENT)
async def show_add(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    section_code: FromPath[str],
    how: FromPath[str],
    turn: FromPath[str],
) -> Response[bytes]:
    return await _add_page(request, await adding(request, key, section_code, how, turn), {})


async def _add_page(
    request: Request[Any, Any, Any],
    place: Adding,
    form: Mapping[str, str],
    *,
    pictures: tuple[str, ...] = (),
    problem: AnswerProblem | None = None,
) -> Response[bytes]:
    parts = parts_of(request)
    file = await parts.store.read(lambda: sealed_files.arrived_for(place.opened, place.view))
    return shown(
        request,
        "views/add.html",
        status=200 if problem is None else 422,
        address=f"/my-views/{place.opened.link}",
        section=place.section,
        how=place.how,
        turn=place.turn,
        role=place.opened.held.role,
        file=file,
        written=form.get("text", ""),
        said_by=form.get("said_by", "own_words"),
        pictures=pictures,
        problem=problem,
        longest=LONGEST_TEXT,
    )


@post(
    "/my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}",
    opt=RESPONDENT,
    request_max_body_size=LARGEST_UPLOAD,
)
async def add(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    section_code: FromPath[str],
    how: FromPath[str],
    turn: FromPath[str],
) -> Response[Any]:
    parts, place = parts_of(request), await adding(request, key, section_code, how, turn)
    folder = sealed_files.folder_of(parts.settings)
    form, whole = await fields(request), await request.form()
    pictures = tuple(code for code in place.section.pictures if code in whole.getall("picture", []))
    if form.get("go") == "remove" or form.get("empty_paper"):
        await sealed_files.remove(
            folder, await parts.store.write(lambda: sealed_files.let_go(place.opened, place.view))
        )
    if form.get("go") == "remove":
        return await _add_page(request, place, form, pictures=pictures)
    try:
        await _take_chosen(request, place, whole.get("file"))
        said = await _said(request, place, form, pictures)
    except AnswerProblem as problem:
        return await _add_page(request, place, form, pictures=pictures, problem=problem)
    except SpaceProblem:
        return full(request, place.opened)
    return await keep(request, place.opened, said, place.view)


async def _take_chosen(request: Request[Any, Any, Any], place: Adding, chosen: object) -> None:
    """Takes the file that was chosen on the page. Raises ``AnswerProblem`` and ``SpaceProblem``."""
    if place.how == WORDS or not isinstance(chosen, UploadFile) or not chosen.filename:
        return
    parts = parts_of(request)
    try:
        await count_file(request)
        await sealed_files.take(
            pieces_of(chosen),
            place.how,
            place.opened,
            place.view,
            store=parts.store,
            folder=sealed_files.folder_of(parts.settings),
        )
    finally:
        await chosen.close()


async def _said(
    request: Request[Any, Any, Any], place: Adding, form: Mapping[str, str], pictures: tuple[str, ...]
) -> Said:
    """What the page says. Raises ``AnswerProblem``."""
    parts = parts_of(request)
    text = form.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()
    if len(text) > LONGEST_TEXT:
        raise AnswerProblem("too_long", limit=LONGEST_TEXT, length=len(text))
    file: KeptFile | None = None
    if place.how != WORDS:
        file = await parts.store.read(lambda: sealed_files.arrived_for(place.opened, place.view))
    if not text and not pictures and file is None:
        raise AnswerProblem("nothing_said")
    return msgspec.structs.replace(
        begun(request, place.opened, place.section.code, form), text=text, pictures=pictures, file=file
    )


@put(
    "/my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}",
    opt=RESPONDENT,
    request_max_body_size=LARGEST_UPLOAD,
)
async def put_view_file(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    section_code: FromPath[str],
    how: FromPath[str],
    turn: FromPath[str],
) -> Response[dict[str, Any]]:
    """Takes a file from a script. It is said when the page is sent."""
    parts, place = parts_of(request), await adding(request, key, section_code, how, turn)
    if place.how == WORDS:
        raise NotFoundException
    await count_file(request)
    folder = sealed_files.folder_of(parts.settings)
    try:
        file = await sealed_files.take(
            pieces_sent(request), place.how, place.opened, place.view, store=parts.store, folder=folder
        )
    except AnswerProblem as problem:
        languages.speak(language_of(request))
        return Response({"problem": problem.code, "words": wordings.answer_problem(problem)}, status_code=422)
    except SpaceProblem as problem:
        languages.speak(language_of(request))
        words = _("This place is full. Please delete something first.")
        return Response({"problem": problem.code, "words": words}, status_code=422)
    return Response({"seconds": file.seconds}, status_code=200)


@get("/my-views/{key:str}/add/{section_code:str}/{how:str}/{turn:str}/file", opt=RESPONDENT)
async def show_arrived_file(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    section_code: FromPath[str],
    how: FromPath[str],
    turn: FromPath[str],
) -> Response[Any]:
    parts, place = parts_of(request), await adding(request, key, section_code, how, turn)
    file = await parts.store.read(lambda: sealed_files.arrived_for(place.opened, place.view))
    if file is None:
        raise NotFoundException
    return await send_sealed(request, file)
