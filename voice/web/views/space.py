"""A private space: who opened it, what is in it, what is shared with whom, and what goes."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from voice.backups import erased
from voice.capture.views import learning, saying, sealed_files, spaces
from voice.capture.views.keys import Locked
from voice.capture.views.saying import ViewSeen
from voice.capture.views.sections import HEARD, SECTIONS, SORTED
from voice.capture.views.spaces import Opened, SpaceProblem
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_cookie, language_of
from voice.web.stored_files import send_bytes
from voice.web.views import words as view_words


async def opened_by(request: Request[Any, Any, Any], key: str) -> Opened:
    """The space that this link opens. Nobody learns whether a link that opens nothing ever did."""
    parts = parts_of(request)
    month = this_month(request)
    try:
        opened = await parts.store.read(lambda: spaces.by_link(parts.secret, key))
    except Locked as problem:
        raise NotFoundException from problem
    if opened.used_in != month:
        await parts.store.write(lambda: spaces.note_use(opened.space, month))
    return opened


async def family_of(request: Request[Any, Any, Any], key: str) -> Opened:
    """The space, for the family alone: to people they invited this page is not there."""
    opened = await opened_by(request, key)
    if not opened.held.is_family:
        raise NotFoundException
    return opened


def this_month(request: Request[Any, Any, Any]) -> str:
    return f"{parts_of(request).clock():%Y-%m}"


def shown(request: Request[Any, Any, Any], template: str, *, status: int = 200, **context: Any) -> Response[bytes]:
    """A page of the spaces; the language asked for in its address is remembered."""
    language = language_of(request)
    cookie = language_cookie(language, secure=parts_of(request).settings.secure)
    cookies = [cookie] if "lang" in request.query_params else []
    return page(request, template, language=language, status=status, cookies=cookies, view_words=view_words, **context)


def id_in(form: Mapping[str, str], name: str) -> uuid.UUID:
    try:
        return uuid.UUID(form.get(name, ""))
    except ValueError as problem:
        raise NotFoundException from problem


def by_section(views: list[ViewSeen]) -> dict[str, list[ViewSeen]]:
    """What was said, by section; the answers to "Was I heard?" are no view of a life."""
    found: dict[str, list[ViewSeen]] = {}
    for view in views:
        if view.said.section != HEARD:
            found.setdefault(view.said.section, []).append(view)
    return found


@get("/my-views/{key:str}", opt=RESPONDENT)
async def show_space(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    opened = await opened_by(request, key)
    views = await parts_of(request).store.read(lambda: saying.views_for(opened))
    return shown(
        request,
        "views/space.html",
        address=f"/my-views/{key}",
        is_family=opened.held.is_family,
        mine=opened.key,
        sections=[each.code for each in SECTIONS],
        symbols={each.code: each.symbol for each in SECTIONS},
        views=by_section(views),
        sorted_section=SORTED,
    )


@post("/my-views/{key:str}", opt=RESPONDENT)
async def change_view(request: Request[Any, Any, Any], key: FromPath[str]) -> Redirect:
    """Shares one view with everybody who was invited, shares it no more, or takes it away."""
    parts, opened = parts_of(request), await opened_by(request, key)
    form = await fields(request)
    id, go = id_in(form, "view"), form.get("go", "")

    async def unit() -> list[uuid.UUID]:
        if go == "take_away":
            said, files = await saying.take_away(opened, id)
            voices = [said.voice] if said.voice else []
            await learning.take_back(voices)
            await erased.note("view", [id], today=parts.today)
            await erased.note("voice", voices, today=parts.today)
            return files
        if go in ("share", "keep"):
            await saying.share(opened, id, shared=go == "share")
        return []

    try:
        files = await parts.store.write(unit)
    except (Locked, SpaceProblem) as problem:
        raise NotFoundException from problem
    await sealed_files.remove(sealed_files.folder_of(parts.settings), files)
    return Redirect(f"/my-views/{key}", status_code=303)


@get("/my-views/{key:str}/files/{view:uuid}", opt=RESPONDENT)
async def show_view_file(
    request: Request[Any, Any, Any], key: FromPath[str], view: FromPath[uuid.UUID]
) -> Response[Any]:
    parts, opened = parts_of(request), await opened_by(request, key)
    try:
        seen = await parts.store.read(lambda: saying.one_view(opened, view))
    except Locked as problem:
        raise NotFoundException from problem
    if seen.said.file is None:
        raise NotFoundException
    return await send_sealed(request, seen.said.file)


async def send_sealed(request: Request[Any, Any, Any], file: saying.KeptFile) -> Response[Any]:
    folder = sealed_files.folder_of(parts_of(request).settings)
    try:
        content = await asyncio.to_thread(sealed_files.content, folder, file)
    except (FileNotFoundError, Locked) as problem:
        raise NotFoundException from problem
    return send_bytes(request, content, file.media_type)
