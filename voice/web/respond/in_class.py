"""Where a class types the code that was read out to it."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from surveys import identity
from surveys.class_sessions import ClassProblem
from voice.web.forms import fields
from voice.web.guards import PUBLIC
from voice.web.parts import parts_of
from voice.web.respond.class_codes import class_with
from voice.web.respond.start import class_page


@get("/class", opt=PUBLIC)
async def show_class(request: Request[Any, Any, Any]) -> Response[bytes]:
    return class_page(request, "", None)


@post("/class", opt=PUBLIC)
async def join_class(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    written = (await fields(request)).get("class", "")
    code = identity.read_code(written)
    if not code:
        return class_page(request, written, "nothing_written")
    try:
        found = await class_with(request, code)
    except ClassProblem as problem:
        return class_page(request, written, problem.code)
    round = await parts.rounds.by_id(found.round, now=parts.clock())
    return Redirect(f"/s/{round.link}?class={code}", status_code=303)
