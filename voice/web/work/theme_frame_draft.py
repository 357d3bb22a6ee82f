"""The draft of the next code frame: what changes, undone one by one, and a file that becomes changes."""

from __future__ import annotations

import asyncio
import io
import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from analysis.code_frame import CodeFrameProblem, read_code_frame
from voice.people.roles import Audience
from voice.themes import drafting
from voice.themes.changes import Change, ChangeProblem
from voice.themes.changes import parts_of as in_parts
from voice.themes.drafting import ChangedMeanwhile, Draft, NoDraft
from voice.themes.frame_files import changes_in
from voice.web.forms import fields
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import theme_frame_words as told
from voice.web.work.theme_frame import FRAME, names_of_staff

DRAFT = f"{FRAME}/draft"

LARGEST_FILE = 2_000_000
"""Bytes of a code frame: two hundred themes with all their keywords have a tenth of it."""


async def draft_now(request: Request[Any, Any, Any]) -> Draft | None:
    return await parts_of(request).store.read(drafting.draft)


@get(DRAFT, opt={"audience": Audience.EVIDENCE})
async def show_frame_draft(request: Request[Any, Any, Any]) -> Response[Any]:
    return await draft_page(request)


async def draft_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    problem: str = "",
    field: str = "changes",
    meanwhile: ChangedMeanwhile | None = None,
    typed: str = "",
) -> Response[Any]:
    """``field`` is where the ``problem`` stands; ``meanwhile`` what somebody else did since the page was shown, and
    ``typed`` what was written that has no place any more."""
    parts = parts_of(request)

    async def unit() -> tuple[Draft | None, dict[uuid.UUID, str]]:
        return await drafting.draft(), await names_of_staff()

    draft, names = await parts.store.read(unit)
    if draft is None:
        return Redirect(FRAME, status_code=303)
    return page(
        request,
        "work/themes/frame_draft.html",
        language=language_of(request),
        status=status,
        draft=draft,
        begun_by=names.get(draft.begun_by, ""),
        changes=told.told(draft),
        meanwhile=told_meanwhile(draft, meanwhile),
        frame_parts=in_parts(draft.themes),
        problem=problem,
        field=field,
        typed=typed,
        told=told,
    )


def told_meanwhile(draft: Draft, found: ChangedMeanwhile | None) -> tuple[list[told.ToldChange], int] | None:
    return None if found is None else (told.told(draft, found.made), found.undone)


@post(DRAFT, opt={"audience": Audience.EVIDENCE})
async def change_frame_draft(request: Request[Any, Any, Any]) -> Response[Any]:
    """Undoes a change, says what a change means, or throws the draft away."""
    parts = parts_of(request)
    form = await fields(request)
    seen = form.get("seen", "")
    try:
        if form.get("go") == "discard":
            await parts.store.write(lambda: drafting.discard(seen=seen))
            return Redirect(FRAME, status_code=303)
        change = uuid.UUID(form.get("change", ""))
        if form.get("go") == "undo":
            await parts.store.write(lambda: drafting.undo(change, seen=seen))
        else:
            same = form.get("go") == "same"
            await parts.store.write(lambda: drafting.say_meaning(change, same=same, seen=seen))
    except ValueError as problem:
        raise NotFoundException from problem
    except NoDraft:
        return Redirect(FRAME, status_code=303)
    except ChangedMeanwhile as meanwhile:
        return await draft_page(request, status=409, meanwhile=meanwhile)
    except ChangeProblem as problem:
        return await draft_page(request, status=422, problem=told.problem(problem))
    return Redirect(DRAFT, status_code=303)


@post(f"{DRAFT}/file", opt={"audience": Audience.EVIDENCE}, request_max_body_size=20_000_000)
async def take_in_frame_file(request: Request[Any, Any, Any]) -> Response[Any]:
    """A file becomes changes of the draft, each of which can be undone."""
    seen = (await fields(request)).get("seen", "")
    sent = (await request.form()).get("file")
    draft = await draft_now(request)
    if draft is None:
        return Redirect(FRAME, status_code=303)
    try:
        changes = await _changes_in(sent, draft)
        await parts_of(request).store.write(lambda: drafting.make(changes, seen=seen))
    except CodeFrameProblem as problem:
        return await draft_page(request, status=422, problem=told.file_problem(problem), field="file")
    except ChangeProblem as problem:
        return await draft_page(request, status=422, problem=told.problem(problem), field="file")
    except ChangedMeanwhile as meanwhile:
        return await draft_page(request, status=409, meanwhile=meanwhile)
    return Redirect(f"{DRAFT}#changes", status_code=303)


async def _changes_in(sent: object, draft: Draft) -> list[Change]:
    if not isinstance(sent, UploadFile) or not sent.filename:
        raise CodeFrameProblem("no_file")
    content = await sent.read()
    if len(content) > LARGEST_FILE:
        raise CodeFrameProblem("file_large")
    frame = await asyncio.to_thread(read_code_frame, io.BytesIO(content))
    changes = changes_in(frame, draft.themes)
    if not changes:
        raise CodeFrameProblem("nothing_new")
    return changes
