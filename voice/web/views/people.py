"""Who can open a private space: the family lets people in, gives them another code, and lets them in no more."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from voice.capture.views import keys, spaces
from voice.capture.views.keys import Locked, Role
from voice.capture.views.spaces import LONGEST_CALLED, NewKey, Opened, SpaceProblem
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.parts import parts_of
from voice.web.views.space import family_of, id_in, shown
from voice.web.work.surveys import qr_code


@get("/my-views/{key:str}/people", opt=RESPONDENT)
async def show_people(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    return await _people_page(request, await family_of(request, key))


async def _people_page(
    request: Request[Any, Any, Any], opened: Opened, *, problem: str | None = None, called: str = "", role: str = ""
) -> Response[bytes]:
    people = await parts_of(request).store.read(lambda: spaces.keys_of(opened))
    return shown(
        request,
        "views/people.html",
        status=200 if problem is None else 422,
        address=f"/my-views/{opened.link}",
        people=people,
        mine=opened.key,
        problem=problem,
        called=called,
        role=role or "invited",
        longest=LONGEST_CALLED,
    )


@post("/my-views/{key:str}/people", opt=RESPONDENT)
async def change_people(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    """Invites somebody, gives somebody another code, or ends a code. A new code is shown once, on this answer."""
    parts, opened = parts_of(request), await family_of(request, key)
    form = await fields(request)
    go, called = form.get("go", ""), " ".join(form.get("called", "").replace("\x00", "").split())
    role: Role = "young_person" if form.get("role") == "young_person" else "parent_carer"
    if form.get("role") not in ("young_person", "parent_carer"):
        role = "invited"
    if go == "invite" and (len(called) > LONGEST_CALLED or (role == "invited" and not called)):
        return await _people_page(request, opened, problem="called", called=called, role=role)
    new = await asyncio.to_thread(spaces.make_key, parts.secret)

    async def unit() -> None:
        if go == "invite":
            await spaces.add_key(opened, new, role, called if role == "invited" else "")
        elif go == "renew":
            await spaces.renew_key(opened, id_in(form, "key"), new)
        elif go == "end":
            await spaces.end_key(opened, id_in(form, "key"))

    try:
        await parts.store.write(unit)
    except Locked as problem:
        raise NotFoundException from problem
    except SpaceProblem as problem:
        return await _people_page(request, opened, problem=problem.code, called=called, role=role)
    if go in ("invite", "renew"):
        own = go == "renew" and id_in(form, "key") == opened.key
        return _new_code_page(request, opened, new, own=own)
    return await _people_page(request, opened)


def _new_code_page(request: Request[Any, Any, Any], opened: Opened, new: NewKey, *, own: bool) -> Response[bytes]:
    parts = parts_of(request)
    link = f"{parts.settings.base_url}/my-views/{new.link}"
    return shown(
        request,
        "views/new_code.html",
        address=f"/my-views/{new.link if own else opened.link}",
        code=keys.spoken(keys.code_of(parts.secret, new.link)),
        link=link,
        qr_code=qr_code(link),
    )
