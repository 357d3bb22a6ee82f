"""News for the screens of a room: each asks, waits until there are some, and asks again.

What all see is rendered once for each language, however many screens ask for it.
"""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get
from litestar.params import FromPath

from voice.capture.sessions.viewing import RoomView
from voice.parts import Parts
from voice.web.guards import RESPONDENT
from voice.web.pages import render
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.where import board_of, files_of, place_of, view_now

SECONDS_TO_WAIT = 20


@get("/room/{key:str}/news", opt=RESPONDENT)
async def room_news(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[dict[str, Any]]:
    place = await place_of(request, key)
    view = await waited_for(request, place.tablet.session)
    return news(parts_of(request), view, {"shared": await _rendered(request, view, "room/shared.html")})


@get("/board/{key:str}/news", opt=RESPONDENT)
async def board_news(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[dict[str, Any]]:
    view = await waited_for(request, (await board_of(request, key)).session.id)
    return news(parts_of(request), view, {"screen": await _rendered(request, view, "room/screen.html")})


async def waited_for(request: Request[Any, Any, Any], session: uuid.UUID) -> RoomView:
    """What the room sees once it has got beyond the revision that the screen has seen, or after a while."""
    parts = parts_of(request)
    if not parts.live.reached(session):  # the server has started anew: screens may be behind without knowing
        parts.live.tell(session, (await view_now(parts, session)).session.revision)
    seen = request.query_params.get("seen", "")
    if seen.isdecimal() and len(seen) < 10:
        await parts.live.wait(session, int(seen), seconds=SECONDS_TO_WAIT)
    return await view_now(parts, session)


def news(parts: Parts, view: RoomView, pieces: dict[str, str]) -> Response[dict[str, Any]]:
    """``parts`` are pieces of the page by their id; ``seconds`` is what is left on the timer by the server's clock."""
    return Response(
        {
            "revision": view.session.revision,
            "mark": view.mark,
            "activity": view.session.running.activity,
            "screen": view.session.running.screen if view.session.stage == "running" else "",
            "seconds": view.session.running.seconds_left(parts.clock()),
            "held": view.session.running.timer_left is not None,
            "parts": pieces,
        }
    )


async def _rendered(request: Request[Any, Any, Any], view: RoomView, template: str) -> str:
    language = language_of(request)
    files = files_of(parts_of(request), view.session.id)

    async def make() -> str:
        return render(request, template, language=language, view=view, activity=view.activity, files=files)

    # A view that was read anew under the same revision is another one: the pieces go with it.
    made: str = await parts_of(request).live.once(view.session.id, (template, language, view.session.revision), make)
    return made
