"""Saving for later and coming back, with a link or with a code that can be written down."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import drafts, identity
from surveys.drafts import DraftProblem
from surveys.routing import has_agreed, path
from voice.web.forms import fields
from voice.web.guards import PUBLIC, RESPONDENT
from voice.web.limits import limit
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.respond.places import draft_switched_at, place_of


@get("/s/{link:str}/{key:str}/later", opt=RESPONDENT)
async def show_later(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    place = await place_of(request, link, key)
    draft = await draft_switched_at(request, place)
    code = identity.come_back_code(place.parts.secret, key)
    return page(
        request,
        "respond/later.html",
        language=draft.language,
        round=place.round,
        address=place.address,
        link=place.parts.settings.base_url + place.address,
        code=f"{code[:4]} {code[4:]}",
        expires_on=draft.expires_on,
        shared_device=draft.shared_device,
        unkept=request.query_params.get("unkept") == "yes",
        can_stop=has_agreed(path(place.round.document, draft.answers), draft.answers),
    )


@get("/continue", opt=PUBLIC)
async def show_continue(request: Request[Any, Any, Any]) -> Response[bytes]:
    return page(request, "respond/continue.html", language=language_of(request), written="", problem=None)


@post("/continue", opt=PUBLIC, middleware=[limit("continue")])
async def come_back(request: Request[Any, Any, Any]) -> Response[Any]:
    parts = parts_of(request)
    written = (await fields(request)).get("code", "")
    code = identity.read_code(written)
    found = identity.code_hash(parts.secret, code)
    try:
        round_id, sealed = await parts.store.read(lambda: drafts.sealed_key_for(found, today=parts.today))
    except DraftProblem as problem:
        return page(
            request,
            "respond/continue.html",
            language=language_of(request),
            status=410 if problem.code == "expired" else 422,
            written=written,
            problem="nothing_written" if not code else problem.code,
        )
    round = await parts.rounds.by_id(round_id, now=parts.clock())
    key = identity.key_of(identity.unseal(parts.secret, code, sealed))
    return Redirect(f"/s/{round.link}/{key}", status_code=303)
