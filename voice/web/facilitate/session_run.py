"""Running a session: the screen of whoever leads it. They see every card, and what the room sees of them."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from voice.capture.sessions import cards, planning, running, tablets, votes
from voice.capture.sessions.cards import CardProblem, NewCard
from voice.capture.sessions.keys import board_key
from voice.capture.sessions.planning import PlanProblem, RoomSession
from voice.languages import speak
from voice.web import room_words
from voice.web.facilitate.sessions import FACILITATING, own_session
from voice.web.forms import came_by_script, fields
from voice.web.pages import page, render
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.news import news, waited_for
from voice.web.room.saying import LARGEST_CARD, id_on, keep_card, written
from voice.web.room.where import view_now
from voice.web.work.surveys import qr_code


@get("/work/sessions/{id:str}/run", opt=FACILITATING)
async def show_run(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[bytes]:
    return await _run_page(request, await own_session(request, id))


async def _run_page(
    request: Request[Any, Any, Any],
    session: RoomSession,
    *,
    status: int = 200,
    problem: str = "",
    form: Mapping[str, str] | None = None,
) -> Response[bytes]:
    told = await _told(request, session.id)
    parts = parts_of(request)
    code = planning.code_of(parts.secret, session.id)
    join = f"{parts.settings.base_url}/join"
    return page(
        request,
        "facilitate/session_run.html",
        language=language_of(request),
        status=status,
        problem=problem,
        form=form or {},
        card_id=uuid.uuid4(),
        pictures=cards.PICTURES,
        join=join,
        code=f"{code[:4]} {code[4:]}",
        qr_code=qr_code(f"{join}?code={code}"),
        **told,
    )


async def _told(request: Request[Any, Any, Any], id: uuid.UUID) -> dict[str, Any]:
    """What the part of the page needs that comes anew by itself."""
    parts = parts_of(request)
    view = await view_now(parts, id)
    session = view.session
    names = await parts.store.read(lambda: tablets.names(id)) if session.plan.named else {}
    given = await parts.store.read(lambda: votes.votes(id)) if names else []
    order = [each.id for each in session.agenda]
    return {
        "session": session,
        "view": view,
        "activity": view.activity,
        "names": names,
        "voters": {
            result.choice.code: sorted(
                {names[each.tablet] for each in given if each.option == result.choice.code and each.tablet in names}
            )
            for result in view.results
        },
        "place": order.index(session.running.activity) + 1 if session.running.activity in order else 0,
        "seconds": session.running.seconds_left(parts.clock()),
        "board": f"/board/{board_key(parts.secret, id)}",
        "address": f"/work/sessions/{id}",
    }


@get("/work/sessions/{id:str}/run/news", opt=FACILITATING)
async def run_news(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[dict[str, Any]]:
    session = await own_session(request, id)
    view = await waited_for(request, session.id)
    told = await _told(request, session.id)
    piece = render(request, "facilitate/session_room.html", language=language_of(request), **told)
    return news(parts_of(request), view, {"leading": piece})


@post("/work/sessions/{id:str}/run", opt=FACILITATING)
async def take_step(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    """``go`` is a step of ``running.py``; ``timer`` comes with ``minutes``."""
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)
    step = form.get("go", "")
    minutes = form.get("minutes", "")

    async def unit() -> int:
        found = await planning.load_to_change(session.id)
        state, stage = running.after(
            found, step, now=parts.clock(), minutes=int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0
        )
        if step in ("show", "hide"):
            await cards.unfold(found, activity=found.running.activity, revealed=step == "show")
        return await planning.keep_running(found, state, stage)

    try:
        parts.live.tell(session.id, await parts.store.write(unit))
    except PlanProblem as problem:
        speak(language_of(request))
        return await _run_page(request, session, status=422, problem=room_words.plan_problem(problem))
    return _done(request, id)


@post("/work/sessions/{id:str}/cards/{card:uuid}", opt=FACILITATING)
async def change_card(request: Request[Any, Any, Any], id: FromPath[str], card: FromPath[uuid.UUID]) -> Response[Any]:
    """``go`` is ``show`` or ``fold``; else the card goes into the group ``group``, or a new one, ``new_group``."""
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)

    async def unit() -> int:
        found = await planning.load_to_change(session.id)
        if (step := form.get("go", "")) in ("show", "fold"):
            await cards.unfold(found, card=card, revealed=step == "show")
        else:
            group = form.get("group") or form.get("new_group", "") if step != "ungroup" else ""
            await cards.put_into_group(found, card, group.replace("\x00", ""))
        return await planning.count_up(session.id)

    parts.live.tell(session.id, await parts.store.write(unit))
    return _done(request, id)


@post("/work/sessions/{id:str}/cards", opt=FACILITATING, request_max_body_size=LARGEST_CARD)
async def enter_card(request: Request[Any, Any, Any], id: FromPath[str]) -> Response[Any]:
    """A card that whoever leads enters for somebody, also when the session has ended."""
    parts, session = parts_of(request), await own_session(request, id)
    form = await fields(request)
    language = language_of(request)
    new = NewCard(
        id=id_on(form),
        activity=form.get("activity", ""),
        column=form.get("column", ""),
        text=written(form),
        picture=form.get("picture", ""),
        said_by=form.get("said_by", ""),
        language=language,
    )
    try:
        await keep_card(parts, session.id, new, by_leader=True)
    except CardProblem as problem:
        speak(language)
        return await _run_page(request, session, status=422, problem=room_words.card_problem(problem), form=form)
    return _done(request, id)


def _done(request: Request[Any, Any, Any], id: str) -> Response[Any]:
    if came_by_script(request):
        return Response({"stored": True})
    return Redirect(f"/work/sessions/{id}/run", status_code=303)
