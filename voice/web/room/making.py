"""Cards that are drawn, recorded or photographed, where the group agreed to it."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping
from typing import Any

from litestar import Request, Response, get, post, put
from litestar.datastructures import UploadFile
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.response import Redirect

from surveys.answers import AnswerProblem
from voice.capture.arriving import LARGEST, take_in
from voice.capture.sessions import cards, planning
from voice.capture.sessions.activities import WITH_WORDS, Activity
from voice.capture.sessions.cards import Card, CardProblem, NewCard
from voice.languages import speak
from voice.parts import Parts
from voice.storage.files import FileFolder
from voice.web import room_words, wordings
from voice.web.arriving_files import count_file, pieces_of, pieces_sent
from voice.web.forms import fields
from voice.web.guards import RESPONDENT
from voice.web.pages import page
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.room.saying import ROOMS, STATUS, written
from voice.web.room.where import Place, place_of

LARGEST_UPLOAD = 60_000_000
"""Bytes that are read off the wire, so that a file over its limit is answered with words."""

FORMS = {"drawing": "drawing", "recording": "audio", "photo": "photo"}
"""By the kind of what is made: the form that the evidence bank knows it by."""


async def _making(request: Request[Any, Any, Any], key: str, kind: str, activity: str) -> tuple[Place, Activity]:
    """Raises ``NotFoundException`` where nothing of this kind can be made."""
    place = await place_of(request, key)
    found = place.view.session.activity(activity)
    agreed = place.view.session.plan.pictures_agreed and not place.tablet.handed_on
    if kind not in FORMS or found is None or found.kind not in WITH_WORDS or not agreed:
        raise NotFoundException
    return place, found


@get("/room/{key:str}/make/{kind:str}/{activity:str}", opt=RESPONDENT)
async def begin_to_make(
    request: Request[Any, Any, Any], key: FromPath[str], kind: FromPath[str], activity: FromPath[str]
) -> Redirect:
    """A new card has an address of its own, under which a device keeps what it cannot send yet."""
    await _making(request, key, kind, activity)
    return Redirect(f"/room/{key}/make/{kind}/{activity}/{uuid.uuid4()}", status_code=303)


@get("/room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}", opt=RESPONDENT)
async def show_make(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    kind: FromPath[str],
    activity: FromPath[str],
    card: FromPath[uuid.UUID],
) -> Response[bytes]:
    place, found = await _making(request, key, kind, activity)
    return await _make_page(request, place, found, kind, card)


async def _make_page(
    request: Request[Any, Any, Any],
    place: Place,
    activity: Activity,
    kind: str,
    card: uuid.UUID,
    *,
    status: int = 200,
    form: Mapping[str, str] | None = None,
    problem: str = "",
) -> Response[bytes]:
    return page(
        request,
        "room/make.html",
        language=language_of(request),
        status=status,
        place=place,
        address=f"{place.address}/make/{kind}/{activity.id}/{card}",
        activity=activity,
        kind=kind,
        given=await given(parts_of(request), place, card),
        largest=LARGEST[kind],
        form=form or {},
        problem=problem,
    )


async def given(parts: Parts, place: Place, card: uuid.UUID) -> Card | None:
    """Somebody's own card with a file on it."""
    session = place.tablet.session
    own = await parts.store.read(lambda: cards.cards(session, tablet=place.tablet.id))
    return next((each for each in own if each.id == card and each.file is not None), None)


@put(
    "/room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}/file",
    opt=RESPONDENT,
    request_max_body_size=LARGEST_UPLOAD,
)
async def put_made(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    kind: FromPath[str],
    activity: FromPath[str],
    card: FromPath[uuid.UUID],
) -> Response[dict[str, Any]]:
    """Takes what was made from a script, on a card that is folded."""
    place, found = await _making(request, key, kind, activity)
    language = language_of(request)
    await count_file(request)
    try:
        await _take(parts_of(request), place, found, kind, card, pieces_sent(request), language)
    except (AnswerProblem, CardProblem) as problem:
        speak(language)
        return Response({"problem": problem.code, "words": _words(problem)}, status_code=422)
    return Response({"stored": True}, status_code=200)


