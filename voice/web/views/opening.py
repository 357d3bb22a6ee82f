"""The way into a private space: with a code, with a letter, or begun by the family itself."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.identity import read_code
from voice.capture.views import keys, letters, spaces
from voice.capture.views.keys import Locked
from voice.capture.views.spaces import Opened
from voice.web.forms import fields
from voice.web.guards import PUBLIC, RESPONDENT
from voice.web.limits import limit
from voice.web.parts import parts_of
from voice.web.views.space import opened_by, shown, this_month
from voice.web.work.surveys import qr_code


@get("/my-views", opt=PUBLIC)
async def show_my_views(request: Request[Any, Any, Any]) -> Response[bytes]:
    return shown(request, "views/start.html", written="", problem=None)


@post("/my-views", opt=PUBLIC, middleware=[limit("views")])
async def open_with_code(request: Request[Any, Any, Any]) -> Response[Any]:
    """Opens the space of a code; the code of a letter leads to where a space is begun."""
    parts = parts_of(request)
    written = (await fields(request)).get("code", "")
    code = read_code(written)
    if len(code) != keys.CODE_LENGTH:
        problem = "unknown" if code else "nothing_written"
        return shown(request, "views/start.html", status=422, written=written[:100], problem=problem)
    strong = await asyncio.to_thread(keys.strengthened, parts.secret, code)
    try:
        link = await parts.store.read(lambda: spaces.link_by_code(strong))
    except Locked:
        if await parts.store.read(lambda: letters.is_good(parts.secret, code, today=parts.today)):
            return Redirect(f"/my-views/new?letter={code}", status_code=303)
        return shown(request, "views/start.html", status=422, written=written, problem="unknown")
    return Redirect(f"/my-views/{link}", status_code=303)


@get("/my-views/new", opt=PUBLIC)
async def show_new(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The letter is not looked at here: a camera app that fetches the address must not use it up."""
    return shown(request, "views/new.html", letter=read_code(request.query_params.get("letter", "")), problem=None)


@post("/my-views/new", opt=PUBLIC, middleware=[limit("views")])
async def begin(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, month = parts_of(request), this_month(request)
    form = await fields(request)
    letter = read_code(form.get("letter", ""))
    role: keys.Role = "parent_carer" if form.get("role") == "parent_carer" else "young_person"
    new = await asyncio.to_thread(spaces.make_key, parts.secret)

    async def unit() -> Opened:
        if letter:
            await letters.spend(parts.secret, letter, today=parts.today)
        return await spaces.begin(new, role, month=month)

    try:
        await parts.store.write(unit)
    except Locked:
        return shown(request, "views/new.html", status=410, letter="", problem="spent")
    return Redirect(f"/my-views/{new.link}/code", status_code=303)


@get("/my-views/{key:str}/code", opt=RESPONDENT)
async def show_code(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    """The code and the link of whoever opened the space, to be written down."""
    parts = parts_of(request)
    await opened_by(request, key)
    link = f"{parts.settings.base_url}/my-views/{key}"
    return shown(
        request,
        "views/code.html",
        address=f"/my-views/{key}",
        code=keys.spoken(keys.code_of(parts.secret, key)),
        link=link,
        qr_code=qr_code(link),
    )
