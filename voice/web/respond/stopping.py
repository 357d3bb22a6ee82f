"""Changing one's mind: sending what was said so far, or leaving nothing behind."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import answering
from surveys.drafts import DraftProblem
from voice.web.forms import fields
from voice.web.guards import PUBLIC, RESPONDENT
from voice.web.pages import page
from voice.web.respond.places import again, draft_at, draft_switched_at, last_page, place_of
from voice.web.respond.sending import next_person, receipt_of_sent, send_for_good
from voice.web.respond.start import offered_language, round_behind


@get("/s/{link:str}/{key:str}/stop", opt=RESPONDENT)
async def show_stop(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[bytes]:
    place = await place_of(request, link, key)
    draft = await draft_switched_at(request, place)
    return page(
        request,
        "respond/stop.html",
        language=draft.language,
        address=place.address,
        can_send=bool(answering.what_can_be_sent(place.round, draft)),
        again=again(place, draft),
    )


@post("/s/{link:str}/{key:str}/stop", opt=RESPONDENT)
async def stop(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Redirect:
    place = await place_of(request, link, key)
    parts = place.parts
    form = await fields(request)
    step = form.get("go")
    try:
        draft = await draft_at(request, place)
    except DraftProblem as problem:
        if problem.code != "already_sent" or step != "send":
            raise
        return await receipt_of_sent(request, place, form.get("again", ""))
    if step == "throw_away":
        await parts.store.write(lambda: answering.throw_away(place.id, place.round, today=parts.today))
        return Redirect(last_page(place, draft, "stopped"), status_code=303)
    if step == "send":
        with suppress(answering.NothingAnswered):
            return await send_for_good(request, place, draft)
    return Redirect(f"{place.address}/stop", status_code=303)


@get("/s/{link:str}/{key:str}/stopped", opt=RESPONDENT)
async def show_stopped(request: Request[Any, Any, Any], link: FromPath[str], key: FromPath[str]) -> Response[Any]:
    """The last page for somebody who left nothing behind. Whoever still has answers goes on with them."""
    place = await place_of(request, link, key)
    try:
        await draft_at(request, place)
    except DraftProblem as problem:
        if problem.code == "already_sent":
            raise
        return page(
            request,
            "respond/stopped.html",
            language=offered_language(request, place.round),
            link=link,
            next_person=next_person(link, request.query_params.get("again", "")),
        )
    return Redirect(place.address, status_code=303)


@get("/s/{link:str}/no-thank-you", opt=PUBLIC)
async def show_no_thanks(request: Request[Any, Any, Any], link: FromPath[str]) -> Response[bytes]:
    """The last page for a young person who said no on the first: nothing was begun."""
    _, round = await round_behind(request, link)
    return page(
        request,
        "respond/stopped.html",
        language=offered_language(request, round),
        link=link,
        next_person=next_person(link, request.query_params.get("again", "")),
    )
