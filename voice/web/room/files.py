"""Drawings, photos and recordings on cards: for who made them, who leads and, once they are shown, the room."""

from __future__ import annotations

import asyncio
import uuid
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from surveys.stored_files import KnownFile
from voice.capture.sessions import cards
from voice.capture.sessions.cards import Card
from voice.storage.files import FileFolder
from voice.web.facilitate.sessions import FACILITATING, own_session
from voice.web.guards import RESPONDENT
from voice.web.parts import parts_of
from voice.web.room.making import given
from voice.web.room.saying import ROOMS
from voice.web.room.where import board_of, place_of
from voice.web.stored_files import send_file


@get("/room/{key:str}/files/{card:uuid}", opt=RESPONDENT)
async def show_own_file(
    request: Request[Any, Any, Any], key: FromPath[str], card: FromPath[uuid.UUID]
) -> Response[Any]:
    return await _own_file(request, key, card)


@get("/room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}/file", opt=RESPONDENT)
async def show_made(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    kind: FromPath[str],  # noqa: ARG001 - a part of the address
    activity: FromPath[str],  # noqa: ARG001
    card: FromPath[uuid.UUID],
) -> Response[Any]:
    return await _own_file(request, key, card)


async def _own_file(request: Request[Any, Any, Any], key: str, card: uuid.UUID) -> Response[Any]:
    """On a tablet that the next person has, it is shown no more."""
    place = await place_of(request, key)
    found = None if place.tablet.handed_on else await given(parts_of(request), place, card)
    return await _send(request, found)


@get("/board/{key:str}/files/{card:uuid}", opt=RESPONDENT)
async def show_shown_file(
    request: Request[Any, Any, Any], key: FromPath[str], card: FromPath[uuid.UUID]
) -> Response[Any]:
    session = (await board_of(request, key)).session.id
    return await _send(request, await _card(request, session, card, revealed=True))


@get("/work/sessions/{id:str}/files/{card:uuid}", opt=FACILITATING)
async def show_leaders_file(
    request: Request[Any, Any, Any], id: FromPath[str], card: FromPath[uuid.UUID]
) -> Response[Any]:
    session = await own_session(request, id)
    return await _send(request, await _card(request, session.id, card, revealed=False))


async def _card(request: Request[Any, Any, Any], session: uuid.UUID, card: uuid.UUID, *, revealed: bool) -> Card | None:
    found = await parts_of(request).store.read(lambda: cards.cards(session))
    return next((each for each in found if each.id == card and (each.revealed or not revealed)), None)


async def _send(request: Request[Any, Any, Any], card: Card | None) -> Response[Any]:
    if card is None or card.file is None:
        raise NotFoundException
    folder = FileFolder(parts_of(request).settings.data, ROOMS)
    path = folder.path(card.file)
    if not await asyncio.to_thread(path.is_file):
        raise NotFoundException
    size = (await asyncio.to_thread(path.stat)).st_size
    return send_file(request, folder, KnownFile(card.file, card.media_type, size, None))
