"""The drop box: a partner adds what it heard, as words or as a file."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.response import Redirect

from voice.capture.drop_box import contributions, listing
from voice.capture.drop_box.contributions import About, NoSuchContribution
from voice.capture.drop_box.opening import LARGEST, read_in
from voice.capture.drop_box.pieces import MOST_LETTERS, DropBoxProblem, LeftOut, Piece, Reading, plain
from voice.parts import Parts
from voice.people.roles import Audience, may_use
from voice.web.forms import fields
from voice.web.pages import page, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import drop_box_words
from voice.web.work.drop_box_forms import about_of

LARGEST_UPLOAD = 150_000_000
"""Bytes that are read off the wire, so that a file over the limit is answered with a page that still has all that was
typed, and not with a broken connection."""

LONGEST_NAME = 120


@get("/work/drop-box", opt={"audience": Audience.DROPPING})
async def show_drop_box(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _drop_box_page(request, {"id": str(uuid.uuid4())}, {})


async def _drop_box_page(
    request: Request[Any, Any, Any], form: Mapping[str, str], problems: Mapping[str, str]
) -> Response[bytes]:
    """``problems`` are codes by field, in the order of the page."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    may_look = may_use(person.role, Audience.EVIDENCE)
    taken = request.query_params.get("taken", "")
    return page(
        request,
        "work/drop_box/drop_box.html",
        language=language_of(request),
        status=(413 if "too_big" in problems.values() else 422) if problems else 200,
        form=form,
        problems=problems,
        told=drop_box_words,
        drafts=await parts.store.read(lambda: listing.drafts_of(person.id)),
        waiting=len(await parts.store.read(listing.waiting)) if may_look else None,
        may_manage=may_use(person.role, Audience.MANAGING),
        taken=int(taken) if taken.isdecimal() and len(taken) < 4 else None,
    )


@post("/work/drop-box", opt={"audience": Audience.DROPPING}, request_max_body_size=LARGEST_UPLOAD)
async def add_to_drop_box(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"
    form = {name: plain(value) for name, value in (await fields(request)).items()}
    about, problems = about_of(form, parts.today)
    words = form.get("words", "").strip()
    if len(words) > MOST_LETTERS // 2:
        problems["words"] = "words_too_long"
    sent = (await request.form()).get("file")
    file = sent if isinstance(sent, UploadFile) and sent.filename else None
    reading = Reading()
    try:
        reading = await _read(words, file)
    except DropBoxProblem as problem:
        problems["words" if problem.code == "nothing" else "file"] = problem.code
    if problems:
        return await _drop_box_page(request, form, problems)
    try:
        id = await _add(parts, form.get("id", ""), about, reading, by=person.id, way="file" if file else "words")
    except DropBoxProblem as problem:
        return await _drop_box_page(request, form, {"file" if len(reading.pieces) > 1 else "words": problem.code})
    return Redirect(f"/work/drop-box/{id}", status_code=303)


async def _read(words: str, file: UploadFile | None) -> Reading:
    """Typed words and a file together. A file of pictures alone may be attached when words say what is in it."""
    if file is None:
        if not words:
            raise DropBoxProblem("nothing")
        return Reading((Piece(text=words),))
    name = plain(PurePath(file.filename.replace("\\", "/")).name)[:LONGEST_NAME]
    content = await file.read(LARGEST + 1)
    typed = (Piece(text=words),) if words else ()
    try:
        read = await read_in(name, content)
    except DropBoxProblem as problem:
        if problem.code == "only_pictures" and typed:
            return Reading(typed, (LeftOut(name, "only_pictures"),))
        raise
    return Reading((*typed, *read.pieces), read.left_out)


async def _add(parts: Parts, named: str, about: About, reading: Reading, *, by: uuid.UUID, way: Any) -> uuid.UUID:
    """Adds it as a draft under the id that the page named; sent again before it is decided, it takes the place of
    what was there. Raises :class:`DropBoxProblem`."""
    try:
        id = uuid.UUID(named)
    except ValueError:
        id = uuid.uuid4()

    async def unit() -> uuid.UUID:
        try:
            known = await contributions.load(id)
        except NoSuchContribution:
            free = id
        else:
            is_own_draft = known.stage == "draft" and known.added_by == by
            free = id if is_own_draft else uuid.uuid4()
            if is_own_draft:
                await contributions.forget([id])
        await contributions.add(
            free,
            about,
            reading,
            source="drop_box",
            way=way,
            stage="draft",
            came_on=parts.today.isoformat(),
            by=by,
        )
        return free

    return await parts.store.write(unit)
