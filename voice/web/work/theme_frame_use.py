"""Putting a draft of the code frame into use: first what it does, then who did it and why."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from voice.people.roles import Audience
from voice.themes import drafting, versions
from voice.themes.drafting import ChangedMeanwhile, Draft, NoDraft
from voice.themes.versions import Effect, NothingChanged
from voice.web import wordings
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work import theme_frame_words as told
from voice.web.work.theme_frame import FRAME, PUT_INTO_USE
from voice.web.work.theme_frame_draft import DRAFT, told_meanwhile

LONGEST_NOTE = 500


@get(f"{FRAME}/use", opt={"audience": Audience.EVIDENCE})
async def show_use_frame(request: Request[Any, Any, Any]) -> Response[Any]:
    return await _use_page(request)


@post(f"{FRAME}/use", opt={"audience": Audience.EVIDENCE})
async def use_frame(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    note = " ".join(form.get("note", "").replace("\x00", "").split())[:LONGEST_NOTE]
    if person.role not in PUT_INTO_USE:
        return await _use_page(request, status=403)
    if not note:
        return await _use_page(request, status=422, no_note=True)
    try:
        await parts.store.write(
            lambda: versions.put_into_use(note, seen=form.get("seen", ""), by=person.id, today=parts.today)
        )
    except NoDraft:
        return Redirect(FRAME, status_code=303)
    except NothingChanged:
        return Redirect(DRAFT, status_code=303)
    except ChangedMeanwhile as meanwhile:
        return await _use_page(request, status=409, note=note, meanwhile=meanwhile)
    parts.reader.something_new()
    parts.reader.wanted_now()
    return Redirect(FRAME, status_code=303)


async def _use_page(
    request: Request[Any, Any, Any],
    *,
    status: int = 200,
    note: str = "",
    no_note: bool = False,
    meanwhile: ChangedMeanwhile | None = None,
) -> Response[Any]:
    async def unit() -> tuple[Draft, Effect] | None:
        draft = await drafting.draft()
        return None if draft is None or not draft.changes else (draft, await versions.effect(draft))

    found = await parts_of(request).store.read(unit)
    if found is None:
        return Redirect(DRAFT, status_code=303)
    draft, effect = found
    return page(
        request,
        "work/themes/frame_use.html",
        language=language_of(request),
        status=status,
        draft=draft,
        effect=effect,
        reasons=[(wordings.theme(id, draft.base.named(id)), n) for id, n in effect.reasons.items()],
        changes=told.told(draft),
        meanwhile=told_meanwhile(draft, meanwhile),
        may_use=person_here(request).role in PUT_INTO_USE,
        note=note,
        no_note=no_note,
    )
