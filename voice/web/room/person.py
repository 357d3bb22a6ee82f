"""One person's own page in a room: what the room is at, a card of their own, their dots, and the way to the next."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from litestar import Request, Response, get, post
from litestar.exceptions import ClientException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys import identity
from voice.capture.sessions import cards, planning, tablets, votes
from voice.capture.sessions.activities import Choice
from voice.capture.sessions.tablets import RoomFull
from voice.capture.sessions.votes import Vote
from voice.web.forms import came_by_script, fields
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.joining import shared_cookie
from voice.web.room.where import Place, files_of, place_of


@get("/room/{key:str}", opt=RESPONDENT)
async def show_room(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[bytes]:
    return await room_page(request, await place_of(request, key))


async def room_page(
    request: Request[Any, Any, Any],
    place: Place,
    *,
    status: int = 200,
    form: Mapping[str, str] | None = None,
    problem: str = "",
) -> Response[bytes]:
    """``problem`` is worded already; ``form`` is what stood on the page, which stays there."""
    parts, tablet, view = parts_of(request), place.tablet, place.view
    own = await parts.store.read(lambda: cards.cards(view.session.id, tablet=tablet.id))
    own = [] if tablet.handed_on else own
    given = await parts.store.read(lambda: votes.votes(view.session.id, tablet=tablet.id))
    here = [vote for vote in given if view.activity and vote.activity == view.activity.id]
    return page(
        request,
        "room/person.html",
        language=language_of(request),
        status=status,
        place=place,
        session=view.session,
        view=view,
        activity=view.activity,
        files=files_of(parts, view.session.id),
        own=[card for card in own if view.session.activity(card.activity)],
        dots={choice.code: sum(vote.option == choice.code for vote in here) for choice in view.options},
        left=max(0, view.activity.dots - len(here)) if view.activity else 0,
        answered=here[0].option if here else "",
        order=order_of(view.options, here),
        seconds=view.session.running.seconds_left(parts.clock()),
        card_id=uuid.uuid4(),
        form=form or {},
        problem=problem,
        longest=cards.LONGEST,
        pictures=cards.PICTURES,
    )


def order_of(options: Sequence[Choice], given: Sequence[Vote]) -> list[Choice]:
    """The options in the order that somebody gave them; as they stand where there is none."""
    placed = {vote.option: vote.place for vote in given}
    return sorted(options, key=lambda choice: placed.get(choice.code, len(options)))


@post("/room/{key:str}/name", opt=RESPONDENT)
async def change_name(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    """What somebody wants to be called, in a room that chose names."""
    parts, place = parts_of(request), await place_of(request, key)
    name = (await fields(request)).get("name", "")
    await parts.store.write(lambda: tablets.call(place.tablet, name, session=place.view.session))
    parts.live.tell(place.tablet.session, await parts.store.write(lambda: planning.count_up(place.tablet.session)))
    return done(request, place)


@post("/room/{key:str}/next", opt=RESPONDENT)
async def make_room(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    """The next person at a tablet that several use. A tablet without a connection names the new key itself."""
    parts, place = parts_of(request), await place_of(request, key)
    wanted = (await fields(request)).get("new_key", "")
    new = wanted or identity.new_key()
    if identity.key_bytes(new) is None:
        raise ClientException("not a key")

    async def unit() -> int:
        await tablets.hand_on(place.tablet)
        await tablets.join(place.view.session, new, secret=parts.secret)
        return await planning.count_up(place.tablet.session)

    try:
        parts.live.tell(place.tablet.session, await parts.store.write(unit))
    except RoomFull:
        raise ClientException("the room is full") from None
    cookies = [shared_cookie(True, secure=parts.settings.secure)]
    if came_by_script(request):
        return Response({"stored": True, "next": f"/room/{new}"}, cookies=cookies)
    return Redirect(f"/room/{new}", status_code=303, cookies=cookies)


def done(request: Request[Any, Any, Any], place: Place) -> Response[Any]:
    """What comes after something was taken in: a word to a script, the page again to a form."""
    if came_by_script(request):
        return Response({"stored": True})
    return Redirect(f"{place.address}#own", status_code=303)


async def refused(
    request: Request[Any, Any, Any], place: Place, words: str, status: int, form: Mapping[str, str]
) -> Response[Any]:
    """What comes after something that cannot be taken in: what to do about it, with all that was written."""
    if came_by_script(request):
        return Response({"words": words}, status_code=status)
    return await room_page(request, place, status=status, form=form, problem=words)