@post(
    "/room/{key:str}/make/{kind:str}/{activity:str}/{card:uuid}", opt=RESPONDENT, request_max_body_size=LARGEST_UPLOAD
)
async def send_made(
    request: Request[Any, Any, Any],
    key: FromPath[str],
    kind: FromPath[str],
    activity: FromPath[str],
    card: FromPath[uuid.UUID],
) -> Response[Any]:
    """The words beside it and, from a page without scripts, the file that was chosen; or it is taken back."""
    parts, (place, found) = parts_of(request), await _making(request, key, kind, activity)
    form = await fields(request)
    chosen = (await request.form()).get("file")
    language = language_of(request)
    if form.get("go") == "remove":
        await _take_back(parts, place, card)
        return Redirect(f"{place.address}/make/{kind}/{activity}/{card}", status_code=303)
    try:
        if isinstance(chosen, UploadFile) and chosen.filename:
            await count_file(request)
            await _take(parts, place, found, kind, card, pieces_of(chosen), language)
        await _add_words(parts, place, _card(place, found, card, language, form))
    except (AnswerProblem, CardProblem) as problem:
        speak(language)
        status = STATUS.get(problem.code, 422)
        return await _make_page(request, place, found, kind, card, status=status, form=form, problem=_words(problem))
    finally:
        if isinstance(chosen, UploadFile):
            await chosen.close()
    return Redirect(f"{place.address}#own", status_code=303)


def _words(problem: AnswerProblem | CardProblem) -> str:
    if isinstance(problem, CardProblem):
        return room_words.card_problem(problem)
    return wordings.answer_problem(problem)


def _card(
    place: Place, activity: Activity, card: uuid.UUID, language: str, form: Mapping[str, str] | None = None
) -> NewCard:
    form = form or {}
    return NewCard(
        id=card,
        activity=activity.id,
        column=form.get("column") or (activity.columns[0] if activity.columns else ""),
        text=written(form),
        language=language,
        said_by=place.tablet.said_by,
        tablet=place.tablet.id,
    )


async def _take(
    parts: Parts,
    place: Place,
    activity: Activity,
    kind: str,
    card: uuid.UUID,
    pieces: AsyncIterator[bytes],
    language: str,
) -> None:
    """Raises ``AnswerProblem`` and ``CardProblem``, and then nothing is kept."""
    folder = FileFolder(parts.settings.data, ROOMS)
    file = await take_in(pieces, kind, folder)
    bare = _card(place, activity, card, language)
    new = NewCard(
        **{name: getattr(bare, name) for name in ("id", "activity", "column", "language", "said_by", "tablet")},
        file=file.id,
        form=FORMS[kind],
        media_type=file.media_type,
    )

    async def unit() -> tuple[uuid.UUID | None, int]:
        session = await planning.load_to_change(place.tablet.session)
        before = await cards.give_file(session, new)
        return before, await planning.count_up(session.id)

    try:
        before, revision = await parts.store.write(unit)
    except BaseException:
        await asyncio.to_thread(folder.remove, file.id)
        raise
    if before is not None:
        await asyncio.to_thread(folder.remove, before)
    parts.live.tell(place.tablet.session, revision)


async def _add_words(parts: Parts, place: Place, new: NewCard) -> None:
    """Raises ``CardProblem``; also where there is neither a file nor a word."""

    async def unit() -> int:
        session = await planning.load_to_change(place.tablet.session)
        if not await cards.word(session, new):
            await cards.add(session, new)
        return await planning.count_up(session.id)

    parts.live.tell(place.tablet.session, await parts.store.write(unit))


async def _take_back(parts: Parts, place: Place, card: uuid.UUID) -> None:
    async def unit() -> tuple[uuid.UUID | None, int]:
        session = await planning.load_to_change(place.tablet.session)
        file = await cards.take_back(session, card, place.tablet.id)
        return file, await planning.count_up(session.id)

    file, revision = await parts.store.write(unit)
    if file is not None:
        await asyncio.to_thread(FileFolder(parts.settings.data, ROOMS).remove, file)
    parts.live.tell(place.tablet.session, revision)
