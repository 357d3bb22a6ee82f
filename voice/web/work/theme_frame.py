"""The code frame in use: its themes with how many voices each has, its file, and its versions."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.people.roles import Audience, Role
from voice.people.tables import Member
from voice.themes import drafting, versions
from voice.themes.changes import parts_of as in_parts
from voice.themes.counting import Counts, counted
from voice.themes.frame_files import as_csv
from voice.themes.frames import Frame, frame_in_use
from voice.web.headers import saved_as
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of

FRAME = "/work/themes/frame"

PUT_INTO_USE = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
"""Who may change which themes everybody sees. Others may prepare a draft."""


@get(FRAME, opt={"audience": Audience.EVIDENCE})
async def show_frame(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)

    async def unit() -> tuple[Frame, Counts, drafting.Draft | None]:
        frame = await frame_in_use()
        return frame, await counted(frame.version, today=parts.today), await drafting.draft()

    frame, counts, draft = await parts.store.read(unit)
    return page(
        request,
        "work/themes/frame.html",
        language=language_of(request),
        frame=frame,
        frame_parts=in_parts(frame.themes),
        counts=counts,
        draft=draft,
    )


@get(f"{FRAME}/file", opt={"audience": Audience.EVIDENCE})
async def send_frame_file(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The version in use as a file, or the one that the address names."""
    parts = parts_of(request)
    wanted = request.query_params.get("version", "")
    if wanted and not (wanted.isdecimal() and len(wanted) < 9):
        raise NotFoundException
    try:
        frame = await parts.store.read(lambda: versions.version(int(wanted)) if wanted else frame_in_use())
    except LookupError as problem:
        raise NotFoundException from problem
    return Response(
        content=as_csv(frame.themes),
        media_type="text/csv; charset=utf-8",
        headers=saved_as(f"code-frame-{frame.version}.csv"),
    )


@get(f"{FRAME}/history", opt={"audience": Audience.EVIDENCE})
async def show_frame_history(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)

    async def unit() -> tuple[list[versions.Version], dict[uuid.UUID, str]]:
        return await versions.versions(), await names_of_staff()

    listed, names = await parts.store.read(unit)
    return page(request, "work/themes/frame_history.html", language=language_of(request), versions=listed, names=names)


@post(f"{FRAME}/begin", opt={"audience": Audience.EVIDENCE})
async def begin_frame_draft(request: Request[Any, Any, Any]) -> Redirect:
    parts, person = parts_of(request), person_here(request)
    await parts.store.write(lambda: drafting.begin(by=person.id, today=parts.today))
    return Redirect(f"{FRAME}/draft", status_code=303)


async def names_of_staff() -> dict[uuid.UUID, str]:
    """The address of everybody who works here or did. Runs inside a unit."""
    rows = await Member.select(Member.id, Member.email)
    return {uuid.UUID(str(row["id"])): row["email"] for row in rows}
