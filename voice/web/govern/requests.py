"""What people ask for about what we keep of them: found, copied for them, or taken away, with a report of it."""

from __future__ import annotations

import uuid
from typing import Any

import msgspec
from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.people.signing_in import SignedIn
from voice.privacy import copies, erasing, finding, opening, requests
from voice.privacy.copies import Copy
from voice.privacy.erasing import Erased
from voice.privacy.finding import LONGEST, WAYS, Clue, Found
from voice.privacy.requests import KINDS, Asked, NoSuchRequest
from voice.storage.files import FileFolder
from voice.web.forms import fields
from voice.web.govern import govern_words
from voice.web.headers import saved_as
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of

GOVERNING = {"audience": Audience.GOVERNING}

LONGEST_REASON = 1000


@get("/govern/requests", opt=GOVERNING)
async def show_requests(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _requests_page(request)


async def _requests_page(
    request: Request[Any, Any, Any], *, problem: str = "", form: dict[str, str] | None = None
) -> Response[bytes]:
    parts = parts_of(request)
    found = await parts.store.read(lambda: requests.requests(secret=parts.secret))
    return page(
        request,
        "govern/requests.html",
        language=language_of(request),
        status=422 if problem else 200,
        requests=found,
        kinds=KINDS,
        ways=WAYS,
        form=form or {},
        problem=problem,
        today=parts.today,
        govern_words=govern_words,
    )


@post("/govern/requests", opt=GOVERNING)
async def take_request(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = await fields(request)
    kind = next((each for each in KINDS if each == form.get("kind")), None)
    clue = _clue(form)
    if kind is None or clue is None:
        return await _requests_page(request, problem="written" if kind else "kind", form=form)
    id = await parts.store.write(
        lambda: requests.take(kind, clue, by=person.id, secret=parts.secret, today=parts.today)
    )
    return Redirect(f"/govern/requests/{id}", status_code=303)


def _clue(form: dict[str, str]) -> Clue | None:
    way = next((each for each in WAYS if each == form.get("way")), None)
    written = form.get("written", "").strip()[:LONGEST]
    return Clue(way, written) if way and written else None


@get("/govern/requests/{id:uuid}", opt=GOVERNING)
async def show_request(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    return await _request_page(request, await _asked(request, id))


async def _request_page(request: Request[Any, Any, Any], asked: Asked, *, problem: str = "") -> Response[bytes]:
    parts = parts_of(request)
    found = await _found(request, asked)
    return page(
        request,
        "govern/request.html",
        language=language_of(request),
        status=422 if problem else 200,
        asked=asked,
        found=found,
        lines=asked.report or await parts.store.read(lambda: erasing.counted(found)),
        ways=WAYS,
        problem=problem,
        govern_words=govern_words,
    )


@post("/govern/requests/{id:uuid}", opt=GOVERNING)
async def answer_request(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Adds something to be found by, takes away what was found, or closes the request without."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    asked = await _asked(request, id)
    form = await fields(request)
    go, because = form.get("go", ""), form.get("because", "").strip()[:LONGEST_REASON]
    if not asked.is_open:
        raise NotFoundException
    if go == "add":
        clue = _clue(form)
        if clue is None:
            return await _request_page(request, asked, problem="written")
        await parts.store.write(lambda: requests.add_clue(asked, clue, secret=parts.secret))
    elif go == "erase" and asked.kind == "erasure":
        if form.get("sure") != "yes":
            return await _request_page(request, asked, problem="sure")
        await _erase(request, asked, person)
    elif go == "given":
        lines = await _counted(request, asked)
        await _close(request, asked, "done", lines, person.id)
    elif go == "refuse":
        if not because:
            return await _request_page(request, asked, problem="because")
        await _close(request, asked, "refused", await _counted(request, asked), person.id, because)
    return Redirect(f"/govern/requests/{id}", status_code=303)


async def _erase(request: Request[Any, Any, Any], asked: Asked, by: SignedIn) -> None:
    """What was found goes, it is noted whose confidential answers these were, and the request is closed, in one unit:
    whoever reads the report can rely on it."""
    parts = parts_of(request)
    found, now = await _found(request, asked), parts.clock()

    async def unit() -> Erased:
        await opening.note_all(found.submissions, about=asked.name, by=by, now=now, erased=True)
        erased = await erasing.erase(found, about=asked.name, secret=parts.secret, today=parts.today)
        await requests.close(asked.id, "done", report=erased.lines, by=by.id, today=parts.today)
        return erased

    try:
        erased = await parts.store.write(unit)
    except NoSuchRequest as problem:
        raise NotFoundException from problem
    await erasing.clear_up(parts.store, parts.settings, erased)


async def _close(
    request: Request[Any, Any, Any], asked: Asked, state: Any, lines: Any, by: uuid.UUID, because: str = ""
) -> None:
    parts = parts_of(request)
    try:
        await parts.store.write(
            lambda: requests.close(asked.id, state, report=lines, because=because, by=by, today=parts.today)
        )
    except NoSuchRequest as problem:
        raise NotFoundException from problem


async def _counted(request: Request[Any, Any, Any], asked: Asked) -> tuple[erasing.Line, ...]:
    found = await _found(request, asked)
    return await parts_of(request).store.read(lambda: erasing.counted(found))


async def _asked(request: Request[Any, Any, Any], id: uuid.UUID) -> Asked:
    parts = parts_of(request)
    try:
        return await parts.store.read(lambda: requests.load(id, secret=parts.secret))
    except NoSuchRequest as problem:
        raise NotFoundException from problem


async def _found(request: Request[Any, Any, Any], asked: Asked) -> Found:
    parts = parts_of(request)
    return await finding.find(parts.store, asked.clues or (), secret=parts.secret) if asked.is_open else Found()


@get("/govern/requests/{id:uuid}/copy", opt=GOVERNING)
async def show_copy(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    """The copy as a page, to be printed."""
    asked, copy = await _copy(request, id)
    return page(
        request, "govern/copy.html", language=language_of(request), asked=asked, copy=copy, govern_words=govern_words
    )


@get("/govern/requests/{id:uuid}/copy.json", opt=GOVERNING)
async def download_copy(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[bytes]:
    """The copy for other programs, with recordings, drawings and photos in it."""
    asked, copy = await _copy(request, id)
    whole = msgspec.structs.replace(
        copy, sent=await copies.with_files(copy.sent, FileFolder(parts_of(request).settings.data))
    )
    return as_json(whole, f"request-{asked.number}")


async def _copy(request: Request[Any, Any, Any], id: uuid.UUID) -> tuple[Asked, Copy]:
    """A copy, and a note of each confidential answer in it: what cannot be noted is not shown."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    asked = await _asked(request, id)
    if not asked.is_open or asked.kind != "access":
        raise NotFoundException
    found, language, now = await _found(request, asked), language_of(request), parts.clock()
    govern_words.speak(language)

    async def unit() -> Copy:
        await opening.note_all(found.submissions, about=asked.name, by=person, now=now)
        return await copies.copy_of(found, language, today=parts.today)

    return asked, await parts.store.write(unit)


def as_json(copy: Copy, name: str) -> Response[bytes]:
    return Response(
        msgspec.json.format(msgspec.json.encode(copy), indent=2),
        media_type="application/json",
        headers=saved_as(f"{name}.json"),
    )
