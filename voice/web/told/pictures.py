"""Pictures of the partnership's own beside "you said, we did": sent in by staff, seen by everybody once published."""

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
from voice.capture.arriving import take_in
from voice.paper.documents import plain
from voice.published import drafting, reading
from voice.published.drafting import PublicationProblem
from voice.published.item import Item
from voice.storage.files import PUBLISHED, FileFolder
from voice.web.arriving_files import pieces_of
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.parts import parts_of
from voice.web.stored_files import send_file
from voice.web.told.publishing import ACTING, one_page

LARGEST_UPLOAD = 60_000_000
"""Bytes that are read off the wire, so that a file that is too large is answered with a page that says so."""


@get("/you-said/{id:uuid}/picture", opt=PUBLIC)
async def show_picture(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    item = await parts_of(request).store.read(lambda: reading.item(id))
    return await _sent(request, item if item is not None and item.state == "published" else None)


@get("/work/published/{id:uuid}/picture", opt=ACTING)
async def show_picture_to_staff(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    return await _sent(request, await parts_of(request).store.read(lambda: reading.item(id)))


async def _sent(request: Request[Any, Any, Any], item: Item | None) -> Response[Any]:
    parts, picture = parts_of(request), item.picture if item else None
    known = await parts.store.read(lambda: stored_files.find(picture)) if picture else None
    if known is None:
        raise NotFoundException
    return send_file(request, FileFolder(parts.settings.data, PUBLISHED), known)


@post("/work/published/{id:uuid}/picture", opt=ACTING, request_max_body_size=LARGEST_UPLOAD)
async def put_picture(request: Request[Any, Any, Any], id: FromPath[uuid.UUID]) -> Response[Any]:
    """Keeps the picture that was chosen; the button "Take away" takes away the one that is there."""
    parts = parts_of(request)
    form = await fields(request)
    folder = FileFolder(parts.settings.data, PUBLISHED)
    chosen, file = (await request.form()).get("file"), None
    try:
        if form.get("go") != "remove":
            if not isinstance(chosen, UploadFile) or not chosen.filename:
                raise PublicationProblem("no_file", "file")
            file = await take_in(pieces_of(chosen), "photo", folder)
        says = plain(form.get("picture_says", "")).strip()
        await parts.store.write(lambda: drafting.put_picture(id, file, says))
    except (PublicationProblem, AnswerProblem) as problem:
        if file is not None:
            await asyncio.to_thread(folder.remove, file.id)
        if isinstance(problem, AnswerProblem):
            problem = PublicationProblem(problem.code, "file")
        if problem.code == "unknown":
            raise NotFoundException from None
        return await one_page(request, id, status=422, problem=problem)
    return Redirect(f"/work/published/{id}", status_code=303)
