"""Voices that need a person again, because a theme of theirs was split, went or means something else now."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.themes import agreed
from voice.themes.again import Again, next_again
from voice.themes.changes import parts_of as in_parts
from voice.themes.frames import Frame, frame_in_use
from voice.themes.naming import ThemeNames, theme_names
from voice.web import theme_words
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.theme_coders import ticked
from voice.web.work.theme_frame import FRAME
from voice.web.work.voices import reader_of


@get(f"{FRAME}/again", opt={"audience": Audience.EVIDENCE})
async def show_again(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _again_page(request)


@post(f"{FRAME}/again", opt={"audience": Audience.EVIDENCE})
async def decide_again(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    try:
        voice = uuid.UUID(form.get("voice", ""))
    except ValueError as problem:
        raise NotFoundException from problem
    frame = await parts.store.read(frame_in_use)
    waits = await parts.store.read(lambda: next_again(frame, reader_of(request), voice))
    if waits is None:
        return Redirect(f"{FRAME}/again", status_code=303)
    themes = ticked(form, frame)
    if bool(themes) == bool(form.get("none")):
        return await _again_page(request, voice, status=422, problem="both" if themes else "nothing")
    await parts.store.write(lambda: agreed.decide(voice, themes, frame.version, by=person.id, today=parts.today))
    return Redirect(f"{FRAME}/again", status_code=303)


async def _again_page(
    request: Request[Any, Any, Any], voice: uuid.UUID | None = None, *, status: int = 200, problem: str = ""
) -> Response[bytes]:
    async def unit() -> tuple[Frame, Again | None, ThemeNames]:
        frame = await frame_in_use()
        return frame, await next_again(frame, reader_of(request), voice), await theme_names()

    frame, waits, names = await parts_of(request).store.read(unit)
    return page(
        request,
        "work/themes/again.html",
        language=language_of(request),
        status=status,
        voice=waits,
        before=theme_words.themes(names, ";".join(waits.themes)) if waits else [],
        frame_parts=in_parts(frame.themes),
        problem=problem,
    )
