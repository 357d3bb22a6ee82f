"""A whole class answers: started, shown large with its code, counted, and ended. Who answered is never shown."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import class_sessions
from surveys.class_sessions import ClassProblem, ClassState
from surveys.publishing import OpenRound
from voice.parts import Parts
from voice.people.roles import Audience
from voice.web.forms import fields
from voice.web.pages import page, person_here
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.work.surveys import qr_code

LONGEST_SETTING = 120


async def open_now(parts: Parts) -> list[OpenRound]:
    """The rounds that can be answered today, by title."""
    rounds = await parts.rounds.with_link(now=parts.clock())
    return sorted((each for each in rounds if each.is_open(parts.today)), key=lambda each: each.document.title["en"])


@get("/work/classes", opt={"audience": Audience.ASKING})
async def show_classes(request: Request[Any, Any, Any]) -> Response[bytes]:
    return await _classes_page(request)


async def _classes_page(
    request: Request[Any, Any, Any], *, status: int = 200, problem: str | None = None, setting: str = ""
) -> Response[bytes]:
    parts, person = parts_of(request), person_here(request)
    rounds = await open_now(parts)
    today = await parts.store.read(lambda: class_sessions.of_the_day(person.id, today=parts.today))
    titles = {each.id: each.document.title for each in rounds}
    return page(
        request,
        "facilitate/classes.html",
        language=language_of(request),
        status=status,
        rounds=rounds,
        started=[(each, titles[each.round]) for each in today if each.round in titles],
        problem=problem,
        setting=setting,
    )


@post("/work/classes", opt={"audience": Audience.ASKING})
async def start_class(request: Request[Any, Any, Any]) -> Response[Any]:
    parts, person = parts_of(request), person_here(request)
    form = await fields(request)
    setting = " ".join(form.get("setting", "").replace("\x00", "").split())
    rounds = {str(each.id): each for each in await open_now(parts)}
    round = rounds.get(form.get("round", ""))
    if round is None or not setting or len(setting) > LONGEST_SETTING:
        problem = "round" if round is None else "setting"
        return await _classes_page(request, status=422, problem=problem, setting=setting)
    id = await parts.store.write(
        lambda: class_sessions.start(round.id, setting, by=person.id, secret=parts.secret, today=parts.today)
    )
    return Redirect(f"/work/classes/{id}", status_code=303)


async def own_class(request: Request[Any, Any, Any], id: str) -> ClassState:
    """The class, when it was started by who is signed in; nobody else learns that it exists."""
    parts = parts_of(request)
    try:
        found = await parts.store.read(lambda: class_sessions.load(uuid.UUID(id)))
    except (ValueError, ClassProblem):
        raise NotFoundException from None
    if found.started_by != person_here(request).id:
        raise NotFoundException
    return found


@get("/work/classes/{id:str}", opt={"audience": Audience.ASKING})
async def show_class_session(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    parts = parts_of(request)
    found = await own_class(request, id)
    round = await parts.rounds.by_id(found.round, now=parts.clock())
    code = class_sessions.code_of(parts.secret, found.id)
    return page(
        request,
        "facilitate/class.html",
        language=language_of(request),
        round=round,
        found=found,
        is_over=found.is_over(parts.today),
        code=f"{code[:4]} {code[4:]}",
        join=f"{parts.settings.base_url}/class",
        qr_code=qr_code(f"{parts.settings.base_url}/s/{round.link}?class={code}"),
    )


@get("/work/classes/{id:str}/counts", opt={"audience": Audience.ASKING})
async def class_counts(request: Request[Any, Any, Any], id: FromPath[str]) -> dict[str, int]:
    found = await own_class(request, id)
    return {"begun": found.begun, "sent": found.sent}


@post("/work/classes/{id:str}/end", opt={"audience": Audience.ASKING})
async def end_class(request: Request[Any, Any, Any], id: FromPath[str]) -> Redirect:
    found = await own_class(request, id)
    await parts_of(request).store.write(lambda: class_sessions.end(found.id))
    return Redirect(f"/work/classes/{id}", status_code=303)
