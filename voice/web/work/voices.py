"""Finding what was said: one search over all voices, and the way of each."""

from __future__ import annotations

import uuid
from typing import Any
from urllib.parse import urlencode

import msgspec
from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath

from analysis.disclosure import FLOOR
from surveys import stored_files
from surveys.terms import term_order
from voice.evidence.may_read import MayRead, may_read
from voice.evidence.search_words import LONGEST_SEARCH
from voice.evidence.searching import FILTERS, Found, FoundVoice, Kind, Search
from voice.evidence.speech import engine_for
from voice.evidence.ways import Way, way_of
from voice.people import signing_in
from voice.people.roles import Audience, may_use
from voice.storage.files import ANSWERS, FileFolder
from voice.themes.frames import Frame, frame_in_use
from voice.web import voice_words
from voice.web.pages import page, person_here, signed_in
from voice.web.parts import parts_of
from voice.web.reader import language_of
from voice.web.stored_files import send_file

FOLDERS = {"survey": ANSWERS, "session": "rooms", "review": "views", "drop_box": "drop_box", "tell_us": "drop_box"}
"""Where the files of each source lie."""

LARGEST_NUMBER = 2**31


@get("/work/voices", opt={"audience": Audience.VOICES})
async def show_voices(request: Request[Any, Any, Any]) -> Response[bytes]:
    parts = parts_of(request)
    parts.reader.wanted_now()
    asked = search_in(request)
    before = request.query_params.get("before", "")
    found = await parts.bank.search(
        asked,
        reader_of(request),
        today=parts.today,
        before=min(int(before), LARGEST_NUMBER) if before.isdecimal() and len(before) < 12 else None,
    )
    language = language_of(request)
    return page(
        request,
        "work/voices/search.html",
        language=language,
        asked=asked,
        found=found,
        told=voice_words,
        choices=choices(found, asked, await parts.store.read(frame_in_use)),
        query=urlencode({"q": asked.words, **asked.filters}) if asked.words or asked.filters else "",
        first_page=not before,
        reads_words=reader_of(request).words,
        floor=FLOOR,
    )


def search_in(request: Request[Any, Any, Any]) -> Search:
    """What the address looks for. Letters that no text holds find nothing, so they are left out."""
    asked = {name: request.query_params.get(name, "").replace("\x00", "").strip() for name in ("q", *FILTERS)}
    return Search(words=asked.pop("q")[:LONGEST_SEARCH], **asked)


def reader_of(request: Request[Any, Any, Any]) -> MayRead:
    person = person_here(request)
    return may_read(person.role, person.id, today=parts_of(request).today)


class Choice(msgspec.Struct, frozen=True):
    """A filter with its values: each with its words and how many there are, ``None`` when that is hidden."""

    name: str
    chosen: str
    options: tuple[tuple[str, str, int | None], ...]


def choices(found: Found, asked: Search, frame: Frame) -> list[Choice]:
    """The filters that can be set; those with nothing to choose from are left out."""
    shown = []
    for name in voice_words.filters():
        chosen = asked.filters.get(name, "")
        kinds = list(found.kinds[name])
        if name == "term":
            kinds.sort(key=lambda kind: term_order(kind.value), reverse=True)
        if chosen and chosen not in {kind.value for kind in kinds}:
            kinds.append(Kind(chosen, 0))
        if kinds:
            options = tuple((kind.value, _worded(name, kind.value, frame), kind.n) for kind in kinds)
            shown.append(Choice(name, chosen, options))
    return shown


def _worded(name: str, value: str, frame: Frame) -> str:
    """What somebody wrote into the address need not be a value that we have words for."""
    try:
        return voice_words.value(name, value, frame)
    except (KeyError, ValueError):
        return value


async def voice_at(request: Request[Any, Any, Any], token: str) -> FoundVoice:
    """The voice that the address names. Raises ``NotFoundException`` for one that this person may not read."""
    try:
        id = uuid.UUID(token)
    except ValueError as problem:
        raise NotFoundException from problem
    found = await parts_of(request).bank.read(id, reader_of(request))
    if found is None:
        raise NotFoundException
    return found


@get("/work/voices/{token:str}", opt={"audience": Audience.VOICES})
async def show_voice(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[bytes]:
    return await voice_page(request, await voice_at(request, token))


async def voice_page(
    request: Request[Any, Any, Any], voice: FoundVoice, *, status: int = 200, problem: str = "", typed: str = ""
) -> Response[bytes]:
    """``problem`` is what is wrong with the transcript that was ``typed``."""
    parts, person = parts_of(request), signed_in(request)
    assert person is not None, "the guard lets nobody else in"

    async def unit() -> tuple[Way, dict[uuid.UUID, str], Frame]:
        names = {each.id: each.email for each in await signing_in.members()}
        return await way_of(voice.id, voice.origin), names, await frame_in_use()

    way, names, frame = await parts.store.read(unit)
    return page(
        request,
        "work/voices/voice.html",
        language=language_of(request),
        status=status,
        voice=voice,
        way=way,
        frame=frame,
        names=names,
        told=voice_words,
        problem=problem,
        typed=typed,
        listening="listening" in request.query_params,
        reads_words=reader_of(request).words,
        may_write=may_use(person.role, Audience.EVIDENCE),
        engine=engine_for(parts.settings.speech, voice.language) if voice.form == "audio" else None,
    )


@get("/work/voices/{token:str}/file", opt={"audience": Audience.VOICES})
async def show_file(request: Request[Any, Any, Any], token: FromPath[str]) -> Response[Any]:
    parts = parts_of(request)
    voice = await voice_at(request, token)
    if voice.file is None:
        raise NotFoundException
    file = voice.file
    known = await parts.store.read(lambda: stored_files.find(file))
    if known is None:
        raise NotFoundException
    return send_file(request, FileFolder(parts.settings.data, FOLDERS[voice.source]), known)
