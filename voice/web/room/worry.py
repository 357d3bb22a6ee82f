"""“I am worried about this”: to the safeguarding lead and nowhere else. It is no card and stands in no report."""

from __future__ import annotations

import uuid
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from voice.safeguarding.worries import LONGEST, raise_worry
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.saying import LARGEST_CARD, id_on, written
from voice.web.room.where import Place, place_of


@get("/room/{key:str}/worry", opt=RESPONDENT)
async def show_worry(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    return _worry_page(request, await place_of(request, key), uuid.uuid4())


@post("/room/{key:str}/worry", opt=RESPONDENT, request_max_body_size=LARGEST_CARD)
async def send_worry(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    """Taken in whatever the room is at: a session that is paused or over stops nobody here."""
    parts, place = parts_of(request), await place_of(request, key)
    form = await fields(request)
    id, text = id_on(form), written(form)
    if not text or len(text) > LONGEST:
        problem = "too_long" if text else "nothing_written"
        return _worry_page(request, place, id, status=422, text=form.get("text", ""), problem=problem)
    where = place.view.session.plan.title
    await parts.store.write(
        lambda: raise_worry(text, id=id, source="session", place=where, secret=parts.secret, today=parts.today)
    )
    return _worry_page(request, place, id, sent=True)


def _worry_page(
    request: Request[Any, Any, Any],
    place: Place,
    id: uuid.UUID,
    *,
    status: int = 200,
    text: str = "",
    problem: str = "",
    sent: bool = False,
) -> Response[bytes]:
    return page(
        request,
        "room/worry.html",
        language=language_of(request),
        status=status,
        place=place,
        id=id,
        text=text,
        problem=problem,
        sent=sent,
        longest=LONGEST,
    )
