"""Surveys from other tools and for them, in the browser: send a form in, look at what comes of it, make a draft."""

from __future__ import annotations

import asyncio
from pathlib import PurePath
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.building import drafting, starting
from surveys.building.drafting import SurveyDraftState
from surveys.document import SurveyDocument
from surveys.exchange.carried import Carried, FormProblem, Left
from surveys.exchange.reading import read_form
from surveys.exchange.xlsform_writing import write_xlsform
from voice.capture.waiting_files import NoSuchFile, WaitingFiles
from voice.languages import LANGUAGES, words
from voice.people.permissions import Kind, belongs
from voice.people.roles import Audience
from voice.web import exchange_words
from voice.web.forms import fields
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import builder_words

LARGEST_UPLOAD = 80_000_000
"""Bytes that are read off the wire, so that a file over the limit is answered with a page."""

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class WaitingForm(msgspec.Struct, frozen=True):
    """A form that somebody has sent in and is still looking at."""

    member: str
    filename: str
    content: bytes


@get("/work/exchange", opt={"audience": Audience.BUILDING})
async def show_exchange(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _exchange_page(request)


async def _exchange_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None
) -> Response[bytes]:
    published = await parts_of(request).store.read(starting.published)
    return page(
        request,
        "work/exchange/exchange.html",
        language=language_of(request),
        status=status,
        problem=exchange_words.form_problem(problem) if problem else "",
        published=published,
    )


@post("/work/exchange", opt={"audience": Audience.BUILDING}, request_max_body_size=LARGEST_UPLOAD)
async def send_in(request: Request[Any, Any, Any]) -> Response[Any]:
    form = await request.form()
    sent = form.get("file")
    if not isinstance(sent, UploadFile) or not sent.filename:
        return await _exchange_page(request, status=422, problem="no_file")
    filename = PurePath(sent.filename.replace("\\", "/")).name
    waiting = WaitingForm(str(person_here(request).id), filename, await sent.read())
    try:
        await _read(waiting)
    except FormProblem as problem:
        return await _exchange_page(request, status=413 if problem.code == "too_large" else 422, problem=problem.code)
    token = await asyncio.to_thread(WaitingFiles(parts_of(request).settings.data).keep, waiting)
    return Redirect(f"/work/exchange/{token}", status_code=303)


async def _read(waiting: WaitingForm) -> Carried:
    return await asyncio.to_thread(read_form, waiting.content, waiting.filename, words, LANGUAGES)


async def _waiting(request: Request[Any, Any, Any], token: str) -> WaitingForm:
    files = WaitingFiles(parts_of(request).settings.data)
    try:
        return await asyncio.to_thread(files.find_as, WaitingForm, token, str(person_here(request).id))
    except NoSuchFile as problem:
        raise NotFoundException from problem


@get("/work/exchange/{token:str}", opt={"audience": Audience.BUILDING})
async def show_carried(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    """What would come of the form, and what would not come along."""
    waiting = await _waiting(request, token)
    carried = await _read(waiting)
    return page(
        request,
        "work/exchange/carried.html",
        language=language_of(request),
        token=token,
        filename=waiting.filename,
        document=carried.document,
        left=_told(carried.left),
        told=builder_words,
    )


def _told(left: tuple[Left, ...]) -> list[tuple[str, str, str]]:
    """Where each is, what happened to it, and the name or value that it is about."""
    return [(exchange_words.where(each), exchange_words.left(each), each.about) for each in left]


@post("/work/exchange/{token:str}", opt={"audience": Audience.BUILDING})
async def make_draft(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    waiting = await _waiting(request, token)
    carried = await _read(waiting)

    async def unit() -> SurveyDraftState:
        # A name of its own: the draft of another survey with this name must not come in its place.
        slug = starting.slug_of(carried.document.slug, await starting.slugs_taken())
        await belongs(Kind.SURVEY, slug, person.organisation)
        return await drafting.begin(
            msgspec.structs.replace(carried.document, slug=slug),
            based_on=f"file:{waiting.filename}"[:120],
            by=person.id,
            now=parts.clock(),
        )

    draft = await parts.store.write(unit)
    await asyncio.to_thread(WaitingFiles(parts.settings.data).forget, token)
    return Redirect(f"/work/builder/{draft.id}", status_code=303)


@post("/work/exchange/xlsform", opt={"audience": Audience.BUILDING})
async def download_form(request: Request[Any, Any, Any]) -> Response[Any]:
    """The last version of a published survey as a workbook, or first what it would leave behind."""
    form = await fields(request)
    published = await parts_of(request).store.read(starting.published)
    document = next((each for each in published if each.slug == form.get("survey")), None)
    if document is None:
        raise NotFoundException
    content, left = await asyncio.to_thread(write_xlsform, document, words)
    if form.get("go") == "look":
        return _left_behind_page(request, document, left)
    return Response(
        content=content,
        media_type=WORKBOOK,
        headers=saved_as(f"{_ascii(document.slug)}.xlsx"),
    )


def _left_behind_page(
    request: Request[Any, Any, Any], document: SurveyDocument, left: tuple[Left, ...]
) -> Response[bytes]:
    return page(
        request,
        "work/exchange/left_behind.html",
        language=language_of(request),
        document=document,
        left=_told(left),
    )


def _ascii(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_")) or "survey"
