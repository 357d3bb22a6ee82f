"""What somebody says in a room: cards, taken back if they like, and dots, answers and orders."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Mapping
from typing import Any

from litestar import Request, Response, post
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from voice.capture.sessions import cards, planning, votes
from voice.capture.sessions.cards import CardProblem, NewCard
from voice.capture.sessions.votes import VoteProblem
from voice.languages import speak
from voice.parts import Parts
from voice.storage.files import FileFolder
from voice.web import room_words
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.person import done, order_of, refused
from voice.web.room.where import Place, place_of

ROOMS = "rooms"
"""The folder of what is drawn, photographed and recorded in rooms."""

LARGEST_CARD = 2_000_000
"""Bytes of a form, so that a card that is far too long comes back whole with the words that say so."""

STATUS = {"over": 410, "paused": 409, "other_content": 409}


def id_on(form: Mapping[str, str]) -> uuid.UUID:
    """The id that the page or the device gave; a new one where it gave none that can be read."""
    try:
        return uuid.UUID(form.get("id", ""))
    except ValueError:
        return uuid.uuid4()


def written(form: Mapping[str, str]) -> str:
    return form.get("text", "").replace("\x00", "").replace("\r\n", "\n").strip()


@post("/room/{key:str}/cards", opt=RESPONDENT, request_max_body_size=LARGEST_CARD)
async def add_card(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    parts, place = parts_of(request), await place_of(request, key)
    form = await fields(request)
    language = language_of(request)
    new = NewCard(
        id=id_on(form),
        activity=form.get("activity", ""),
        column=form.get("column", ""),
        text=written(form),
        picture=form.get("picture", ""),
        said_by=form.get("said_by", place.tablet.said_by),
        language=language,
        tablet=place.tablet.id,
    )
    try:
        await keep_card(parts, place.tablet.session, new)
    except CardProblem as problem:
        speak(language)
        return await refused(request, place, room_words.card_problem(problem), STATUS.get(problem.code, 422), form)
    return done(request, place)


async def keep_card(parts: Parts, session: uuid.UUID, new: NewCard, *, by_leader: bool = False) -> None:
    """Adds the card and tells every screen. Raises ``CardProblem``."""

    async def unit() -> int:
        found = await planning.load_to_change(session)
        changed = await cards.add(found, new, by_leader=by_leader)
        return await planning.count_up(session) if changed else found.revision

    parts.live.tell(session, await parts.store.write(unit))


@post("/room/{key:str}/cards/{card:uuid}/take-back", opt=RESPONDENT)
async def take_card_back(
    request: Request[Any, Any, Any], key: FromPath[str], card: FromPath[uuid.UUID]
) -> Response[Any]:
    parts, place = parts_of(request), await place_of(request, key)
    if place.view.session.stage == "approved":
        raise NotFoundException

    async def unit() -> tuple[uuid.UUID | None, int]:
        found = await planning.load_to_change(place.tablet.session)
        file = await cards.take_back(found, card, place.tablet.id)
        return file, await planning.count_up(found.id)

    file, revision = await parts.store.write(unit)
    if file is not None:
        await asyncio.to_thread(FileFolder(parts.settings.data, ROOMS).remove, file)
    parts.live.tell(place.tablet.session, revision)
    return done(request, place)


@post("/room/{key:str}/votes", opt=RESPONDENT)
async def vote(request: Request[Any, Any, Any], key: FromPath[str]) -> Response[Any]:
    """``go`` is ``give-``, ``take-``, ``answer-``, ``up-`` or ``down-`` with the code of an option."""
    parts, place = parts_of(request), await place_of(request, key)
    form = await fields(request)
    way, _, option = form.get("go", "").partition("-")
    language = language_of(request)

    async def unit() -> int:
        await _vote(place, form, way, option or form.get("option", ""))
        return await planning.count_up(place.tablet.session)

    try:
        parts.live.tell(place.tablet.session, await parts.store.write(unit))
    except VoteProblem as problem:
        speak(language)
        return await refused(request, place, room_words.vote_problem(problem), STATUS.get(problem.code, 422), form)
    return done(request, place)


async def _vote(place: Place, form: Mapping[str, str], way: str, option: str) -> None:
    """Runs inside a unit of the store. Raises ``VoteProblem``."""
    session = await planning.load_to_change(place.tablet.session)
    activity, tablet = form.get("activity", ""), place.tablet.id
    found = session.activity(activity)
    offered = votes.options_of(session, found, await cards.cards(session.id)) if found else ()
    match way:
        case "give":
            await votes.give_dot(session, activity, option, offered, id=id_on(form), tablet=tablet)
        case "take":
            await votes.take_dot(session, activity, option, tablet=tablet)
        case "answer":
            await votes.answer(session, activity, option, offered, tablet=tablet)
        case "up" | "down" | "order":
            given = [each for each in await votes.votes(session.id, tablet=tablet) if each.activity == activity]
            order = [choice.code for choice in order_of(offered, given)]
            await votes.rank(session, activity, _moved(order, way, option), offered, tablet=tablet)
        case _:
            raise VoteProblem("unknown_option")


def _moved(order: list[str], way: str, option: str) -> list[str]:
    if option in order:
        at = order.index(option)
        to = at - 1 if way == "up" else at + 1
        if way != "order" and 0 <= to < len(order):
            order[at], order[to] = order[to], order[at]
    return order
